import type { Condition, Threshold } from '../domain/criterion.ts';
import type { Metric, Unit } from '../domain/metric.ts';
import type { Change, Estimate } from '../domain/verdict.ts';
import type { Interval } from '../stats/interval.ts';

/*
 * Effects are kept on one axis on which more is worse: s * ln(candidate / baseline), or the difference s * (candidate -
 * baseline) for proportions, with s = +1 where lower is better and -1 where higher is.
 */

/** Smallest value of a unit that can be told from zero: a logarithm needs one. */
const SMALLEST: Record<Unit, number> = {
  ms: 0.001,
  ns: 0.01,
  '1/s': 0.01,
  fraction: 1e-6,
  bytes: 1,
  cores: 0.001,
  count: 0.5,
};

/** Memory of a process comes in pages; what a call allocates does not. */
const PAGE_BYTES = 4096;

const smallest = ({ unit, from }: Metric): number =>
  unit === 'bytes' && from.type === 'peak' ? PAGE_BYTES : SMALLEST[unit];

/** No measurement repeats more finely than this; a sample spread of zero is luck or rounding. */
const RELATIVE_RESOLUTION = 0.001;

/** A relative change of a proportion means nothing at a baseline of zero: it is never less than one percentage point. */
const SMALLEST_POINTS = 0.01;

/** Exponents beyond this are shown as it: a factor of ten billion. */
const LARGEST_LOG = 23;

export const worseSign = (metric: Metric): 1 | -1 => (metric.better === 'lower' ? 1 : -1);

export const isProportion = (metric: Metric): boolean => metric.from.type === 'proportion';

/** Quantities that say how fast the target is: without meaning when it mostly errs. */
export const isSpeed = (metric: Metric): boolean =>
  metric.from.type !== 'proportion' && metric.from.type !== 'peak';

/** s * ln(value), the value not below what its unit can tell from zero. */
export function worseLog(metric: Metric, value: number): number {
  return worseSign(metric) * Math.log(Math.max(value, smallest(metric)));
}

/** Smallest standard deviation of logarithms to believe in, at a given size of the values. */
export function resolution(metric: Metric, value: number): number {
  return Math.max(RELATIVE_RESOLUTION, (0.3 * smallest(metric)) / Math.max(value, smallest(metric)));
}

/** A value back from its place on the axis. */
export function fromWorseLog(metric: Metric, place: number): number {
  return Math.exp(Math.max(-LARGEST_LOG, Math.min(LARGEST_LOG * 2, worseSign(metric) * place)));
}

/** An estimate in base units from an interval of s * ln(value). */
export function logEstimate(metric: Metric, interval: Interval, confidence: number): Estimate {
  const ends = [fromWorseLog(metric, interval.low), fromWorseLog(metric, interval.high)] as const;
  return {
    center: fromWorseLog(metric, interval.center),
    low: Math.min(...ends),
    high: Math.max(...ends),
    confidence,
  };
}

/** The change as it is shown: a fraction of the baseline, or for proportions a difference. */
export function changeOf(metric: Metric, interval: Interval, confidence: number): Change {
  const show = (place: number): number => {
    const signed = worseSign(metric) * place;
    if (isProportion(metric)) return signed;
    return Math.expm1(Math.max(-LARGEST_LOG, Math.min(LARGEST_LOG, signed)));
  };
  const ends = [show(interval.low), show(interval.high)] as const;
  return {
    type: isProportion(metric) ? 'absolute' : 'relative',
    center: show(interval.center),
    low: Math.min(...ends),
    high: Math.max(...ends),
    confidence,
  };
}

/** Size of the smallest worsening in the unit of the change, always positive: 0.2 is +20%, or -20% where higher is better. */
export function shownSize(metric: Metric, effect: number): number {
  if (isProportion(metric)) return Math.min(1, effect);
  return Math.abs(Math.expm1(worseSign(metric) * Math.min(LARGEST_LOG, effect)));
}

/**
 * Where on the axis a condition begins to be passed; all of its thresholds must be, so the largest counts. `baseline` is
 * the baseline's centre in base units. Infinity where it cannot be passed at all.
 */
export function allowedEffect(metric: Metric, condition: Condition, baseline: number): number {
  return Math.max(...condition.all.map((threshold) => thresholdEffect(metric, threshold, baseline)));
}

function thresholdEffect(metric: Metric, threshold: Threshold, baseline: number): number {
  const sign = worseSign(metric);
  if (isProportion(metric)) {
    if (threshold.type !== 'relative') return sign * threshold.change;
    return Math.max(sign * threshold.change * baseline, SMALLEST_POINTS);
  }
  const factor =
    1 +
    (threshold.type === 'relative'
      ? threshold.change
      : threshold.change / Math.max(baseline, smallest(metric)));
  return factor <= 0 ? Number.POSITIVE_INFINITY : sign * Math.log(factor);
}
