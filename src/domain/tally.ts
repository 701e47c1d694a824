import type { Distribution, HistogramDistribution } from './distribution.ts';
import { histogramQuantile, mergeHistograms } from './histogram.ts';
import type { Metric } from './metric.ts';
import type { Tally } from './result.ts';

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { elapsedMs: 0, counters: {}, errors: {}, distributions: {}, values: {} };
}

/** Sums of counters, errors and time; merged distributions. `values` are kept only where one tally alone has them. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const merged = emptyTally();
  const byFamily = new Map<string, Distribution[]>();
  for (const tally of tallies) {
    merged.elapsedMs += tally.elapsedMs;
    addCounts(merged.counters, tally.counters);
    addCounts(merged.errors, tally.errors);
    for (const [family, distribution] of Object.entries(tally.distributions)) {
      byFamily.set(family, [...(byFamily.get(family) ?? []), distribution]);
    }
  }
  for (const [family, distributions] of byFamily) {
    const histograms = distributions.filter((d): d is HistogramDistribution => d.type === 'histogram');
    const [first] = distributions;
    if (histograms.length === distributions.length)
      merged.distributions[family] = mergeHistograms(histograms);
    else if (distributions.length === 1 && first) merged.distributions[family] = first;
  }
  const [only] = tallies;
  if (tallies.length === 1 && only) merged.values = { ...only.values };
  return merged;
}

function addCounts(into: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count;
}

/** Value of a metric in its base unit, or undefined where the tally cannot tell (nothing counted, nothing measured). */
export function deriveValue(metric: Metric, tally: Tally): number | undefined {
  const { from } = metric;
  switch (from.type) {
    case 'quantile':
      return quantileOf(tally.distributions[from.of], from.q);
    case 'mean':
    case 'max':
    case 'sd':
      return momentOf(tally.distributions[from.of], from.type);
    case 'rate': {
      const count = tally.counters[from.of];
      return count === undefined || tally.elapsedMs <= 0 ? undefined : (count * 1000) / tally.elapsedMs;
    }
    case 'proportion': {
      const among = tally.counters[from.among] ?? 0;
      return among === 0 ? undefined : (tally.counters[from.of] ?? 0) / among;
    }
    case 'count':
      return tally.counters[from.of];
    case 'value':
    case 'peak':
      return tally.values[metric.name];
  }
}

function quantileOf(distribution: Distribution | undefined, q: number): number | undefined {
  if (distribution === undefined) return undefined;
  if (distribution.type === 'histogram') return histogramQuantile(distribution, q);
  return distribution.points.find(([point]) => point === q)?.[1];
}

function momentOf(distribution: Distribution | undefined, moment: 'mean' | 'max' | 'sd'): number | undefined {
  if (distribution?.type !== 'histogram' || distribution.count === 0) return undefined;
  const { count, sum, sumOfSquares, max } = distribution;
  if (moment === 'max') return max;
  if (moment === 'mean') return sum / count;
  if (count < 2) return undefined;
  return Math.sqrt(Math.max(0, (sumOfSquares - (sum * sum) / count) / (count - 1)));
}

/** Values of all metrics that the tally can tell, by name. */
export function deriveValues(metrics: readonly Metric[], tally: Tally): Record<string, number> {
  const values: Record<string, number> = {};
  for (const metric of metrics) {
    const value = deriveValue(metric, tally);
    if (value !== undefined && Number.isFinite(value)) values[metric.name] = value;
  }
  return values;
}
