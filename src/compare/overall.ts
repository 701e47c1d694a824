import type { Comparison, LimitOutcome, OverallVerdict } from '../domain/verdict.ts';
import type { Measured } from './input.ts';

/**
 * The verdict on a whole run, the first that holds: failed, regressed, inconclusive, improved, unchanged, new. A part that
 * the candidate broke, or that has a limit and could not be measured, fails the run as a scenario does. Otherwise only gating comparisons count, and of regressions and
 * exceeded limits those at fail level. Where everything with a criterion rests on too few samples to gate, or a part is
 * not there any more, nothing was shown of it, and that is inconclusive, never unchanged.
 */
export function overallVerdict(input: {
  candidate: Measured;
  comparisons: readonly Comparison[];
  limits: readonly LimitOutcome[];
}): OverallVerdict {
  const { candidate, comparisons, limits } = input;
  if (candidate.scenarios.some(({ outcome }) => outcome.status === 'failed')) return 'failed';
  if ([...comparisons, ...limits].some(({ broken }) => broken)) return 'failed';
  const gating = comparisons.filter((comparison) => comparison.gating);
  if (
    gating.some(({ verdict, level }) => verdict === 'regressed' && level === 'fail') ||
    limits.some(({ outcome, level }) => outcome === 'exceeded' && level === 'fail')
  )
    return 'regressed';
  const open = ({ verdict, part }: Comparison): boolean =>
    ['inconclusive', 'invalid'].includes(verdict) || (verdict === 'missing' && part !== undefined);
  if (gating.some(open) || limits.some(({ outcome }) => outcome === 'inconclusive')) return 'inconclusive';
  if (gating.some(({ verdict }) => verdict === 'improved')) return 'improved';
  const settled = gating.some(({ verdict }) => verdict === 'unchanged' || verdict === 'regressed');
  if (settled) return 'unchanged';
  if (comparisons.some((comparison) => comparison.criterion !== null && open(comparison)))
    return 'inconclusive';
  const compared = comparisons.some(({ verdict }) => verdict !== 'new' && verdict !== 'missing');
  return compared ? 'unchanged' : 'new';
}
