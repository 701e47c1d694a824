import { betaQuantile } from './incomplete-beta.ts';
import type { Interval } from './interval.ts';

/** Events among trials. */
export type Count = { events: number; trials: number };

/** Wilson's score interval (1927) of a proportion at a critical value; the trials may be an effective, fractional number. */
export function wilsonInterval({ events, trials }: Count, critical: number): Interval {
  if (trials <= 0) return { center: 0, low: 0, high: 1 };
  // A connection may be lost in a later round than it was opened in.
  const p = Math.min(1, events / trials);
  const square = critical * critical;
  const middle = (p + square / (2 * trials)) / (1 + square / trials);
  const half =
    (critical / (1 + square / trials)) * Math.sqrt((p * (1 - p)) / trials + square / (4 * trials * trials));
  return {
    center: p,
    low: events <= 0 ? 0 : Math.max(0, middle - half),
    high: events >= trials ? 1 : Math.min(1, middle + half),
  };
}

/** Interval of p2 - p1 from two independent Wilson intervals: Newcombe 1998, method 10. */
export function newcombeInterval(first: Interval, second: Interval): Interval {
  const center = second.center - first.center;
  const down = Math.hypot(second.center - second.low, first.high - first.center);
  const up = Math.hypot(second.high - second.center, first.center - first.low);
  return { center, low: Math.max(-1, center - down), high: Math.min(1, center + up) };
}

/**
 * How much more the counts of blocks differ than one common proportion explains: Pearson's chi-square over its
 * degrees of freedom, never below 1 (McCullagh & Nelder 1989, 4.5). Dividing the trials by it widens an interval
 * to match. `df` is the number of non-empty blocks less one.
 */
export function overdispersion(blocks: readonly Count[]): { factor: number; df: number } {
  const filled = blocks.filter((block) => block.trials > 0);
  const trials = filled.reduce((sum, block) => sum + block.trials, 0);
  const events = filled.reduce((sum, block) => sum + block.events, 0);
  const df = Math.max(0, filled.length - 1);
  const p = trials === 0 ? 0 : events / trials;
  if (df === 0 || p <= 0 || p >= 1) return { factor: 1, df };
  let chiSquare = 0;
  for (const block of filled)
    chiSquare += (block.events - block.trials * p) ** 2 / (block.trials * p * (1 - p));
  return { factor: Math.max(1, chiSquare / df), df };
}

/** Clopper-Pearson's exact interval (1934): never covers less than it says. */
export function clopperPearson({ events, trials }: Count, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  return {
    center: trials === 0 ? 0 : events / trials,
    low: events === 0 ? 0 : betaQuantile(tail, events, trials - events + 1),
    high: events === trials ? 1 : betaQuantile(1 - tail, events + 1, trials - events),
  };
}
