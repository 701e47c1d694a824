import { describe, expect, test } from '@jest/globals';
import { judgeLimits } from '../../src/compare/limits.ts';
import { overallVerdict } from '../../src/compare/overall.ts';
import { comparePaired } from '../../src/compare/paired.ts';
import { compareStored } from '../../src/compare/stored.ts';
import { HistogramRecorder } from '../../src/domain/histogram.ts';
import { websocketMetrics } from '../../src/domain/metric-catalogue.ts';
import type { Result } from '../../src/domain/result.ts';
import { criterion, resultOf, roundsOf } from './results.ts';

type Sockets = { dropped: number; confirms: number; reconnects: number };

const METRICS = websocketMetrics({ confirm: {}, reconnect: {} });

/** Five blocks of a scenario that subscribes and reconnects. */
function side({ dropped, confirms, reconnects }: Sockets): Result {
  const samples = (count: number, ms: number) => {
    const recorder = new HistogramRecorder('ms');
    for (let i = 0; i < count; i += 1) recorder.record(ms + i * 0.01);
    return recorder.distribution();
  };
  const rounds = roundsOf([{}, {}, {}, {}, {}]).map((round) => ({
    ...round,
    total: {
      elapsedMs: 5000,
      counters: { ok: confirms, failed: 0, finished: confirms, dropped, opened: confirms },
      errors: {},
      distributions: { confirm: samples(confirms, 20), reconnect: samples(reconnects, 30) },
      values: {},
    },
  }));
  const [first, ...rest] = rounds;
  if (first === undefined) throw new Error('no rounds');
  return resultOf([
    {
      name: 'rooms',
      type: 'websocket',
      load: 'rooms',
      metrics: METRICS,
      maxErrors: 0.1,
      outcome: { status: 'measured', rounds: [first, ...rest], warnings: [] },
    },
  ]);
}

function rows(baseline: Sockets, candidate: Sockets) {
  const criteria = [
    {
      name: 'rooms',
      criteria: [
        criterion('confirm-p50', '+20%'),
        criterion('confirm-p95', '+20%'),
        criterion('reconnect-p95', '+20%'),
      ],
      limits: [],
    },
  ];
  const sides = { baseline: side(baseline), candidate: side(candidate) };
  const comparisons = comparePaired({ ...sides, criteria });
  return {
    overall: overallVerdict({ candidate: sides.candidate, comparisons, limits: [] }),
    row: (name: string) => comparisons.find(({ metric }) => metric.name === name),
  };
}

const CALM = { dropped: 0, confirms: 10, reconnects: 0 };

describe('connections that are never dropped', () => {
  test('reconnecting cannot be told, and the reason says why', () => {
    const { row, overall } = rows(CALM, CALM);
    expect(row('reconnect-p95')).toMatchObject({
      verdict: 'inconclusive',
      gating: false,
      reason:
        'reconnect-p95 was not measured: no connection was dropped in the whole measurement; its criterion was not applied',
    });
    // What else was measured is judged all the same.
    expect(row('confirm-p50')).toMatchObject({ verdict: 'unchanged', gating: true });
    expect(overall).toBe('unchanged');
  });

  test('where only the baseline dropped them, reconnecting is missing', () => {
    const { row } = rows({ ...CALM, dropped: 100, reconnects: 100 }, CALM);
    expect(row('reconnect-p95')).toMatchObject({
      verdict: 'missing',
      reason: 'not measured: no connection was dropped in the whole measurement',
    });
  });

  test('connections that were dropped and did not come back are no such thing', () => {
    const { row } = rows({ ...CALM, dropped: 3 }, { ...CALM, dropped: 3 });
    expect(row('reconnect-p95')?.reason).toBe(
      'reconnect-p95 was not measured; its criterion was not applied',
    );
  });

  test('a limit says so too', () => {
    const limit = { metric: 'reconnect-p95', fail: { bound: 100, text: '100ms' } };
    const [outcome] = judgeLimits({
      candidate: side(CALM),
      criteria: [{ name: 'rooms', criteria: [], limits: [limit] }],
    });
    expect(outcome).toMatchObject({
      outcome: 'inconclusive',
      reason: expect.stringContaining('no connection was dropped'),
    });
  });
});

describe('too few confirmations for a p95', () => {
  test('one a connection: longer rounds would give no more, and the advice is another', () => {
    const reason = rows(CALM, CALM).row('confirm-p95')?.reason ?? '';
    expect(reason).toMatch(/^confirm-p95 gates from 400 samples a side, and there were 50: each connection/);
    expect(reason).toMatch(
      /longer rounds add none: set connections to at least 80 \(it is 10\), or measure.max-rounds to at least 40 \(there were 5\); confirm-p50 gates from 40/,
    );
    expect(reason).not.toContain('measure.duration');
  });

  test('even of a median, which needs no other advice', () => {
    const few = { ...CALM, confirms: 2 };
    expect(rows(few, few).row('confirm-p50')?.reason).toMatch(
      /there were 10: [^;]*at least 20 \(there were 5\)$/,
    );
  });

  test('with connections that come back, longer rounds do', () => {
    const dropping = { dropped: 10, confirms: 20, reconnects: 10 };
    const reason = rows(dropping, dropping).row('confirm-p95')?.reason;
    expect(reason).toContain('measure.duration');
    const reconnect = rows(dropping, dropping).row('reconnect-p95')?.reason;
    expect(reconnect).toMatch(/set measure.duration to .*; or set connections to at least 80 \(it is 10\)/);
  });
});

describe('an error rate of connections that are each opened, or confirmed, once a round', () => {
  const criteria = [{ name: 'rooms', criteria: [criterion('error-rate', '+5pp')], limits: [] }];
  const paired = (confirms: number, dropped = 0) => {
    const sides = {
      baseline: side({ ...CALM, confirms, dropped }),
      candidate: side({ ...CALM, confirms, dropped }),
    };
    return comparePaired({ ...sides, criteria }).find(({ metric }) => metric.name === 'error-rate');
  };
  const stored = (confirms: number) => {
    const baseline = side({ ...CALM, confirms });
    return compareStored({
      baseline,
      candidate: side({ ...CALM, confirms }),
      window: [baseline],
      criteria,
    }).find(({ metric }) => metric.name === 'error-rate');
  };

  test.each([
    ['paired', paired, 'measure.max-rounds'],
    ['stored', stored, 'measure.rounds'],
  ] as const)(
    '%s: the reason says how many connections would prove it unchanged, and they do',
    (_, judge, key) => {
      const few = judge(10);
      expect(few).toMatchObject({ verdict: 'inconclusive', gating: true });
      const told =
        /longer rounds add none: set connections to at least (\d+) \(it is 10\), or (\S+) to at least (\d+) \(there were 5\)/.exec(
          few?.reason ?? '',
        );
      expect(told?.[2]).toBe(key);
      const needed = Number(told?.[1]);
      expect(judge(needed)?.verdict).toBe('unchanged');
      expect(judge(Math.floor(needed * 0.9))?.verdict).toBe('inconclusive');
      expect(Number(told?.[3])).toBeGreaterThanOrEqual(needed / 2 - 1);
    },
  );

  test('where they are dropped and opened again, longer rounds are not ruled out', () => {
    expect(paired(12, 2)?.reason).toMatch(
      /only where connections are opened again do longer rounds add any: .*it is 10/,
    );
  });
});
