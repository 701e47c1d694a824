import { describe, expect, test } from '@jest/globals';
import type { Driver } from '../../src/domain/driver.ts';
import type { Round, Warning } from '../../src/domain/result.ts';
import { measureBlocks } from '../../src/measure/blocks.ts';
import type { Budget } from '../../src/measure/budget.ts';
import { Recording } from '../../src/measure/recording.ts';
import { fakeBench, scenario, tally } from './fakes.ts';

const driver = { metrics: () => [] } as unknown as Driver;

function warningsOf(rounds: { sent: number; behind?: number }[]): Warning[] {
  const paced = scenario('paced', { rate: 100 });
  const recording = new Recording([paced], () => driver);
  for (const { sent, behind } of rounds) {
    const total = tally(1000, 5, sent);
    const counters = { ...total.counters, ...(behind === undefined ? {} : { behind }) };
    recording.add(paced, {
      block: 0,
      index: 0,
      startedAt: '',
      durationMs: 1000,
      total: { ...total, counters },
      parts: [],
      values: {},
      resources: {},
      generator: { cpu: 0, limited: false },
    } satisfies Round);
  }
  const [result] = recording.results({ reason: 'budget-spent', detail: '' });
  return result?.outcome.warnings ?? [];
}

describe('an open loop that falls behind its rate', () => {
  test('is said, over all rounds together', () => {
    const [warning, ...others] = warningsOf([
      { sent: 100, behind: 60 },
      { sent: 100, behind: 0 },
    ]);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      code: 'behind',
      // 200 in 2 s.
      message: expect.stringMatching(
        /^30% of what was to be sent .* \(100\/s were asked for, 100\/s were sent and 100\/s answered\)/,
      ),
    });
  });

  test('a few late ones are not worth a word, and a closed loop is never late', () => {
    expect(warningsOf([{ sent: 100, behind: 5 }])).toEqual([]);
    expect(warningsOf([{ sent: 100 }])).toEqual([]);
  });
});

describe('a rate that spends the budget before anything is measured', () => {
  const spend = async (sent: number, rate: number | undefined, stretches: number) => {
    const paced = scenario('paced', rate === undefined ? {} : { rate });
    const world = fakeBench({
      scenarios: [paced],
      respond: () => {
        stretches -= 1;
        if (stretches < 0) spent.abort(new Error('the time budget is spent'));
        return { total: tally(1000, 5, sent) };
      },
    });
    const spent = new AbortController();
    const { bench } = world;
    const budget = {
      start: () => {},
      wouldOverrun: () => false,
      elapsedMs: 0,
      cancelled: false,
      get spent() {
        return spent.signal.aborted;
      },
      signal: spent.signal,
    } as unknown as Budget;
    const { recordings, otherwise } = await measureBlocks(
      { ...bench, budget },
      { sides: ['candidate'], alternate: false, blocks: 1, looks: [], look: null },
    );
    const [only] = recordings.get('candidate')?.results(otherwise) ?? [];
    return only?.outcome.status === 'failed' ? only.outcome.failure : undefined;
  };

  test('is named, with what was achieved', async () => {
    const failure = await spend(800, 50_000, 2);
    expect(failure?.reason).toBe('budget-spent');
    expect(failure?.detail).toMatch(
      /before its first round was done: 50000\/s were asked for, 800\/s were sent and 800\/s answered; .*lower the rate/,
    );
  });

  test('also where not a single stretch was through', async () => {
    expect((await spend(800, 50_000, 0))?.detail).toMatch(/50000\/s were asked for.*lower the rate/);
  });

  test('a rate that was kept, or none, is not to blame', async () => {
    for (const rate of [800, undefined]) expect((await spend(800, rate, 2))?.detail).not.toMatch(/asked for/);
  });
});
