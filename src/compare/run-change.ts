import type { Metric } from '../domain/metric.ts';
import { anchorSlope } from '../stats/anchor-slope.ts';
import { type RunCenter, runSpread } from '../stats/between-run.ts';
import { type Interval, intervalAround, momentsOf } from '../stats/interval.ts';
import { studentUpperQuantile } from '../stats/student.ts';
import type { RunPoint } from './window.ts';

/** From this many anchored baselines on the anchored form speaks alone. */
const ANCHOR_ALONE = 5;

/**
 * Spread between runs to expect before there is a history, as standard deviations of logarithms. `alone`: of fewer than five
 * runs without an anchor, which may all have met one kind of machine of a pool that has several; replayed on a history of
 * hosted runners 0.08 gave 7.4% false alarms there, this 1.4%.
 */
const PRIOR_SD = { anchored: 0.05, absolute: 0.08, alone: 0.16, memory: 0.05, farTail: 0.12 } as const;

/** Spread to assume of a run's only unit, which shows none. */
const LONE_UNIT = { variance: 0.1 ** 2, df: 4 } as const;

export type Spread = { interval: Interval; standardError: number; critical: number; df: number };

/** The change of a candidate against earlier runs, how it was found, and the spread it was judged by. */
export type RunChange = Spread & {
  form: 'absolute' | 'anchored' | 'both';
  betweenSd: number;
  shift: number | undefined;
};

/**
 * Candidate against the mean of earlier runs of the same level, at a two-sided error of `alpha`. Where the CPU limits the
 * metric and both sides have an anchor, the machine's shift is taken out; below five such runs the interval spans the
 * absolute and the anchored form, so that only what both prove is proven.
 */
export function runChange(
  metric: Metric,
  candidate: RunPoint,
  runs: readonly RunPoint[],
  alpha: number,
): RunChange {
  const absoluteAt = (sd: number) => ({
    ...change(candidate, runs, sd, alpha),
    form: 'absolute' as const,
    shift: undefined,
  });
  const anchoredRuns = runs.filter((run) => run.anchor !== undefined);
  if (!metric.cpuBound) return absoluteAt(priorSd(metric, 'absolute'));
  if (candidate.anchor === undefined || anchoredRuns.length === 0)
    return absoluteAt(priorSd(metric, runs.length < ANCHOR_ALONE ? 'alone' : 'absolute'));
  const anchored = anchoredChange(metric, candidate, anchoredRuns, alpha);
  if (anchoredRuns.length >= ANCHOR_ALONE) return anchored;
  const absolute = absoluteAt(priorSd(metric, 'absolute'));
  const { interval: plain } = absolute;
  const nearer = Math.abs(anchored.interval.center) < Math.abs(plain.center) ? anchored : absolute;
  const wider = anchored.standardError > absolute.standardError ? anchored : absolute;
  return {
    ...wider,
    form: 'both',
    shift: anchored.shift,
    interval: {
      center: nearer.interval.center,
      low: Math.min(anchored.interval.low, plain.low),
      high: Math.max(anchored.interval.high, plain.high),
    },
  };
}

function priorSd(metric: Metric, form: 'anchored' | 'absolute' | 'alone'): number {
  if (metric.from.type === 'peak') return PRIOR_SD.memory;
  const farTail = metric.from.type === 'max' || (metric.from.type === 'quantile' && metric.from.q > 0.97);
  return farTail ? Math.max(PRIOR_SD.farTail, PRIOR_SD[form]) : PRIOR_SD[form];
}

function anchoredChange(
  metric: Metric,
  candidate: RunPoint,
  runs: readonly RunPoint[],
  alpha: number,
): RunChange {
  const sd = priorSd(metric, 'anchored');
  const pairs = runs.map((run) => ({ target: run.value, anchor: run.anchor ?? 0 }));
  const { slope, variance, meanAnchor } = anchorSlope(pairs, sd);
  const shift = (candidate.anchor ?? 0) - meanAnchor;
  const corrected = runs.map((run) => run.anchored(slope));
  const found = change(candidate.anchored(slope), corrected, sd, alpha, variance * shift ** 2);
  return { ...found, form: 'anchored', shift };
}

function change(
  candidate: RunCenter,
  runs: readonly RunCenter[],
  sd: number,
  alpha: number,
  besides = 0,
): Spread & { betweenSd: number } {
  const known = withoutLoneUnits([candidate, ...runs]);
  const window = momentsOf(runs.map((run) => run.value));
  const spread = runSpread(known[0] ?? candidate, window, known.slice(1), { sd });
  const standardError = Math.hypot(spread.standardError, Math.sqrt(besides));
  const critical = studentUpperQuantile(alpha / 2, spread.df);
  return {
    interval: intervalAround(candidate.value - window.mean, standardError, critical),
    standardError,
    critical,
    df: spread.df,
    betweenSd: spread.betweenSd,
  };
}

/** Runs of a single unit take the mean uncertainty of the others, and not less than a tenth. */
function withoutLoneUnits(runs: readonly RunCenter[]): RunCenter[] {
  const seen = runs.filter((run) => run.df > 0);
  const mean = seen.reduce((sum, run) => sum + run.variance, 0) / Math.max(1, seen.length);
  const assumed = Math.max(mean, LONE_UNIT.variance);
  return runs.map((run) => (run.df > 0 ? run : { ...run, variance: assumed, df: LONE_UNIT.df }));
}
