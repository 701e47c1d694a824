import { describe, expect, test } from '@jest/globals';
import { selectBaseline } from '../../src/baseline/select.ts';
import type { History } from '../../src/domain/baseline.ts';
import type { Environment } from '../../src/domain/environment.ts';
import type { Result } from '../../src/domain/result.ts';
import { ENVIRONMENT, resultOf, SERIES, shaOf } from './samples.ts';

const OTHER: Environment = {
  ...ENVIRONMENT,
  gates: { ...ENVIRONMENT.gates, cpuModel: 'Intel Xeon', cpuCount: 2 },
};
const candidate = { environment: ENVIRONMENT, series: SERIES };

const historyOf = (results: Result[], unreadable: History['unreadable'] = []): History => ({
  entries: results.map((result) => ({ result, location: `at ${result.id}` })),
  unreadable,
});
const select = (history: History, ancestors: string[] = []) =>
  selectBaseline({ history, candidate, ancestors });
/** Baselines n, n - 1, ... 1. */
const descending = (n: number, changes: Partial<Result> = {}) =>
  Array.from({ length: n }, (_, i) => resultOf(n - i, changes));

function found(history: History, ancestors: string[] = []) {
  const lookup = select(history, ancestors);
  if (lookup.status !== 'found') throw new Error(`found nothing: ${JSON.stringify(lookup)}`);
  return { id: lookup.baseline.result.id, choice: lookup.choice, window: lookup.window.map((r) => r.id) };
}

describe('which baseline', () => {
  test('the base commit, before a newer one', () => {
    expect(found(historyOf(descending(5)), [shaOf(3), shaOf(2)])).toMatchObject({
      id: 'result-3',
      choice: 'base-commit',
    });
  });

  test('else its nearest measured ancestor', () => {
    expect(found(historyOf(descending(5)), [shaOf(99), shaOf(98), shaOf(2), shaOf(4)])).toMatchObject({
      id: 'result-2',
      choice: 'ancestor',
    });
  });

  test.each([[[]], [[shaOf(99)]]])('else the newest (ancestors: %j)', (ancestors) => {
    expect(found(historyOf(descending(5)), ancestors)).toMatchObject({ id: 'result-5', choice: 'newest' });
  });

  test('an equal environment, before the base commit', () => {
    const history = historyOf([resultOf(5, { environment: OTHER }), resultOf(1)]);
    expect(found(history, [shaOf(5)])).toEqual({ id: 'result-1', choice: 'newest', window: ['result-1'] });
  });

  test('what is only recorded of an environment does not matter', () => {
    const environment = { ...ENVIRONMENT, recorded: { image: 'another' } };
    expect(found(historyOf([resultOf(1, { environment })])).id).toBe('result-1');
  });

  test('the newest of several for one commit', () => {
    const again = resultOf(3, { commit: { sha: shaOf(2), dirty: false } });
    expect(found(historyOf([again, resultOf(2)]), [shaOf(2)]).id).toBe('result-3');
  });

  test('not one measured with uncommitted changes on the base commit', () => {
    const dirty = resultOf(3, { commit: { sha: shaOf(2), dirty: true } });
    expect(found(historyOf([dirty, resultOf(2)]), [shaOf(2)]).id).toBe('result-2');
  });

  test('one that measured something, before the base commit that did not', () => {
    const failed = resultOf(2, { scenarios: [] });
    expect(found(historyOf([failed, resultOf(1)]), [shaOf(2)]).id).toBe('result-1');
    expect(found(historyOf([failed]), [shaOf(2)]).id).toBe('result-2');
  });

  test('unreadable ones do not stand in the way of a readable one', () => {
    const unreadable: History['unreadable'] = [{ location: 'x', reason: 'corrupt', detail: 'cut' }];
    expect(found(historyOf([resultOf(1)], unreadable)).id).toBe('result-1');
  });
});

describe('window', () => {
  test('holds the newest twenty of the environment, newest first', () => {
    const history = historyOf([resultOf(40, { environment: OTHER }), ...descending(30)]);
    const { window } = found(history);
    expect(window).toHaveLength(20);
    expect(window.slice(0, 2)).toEqual(['result-30', 'result-29']);
  });

  test('holds the chosen one even when it is older', () => {
    const { id, window } = found(historyOf(descending(30)), [shaOf(3)]);
    expect(id).toBe('result-3');
    expect(window).toHaveLength(20);
    expect(window.at(-1)).toBe('result-3');
    expect(new Set(window).size).toBe(20);
  });
});

describe('nothing to compare with', () => {
  const corrupt = { location: 'a', reason: 'corrupt', detail: 'a is corrupt: cut' } as const;
  const newer = { location: 'b', reason: 'newer', detail: 'b is newer: upgrade' } as const;

  test('absent only when there is nothing at all', () => {
    expect(select(historyOf([]))).toEqual({ status: 'absent' });
  });

  test('corrupt ones are not absence', () => {
    expect(select(historyOf([], [newer, corrupt]))).toEqual({
      status: 'unusable',
      reason: 'corrupt',
      detail: 'a is corrupt: cut (and 1 more that cannot be used)',
    });
  });

  test('newer ones say so', () => {
    expect(select(historyOf([], [newer]))).toEqual({
      status: 'unusable',
      reason: 'schema',
      detail: 'b is newer: upgrade',
    });
  });

  test('another environment: what differs, and the nearest one', () => {
    const history = historyOf(descending(3, { environment: OTHER }));
    expect(select(history, [shaOf(2)])).toEqual({
      status: 'unusable',
      reason: 'environment',
      detail:
        'all 3 baselines are from another environment: cpuModel is AMD EPYC 7763, it was Intel Xeon; cpuCount is 4, it was 2',
      baseline: history.entries[1],
    });
  });
});
