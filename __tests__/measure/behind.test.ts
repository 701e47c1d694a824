import { describe, expect, test } from '@jest/globals';
import type { Driver } from '../../src/domain/driver.ts';
import type { Round, Warning } from '../../src/domain/result.ts';
import { Recording } from '../../src/measure/recording.ts';
import { scenario, tally } from './fakes.ts';

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
      message: expect.stringMatching(/^30% of what was to be sent/),
    });
  });

  test('a few late ones are not worth a word, and a closed loop is never late', () => {
    expect(warningsOf([{ sent: 100, behind: 5 }])).toEqual([]);
    expect(warningsOf([{ sent: 100 }])).toEqual([]);
  });
});
