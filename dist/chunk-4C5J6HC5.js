import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; const require = __createRequire(import.meta.url); const __bundleFile = __toPath(import.meta.url); const __bundleFolder = __toPath(new URL('.', import.meta.url));
import {
  histogramQuantile,
  mergeHistograms
} from "./chunk-5XRB6BAW.js";

// src/domain/tally.ts
function emptyTally() {
  return { elapsedMs: 0, counters: {}, errors: {}, distributions: {}, values: {} };
}
function mergeTallies(tallies) {
  const merged = emptyTally();
  const byFamily = /* @__PURE__ */ new Map();
  for (const tally of tallies) {
    merged.elapsedMs += tally.elapsedMs;
    addCounts(merged.counters, tally.counters);
    addCounts(merged.errors, tally.errors);
    for (const [family, distribution] of Object.entries(tally.distributions)) {
      byFamily.set(family, [...byFamily.get(family) ?? [], distribution]);
    }
  }
  for (const [family, distributions] of byFamily) {
    const histograms = distributions.filter((d) => d.type === "histogram");
    const [first] = distributions;
    if (histograms.length === distributions.length)
      merged.distributions[family] = mergeHistograms(histograms);
    else if (distributions.length === 1 && first) merged.distributions[family] = first;
  }
  const [only] = tallies;
  if (tallies.length === 1 && only) merged.values = { ...only.values };
  return merged;
}
function addCounts(into, counts) {
  for (const [name, count] of Object.entries(counts)) into[name] = (into[name] ?? 0) + count;
}
function deriveValue(metric, tally) {
  const { from } = metric;
  switch (from.type) {
    case "quantile":
      return quantileOf(tally.distributions[from.of], from.q);
    case "mean":
    case "max":
    case "sd":
      return momentOf(tally.distributions[from.of], from.type);
    case "rate": {
      const count = tally.counters[from.of];
      return count === void 0 || tally.elapsedMs <= 0 ? void 0 : count * 1e3 / tally.elapsedMs;
    }
    case "proportion": {
      const among = tally.counters[from.among] ?? 0;
      return among === 0 ? void 0 : (tally.counters[from.of] ?? 0) / among;
    }
    case "count":
      return tally.counters[from.of];
    case "value":
    case "peak":
      return tally.values[metric.name];
  }
}
function quantileOf(distribution, q) {
  if (distribution === void 0) return void 0;
  if (distribution.type === "histogram") return histogramQuantile(distribution, q);
  return distribution.points.find(([point]) => point === q)?.[1];
}
function momentOf(distribution, moment) {
  if (distribution?.type !== "histogram" || distribution.count === 0) return void 0;
  const { count, sum, sumOfSquares, max } = distribution;
  if (moment === "max") return max;
  if (moment === "mean") return sum / count;
  if (count < 2) return void 0;
  return Math.sqrt(Math.max(0, (sumOfSquares - sum * sum / count) / (count - 1)));
}
function deriveValues(metrics, tally) {
  const values = {};
  for (const metric of metrics) {
    const value = deriveValue(metric, tally);
    if (value !== void 0 && Number.isFinite(value)) values[metric.name] = value;
  }
  return values;
}

export {
  emptyTally,
  mergeTallies,
  deriveValue,
  deriveValues
};
