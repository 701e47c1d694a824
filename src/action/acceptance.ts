import { overallVerdict } from '../compare/overall.ts';
import type { Result } from '../domain/result.ts';
import type { Acceptance } from '../github/chat-answers.ts';
import type { Judged } from '../pipeline/judgement.ts';
import { code, prose } from '../report/untrusted.ts';
import { isAmong, type Row } from './accepted-rows.ts';

/**
 * The judgement with what was accepted: such a regression, or limit, is one at warning level. It stays in the report, and
 * no longer decides the verdict. What had not regressed when it was given, or is worse now, was not accepted. `used`: the
 * acceptances that met anything.
 */
export function withAcceptances(
  judged: Judged,
  candidate: Result,
  acceptances: readonly Acceptance[],
): { judged: Judged; used: Acceptance[] } {
  if (acceptances.length === 0) return { judged, used: [] };
  const used = new Set<Acceptance>();
  const accept = <Kind extends Row>(row: Kind): Kind => {
    const found = acceptances.find(({ rows }) => isAmong(rows, candidate.series, row));
    if (found === undefined) return row;
    used.add(found);
    return { ...row, level: 'warn' as const, accepted: true as const, reason: plainWords(found) };
  };
  const comparisons = judged.comparisons.map((row) => (isFailing(row) ? accept(row) : row));
  const limits = judged.limits.map((row) => (isFailing(row) ? accept(row) : row));
  const verdict = overallVerdict({ candidate, comparisons, limits });
  return { judged: { ...judged, comparisons, limits, verdict }, used: [...used] };
}

/** What fails the check, and can be accepted: a regression or an exceeded limit, both at fail level. */
export function isFailing(row: Row): boolean {
  if ('outcome' in row) return row.outcome === 'exceeded' && row.level === 'fail';
  return row.gating && row.verdict === 'regressed' && row.level === 'fail';
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

/** A line of Markdown. The login is GitHub's and has letters, digits and hyphens only; the reason is anybody's. */
export function acceptanceLine({ scenario, metric, login, because, until }: Acceptance): string {
  const what = scenario === null ? 'Every regression' : [scenario, metric].filter((name) => name !== null);
  const subject = typeof what === 'string' ? what : what.map((name) => code(name)).join(' ');
  const who = login.replace(/[^A-Za-z0-9-]/g, '');
  const reason = because === '' ? '' : `: ${prose(because, 500)}`;
  return `- 🤝 ${subject}${until === null ? '' : ` (until ${until})`}: accepted by @${who}${reason}`;
}

/** A report in Markdown, with the acceptances under its first line. */
export function withAcceptanceLines(report: string, used: readonly Acceptance[]): string {
  if (used.length === 0) return report;
  const [first = '', ...rest] = report.split('\n\n');
  return [first, used.map(acceptanceLine).join('\n'), ...rest].join('\n\n');
}
