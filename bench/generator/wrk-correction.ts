import { HistogramRecorder, histogramQuantile } from '../../src/domain/histogram.ts';
import type { Tally } from '../../src/domain/result.ts';

/**
 * Quantile `q` (ms) of a closed loop's latencies after the correction for coordinated omission that wrk 4.1.0 applies to
 * its own (wrk, src/stats.c): with `e` the mean time between two requests of one connection, each sample `n >= 2e` is
 * joined by samples n - e, n - 2e, ... as long as they are above `e`. On a server that stalled 200 ms of every 700,
 * wrk reported 2,591 latencies for 1,994 requests: without the same correction its tail is not that of the requests.
 */
export function quantileAsWrk(tally: Tally, connections: number, q: number): number {
  const { latency } = tally.distributions;
  const requests = tally.counters.ok ?? 0;
  if (latency?.type !== 'histogram' || requests === 0) return Number.NaN;
  const expected = tally.elapsedMs / (requests / connections);
  const corrected = new HistogramRecorder('ms');
  let before = 0;
  for (const [, count] of latency.buckets) {
    // The middle of the bucket, by rank: exact to the bucket's 0.1%.
    const value = histogramQuantile(latency, (before + count / 2) / latency.count) ?? 0;
    before += count;
    for (let i = 0; i < count; i += 1) corrected.record(value);
    if (value < 2 * expected) continue;
    for (let missed = value - expected; missed > expected; missed -= expected) {
      for (let i = 0; i < count; i += 1) corrected.record(missed);
    }
  }
  return histogramQuantile(corrected.distribution(), q) ?? Number.NaN;
}
