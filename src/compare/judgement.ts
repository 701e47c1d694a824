import { countsConnections } from '../domain/metric-catalogue.ts';
import type { Comparison, Estimate } from '../domain/verdict.ts';
import { smallestDetectable } from '../stats/detectable.ts';
import type { Interval } from '../stats/interval.ts';
import { studentTail } from '../stats/student.ts';
import { moreConnections, type Opened, openedBy } from './connection-samples.ts';
import { doubtOf } from './doubt.ts';
import type { Comparable } from './plan.ts';
import { blank } from './plan.ts';
import { type Allowed, type Decision, decide } from './rule.ts';
import { allowedEffect, changeOf, shownSize } from './scale.ts';
import { samplesOf, type Unit } from './units.ts';

/** Without a criterion a change is worth a word from 5%, or half a percentage point, on. */
const NOTABLE = { log: Math.log(1.05), points: 0.005 };

/** What the evidence says of a row at one confidence, on the axis on which more is worse. */
export type Judgement = {
  status: 'judged';
  interval: Interval;
  standardError: number;
  critical: number;
  df: number;
  baseline: Estimate;
  candidate: Estimate;
  n: { baseline: number; candidate: number };
  /** Why it does not gate although it has a criterion, and cannot be conclusive. */
  shortage: string | undefined;
  /** What a reader should know whatever the verdict. */
  notes: string[];
  /** Why the interval is as wide as it is, for when that makes it inconclusive. */
  width: string;
};

/** Evidence that no interval can be made of. */
export type Unjudgeable = {
  status: 'unjudgeable';
  verdict: 'invalid' | 'inconclusive';
  reason: string;
  broken?: true;
  baseline: Estimate | null;
  candidate: Estimate | null;
  n: { baseline: number; candidate: number };
};

/** The allowed changes of a row on its axis; those of a row without a criterion are only worth a word. */
export function allowedOf(row: Comparable, baseline: number): Allowed {
  if (row.criterion === null)
    return { fail: row.metric.from.type === 'proportion' ? NOTABLE.points : NOTABLE.log };
  const { warn, fail } = row.criterion;
  return {
    ...(warn ? { warn: allowedEffect(row.metric, warn, baseline) } : {}),
    ...(fail ? { fail: allowedEffect(row.metric, fail, baseline) } : {}),
  };
}

/** The smallest of them. */
export function firstAllowed(row: Comparable, baseline: number): number {
  const { warn, fail } = allowedOf(row, baseline);
  return Math.min(warn ?? Number.POSITIVE_INFINITY, fail ?? Number.POSITIVE_INFINITY);
}

/**
 * The decision a judgement leads to; `more` data may still come. Too few samples never decide, but few connections can be
 * enough to show that many of them fail.
 */
export function decisionOf(row: Comparable, judgement: Judgement, more: boolean): Decision {
  const decision = decide(judgement.interval, allowedOf(row, judgement.baseline.center), more);
  const shown = decision.verdict === 'regressed' && countsConnections(row.metric);
  if (judgement.shortage !== undefined && !shown)
    return { verdict: 'inconclusive', level: null, realButAllowed: false };
  if (doubtOf(row, decision.verdict, judgement.interval) !== undefined)
    return { verdict: 'inconclusive', level: null, realButAllowed: false };
  return decision;
}

/** Two-sided p-value of no change. */
export function pValueOf({ interval, standardError, df }: Judgement): number {
  if (standardError === 0) return interval.center === 0 ? 1 : 0;
  return 2 * studentTail(Math.abs(interval.center) / standardError, df);
}

/** The finished comparison of a judged row, every number finite and derivable from the interval shown. */
export function comparisonOf(row: Comparable, judgement: Judgement, confidence: number): Comparison {
  const decision = decisionOf(row, judgement, false);
  const { interval, standardError, critical, df, baseline, candidate, n, shortage } = judgement;
  const detectable = shownSize(row.metric, smallestDetectable(standardError, critical, df));
  const reasons = [...judgement.notes];
  const short = shortage !== undefined && decision.verdict === 'inconclusive';
  // More of few connections failed than may: that is not proven, but nothing to pass over either.
  const ominous =
    countsConnections(row.metric) && interval.center >= firstAllowed(row, judgement.baseline.center);
  if (short) reasons.unshift(shortage);
  else if (decision.verdict === 'inconclusive') reasons.unshift(...whyInconclusive(row, judgement));
  else if (decision.realButAllowed) reasons.unshift('a real change, within what is allowed');
  const { reason: _, ...empty } = blank(row, decision.verdict, '');
  return {
    ...empty,
    level: decision.level,
    gating: row.criterion !== null && (!short || ominous),
    baseline,
    candidate,
    change: changeOf(row.metric, interval, confidence),
    detectable,
    n,
    ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
  };
}

/** The comparison of a row that nothing can be said of. */
export function unjudgedComparison(row: Comparable, found: Unjudgeable): Comparison {
  const { verdict, reason, broken, baseline, candidate, n } = found;
  return { ...blank(row, verdict, reason), ...(broken && { broken }), baseline, candidate, n };
}

function whyInconclusive(row: Comparable, judgement: Judgement): string[] {
  const { interval, width, baseline } = judgement;
  const { warn, fail } = allowedOf(row, baseline.center);
  const first = firstAllowed(row, baseline.center);
  if (row.criterion === null) return [];
  const { verdict } = decide(interval, allowedOf(row, baseline.center), false);
  const doubt = doubtOf(row, verdict, interval);
  if (doubt !== undefined) return [doubt];
  const failExcluded = warn !== undefined && fail !== undefined && interval.high < fail;
  const excluded = failExcluded ? ', though a failing one is excluded' : '';
  if (interval.low > 0 && interval.center < first)
    return [`worse for certain, but whether by more than is allowed cannot be told${excluded}; ${width}`];
  if (interval.high < first) return [`not worse than allowed, but how much better cannot be told; ${width}`];
  return [`a change beyond what is allowed can be neither shown nor ruled out${excluded}; ${width}`];
}

/** Samples that a quantile needs on each side to gate: twenty of them beyond it. */
const samplesNeeded = (q: number): number => Math.ceil(20 / (1 - q) - 1e-6);

/** Why a latency quantile rests on too few samples to gate, and what `measure.duration` would help; undefined when it may. */
export function shortageOf(
  row: Pick<Comparable, 'metric' | 'durationMs'>,
  sides: readonly (readonly Unit[])[],
  roundsKey = 'measure.rounds',
): { reason: string; needed: number; least: number } | undefined {
  const { metric } = row;
  if (metric.from.type !== 'quantile' || metric.unit !== 'ms') return undefined;
  const needed = samplesNeeded(metric.from.q);
  let worst: { count: number; roundMs: number } | undefined;
  let opened: Opened | undefined;
  let once = false;
  for (const units of sides) {
    const samples = samplesOf(metric, units);
    if (samples && (worst === undefined || samples.count < worst.count)) {
      worst = samples;
      once = isOnceAConnection(metric.from.of, units);
      opened = openedBy(units);
    }
  }
  if (worst === undefined || worst.count >= needed) return undefined;
  const what = metric.from.of === 'latency' ? 'answers' : 'samples';
  const times = needed / worst.count;
  const setting = opened
    ? moreConnections(opened, times, roundsKey)
    : 'more connections or rounds would help';
  const more = once
    ? `each connection gives one a round, and longer rounds add none: ${setting}${metric.from.q > 0.5 ? `; ${metric.from.of}-p50 gates from ${samplesNeeded(0.5)}` : ''}`
    : `${longer(times, worst.roundMs, row.durationMs)}${metric.from.of === 'reconnect' && opened ? `; or ${setting}` : ''}`;
  const advice = worst.count > 0 ? `: ${more}` : '';
  return {
    reason: `${metric.name} gates from ${needed} ${what} a side, and there were ${worst.count}${advice}`,
    needed,
    least: worst.count,
  };
}

/** Whether longer rounds would give no more samples: sockets are opened, and confirmed, once a round unless they are dropped. */
const isOnceAConnection = (family: string, units: readonly Unit[]): boolean =>
  (family === 'connect' || family === 'confirm') && units.every(({ tally }) => !tally.counters.dropped);

/** Longest round that a config can ask for. */
const LONGEST_ROUND_MS = 3_600_000;

/**
 * What to set `measure.duration` to for so many `times` the samples. Rounds, of `roundMs` on average, last longer than
 * `configuredMs` by the wait for their last answers; where they were shorter, another config was in force.
 */
function longer(times: number, roundMs: number, configuredMs: number | undefined): string {
  const known = configuredMs !== undefined && roundMs > 0.9 * configuredMs;
  const waitMs = known ? Math.max(0, roundMs - configuredMs) : 0;
  const needed = times * (known ? Math.max(roundMs, configuredMs) : roundMs) - waitMs;
  if (needed > LONGEST_ROUND_MS) return 'even rounds of an hour would not give so many, but more load would';
  if (known)
    return `set measure.duration to at least ${configDuration(roundedUp(needed))} (it is ${configDuration(configuredMs)})`;
  return `set measure.duration to at least ${Math.ceil(times * 10) / 10} times what it was`;
}

/** Up to 50 ms, 1 s or 10 s, so that nobody has to type digits that say nothing. */
function roundedUp(ms: number): number {
  const step = ms < 1000 ? 50 : ms < 120_000 ? 1000 : 10_000;
  return Math.ceil(ms / step - 1e-9) * step;
}

/** A length of time as a config file has it: `800ms`, `4s`. */
const configDuration = (ms: number): string => (ms % 1000 === 0 ? `${ms / 1000}s` : `${Math.round(ms)}ms`);
