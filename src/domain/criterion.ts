import type { Unit } from './metric.ts';

/** One allowed change: `+20%` (relative), `+5pp` (points of a fraction), `+2ms` (absolute, in base units). Signed. */
export type Threshold =
  | { type: 'relative'; change: number }
  | { type: 'points'; change: number }
  | { type: 'absolute'; change: number; unit: Unit };

/** All of its thresholds must be passed: `+20% and +2ms`. `text` is as written in the config. */
export type Condition = { all: [Threshold, ...Threshold[]]; text: string };

/**
 * The allowed change of one metric against the baseline. `part` absent: the scenario as a whole. Neither level: switched off
 * for that part.
 */
export type Criterion = { metric: string; part?: string; warn?: Condition; fail?: Condition };

/** An absolute bound on one metric, in its base unit; the metric's direction makes it a maximum or a minimum. */
export type Limit = {
  metric: string;
  part?: string;
  warn?: { bound: number; text: string };
  fail?: { bound: number; text: string };
};
