import { mean, sampleVariance } from 'simple-statistics';
import { studentUpperQuantile } from './student.ts';

/** A central value with its interval, on whatever scale the values had. */
export type Interval = { center: number; low: number; high: number };

/** Mean, unbiased variance and number of values; a single value has variance 0 and says nothing of spread. */
export type Moments = { n: number; mean: number; variance: number };

/** Moments of at least one value. */
export function momentsOf(values: readonly number[]): Moments {
  const n = values.length;
  if (n === 0) throw new RangeError('no values to take the mean of');
  return { n, mean: mean(values as number[]), variance: n > 1 ? sampleVariance(values as number[]) : 0 };
}

/** center ± critical * standardError. */
export function intervalAround(center: number, standardError: number, critical: number): Interval {
  const half = critical * standardError;
  return { center, low: center - half, high: center + half };
}

/** Student's t interval of the mean of at least two values: mean ± t(n - 1) * s / sqrt(n). */
export function meanInterval(values: readonly number[], confidence: number): Interval {
  const { n, mean: center, variance } = momentsOf(values);
  if (n < 2) throw new RangeError('an interval needs at least two values');
  return intervalAround(center, Math.sqrt(variance / n), studentUpperQuantile((1 - confidence) / 2, n - 1));
}
