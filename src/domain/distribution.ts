/**
 * Samples of one quantity inside a round, in `ms` (or `ns` for micro-benchmarks).
 * `histogram` merges exactly; `quantiles` is all that an outside engine can give.
 * Buckets are `[index, count]` in ascending order of index, as histogram.ts numbers them.
 */
export type Distribution =
  | {
      type: 'histogram';
      unit: 'ms' | 'ns';
      count: number;
      sum: number;
      sumOfSquares: number;
      min: number;
      max: number;
      buckets: [index: number, count: number][];
    }
  | { type: 'quantiles'; unit: 'ms' | 'ns'; count: number; points: [q: number, value: number][] };

export type HistogramDistribution = Extract<Distribution, { type: 'histogram' }>;
