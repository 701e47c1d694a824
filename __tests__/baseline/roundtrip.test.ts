import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeResult, encodeBaseline, encodeResult } from '../../src/baseline/codec.ts';
import { THINNINGS, thinner } from '../../src/baseline/thin.ts';
import { HistogramRecorder, histogramQuantile, mergeHistograms } from '../../src/domain/histogram.ts';
import type { Round, Tally } from '../../src/domain/result.ts';
import { resultOf, roundOf, scenarioOf } from './samples.ts';

const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];
/** Any text a config may give as a name, without half characters: those are no UTF-8. */
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => !FORBIDDEN.includes(text));
const count = fc.nat(1_000_000_000);

const tally: fc.Arbitrary<Tally> = fc.record({
  elapsedMs: fc.double({ min: 0, max: 1e7, noNaN: true }),
  counters: fc.dictionary(name, count, { maxKeys: 4, noNullPrototype: true }),
  errors: fc.dictionary(name, count, { maxKeys: 3, noNullPrototype: true }),
  distributions: fc
    .array(
      fc.oneof(fc.double({ min: 0, max: 50, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true })),
      { maxLength: 300 },
    )
    .map((samples) => {
      const recorder = new HistogramRecorder();
      for (const sample of samples) recorder.record(sample);
      return { latency: recorder.distribution() };
    }),
  values: fc.dictionary(name, fc.double({ min: -1e12, max: 1e12, noNaN: true }), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
});

const round: fc.Arbitrary<Round> = fc
  .record({
    block: fc.nat(3),
    index: fc.nat(20),
    total: tally,
    part: tally,
    partName: name,
    invalid: fc.boolean(),
  })
  .map(({ block, index, total, part, partName, invalid }) => ({
    ...roundOf(block, index, 1, []),
    total,
    parts: [{ name: partName, tally: part }],
    ...(invalid ? { invalid: 'too many errors' } : {}),
  }));

const result = fc
  .record({ rounds: fc.array(round, { minLength: 1, maxLength: 6 }), scenario: name, series: name })
  .map(({ rounds, scenario, series }) => resultOf(1, { series, scenarios: [scenarioOf(scenario, rounds)] }));

/** JSON has no -0, and it makes no difference to anyone. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('whatever was measured is read back as it was', () => {
  fc.assert(
    fc.property(result, (measured) => {
      expect(plain(decodeResult(encodeResult(measured), 'x'))).toEqual(plain(measured));
      expect(plain(decodeResult(encodeBaseline(measured), 'x'))).toEqual(plain(measured));
    }),
    { numRuns: 150 },
  );
});

test('thinning changes no quantile of a round, a block or all of them, and what it leaves is valid', () => {
  const quantiles = (rounds: readonly Round[]) => {
    const histograms = rounds.flatMap(({ total }) => {
      const latency = total.distributions.latency;
      return latency?.type === 'histogram' ? [latency] : [];
    });
    return [0.5, 0.75, 0.9, 0.95, 0.99, 0.999].map((q) => histogramQuantile(mergeHistograms(histograms), q));
  };
  fc.assert(
    fc.property(result, fc.constantFrom(...THINNINGS), (measured, cell) => {
      const thinned = decodeResult(encodeResult(thinner(measured)(cell)), 'x');
      const before = measured.scenarios[0]?.outcome.rounds ?? [];
      const after = thinned.scenarios[0]?.outcome.rounds ?? [];
      const groups: ((round: Round, index: number) => boolean)[] = [
        () => true,
        (r) => r.invalid === undefined,
        ...[0, 1, 2, 3].map((block) => (r: Round) => r.block === block),
        ...before.map((_, at) => (_r: Round, index: number) => index === at),
      ];
      for (const group of groups)
        expect(quantiles(after.filter(group))).toEqual(quantiles(before.filter(group)));
    }),
    { numRuns: 200 },
  );
});
