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
 * How far a series (oldest first, usually logarithms) went: from the mean of its first level to that of its last, or
 * without a change of level along the line of least squares, from its first value's place to the last's. `magnitude` is
 * the smallest change of level that counts. The test of the slope: t = slope / se(slope), n - 2 degrees of freedom.
 */
export function driftOf(values: readonly number[], magnitude: number): Drift {
  if (values.length === 0) throw new RangeError('no values to see a trend in');
  const levels = changePoints(values, { magnitude });
  if (levels.length > 0) {
    const [first, last] = [values.slice(0, levels[0]), values.slice(levels.at(-1))];
    return { change: mean(last) - mean(first), supported: true, levels };
  }
  const { slope, pValue } = slopeOf(values);
  return { change: slope * (values.length - 1), supported: pValue <= SLOPE_P, levels };
}

function slopeOf(values: readonly number[]): { slope: number; pValue: number } {
  const n = values.length;
  if (n < 2) return { slope: 0, pValue: 1 };
  const [middle, level] = [(n - 1) / 2, mean([...values])];
  let [xx, xy] = [0, 0];
  for (const [i, value] of values.entries()) {
    xx += (i - middle) ** 2;
    xy += (i - middle) * (value - level);
  }
  const slope = xy / xx;
  if (n < FEWEST || slope === 0) return { slope, pValue: 1 };
  const residual = values.reduce((sum, value, i) => sum + (value - level - slope * (i - middle)) ** 2, 0);
  // Rounding alone leaves a residual: below it the values are a straight line.
  const se = Math.sqrt(Math.max(residual, 1e-18) / (n - 2) / xx);
  return { slope, pValue: 2 * studentTail(Math.abs(slope) / se, n - 2) };
}
