/** Before any history a CPU-bound target is expected to follow the anchor one to one, give or take a half. */
const PRIOR_SLOPE = 1;
const PRIOR_SD = 0.5;

/** `variance` is that of the slope itself: what is not known of it counts as far as the anchor moved. */
export type Slope = { slope: number; variance: number; meanAnchor: number };

/**
 * How much of the anchor's shift the target shares, from pairs of logarithms of earlier runs: least squares shrunken
 * to one (ridge regression; Hoerl & Kennard 1970), so that a target that waits rather than computes is corrected less
 * as history shows it. `residualSd` is the spread expected around the line.
 */
export function anchorSlope(runs: readonly { target: number; anchor: number }[], residualSd: number): Slope {
  const m = Math.max(1, runs.length);
  const meanTarget = runs.reduce((sum, run) => sum + run.target, 0) / m;
  const meanAnchor = runs.reduce((sum, run) => sum + run.anchor, 0) / m;
  let square = 0;
  let product = 0;
  for (const run of runs) {
    square += (run.anchor - meanAnchor) ** 2;
    product += (run.anchor - meanAnchor) * (run.target - meanTarget);
  }
  const weight = (residualSd / PRIOR_SD) ** 2;
  return {
    slope: (product + weight * PRIOR_SLOPE) / (square + weight),
    variance: residualSd ** 2 / (square + weight),
    meanAnchor,
  };
}
