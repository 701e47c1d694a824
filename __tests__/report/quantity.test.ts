import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Unit } from '../../src/domain/metric.ts';
import {
  age,
  change,
  detectable,
  duration,
  estimate,
  figure,
  magnitude,
  quantity,
  written,
} from '../../src/report/quantity.ts';

const UNITS: Unit[] = ['ms', 'ns', '1/s', 'fraction', 'bytes', 'cores', 'count'];
const interval = (center: number, low: number, high: number) => ({ center, low, high, confidence: 0.95 });
const shift = (type: 'relative' | 'absolute', center: number, low: number, high: number) => ({
  type,
  ...interval(center, low, high),
});

describe('quantity', () => {
  test.each<[number, Unit, string]>([
    [0.213, 'ms', '213 µs'],
    [1.24, 'ms', '1.24 ms'],
    [3200, 'ms', '3.20 s'],
    [999.96, 'ms', '1.00 s'],
    [0.00004, 'ms', '<1 µs'],
    [0, 'ms', '<1 µs'],
    [27_312, '1/s', '27.3k/s'],
    [812, '1/s', '812/s'],
    [3.42, '1/s', '3.42/s'],
    [512e6, 'bytes', '512 MB'],
    [0.021, 'fraction', '2.10%'],
    [0, 'fraction', '0%'],
    [0.85, 'cores', '0.850 cores'],
    [3, 'count', '3'],
    [1530, 'ns', '1.53 µs'],
    [0.31, 'ns', '0.310 ns'],
  ])('%d %s is %s', (value, unit, text) => {
    expect(quantity(value, unit)).toBe(text);
  });

  test.each<[number, Unit, string]>([
    [3000, 'ms', '3 s'],
    [200, 'ms', '200 ms'],
    [0.02, 'fraction', '2%'],
    [1250, 'ms', '1.25 s'],
    [10, '1/s', '10/s'],
    [512e6, 'bytes', '512 MB'],
  ])('%d %s was written as %s', (value, unit, text) => {
    expect(written(value, unit)).toBe(text);
  });
});

describe('estimate', () => {
  test.each<[string, ReturnType<typeof interval>, Unit, string]>([
    ['as many digits as the interval supports', interval(12.4321, 12.1, 12.76), 'ms', '12.4 ±0.3 ms'],
    ['two digits of a spread that begins with 1', interval(12.4321, 12.29, 12.57), 'ms', '12.43 ±0.14 ms'],
    ['no decimals where the interval has none', interval(213.4, 190, 237), 'ms', '213 ±24 ms'],
    ['never zero below a millisecond', interval(0.213, 0.2, 0.226), 'ms', '213 ±13 µs'],
    ['a lopsided interval is written out', interval(12, 11, 18), 'ms', '12 ms (11 to 18 ms)'],
    ['an absurd end is cut', interval(12, 8, 9e7), 'ms', '12 ms (8 to more than 120 ms)'],
    ['both ends', interval(12, 0.001, 9e7), 'ms', '12 ms (less than 1.2 ms to more than 120 ms)'],
    ['a far end below what can be told', interval(0.005, 0.0001, 0.02), 'ms', '5 µs (<1 µs to 20 µs)'],
    [
      'no more digits than that of the centre',
      interval(10_400, 100, 12_000),
      'ms',
      '10 s (less than 1 s to 12 s)',
    ],
    ['nothing counted as an error', interval(0, 0, 0.004), 'fraction', '0% (0 to 0.40%)'],
    [
      'one value has no interval',
      interval(5, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
      'ms',
      '5.00 ms (no interval)',
    ],
    [
      'a tight interval keeps the digits that a histogram has',
      interval(12.4321, 12.43205, 12.43215),
      'ms',
      '12.43 ±<0.01 ms',
    ],
    ['the prefix stands at both numbers', interval(1290, 1251, 1329), '1/s', '1.29k ±0.04k/s'],
    ['small and vague keeps one digit', interval(0.004, -0.05, 0.058), 'fraction', '0.4 ±5.4%'],
  ])('%s', (_, value, unit, text) => {
    expect(estimate(value, unit)).toBe(text);
  });

  test('nothing is a dash', () => {
    expect(estimate(null, 'ms')).toBe('–');
    expect(estimate(interval(Number.NaN, 0, 1), 'ms')).toBe('–');
  });
});

describe('change', () => {
  test.each<[ReturnType<typeof shift>, Unit, string]>([
    [shift('relative', 0.342, 0.29, 0.4), 'ms', '+34% (+29% to +40%)'],
    [shift('relative', -0.18, -0.21, -0.15), '1/s', '-18% (-21% to -15%)'],
    [shift('absolute', 0.05, 0.02, 0.08), 'fraction', '+5.0 pp (+2.0 pp to +8.0 pp)'],
    [shift('absolute', 2.1, 1.2, 3.1), 'ms', '+2.1 ms (+1.2 ms to +3.1 ms)'],
    [shift('relative', 0, 0, 0), 'ms', '0%'],
    [shift('relative', 0.2, 0.002, 0.41), 'ms', '+20.0% (+0.2% to +41.0%)'],
    [shift('relative', 0.2, Number.NEGATIVE_INFINITY, 0.9), 'ms', '+20.0% (-100.0% to +90.0%)'],
    [shift('relative', 5, 4.7, 5.3), 'ms', '+500% (+470% to +530%)'],
    [shift('relative', 0.12, -0.9992, 7539.77), 'ms', '+12% (below -99% to more than +900%)'],
    [shift('relative', 40, 8, 300), 'ms', '41× (9.0× to 301×)'],
    [shift('relative', -0.97, -0.999, -0.6), '1/s', '-97% (below -99% to -60%)'],
    [shift('relative', 129, 100, 165), 'ms', '130× (101× to 166×)'],
    [shift('relative', 11, -0.95, 40), 'ms', '12× (less than 0.1× to 41×)'],
    [shift('relative', 11, 0.4, 40), 'ms', '12× (1.4× to 41×)'],
    [shift('relative', 11, -0.02, 40), 'ms', '12× (0.98× to 41×)'],
    [shift('relative', 11, 0.0004, 40), 'ms', '12× (1.000× to 41×)'],
    [shift('relative', 11, -0.6, 20.3), 'ms', '12× (0.4× to 21×)'],
    [shift('relative', 5000, 2000, 9000), 'ms', 'more than 1000×'],
    [shift('relative', 8.4, 6, 12), 'ms', '+840% (+600% to more than +900%)'],
    [shift('relative', -0.9998, -0.99991, -0.9996), 'ms', 'below -99.9%'],
    [shift('relative', -0.999, -0.9996, -0.9984), 'ms', '-99.9% (below -99.9% to -99.8%)'],
    [shift('absolute', 0.4, -0.2, 1), 'fraction', '+40.0 pp (-20.0 pp to +100.0 pp)'],
  ])('%j %s', (value, unit, text) => {
    expect(change(value, unit, true)).toBe(text);
  });

  test('a change that the data do not settle begins with ~', () => {
    expect(change(shift('relative', 0.05, -0.1, 0.2), 'ms', false)).toBe('~+5% (-10% to +20%)');
  });

  test('a sentence has sizes without a sign, the smaller one first', () => {
    expect(magnitude(shift('relative', -0.18, -0.21, -0.15), '1/s')).toEqual({
      size: '18%',
      interval: '15% to 21%',
    });
    expect(magnitude(shift('relative', 0.18, -0.02, 0.4), 'ms')).toEqual({
      size: '18%',
      interval: '-2% to +40%',
    });
  });

  test('a sentence says so many times from ten times on, and how much of the whole went', () => {
    expect(magnitude(shift('relative', 40, 8, 300), 'ms')).toEqual({ size: '41×', interval: '9.0× to 301×' });
    expect(magnitude(shift('relative', 5000, 2000, 9000), 'ms')).toEqual({
      size: 'more than 1000×',
      interval: null,
    });
    expect(magnitude(shift('relative', -0.97, -0.999, -0.6), '1/s')).toEqual({
      size: '97%',
      interval: '60% to more than 99%',
    });
  });

  test('the smallest change that could be seen', () => {
    expect(detectable(7539.77, 'relative', 'ms')).toBe('more than 900%');
    expect(detectable(0.9999, 'relative', '1/s')).toBe('more than 99%');
    expect(detectable(0.124, 'relative', 'ms')).toBe('12%');
    expect(detectable(0.015, 'absolute', 'fraction')).toBe('1.5 pp');
    expect(detectable(2.1, 'absolute', 'ms')).toBe('2.10 ms');
    expect(detectable(Number.POSITIVE_INFINITY, 'relative', 'ms')).toBe('not known');
  });
});

test('no number of any kind is ever printed as NaN, Infinity or minus zero', () => {
  const number = fc.oneof(
    fc.double(),
    fc.double({ min: -1e-9, max: 1e-9 }),
    fc.constantFrom(0, -0, 1e308, -1e308),
  );
  const type = fc.constantFrom('relative' as const, 'absolute' as const);
  fc.assert(
    fc.property(number, number, number, fc.constantFrom(...UNITS), type, (center, low, high, unit, kind) => {
      const of = interval(center, low, high);
      const texts = [
        quantity(center, unit),
        estimate(of, unit),
        change({ type: kind, ...of }, unit, true),
        JSON.stringify(magnitude({ type: kind, ...of }, unit)),
        detectable(center, kind, unit),
      ];
      for (const text of texts)
        expect(text).not.toMatch(/NaN|Infinity|undefined|(?<![\d.])-0(\.0+)?(?![\d.])/);
    }),
  );
});

test('a latency that was seen is never printed as zero', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e5, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (center, share) => {
        const half = center * share;
        for (const text of [
          quantity(center, 'ms'),
          estimate(interval(center, center - half, center + half), 'ms'),
        ])
          expect(text).not.toMatch(/^0(\.0*)?\D/);
      },
    ),
  );
});

describe('time', () => {
  test.each([
    [850, '850 ms'],
    [12_500, '12.5 s'],
    [30_000, '30 s'],
    [200_000, '3 min 20 s'],
    [600_000, '10 min'],
    [Number.NaN, 'not known'],
  ])('%d ms lasts %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  test.each([
    ['2026-11-21T14:00:00Z', '2026-11-21T14:00:20Z', 'less than a minute'],
    ['2026-11-21T14:00:00Z', '2026-11-21T14:01:20Z', '1 minute'],
    ['2026-11-21T11:00:00Z', '2026-11-21T14:01:20Z', '3 hours'],
    ['2026-11-01T11:00:00Z', '2026-11-21T14:01:20Z', '20 days'],
    ['2026-11-22T11:00:00Z', '2026-11-21T14:01:20Z', null],
    ['yesterday', '2026-11-21T14:01:20Z', null],
  ])('from %s to %s: %s', (from, to, text) => {
    expect(age(from, to)).toBe(text);
  });
});

describe('a figure of a table', () => {
  test('has its interval where its digits would hide it', () => {
    expect(figure(400, interval(400, 399, 401), 'bytes')).toBe('400 B');
    expect(figure(400, interval(400, 380, 420), 'bytes')).toBe('400 ±20 B');
    expect(figure(400, undefined, 'bytes')).toBe('400 B');
  });

  test('of no bytes, and an estimate of what has no logarithm', () => {
    expect(figure(0, undefined, 'bytes')).toBe('0 B');
    expect(estimate(interval(1, 0.9, 1.1), 'bytes')).toBe('≤1 B');
  });
});
