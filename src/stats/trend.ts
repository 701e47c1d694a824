import { mean } from 'simple-statistics';
import { changePoints } from './change-points.ts';
import { studentTail } from './student.ts';

export type Drift = {
  /** From the first level to the last, on the scale of the values. */
  change: number;
  /** Whether the change is more than the values' own noise: a change of level, or a slope that is there. */
  supported: boolean;
  /** Indexes of the first value of each new level. */
  levels: number[];
};

/** Two-sided p-value from which a slope counts as there. */
const SLOPE_P = 0.1;
/** Fewer values have no spread about a line. */
export const FEWEST = 3;

/**
 * How far a series (oldest first, usually logarithms) went. Between changes of level it is the means of the first and
 * the last level, without any those of its first and last third; `magnitude` is the smallest change of level that counts.
 * The slope's test is that of ordinary least squares: t = slope / se(slope), n - 2 degrees of freedom.
 */
export function driftOf(values: readonly number[], magnitude: number): Drift {
  if (values.length === 0) throw new RangeError('no values to see a trend in');
  const levels = changePoints(values, { magnitude });
  const third = Math.max(1, Math.floor(values.length / 3));
  const [first, last] =
    levels.length > 0
      ? [values.slice(0, levels[0]), values.slice(levels.at(-1))]
      : [values.slice(0, third), values.slice(-third)];
  const change = values.length < 2 ? 0 : mean([...last]) - mean([...first]);
  return { change, supported: levels.length > 0 || slopePValue(values) <= SLOPE_P, levels };
}

function slopePValue(values: readonly number[]): number {
  const n = values.length;
  if (n < FEWEST) return 1;
  const [middle, level] = [(n - 1) / 2, mean([...values])];
  let [xx, xy] = [0, 0];
  for (const [i, value] of values.entries()) {
    xx += (i - middle) ** 2;
    xy += (i - middle) * (value - level);
  }
  const slope = xy / xx;
  const residual = values.reduce((sum, value, i) => sum + (value - level - slope * (i - middle)) ** 2, 0);
  if (slope === 0) return 1;
  // Rounding alone leaves a residual: below it the values are a straight line.
  const se = Math.sqrt(Math.max(residual, 1e-18) / (n - 2) / xx);
  return 2 * studentTail(Math.abs(slope) / se, n - 2);
}
