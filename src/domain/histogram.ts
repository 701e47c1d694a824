import type { HistogramDistribution } from './distribution.ts';

/*
 * Log-linear buckets, as in HdrHistogram (Tene): every power of two of ticks is cut into 1,024 equal
 * buckets, so that a bucket is never wider than 0.1% of its value, and one tick wide below 2,048 ticks.
 *
 *   ticks   0 1 2 ... 2047 | 2048 2050 ... 4094 | 4096 4100 ... 8188 | ...
 *   index   0 1 2 ... 2047 | 2048 2049 ... 3071 | 3072 3073 ... 4095 | ...
 *
 * A tick is 1 µs for a distribution in ms and 0.01 ns for one in ns.
 */
const SUB = 1024;
const TICKS_PER_UNIT = { ms: 1000, ns: 100 } as const;
const MAX_TICKS = 2 ** 45;

/** Bucket of a non-negative number of ticks. */
function bucketIndex(ticks: number): number {
  const whole = Math.min(Math.floor(ticks), MAX_TICKS);
  if (whole < 2 * SUB) return whole;
  const shift = Math.floor(Math.log2(whole)) - 10;
  return shift * SUB + Math.floor(whole / 2 ** shift);
}

/** Lowest tick of a bucket and the bucket's width in ticks. */
function bucketBounds(index: number): { low: number; width: number } {
  if (index < 2 * SUB) return { low: index, width: 1 };
  const shift = Math.floor(index / SUB) - 1;
  return { low: (index - shift * SUB) * 2 ** shift, width: 2 ** shift };
}

/** Highest index a valid histogram can have; readers of outside documents check against it. */
export const MAX_BUCKET_INDEX = bucketIndex(MAX_TICKS);

/** Collects samples of one quantity. `record` is cheap enough for every request of a load generator. */
export class HistogramRecorder {
  readonly #counts = new Map<number, number>();
  readonly #unit: 'ms' | 'ns';
  readonly #ticks: number;
  #count = 0;
  #sum = 0;
  #sumOfSquares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;

  constructor(unit: 'ms' | 'ns' = 'ms') {
    this.#unit = unit;
    this.#ticks = TICKS_PER_UNIT[unit];
  }

  /** Adds one sample, in the recorder's unit. Throws a RangeError unless it is a finite number of at least 0. */
  record(value: number): void {
    if (!(value >= 0) || value === Number.POSITIVE_INFINITY) throw new RangeError(`not a sample: ${value}`);
    const index = bucketIndex(value * this.#ticks);
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + 1);
    this.#count += 1;
    this.#sum += value;
    this.#sumOfSquares += value * value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  get count(): number {
    return this.#count;
  }

  /** What was recorded so far. An empty recorder gives count 0 and min, max 0. */
  distribution(): HistogramDistribution {
    return {
      type: 'histogram',
      unit: this.#unit,
      count: this.#count,
      sum: this.#sum,
      sumOfSquares: this.#sumOfSquares,
      min: this.#count === 0 ? 0 : this.#min,
      max: this.#max,
      buckets: [...this.#counts].sort((a, b) => a[0] - b[0]),
    };
  }
}

/** One histogram of all samples of several. Throws when they differ in unit; an empty list gives an empty one in ms. */
export function mergeHistograms(parts: readonly HistogramDistribution[]): HistogramDistribution {
  const unit = parts[0]?.unit ?? 'ms';
  const counts = new Map<number, number>();
  const merged: HistogramDistribution = {
    type: 'histogram',
    unit,
    count: 0,
    sum: 0,
    sumOfSquares: 0,
    min: Number.POSITIVE_INFINITY,
    max: 0,
    buckets: [],
  };
  for (const part of parts) {
    if (part.unit !== unit) throw new Error(`cannot merge a histogram in ${part.unit} with one in ${unit}`);
    if (part.count === 0) continue;
    merged.count += part.count;
    merged.sum += part.sum;
    merged.sumOfSquares += part.sumOfSquares;
    merged.min = Math.min(merged.min, part.min);
    merged.max = Math.max(merged.max, part.max);
    for (const [index, count] of part.buckets) counts.set(index, (counts.get(index) ?? 0) + count);
  }
  merged.buckets = [...counts].sort((a, b) => a[0] - b[0]);
  if (merged.count === 0) merged.min = 0;
  return merged;
}

/**
 * Quantile `q` (0 to 1) in the histogram's unit, or undefined when it is empty. The sample of rank
 * ceil(q * n) (nearest rank), placed evenly inside its bucket and kept within the recorded minimum and maximum.
 */
export function histogramQuantile(histogram: HistogramDistribution, q: number): number | undefined {
  if (histogram.count === 0) return undefined;
  const rank = Math.max(1, Math.ceil(q * histogram.count));
  let seen = 0;
  for (const [index, count] of histogram.buckets) {
    if (seen + count >= rank) {
      const { low, width } = bucketBounds(index);
      const ticks = low + (width * (rank - seen - 0.5)) / count;
      const value = ticks / TICKS_PER_UNIT[histogram.unit];
      return Math.min(Math.max(value, histogram.min), histogram.max);
    }
    seen += count;
  }
  return histogram.max;
}
