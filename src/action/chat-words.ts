import type { Acceptance, Acceptances } from '../github/chat-answers.ts';
import type { Accept } from '../github/chat-command.ts';
import { verdictWord } from '../report/headline.ts';
import { code, prose } from '../report/untrusted.ts';
import { acceptanceLine, expiredLine, isFailing } from './acceptance.ts';
import type { JudgedReports, KeyedSection, Reported } from './reported.ts';

export const HELP = `For people who may write to this repository, one command in a comment, at the start of a line:
- \`/perf-baseline accept [SCENARIO [METRIC]] [until DATE] [because TEXT]\` lets this head pass with a regression that is meant.
- \`/perf-baseline revoke\` takes back all that was accepted for this head.
- \`/perf-baseline rerun\` measures this head again and judges it together with what was measured before.
- \`/perf-baseline status\` says what was reported and accepted.
- \`/perf-baseline help\` shows this.

Names with spaces stand in quotes. \`DATE\` is the last day, as \`2026-12-31\`, in UTC. What is accepted is what was reported when the command was written: nothing that regresses later or gets worse. It is bound to the commit: the next push ends it, and only pushing that same commit again brings it back. When \`DATE\` is over, the next run or command judges without it.`;

type Row = { scenario: string; part?: string; metric: { name: string } };

const named = (rows: readonly Row[]): string =>
  [...new Set(rows.map(({ scenario, metric }) => `${code(scenario)} ${code(metric.name)}`))]
    .slice(0, 20)
    .join(', ');

/** `short`: what keeps the head from passing all the same, one line each. */
export function acceptedWords(
  acceptance: Acceptance,
  met: readonly Row[],
  head: string,
  short: readonly string[],
): string {
  const { until } = acceptance;
  const sha = `\`${head.slice(0, 7)}\``;
  const what =
    short.length === 0 ? `This lets ${sha} pass with ${named(met)}` : `${sha} may have ${named(met)}`;
  const words = `${what}, no worse than reported. It is for this commit alone, and ends with the next push${
    until === null ? '' : `, or after ${until}`
  }; \`/perf-baseline revoke\` takes it back.`;
  const rest = short.length === 0 ? [] : [`**It does not pass yet:**\n${short.join('\n')}`];
  return [acceptanceLine(acceptance), words, ...rest].join('\n\n');
}

export function undoneWords(acceptance: Acceptance): string {
  return `A later comment has taken this back already, so it has no effect:\n${acceptanceLine(acceptance)}`;
}

/** What fails, or was never reported, beside the rows that are accepted now. */
export function notPassing(judged: JudgedReports, met: readonly Row[], silent: Reported['silent']): string[] {
  const { results } = judged;
  const rows = results.flatMap(({ judged: { comparisons, limits } }) =>
    [...comparisons, ...limits].filter((row) => isFailing(row) && !met.includes(row)),
  );
  const failed = results.filter((one) => one.judged.verdict === 'failed');
  return [
    ...(rows.length === 0 ? [] : [`- ${named(rows)} would have to be accepted too.`]),
    ...failed.map(({ title }) => `- ${code(title, 100)} could not be measured in full.`),
    ...notJudged(judged),
    ...silent.map(
      ({ section }) =>
        `- ${code(section.title, 100)} never reported: \`/perf-baseline rerun\` measures it again.`,
    ),
  ];
}

/** What could not be judged again stays as it was reported. */
export function notJudged({ unjudged, refused }: JudgedReports): string[] {
  const left = unjudged.filter(({ verdict }) => !PASSING.has(verdict));
  return [
    ...left.map(({ title, verdict }) => {
      const { icon, word } = verdictWord(verdict);
      return `- ${code(title, 100)} could not be judged again and stays ${icon} ${word}, and the check run with it, until it is measured again: \`/perf-baseline rerun\`.`;
    }),
    ...(left.length === 0 ? [] : refused.slice(0, 5).map((reason) => `- ${prose(reason, 400)}.`)),
  ];
}

const PASSING = new Set<KeyedSection['verdict']>(['accepted', 'improved', 'unchanged']);

/** `some`: whether there was anything to take back. `later`: what later comments have accepted, which holds. */
export function revokedWords(
  login: string,
  head: string,
  some: boolean,
  later: readonly Acceptance[],
): string {
  const sha = `\`${head.slice(0, 7)}\``;
  const what = some
    ? `Taken back by @${login}: nothing is accepted for ${sha} any more`
    : `Nothing is accepted for ${sha}, and no comment from before this one will change that`;
  if (later.length === 0) return `${what}.`;
  return `${what}, but for what a later comment accepts:\n${later.map(acceptanceLine).join('\n')}`;
}

/** `left`: what could not be judged again, one line each. */
export function nothingToAccept(accept: Accept, failing: readonly Row[], left: readonly string[]): string {
  const words = nothingMet(accept, failing);
  return left.length === 0 ? words : `${words}\n\n${left.join('\n')}`;
}

function nothingMet(
  { scenario, metric }: Pick<Accept, 'scenario' | 'metric'>,
  failing: readonly Row[],
): string {
  const what = [scenario, metric].filter((name) => name !== null).map((name) => code(name));
  const asked = what.length === 0 ? 'No metric' : `Nothing of ${what.join(' ')}`;
  if (failing.length === 0)
    return 'There is nothing to accept: no metric has regressed and no limit is exceeded. What cannot be told, or could not be measured, cannot be accepted; `/perf-baseline rerun` measures again.';
  return `${asked} fails here. What does: ${named(failing)}.`;
}

/** `trouble`: why what holds could not be shown. */
export function statusWords(
  reported: Reported,
  { holding, expired }: Acceptances,
  trouble: string | null,
): string {
  const { pull, current, measuring, silent, older } = reported;
  const line = (section: (typeof current)[number], more: string) => {
    const { icon, word } = verdictWord(section.state === 'measuring' ? 'none' : section.verdict);
    return `- ${code(section.title, 100)}: ${icon} ${word}${more}`;
  };
  const lines = [
    ...current.map((section) => line(section, '')),
    ...measuring.map((section) => line(section, ', being measured')),
    ...silent.map(({ section }) => `- ${code(section.title, 100)}: ⏹️ never reported, its job has ended`),
    ...older.map((section) => line(section, `, of the older commit ${code(section.sha.slice(0, 7))}`)),
    ...holding.map(acceptanceLine),
    ...expired.map(expiredLine),
    ...(trouble === null
      ? []
      : [`- ⚠️ This could not be judged anew, and may be out of date: ${prose(trouble, 400)}`]),
  ];
  const head = `The head is \`${pull.headSha.slice(0, 7)}\``;
  return lines.length === 0 ? `${head}. Nothing was reported yet.` : `${head}.\n\n${lines.join('\n')}`;
}
