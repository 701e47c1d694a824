import type { Metric } from '../domain/metric.ts';
import { countsConnections } from '../domain/metric-catalogue.ts';
import type { Interval } from '../stats/interval.ts';
import { type Count, newcombeInterval, wilsonInterval } from '../stats/proportion.ts';
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
  const [first, second] = countsConnections(metric)
    ? alikeClustered(baseline, candidate)
    : [baseline.effective, candidate.effective];
  const raw = newcombeInterval(wilsonInterval(first, critical), wilsonInterval(second, critical));
  const interval = worseSign(metric) === 1 ? raw : { center: -raw.center, low: -raw.high, high: -raw.low };
  return { interval, standardError: (interval.high - interval.low) / (2 * critical), critical, df };
}

type Pooled = ReturnType<typeof pooledCount>;

/**
 * What drops one connection may drop all of them at once, and a side on which it did not happen shows nothing of that: both
 * are taken to cluster as much as the one that does so more.
 */
function alikeClustered(...sides: [Pooled, Pooled]): [Count, Count] {
  const factorOf = ({ effective, trials }: Pooled): number => (trials > 0 ? trials / effective.trials : 1);
  const most = Math.max(...sides.map(factorOf));
  const thinned = (side: Pooled): Count => ({
    events: (side.effective.events * factorOf(side)) / most,
    trials: side.trials / most,
  });
  return [thinned(sides[0]), thinned(sides[1])];
}
