import type { Condition } from './criterion.ts';
import type { Metric } from './metric.ts';

/** A central value and its interval, in the metric's base unit. */
export type Estimate = { center: number; low: number; high: number; confidence: number };

/** Change of the candidate against the baseline: `relative` as a fraction (0.34 = +34%), `absolute` in base units. */
export type Change = Estimate & { type: 'relative' | 'absolute' };

export type Verdict = 'regressed' | 'improved' | 'unchanged' | 'inconclusive' | 'new' | 'missing' | 'invalid';

export type Level = 'warn' | 'fail';

/** Baseline and candidate of one metric. */
export type Comparison = {
  scenario: string;
  part?: string;
  metric: Metric;
  verdict: Verdict;
  /** Of a regression: the highest level whose condition was passed. */
  level: Level | null;
  /** Only gating comparisons decide the overall verdict; the others are there to read. */
  gating: boolean;
  /** Of an `invalid` one: the baseline measured this, and the candidate hardly ever could. Like a scenario that failed. */
  broken?: true;
  /** Of a regression at warning level: it is one at fail level that somebody answers for. */
  accepted?: true;
  baseline: Estimate | null;
  candidate: Estimate | null;
  change: Change | null;
  criterion: { warn?: Condition; fail?: Condition } | null;
  /** Smallest change, in the unit of `change`, that these data could have shown. */
  detectable: number | null;
  /** Blocks on which the estimates rest. */
  n: { baseline: number; candidate: number };
  /** Why it is inconclusive, invalid, or what a reader should know besides; where there is a change, several statements joined by `; `. */
  reason?: string;
};

export type LimitOutcome = {
  scenario: string;
  part?: string;
  metric: Metric;
  level: Level;
  bound: number;
  text: string;
  outcome: 'within' | 'exceeded' | 'inconclusive';
  /** Of an `inconclusive` one at fail level: what it bounds could hardly ever be measured. Like a scenario that failed. */
  broken?: true;
  /** Of an exceeded one at warning level: it is one at fail level that somebody answers for. */
  accepted?: true;
  candidate: Estimate | null;
  reason?: string;
};

export type OverallVerdict = 'failed' | 'regressed' | 'inconclusive' | 'improved' | 'unchanged' | 'new';
