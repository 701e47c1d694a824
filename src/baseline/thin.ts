import type { HistogramDistribution } from '../domain/distribution.ts';
import { mergeHistograms } from '../domain/histogram.ts';
import type { Result, Round, ScenarioResult, Tally } from '../domain/result.ts';

/*
 * Thinning merges neighbouring buckets, except those that a quantile is read from:
 *
 *   before   .:|||||:..|:......:...      (hundreds of buckets)
 *   after    [ ]|[  ][ ]|[     ]|[ ]     | = bucket of a rank that is asked for, kept as it is
 *
 * A quantile depends on the bucket of its rank and on how many samples lie below it; both stay. Kept are the
 * ranks of every quantile that is declared or shown, in each round, in each block and in the whole run, with
 * and without the invalid rounds. Counts, sums, minimum and maximum stay too. So whatever is judged or printed
 * comes out the same to the last bit; only quantiles nobody declared become coarser.
 */

/** How many neighbouring buckets become one, mildest first; the last leaves one between two kept ones. */
export const THINNINGS = [1, 16, 64, Number.POSITIVE_INFINITY] as const;

/** Shown in every report whether a metric declares them or not. */
const ALWAYS = [0.5, 0.9, 0.95, 0.99, 0.999];

/** A copy with coarser histograms: `cell` neighbouring buckets (0.1% of a value each) become one. 1 changes nothing. */
export function thin(result: Result, cell: number): Result {
  if (cell <= 1) return result;
  return { ...result, scenarios: result.scenarios.map((scenario) => thinScenario(scenario, cell)) };
}

function thinScenario(scenario: ScenarioResult, cell: number): ScenarioResult {
  const { outcome } = scenario;
  const kept = keptBuckets(scenario);
  const rounds = outcome.rounds.map((round) => thinRound(round, kept, cell));
  return { ...scenario, outcome: { ...outcome, rounds } as ScenarioResult['outcome'] };
}

type Place = (tallyKey: string, family: string) => string;
const place: Place = (tallyKey, family) => JSON.stringify([tallyKey, family]);

/** Every tally of a round with a key that is the same in all rounds. */
function talliesOf(round: Round): [key: string, tally: Tally][] {
  const tallies: [string, Tally][] = [['total', round.total]];
  for (const part of round.parts) tallies.push([`part ${part.name}`, part.tally]);
  if (round.anchor) tallies.push(['anchor', round.anchor]);
  return tallies;
}

function keptBuckets(scenario: ScenarioResult): Map<string, Set<number>> {
  const collected = new Map<string, { round: Round; histogram: HistogramDistribution }[]>();
  const families = new Map<string, string>();
  for (const round of scenario.outcome.rounds) {
    for (const [key, tally] of talliesOf(round)) {
      for (const [family, distribution] of Object.entries(tally.distributions)) {
        if (distribution.type !== 'histogram') continue;
        const at = place(key, family);
        families.set(at, family);
        collected.set(at, [...(collected.get(at) ?? []), { round, histogram: distribution }]);
      }
    }
  }
  const kept = new Map<string, Set<number>>();
  for (const [at, items] of collected) {
    const quantiles = quantilesOf(scenario, families.get(at) ?? '');
    const indices = new Set<number>();
    for (const group of groupings(items)) {
      for (const index of rankBuckets(group, quantiles)) indices.add(index);
    }
    kept.set(at, indices);
  }
  return kept;
}

function quantilesOf(scenario: ScenarioResult, family: string): number[] {
  const declared = scenario.metrics.flatMap(({ from }) =>
    from.type === 'quantile' && from.of === family ? [from.q] : [],
  );
  return [...new Set([...declared, ...ALWAYS])];
}

/** Each round alone, each block, and all of them; the last two also without invalid rounds. */
function groupings(items: { round: Round; histogram: HistogramDistribution }[]): HistogramDistribution[] {
  const groups = new Map<string, HistogramDistribution[]>();
  const add = (key: string, histogram: HistogramDistribution) =>
    groups.set(key, [...(groups.get(key) ?? []), histogram]);
  for (const [index, { round, histogram }] of items.entries()) {
    add(`round ${index}`, histogram);
    add(`block ${round.block}`, histogram);
    add('all', histogram);
    if (round.invalid !== undefined) continue;
    add(`valid block ${round.block}`, histogram);
    add('valid', histogram);
  }
  return [...groups.values()].flatMap((group) => {
    const unit = group[0]?.unit;
    return group.every((histogram) => histogram.unit === unit) ? [mergeHistograms(group)] : [];
  });
}

/** Buckets that hold the nearest ranks of the quantiles, by the same rule as histogramQuantile. */
function rankBuckets(histogram: HistogramDistribution, quantiles: readonly number[]): number[] {
  const ranks = quantiles.map((q) => Math.max(1, Math.ceil(q * histogram.count))).sort((a, b) => a - b);
  const indices: number[] = [];
  let seen = 0;
  let next = 0;
  for (const [index, samples] of histogram.buckets) {
    seen += samples;
    while (next < ranks.length && (ranks[next] ?? 0) <= seen) {
      indices.push(index);
      next += 1;
    }
  }
  return indices;
}

function thinRound(round: Round, kept: Map<string, Set<number>>, cell: number): Round {
  const thinTally = (key: string, tally: Tally): Tally => ({
    ...tally,
    distributions: Object.fromEntries(
      Object.entries(tally.distributions).map(([family, distribution]) => [
        family,
        distribution.type === 'histogram'
          ? {
              ...distribution,
              buckets: mergeBuckets(distribution.buckets, kept.get(place(key, family)) ?? new Set(), cell),
            }
          : distribution,
      ]),
    ),
  });
  return {
    ...round,
    total: thinTally('total', round.total),
    parts: round.parts.map((part) => ({ ...part, tally: thinTally(`part ${part.name}`, part.tally) })),
    ...(round.anchor ? { anchor: thinTally('anchor', round.anchor) } : {}),
  };
}

type Buckets = HistogramDistribution['buckets'];

function mergeBuckets(buckets: Buckets, kept: ReadonlySet<number>, cell: number): Buckets {
  const borders = [...kept].sort((a, b) => a - b);
  const merged: Buckets = [];
  let group: Buckets = [];
  let groupKey = '';
  let below = 0;
  const flush = () => {
    if (group.length > 0) merged.push(middleOf(group));
    group = [];
  };
  for (const bucket of buckets) {
    const [index] = bucket;
    while (below < borders.length && (borders[below] ?? 0) < index) below += 1;
    const key = kept.has(index) ? `kept ${index}` : `${below} ${Math.floor(index / cell)}`;
    if (key !== groupKey) flush();
    groupKey = key;
    group.push(bucket);
  }
  flush();
  return merged;
}

/** One bucket for all of a group, where its middle sample lies. */
function middleOf(group: Buckets): [index: number, count: number] {
  const total = group.reduce((sum, [, samples]) => sum + samples, 0);
  let seen = 0;
  for (const [index, samples] of group) {
    seen += samples;
    if (seen * 2 >= total) return [index, total];
  }
  return [group[0]?.[0] ?? 0, total];
}
