import type { Result, Warning } from '../domain/result.ts';
import type { Comparison } from '../domain/verdict.ts';
import { detectable, plural } from '../report/quantity.ts';

/**
 * What a paired run says of the machine when both sides were the same commit: how many false alarms there were, and how
 * small a change each gating metric would have shown. Empty for any other run.
 */
export function selfTestNotes(
  baseline: Result,
  candidate: Result,
  comparisons: readonly Comparison[],
): Warning[] {
  const { commit } = candidate;
  if (commit === null || commit.dirty || commit.sha !== baseline.commit?.sha) return [];
  const gating = comparisons.filter((row) => row.gating);
  const count = (...verdicts: Comparison['verdict'][]) =>
    gating.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const alarms = count('regressed', 'improved');
  const settled = `${count('unchanged')} proven unchanged, ${count('inconclusive', 'invalid')} left open`;
  const meaning =
    alarms === 0
      ? 'That is as it should be: of a hundred such runs about one may have an alarm.'
      : 'Such an alarm may come in about one of a hundred runs; when it comes more often, this machine disturbs one side more than the other.';
  const note = (message: string): Warning => ({ code: 'self-test', message });
  return [
    note(
      `Self-test: both sides were the same commit, so every change found is a false alarm. There were ${alarms} on ${plural(gating.length, 'gating metric')}; ${settled}. ${meaning}`,
    ),
    ...smallest(gating).map(([scenario, sizes]) =>
      note(
        `Self-test, smallest change that this run could have shown in ${scenario}: ${sizes}. A criterion should allow more than that, or measure longer.`,
      ),
    ),
  ];
}

/** By scenario: `p95 12%, rps 8.1%, generate p95 15%`. */
function smallest(rows: readonly Comparison[]): [scenario: string, sizes: string][] {
  const sizes = new Map<string, string[]>();
  for (const { scenario, part, metric, detectable: size, change } of rows) {
    if (size === null || change === null) continue;
    const name = part === undefined ? metric.name : `${part} ${metric.name}`;
    const all = sizes.get(scenario) ?? [];
    sizes.set(scenario, [...all, `${name} ${detectable(size, change.type, metric.unit)}`]);
  }
  return [...sizes].map(([scenario, all]) => [scenario, all.join(', ')]);
}
