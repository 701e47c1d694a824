import { describe, expect, test } from '@jest/globals';
import { overallVerdict } from '../../src/compare/overall.ts';
import { comparePaired } from '../../src/compare/paired.ts';
import { compareStored } from '../../src/compare/stored.ts';
import { websocketMetrics } from '../../src/domain/metric-catalogue.ts';
import type { Result } from '../../src/domain/result.ts';
import { criterion, resultOf, roundsOf } from './results.ts';

const METRICS = websocketMetrics({ send: {}, expect: {} });

/** Blocks of an echo with many thousand messages, in each of which so many connections were tried, and so many failed. */
function side(tried: number, unkept: number): Result {
  return sideOf([1, 2, 3, 4, 5].map(() => ({ tried, unkept })));
}

function sideOf(blocks: readonly { tried: number; unkept: number }[]): Result {
  const rounds = roundsOf(blocks.map(() => ({}))).map((round, i) => ({
    ...round,
    total: totalOf(blocks[i] ?? { tried: 0, unkept: 0 }),
  }));
  const [first, ...rest] = rounds;
  if (first === undefined) throw new Error('no rounds');
  return resultOf([
    {
      name: 'echo',
      type: 'websocket',
      load: 'echo',
      metrics: METRICS,
      maxErrors: 0.1,
      outcome: { status: 'measured', rounds: [first, ...rest], warnings: [] },
    },
  ]);
}

const totalOf = ({ tried, unkept }: { tried: number; unkept: number }) => ({
  elapsedMs: 1000,
  counters: { ok: 40_000, failed: unkept, finished: 40_000 + unkept, tried, unkept, opened: tried },
  errors: {},
  distributions: {},
  values: {},
});

const criteria = [
  {
    name: 'echo',
    criteria: [criterion('error-rate', '+5pp'), criterion('connection-errors', '+5pp')],
    limits: [],
  },
];

function judged(baseline: Result, candidate: Result) {
  const comparisons = comparePaired({ baseline, candidate, criteria });
  return {
    overall: overallVerdict({ candidate, comparisons, limits: [] }),
    row: (name: string) => comparisons.find(({ metric }) => metric.name === name),
  };
}

test('every fifth connection that fails is a regression, though among all messages nothing is seen of it', () => {
  const { row, overall } = judged(side(50, 0), side(62, 12));
  expect(row('error-rate')).toMatchObject({ verdict: 'unchanged' });
  expect(row('connection-errors')).toMatchObject({ verdict: 'regressed', level: 'fail', gating: true });
  expect(overall).toBe('regressed');
});

test('against a stored baseline too', () => {
  const baseline = side(50, 0);
  const comparisons = compareStored({ baseline, candidate: side(62, 12), window: [baseline], criteria });
  expect(comparisons.find(({ metric }) => metric.name === 'connection-errors')).toMatchObject({
    verdict: 'regressed',
    gating: true,
  });
});

describe('no false alarm, and no doubt where there is nothing to doubt', () => {
  test.each([1, 10, 50, 1000])('of %i connections none fails', (connections) => {
    const { row, overall } = judged(side(connections, 0), side(connections, 0));
    expect(row('connection-errors')).toMatchObject({ gating: false, criterion: null });
    expect(overall).toBe('unchanged');
  });

  test('as many fail on both sides', () => {
    const { row, overall } = judged(side(60, 10), side(60, 10));
    expect(row('connection-errors')).toMatchObject({ verdict: 'inconclusive', gating: false });
    expect(overall).toBe('unchanged');
  });

  test("all are dropped at once, in a block of one side that is the other side's luck not to have met", () => {
    const calm = { tried: 50, unkept: 0 };
    const burst = sideOf([{ tried: 100, unkept: 50 }, calm, calm, calm, calm]);
    expect(judged(side(50, 0), burst).row('connection-errors')).toMatchObject({ verdict: 'inconclusive' });
    expect(judged(burst, side(50, 0)).row('connection-errors')).toMatchObject({ verdict: 'inconclusive' });
  });

  test('one of few fails: it is told, with what would settle it, and decides nothing', () => {
    const { row, overall } = judged(side(50, 0), side(51, 1));
    expect(row('connection-errors')).toMatchObject({
      verdict: 'inconclusive',
      gating: false,
      reason: expect.stringMatching(
        /^connection-errors is judged from \d+ connections a side, and there were 250, to which longer rounds add none: set connections to at least \d+ \(it is 51\)/,
      ),
    });
    expect(overall).toBe('unchanged');
  });
});

test('more of few fail than is allowed: not proven, and not fine either', () => {
  const { row, overall } = judged(side(10, 0), side(12, 2));
  expect(row('connection-errors')).toMatchObject({ verdict: 'inconclusive', gating: true });
  expect(overall).toBe('inconclusive');
});

test('of very many connections a few failures are shown to be within what is allowed', () => {
  const { row } = judged(side(5000, 0), side(5010, 10));
  expect(row('connection-errors')).toMatchObject({ verdict: 'unchanged', gating: true });
});

test('that nothing failed costs the other rows nothing when something does: the error is divided alike', () => {
  const calm = judged(side(50, 0), side(50, 0)).row('error-rate');
  const failing = judged(side(50, 0), side(51, 1)).row('error-rate');
  expect(calm?.change?.confidence).toBe(failing?.change?.confidence);
});
