import type { Acceptance } from '../github/chat-answers.ts';
import type { Accept } from '../github/chat-command.ts';
import { verdictWord } from '../report/headline.ts';
import { code } from '../report/untrusted.ts';
import { acceptanceLine } from './acceptance.ts';
import type { Reported } from './reported.ts';

export const HELP = `For people who may write to this repository, one command in a comment, at the start of a line:
- \`/perf-baseline accept [SCENARIO [METRIC]] [until DATE] [because TEXT]\` lets this head pass with a regression that is meant.
- \`/perf-baseline revoke\` takes back all that was accepted for this head.
- \`/perf-baseline rerun\` measures this head again and judges it together with what was measured before.
- \`/perf-baseline status\` says what was reported and accepted.
- \`/perf-baseline help\` shows this.

Names with spaces stand in quotes. \`DATE\` is the last day, as \`2026-12-31\`, in UTC. What is accepted is what was reported when the command was written: nothing that regresses later or gets worse. It ends with the next push.`;

type Row = { scenario: string; part?: string; metric: { name: string } };

const named = (rows: readonly Row[]): string =>
  [...new Set(rows.map(({ scenario, metric }) => `${code(scenario)} ${code(metric.name)}`))]
    .slice(0, 20)
    .join(', ');

export function acceptedWords(acceptance: Acceptance, met: readonly Row[], head: string): string {
  return `${acceptanceLine(acceptance)}\n\nThis lets \`${head.slice(0, 7)}\` pass with ${named(met)}, no worse than reported. It ends with the next push${
    acceptance.until === null ? '' : `, or after ${acceptance.until}`
  }; \`/perf-baseline revoke\` takes it back.`;
}

export function nothingToAccept({ scenario, metric }: Accept, failing: readonly Row[]): string {
  const what = [scenario, metric].filter((name) => name !== null).map((name) => code(name));
  const asked = what.length === 0 ? 'No metric' : `Nothing of ${what.join(' ')}`;
  if (failing.length === 0)
    return 'There is nothing to accept: no metric has regressed and no limit is exceeded. What cannot be told, or could not be measured, cannot be accepted; `/perf-baseline rerun` measures again.';
  return `${asked} fails here. What does: ${named(failing)}.`;
}

export function statusWords(reported: Reported, acceptances: readonly Acceptance[]): string {
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
    ...acceptances.map(acceptanceLine),
  ];
  const head = `The head is \`${pull.headSha.slice(0, 7)}\``;
  return lines.length === 0 ? `${head}. Nothing was reported yet.` : `${head}.\n\n${lines.join('\n')}`;
}
