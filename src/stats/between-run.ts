import type { Moments } from './interval.ts';

/** Degrees of freedom that the prior spread is worth, as if it had been seen in six runs. */
const PRIOR_DF = 5;

/** Spread to expect of a run's centre before any history, as a standard deviation of logarithms. */
export type Prior = { sd: number };

/** One run on a log scale: its centre, and the variance of that centre as the run's own blocks show it. */
export type RunCenter = { value: number; variance: number; df: number };

/** Standard error of candidate minus the mean of the window, its degrees of freedom, and the spread between runs. */
export type RunSpread = { standardError: number; df: number; betweenSd: number };

/**
 * How far a run may lie from the mean of m earlier ones by chance. The spread between runs is shrunken to a prior
 * (Smyth 2004, moderated t), here with the runs' own uncertainty w added to it:
 *
 *   s² = (5 * (s0² + w) + (m - 1) * sm²) / (5 + m - 1),   variance = s² * (1 + 1/m) + what the candidate is worse than w
 *
 * Degrees of freedom by Welch-Satterthwaite: 5 + m - 1 while runs differ more than their blocks do, those of the blocks
 * where they do not. A lone baseline (m = 1) has the prior only, and so decides little.
 */
export function runSpread(
  candidate: RunCenter,
  window: Moments,
  runs: readonly RunCenter[],
  prior: Prior,
): RunSpread {
  const m = runs.length;
  const all = [candidate, ...runs];
  const within = all.reduce((sum, run) => sum + run.variance, 0) / all.length;
  const df = PRIOR_DF + m - 1;
  const share = 1 + 1 / m;
  const fromBlocks = ((PRIOR_DF * within) / df) * share;
  const fromRuns = ((PRIOR_DF * prior.sd ** 2 + (m - 1) * window.variance) / df) * share;
  const excess = Math.max(0, candidate.variance - within);
  const variance = fromRuns + fromBlocks + excess;
  const ofBlocks = fromBlocks + excess;
  return {
    standardError: Math.sqrt(variance),
    df: variance ** 2 / (fromRuns ** 2 / df + ofBlocks ** 2 / blockDf(all)),
    betweenSd: Math.sqrt((fromRuns + fromBlocks) / share),
  };
}

/** Welch-Satterthwaite over the runs' own variances. */
function blockDf(runs: readonly RunCenter[]): number {
  const total = runs.reduce((sum, run) => sum + run.variance, 0);
  const square = runs.reduce((sum, run) => sum + run.variance ** 2 / Math.max(1, run.df), 0);
  return square === 0 ? 1e6 : total ** 2 / square;
}
