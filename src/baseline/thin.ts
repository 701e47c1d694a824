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

/** Gives copies with coarser histograms: `cell` neighbouring buckets (0.1% of a value each) become one, 1 changes nothing. */
export function thinner(result: Result): (cell: number) => Result {
  let kept: Kept | undefined;
  return (cell) => {
    if (cell <= 1) return result;
    kept ??= new Map(result.scenarios.flatMap((scenario) => [...keptBuckets(scenario)]));
    const map = kept;
    return { ...result, scenarios: result.scenarios.map((scenario) => thinScenario(scenario, map, cell)) };
  };
}

function thinScenario(scenario: ScenarioResult, kept: Kept, cell: number): ScenarioResult {
  const { outcome } = scenario;
  const rounds = outcome.rounds.map((round) => thinRound(round, kept, cell));
  return { ...scenario, outcome: { ...outcome, rounds } as ScenarioResult['outcome'] };
}

/** Every tally of a round with a key that is the same in all rounds. */
function talliesOf(round: Round): [key: string, tally: Tally][] {
  const tallies: [string, Tally][] = [['total', round.total]];
  for (const part of round.parts) tallies.push([`part ${part.name}`, part.tally]);
  if (round.anchor) tallies.push(['anchor', round.anchor]);
  return tallies;
}

type Item = { round: Round; histogram: HistogramDistribution };
type Kept = Map<HistogramDistribution, Set<number>>;

/** For each histogram, the buckets that must stay as they are. */
function keptBuckets(scenario: ScenarioResult): Kept {
  const byPlace = new Map<string, { family: string; items: Item[] }>();
  for (const round of scenario.outcome.rounds) {
    for (const [key, tally] of talliesOf(round)) {
      for (const [family, histogram] of Object.entries(tally.distributions)) {
        if (histogram.type !== 'histogram') continue;
        const place = JSON.stringify([key, family, histogram.unit]);
        const found = byPlace.get(place);
        if (found) found.items.push({ round, histogram });
        else byPlace.set(place, { family, items: [{ round, histogram }] });
      }
    }
  }
  const kept: Kept = new Map();
  for (const { family, items } of byPlace.values()) {
    const quantiles = quantilesOf(scenario, family);
    for (const group of groupsOf(items)) {
      const histograms = group.map(({ histogram }) => histogram);
      const indices = rankBuckets(mergeHistograms(histograms), quantiles);
      for (const histogram of histograms) {
        const own = kept.get(histogram) ?? new Set();
        for (const index of indices) own.add(index);
        kept.set(histogram, own);
      }
    }
  }
  return kept;
}

function quantilesOf(scenario: ScenarioResult, family: string): number[] {
  const declared = scenario.metrics.flatMap(({ from }) =>
    from.type === 'quantile' && from.of === family ? [from.q] : [],
  );
  return [...new Set([...declared, ...ALWAYS])];
}

/** Whatever is merged before a quantile is read: a round, a block, all; the last two also without invalid rounds. */
function groupsOf(items: readonly Item[]): Item[][] {
  const groups = new Map<string, Item[]>();
  const add = (key: string, item: Item) => {
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  };
  const someInvalid = items.some(({ round }) => round.invalid !== undefined);
  for (const [index, item] of items.entries()) {
    const { block, invalid } = item.round;
    const keys = [`round ${index}`, `block ${block}`, 'all'];
    if (someInvalid && invalid === undefined) keys.push(`valid block ${block}`, 'valid');
    for (const key of keys) add(key, item);
  }
  return [...groups.values()];
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

function thinRound(round: Round, kept: Kept, cell: number): Round {
  const thinTally = (tally: Tally): Tally => ({
    ...tally,
    distributions: Object.fromEntries(
      Object.entries(tally.distributions).map(([family, distribution]) => [
        family,
        distribution.type === 'histogram'
          ? {
              ...distribution,
              buckets: mergeBuckets(distribution.buckets, kept.get(distribution) ?? new Set(), cell),
            }
          : distribution,
      ]),
    ),
  });
  return {
    ...round,
    total: thinTally(round.total),
    parts: round.parts.map((part) => ({ ...part, tally: thinTally(part.tally) })),
    ...(round.anchor ? { anchor: thinTally(round.anchor) } : {}),
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
