import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));

// src/domain/histogram.ts
var SUB = 1024;
var TICKS_PER_UNIT = { ms: 1e3, ns: 100 };
var MAX_TICKS = 2 ** 45;
function bucketIndex(ticks) {
  const whole = Math.min(Math.floor(ticks), MAX_TICKS);
  if (whole < 2 * SUB) return whole;
  const shift = Math.floor(Math.log2(whole)) - 10;
  return shift * SUB + Math.floor(whole / 2 ** shift);
}
function bucketBounds(index) {
  if (index < 2 * SUB) return { low: index, width: 1 };
  const shift = Math.floor(index / SUB) - 1;
  return { low: (index - shift * SUB) * 2 ** shift, width: 2 ** shift };
}
var MAX_BUCKET_INDEX = bucketIndex(MAX_TICKS);
var HistogramRecorder = class {
  #counts = /* @__PURE__ */ new Map();
  #unit;
  #ticks;
  #count = 0;
  #sum = 0;
  #sumOfSquares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = 0;
  constructor(unit = "ms") {
    this.#unit = unit;
    this.#ticks = TICKS_PER_UNIT[unit];
  }
  /** Adds one sample, in the recorder's unit. Throws a RangeError unless it is a finite number of at least 0. */
  record(value) {
    if (!(value >= 0) || value === Number.POSITIVE_INFINITY) throw new RangeError(`not a sample: ${value}`);
    const index = bucketIndex(value * this.#ticks);
    this.#counts.set(index, (this.#counts.get(index) ?? 0) + 1);
    this.#count += 1;
    this.#sum += value;
    this.#sumOfSquares += value * value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }
  get count() {
    return this.#count;
  }
  /** What was recorded so far. An empty recorder gives count 0 and min, max 0. */
  distribution() {
    return {
      type: "histogram",
      unit: this.#unit,
      count: this.#count,
      sum: this.#sum,
      sumOfSquares: this.#sumOfSquares,
      min: this.#count === 0 ? 0 : this.#min,
      max: this.#max,
      buckets: [...this.#counts].sort((a, b) => a[0] - b[0])
    };
  }
};
function mergeHistograms(parts) {
  const unit = parts[0]?.unit ?? "ms";
  const counts = /* @__PURE__ */ new Map();
  const merged = {
    type: "histogram",
    unit,
    count: 0,
    sum: 0,
    sumOfSquares: 0,
    min: Number.POSITIVE_INFINITY,
    max: 0,
    buckets: []
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
function histogramQuantile(histogram, q) {
  if (histogram.count === 0) return void 0;
  const rank = Math.max(1, Math.ceil(q * histogram.count));
  let seen = 0;
  for (const [index, count] of histogram.buckets) {
    if (seen + count >= rank) {
      const { low, width } = bucketBounds(index);
      const ticks = low + width * (rank - seen - 0.5) / count;
      const value = ticks / TICKS_PER_UNIT[histogram.unit];
      return Math.min(Math.max(value, histogram.min), histogram.max);
    }
    seen += count;
  }
  return histogram.max;
}

export {
  MAX_BUCKET_INDEX,
  HistogramRecorder,
  mergeHistograms,
  histogramQuantile
};
