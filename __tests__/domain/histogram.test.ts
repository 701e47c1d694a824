import { describe, expect, test } from '@jest/globals';
import {
  HistogramRecorder,
  histogramQuantile,
  MAX_BUCKET_INDEX,
  mergeHistograms,
} from '../../src/domain/histogram.ts';

const record = (values: number[]) => {
  const recorder = new HistogramRecorder();
  for (const value of values) recorder.record(value);
  return recorder.distribution();
};

describe('histogram', () => {
  test('keeps a latency below a millisecond', () => {
    expect(histogramQuantile(record([0.213, 0.213, 0.213]), 0.5)).toBeCloseTo(0.213, 3);
  });

  test.each([0.0005, 0.9, 2.047, 2.048, 4.1, 99.7, 1234.5, 59_999])(
    'places %d ms within 0.1% or half a tick',
    (value) => {
      const q = histogramQuantile({ ...record([value]), min: 0, max: 1e9 }, 0.5) ?? Number.NaN;
      expect(Math.abs(q - value)).toBeLessThanOrEqual(Math.max(0.001, value * 0.001));
    },
  );

  test('agrees with the sorted samples on every quantile', () => {
    const values = Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 5000) / 10 + 0.05);
    const sorted = [...values].sort((a, b) => a - b);
    for (const q of [0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1]) {
      const exact = sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN;
      expect(Math.abs((histogramQuantile(record(values), q) ?? 0) - exact) / exact).toBeLessThan(0.002);
    }
  });

  test('merging parts equals recording everything in one', () => {
    const a = [0.1, 5, 7.7, 900];
    const b = [0.1, 0.2, 12_000];
    const merged = mergeHistograms([record(a), record([]), record(b)]);
    expect({ ...merged, sum: 0, sumOfSquares: 0 }).toEqual({
      ...record([...a, ...b]),
      sum: 0,
      sumOfSquares: 0,
    });
    expect(merged.sum).toBeCloseTo(record([...a, ...b]).sum, 9);
  });

  test('an empty histogram has no quantile', () => {
    expect(histogramQuantile(record([]), 0.95)).toBeUndefined();
    expect(mergeHistograms([]).min).toBe(0);
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => record([value])).toThrow(RangeError);
  });

  test('numbers no bucket above the stated maximum', () => {
    expect(record([1e300]).buckets[0]?.[0]).toBe(MAX_BUCKET_INDEX);
  });
});
