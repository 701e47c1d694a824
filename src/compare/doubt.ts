import type { Metric } from '../domain/metric.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Interval } from '../stats/interval.ts';
import type { Comparable } from './plan.ts';
import { isSpeed } from './scale.ts';
import type { Unit } from './units.ts';

/** A generator that waits for a core this share of the time, on both sides, may have hidden a loss. */
const STARVED = 0.4;
/** Rounds of one side are starved unlike those of the other when all of them wait for so much more of the time. */
const UNLIKE = 0.1;
/** A target keeps up with its rate while no more than this share of the requests had to wait for a connection. */
const BEHIND = 0.5;

const LIMITED =
  'the load generator, not the target, was the bottleneck on both sides, so a loss of speed could hide: use fewer connections, or a fixed rate';

/**
 * Why a verdict that the numbers would allow cannot be believed: what was timed was not the target. A generator at its
 * limit or without a core hides a loss, and one that was starved on one side alone makes a change of its own, which for
 * a throughput has its bound. `effect`: the change on the axis on which more is worse.
 */
export function doubtOf(
  { metric, baseline, candidate }: Comparable,
  verdict: Verdict,
  effect: Interval,
): string | undefined {
  if (verdict === 'inconclusive' || !isSpeed(metric)) return undefined;
  if (isLatency(metric) && isOverloaded(baseline.units) && isOverloaded(candidate.units))
    return overloadedText(baseline.units, candidate.units);
  if (verdict === 'unchanged' && isLimited(baseline.units) && isLimited(candidate.units)) return LIMITED;
  const [before, now] = [starvation(baseline.units), starvation(candidate.units)];
  if (before === undefined || now === undefined) return undefined;
  const candidateWorse = now.least - before.most > UNLIKE;
  const baselineWorse = before.least - now.most > UNLIKE;
  const both = before.mean >= STARVED && now.mean >= STARVED;
  const doubtful =
    verdict === 'regressed'
      ? candidateWorse && !(isThroughput(metric) && effect.low > explained(now.most))
      : candidateWorse || baselineWorse || (verdict === 'unchanged' && both);
  return doubtful ? starvedText(before.mean, now.mean) : undefined;
}

/** Of an exceeded limit: whether a generator without a core could explain it. `beyond`: ln of how far it is exceeded. */
export function limitDoubt(metric: Metric, units: readonly Unit[], beyond: number): string | undefined {
  const seen = isSpeed(metric) ? starvation(units) : undefined;
  if (seen === undefined || seen.mean < STARVED) return undefined;
  return beyond > explained(seen.mean)
    ? undefined
    : `the load generator waited for a core ${percent(seen.mean)} of the time: give it more CPU`;
}

/** Waiting s of the time makes a request 1 / (1 - s) times as long, and queues behind it grow with that: ln of the most. */
const explained = (share: number): number => -3 * Math.log(1 - Math.min(share, 0.99));

function starvedText(before: number, now: number): string {
  return `the load generator waited for a core ${percent(before)} of the time on the baseline's side and ${percent(now)} on the candidate's, so its own waiting was timed with the target: give it more CPU, or run less beside it`;
}

function overloadedText(before: readonly Unit[], now: readonly Unit[]): string {
  const rate = now.flatMap(({ rounds }) => rounds.flatMap(({ round }) => round.load?.rate ?? []))[0];
  const figures =
    rate === undefined
      ? ''
      : ` (${rate}/s were asked for, the baseline was sent ${sentRate(before)}/s and the candidate ${sentRate(now)}/s)`;
  return `neither side could keep up with the rate${figures}, so what was timed is the length of the queue, which grows with the round: lower the rate, or leave it out to measure throughput`;
}

function sentRate(units: readonly Unit[]): number {
  const rounds = units.flatMap((unit) => unit.rounds.map(({ round }) => round));
  const sent = rounds.reduce((sum, { total }) => sum + (total.counters.sent ?? 0), 0);
  const ms = rounds.reduce((sum, { total }) => sum + total.elapsedMs, 0);
  return ms > 0 ? Number(((sent * 1000) / ms).toPrecision(3)) : 0;
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

const isLatency = ({ from }: Metric): boolean =>
  (from.type === 'quantile' || from.type === 'mean' || from.type === 'max') &&
  (from.of === 'latency' || from.of === 'rtt');

/** Of all the requests of a round: a short wait makes few of them late, and a tail many times as long, but no fewer answers. */
const isThroughput = ({ from }: Metric): boolean => from.type === 'rate';

function isLimited(units: readonly Unit[]): boolean {
  return most(units, ({ generator }) => generator.limited);
}

/** In an open loop, `behind` counts what was sent late because every connection was busy. */
function isOverloaded(units: readonly Unit[]): boolean {
  return most(
    units,
    ({ total: { counters } }) =>
      (counters.behind ?? 0) > BEHIND * (counters.sent ?? counters.finished ?? Number.POSITIVE_INFINITY),
  );
}

type Round = Unit['rounds'][number]['round'];

function most(units: readonly Unit[], holds: (round: Round) => boolean): boolean {
  const rounds = units.flatMap((unit) => unit.rounds);
  return 2 * rounds.filter(({ round }) => holds(round)).length > rounds.length;
}

/** How much of the time the generator waited for a core, over the rounds; undefined where nobody watched. */
function starvation(units: readonly Unit[]): { least: number; most: number; mean: number } | undefined {
  const shares = units.flatMap((unit) =>
    unit.rounds.flatMap(({ round }) =>
      round.generator.starved === undefined ? [] : [round.generator.starved],
    ),
  );
  if (shares.length === 0) return undefined;
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return { least: Math.min(...shares), most: Math.max(...shares), mean };
}
