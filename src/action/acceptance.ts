import { overallVerdict } from '../compare/overall.ts';
import type { Result } from '../domain/result.ts';
import { type Acceptance, type Acceptances, NONE_ACCEPTED } from '../github/chat-answers.ts';
import type { Judged } from '../pipeline/judgement.ts';
import { code, prose } from '../report/untrusted.ts';
import { isAmong, type Row, rowId } from './accepted-rows.ts';

/**
 * The judgement with what was accepted: such a regression, or limit, is one at warning level. It stays in the report, and
 * no longer decides the verdict. What had not regressed when it was given, or is worse now, was not accepted. `used`: the
 * acceptances that met anything, and those that would have and are over.
 */
export function withAcceptances(
  judged: Judged,
  candidate: Result,
  { holding, expired }: Acceptances,
): { judged: Judged; used: Acceptances } {
  if (holding.length + expired.length === 0) return { judged, used: NONE_ACCEPTED };
  const used = new Set<Acceptance>();
  const accept = <Kind extends Row>(row: Kind): Kind => {
    const isMet = ({ rows }: Acceptance) => isAmong(rows, candidate.series, row);
    const found = holding.find(isMet);
    if (found === undefined) {
      for (const one of expired.filter(isMet)) used.add(one);
      return row;
    }
    used.add(found);
    return { ...row, level: 'warn' as const, accepted: true as const, reason: plainWords(found) };
  };
  const comparisons = judged.comparisons.map((row) => (isFailing(row) ? accept(row) : row));
  const limits = judged.limits.map((row) => (isFailing(row) ? accept(row) : row));
  const verdict = overallVerdict({ candidate, comparisons, limits });
  const met = (list: readonly Acceptance[]) => list.filter((one) => used.has(one));
  return {
    judged: { ...judged, comparisons, limits, verdict },
    used: { holding: met(holding), expired: met(expired) },
  };
}

/** What fails the check, and can be accepted: a regression or an exceeded limit, both at fail level. */
export function isFailing(row: Row): boolean {
  if ('outcome' in row) return row.outcome === 'exceeded' && row.level === 'fail';
  return row.gating && row.verdict === 'regressed' && row.level === 'fail';
}

/** Short ids of what fails in a judgement, or would without having been accepted. */
export function failingIds(
  series: string,
  { comparisons, limits }: Pick<Judged, 'comparisons' | 'limits'>,
): string[] {
  return [...comparisons, ...limits]
    .filter((row) => isFailing(row) || row.accepted === true)
    .flatMap((row) => rowId(series, row) ?? []);
}

/** Whether a row is of what was asked for. */
export function covers(
  acceptance: Pick<Acceptance, 'scenario' | 'metric'>,
  row: { scenario: string; metric: { name: string } },
): boolean {
  const { scenario, metric } = acceptance;
  return (scenario === null || scenario === row.scenario) && (metric === null || metric === row.metric.name);
}

function plainWords({ login, because, until }: Acceptance): string {
  const reason = because === '' ? '' : `: ${because}`;
  return `accepted by ${login}${until === null ? '' : ` until ${until}`}${reason}`;
}

/** A line of Markdown. Nothing of ours runs when the day is over, so it says what must come first. */
export function acceptanceLine(acceptance: Acceptance): string {
  const { until } = acceptance;
  const { subject, who, reason } = inert(acceptance);
  const day =
    until === null
      ? ''
      : ` (until ${until}; after that day the next run or \`/perf-baseline status\` judges without it)`;
  return `- 🤝 ${subject}${day}: accepted by ${who}${reason}`;
}

/** The line of one that is over: nobody is to wonder why something fails again. */
export function expiredLine(acceptance: Acceptance): string {
  const { subject, who, reason } = inert(acceptance);
  return `- ⌛ ${subject}: the acceptance of ${who} was until ${acceptance.until}, and is over${reason}`;
}

/** The login is GitHub's and has letters, digits and hyphens only; the reason is anybody's. */
function inert({ scenario, metric, login, because }: Acceptance) {
  const names = [scenario, metric].filter((name) => name !== null).map((name) => code(name));
  return {
    subject: names.join(' ') || 'Every regression',
    who: `@${login.replace(/[^A-Za-z0-9-]/g, '')}`,
    reason: because === '' ? '' : `: ${prose(because, 500)}`,
  };
}

/** A report in Markdown, with the acceptances under its first line. */
export function withAcceptanceLines(report: string, { holding, expired }: Acceptances): string {
  const lines = [...holding.map(acceptanceLine), ...expired.map(expiredLine)];
  if (lines.length === 0) return report;
  const [first = '', ...rest] = report.split('\n\n');
  return [first, lines.join('\n'), ...rest].join('\n\n');
}
