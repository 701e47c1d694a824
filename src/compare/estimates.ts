import type { Metric } from '../domain/metric.ts';
import type { Estimate } from '../domain/verdict.ts';
import { intervalAround, type Moments, momentsOf } from '../stats/interval.ts';
import { type Count, overdispersion, wilsonInterval } from '../stats/proportion.ts';
import { studentUpperQuantile } from '../stats/student.ts';
import { SHOWN_CONFIDENCE } from './input.ts';
import { fromWorseLog, isProportion, isSpeed, logEstimate, resolution, worseLog } from './scale.ts';
import { type Evidence, type Unit, unitValue } from './units.ts';

/** Degrees of freedom that knowing a proportion's own spread (it is binomial at least) is worth beside the blocks'. */
const BINOMIAL_DF = 4;

/** Boot-to-boot spread to allow for where nothing was restarted and none was seen, as an SD of logarithms. */
export const UNSEEN_BOOT_SD = 0.03;

/** Units that may speak on a metric: all, less the invalid ones where it is a speed; boots where it is a peak. */
export function unitsFor(metric: Metric, evidence: Evidence): readonly Unit[] {
  if (metric.from.type === 'peak') return evidence.blocks;
  return isSpeed(metric) ? evidence.units.filter((unit) => unit.invalid === undefined) : evidence.units;
}

/** s * ln(value) of each unit that has a value. */
export function worseLogs(metric: Metric, units: readonly Unit[]): number[] {
  const logs: number[] = [];
  for (const unit of units) {
    const value = unitValue(metric, unit);
    if (value !== undefined) logs.push(worseLog(metric, value));
  }
  return logs;
}

/**
 * Moments of logarithms, or of their differences, their variance not below what the measurement can resolve at values of
 * about `size` (base units; the mean itself unless told).
 */
export function resolvedMoments(
  metric: Metric,
  logs: readonly number[],
  size: number = fromWorseLog(metric, momentsOf(logs).mean),
): Moments {
  const moments = momentsOf(logs);
  return { ...moments, variance: Math.max(moments.variance, resolution(metric, size) ** 2) };
}

/** Events and trials of a proportion in each unit. */
export function countsOf(metric: Metric, units: readonly Unit[]): Count[] {
  const { from } = metric;
  if (from.type !== 'proportion') return [];
  return units.map(({ tally }) => ({
    events: tally.counters[from.of] ?? 0,
    trials: tally.counters[from.among] ?? 0,
  }));
}

/** Counts of all blocks together, the trials divided by how much the blocks differ beyond chance. */
export function pooledCount(counts: readonly Count[]): { effective: Count; trials: number; df: number } {
  const { factor, df } = overdispersion(counts);
  const trials = counts.reduce((sum, count) => sum + count.trials, 0);
  const events = counts.reduce((sum, count) => sum + count.events, 0);
  return { effective: { events: events / factor, trials: trials / factor }, trials, df };
}

/** Degrees of freedom of an interval on pooled counts. */
export const countDf = (df: number): number => df + BINOMIAL_DF;

/**
 * A metric's centre over some units with Student's t interval of their logarithms; a proportion's is Wilson's. Null where
 * there is no value; of a lone value both ends are the value and the confidence is 0, for it shows no spread.
 */
export function estimateOf(
  metric: Metric,
  units: readonly Unit[],
  confidence: number = SHOWN_CONFIDENCE,
): Estimate | null {
  if (isProportion(metric)) {
    const { effective, trials, df } = pooledCount(countsOf(metric, units));
    if (trials === 0) return null;
    const critical = studentUpperQuantile((1 - confidence) / 2, countDf(df));
    return { ...wilsonInterval(effective, critical), confidence };
  }
  const logs = worseLogs(metric, units);
  if (logs.length === 0) return null;
  const { n, mean, variance } = resolvedMoments(metric, logs);
  if (n === 1) return logEstimate(metric, intervalAround(mean, 0, 0), 0);
  const critical = studentUpperQuantile((1 - confidence) / 2, n - 1);
  return logEstimate(metric, intervalAround(mean, Math.sqrt(variance / n), critical), confidence);
}
