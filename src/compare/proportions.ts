import type { Metric } from '../domain/metric.ts';
import type { Interval } from '../stats/interval.ts';
import { newcombeInterval, wilsonInterval } from '../stats/proportion.ts';
import { countDf, countsOf, pooledCount } from './estimates.ts';
import { worseSign } from './scale.ts';
import type { Unit } from './units.ts';

/**
 * Difference of two proportions, worse upwards: Newcombe's interval on the counts of all units of a side together, the
 * trials divided by that side's overdispersion. `criticalFor` gives the critical value at a number of degrees of freedom.
 */
export function countInterval(
  metric: Metric,
  before: readonly Unit[],
  now: readonly Unit[],
  criticalFor: (df: number) => number,
): { interval: Interval; standardError: number; critical: number; df: number } {
  const baseline = pooledCount(countsOf(metric, before));
  const candidate = pooledCount(countsOf(metric, now));
  const df = countDf(baseline.df + candidate.df);
  const critical = criticalFor(df);
  const raw = newcombeInterval(
    wilsonInterval(baseline.effective, critical),
    wilsonInterval(candidate.effective, critical),
  );
  const interval = worseSign(metric) === 1 ? raw : { center: -raw.center, low: -raw.high, high: -raw.low };
  return { interval, standardError: (interval.high - interval.low) / (2 * critical), critical, df };
}
