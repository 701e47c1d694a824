import { describe, expect, test } from '@jest/globals';
import { THINNINGS, thinner } from '../../src/baseline/thin.ts';
import { compareStored } from '../../src/compare/stored.ts';
import type { Round } from '../../src/domain/result.ts';
import { deriveValues, mergeTallies } from '../../src/domain/tally.ts';
import { resultOf, roundOf, scenarioOf, tallyOf } from './samples.ts';

const rounds = [0, 1, 2, 3, 4].map((i) => roundOf(i >> 1, i, 800 + 37 * i));
const invalid = { ...roundOf(2, 5, 300), invalid: 'too many errors' };
const result = resultOf(1, { scenarios: [scenarioOf('health', [...rounds, invalid])] });
const thin = thinner(result);
const [scenario] = result.scenarios;

const quantile = (q: number) =>
  ({
    name: `q${q}`,
    unit: 'ms',
    better: 'lower',
    from: { type: 'quantile', of: 'latency', q },
    cpuBound: false,
  }) as const;
const moment = (type: 'mean' | 'max' | 'sd') =>
  ({ name: type, unit: 'ms', better: 'lower', from: { type, of: 'latency' }, cpuBound: false }) as const;
const METRICS = [
  ...(scenario?.metrics ?? []),
  ...[0.5, 0.9, 0.95, 0.99, 0.999].map(quantile),
  ...(['mean', 'max', 'sd'] as const).map(moment),
];

const groups: [string, (round: Round) => boolean][] = [
  ['each round', (round) => round.index === 3],
  ['a block', (round) => round.block === 1],
  ['a block with an invalid round', (round) => round.block === 2],
  ['that block without it', (round) => round.block === 2 && round.invalid === undefined],
  ['all', () => true],
  ['all valid', (round) => round.invalid === undefined],
];

describe.each(THINNINGS)('merging %d buckets', (cell) => {
  const thinned = thin(cell);
  test.each(groups)('changes no value of %s to the last bit', (_, chosen) => {
    for (const pick of [
      (round: Round) => round.total,
      (round: Round) => round.parts[0]?.tally ?? round.total,
      (round: Round) => round.parts[1]?.tally ?? round.total,
      (round: Round) => round.anchor ?? round.total,
    ]) {
      const of = (from: typeof result) =>
        deriveValues(
          METRICS,
          mergeTallies((from.scenarios[0]?.outcome.rounds ?? []).filter(chosen).map(pick)),
        );
      expect(of(thinned)).toEqual(of(result));
      expect(Object.keys(of(result))).toHaveLength(METRICS.length);
    }
  });

  test('keeps the samples, in order', () => {
    for (const round of thinned.scenarios[0]?.outcome.rounds ?? []) {
      const latency = round.total.distributions.latency;
      if (latency?.type !== 'histogram') throw new Error('a histogram');
      expect(latency.buckets.reduce((sum, [, count]) => sum + count, 0)).toBe(latency.count);
      const indices = latency.buckets.map(([index]) => index);
      expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b));
    }
  });
});

test('the coarsest leaves little, the mildest changes nothing', () => {
  const buckets = (from: typeof result) =>
    Object.values(from.scenarios[0]?.outcome.rounds[0].total.distributions ?? {})
      .map((d) => (d.type === 'histogram' ? d.buckets.length : 0))
      .reduce((a, b) => a + b, 0);
  expect(thin(1)).toBe(result);
  expect(buckets(thin(16))).toBeLessThan(buckets(result) / 2);
  expect(buckets(thin(Number.POSITIVE_INFINITY))).toBeLessThan(200);
});

test('a comparison with a thinned baseline says the same, to the last digit', () => {
  const slower = roundsSlowedBy(1.4);
  const candidate = { scenarios: [scenarioOf('health', slower)] };
  const threshold = { type: 'relative', change: 0.2 } as const;
  const fail = { all: [threshold] as [typeof threshold], text: '+20%' };
  const criteria = [{ name: 'health', criteria: [{ metric: 'p95', fail }], limits: [] }];
  const compare = (baseline: typeof result) =>
    compareStored({ candidate, baseline, window: [baseline], criteria });
  const expected = compare(result);
  expect(expected.length).toBeGreaterThan(3);
  for (const cell of THINNINGS) expect(compare(thin(cell))).toEqual(expected);
});

function roundsSlowedBy(factor: number): Round[] {
  return rounds.map((round) => ({ ...round, total: tallyOf(800, round.index + 50, 5 * factor) }));
}
