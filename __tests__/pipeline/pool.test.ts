import { describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/domain/result.ts';
import { judge } from '../../src/pipeline/judgement.ts';
import { type Measurement, pool } from '../../src/pipeline/pool.ts';
import { criterion, ENVIRONMENT, resultOf, scenarioOf } from '../compare/results.ts';

const commit = { sha: 'a'.repeat(40), dirty: false };
const base = { sha: 'b'.repeat(40), dirty: false };
const CRITERIA = [{ name: 'work', criteria: [criterion('p95', '+20%')], limits: [] }];

const alone = (p95s: number[], changes: Partial<Result> = {}): Measurement => ({
  result: resultOf(
    [
      scenarioOf(
        'work',
        p95s.map((p95) => ({ p95 })),
      ),
    ],
    { commit, ...changes },
  ),
  base: null,
});

/** Base and head side by side; the base's p95 is 100 ms, a little off in each block. */
function paired(p95s: number[], id: string, changes: Partial<Result> = {}): Measurement {
  const pairing = (side: 'baseline' | 'candidate') => ({ pairing: { id, side } });
  const looks = { rounds: p95s.length, stopped: 'rounds', loadMs: 1, wallMs: 2, looks: [3] } as const;
  const sampling = { ...looks, looks: [...looks.looks] };
  const before = p95s.map((_, i) => ({ p95: 100 + (i % 3) }));
  return {
    result: resultOf(
      [
        scenarioOf(
          'work',
          p95s.map((p95) => ({ p95 })),
        ),
      ],
      { commit, sampling, ...pairing('candidate'), ...changes },
    ),
    base: resultOf([scenarioOf('work', before)], { commit: base, sampling, ...pairing('baseline') }),
  };
}

const blocks = (result: Result) =>
  result.scenarios.map(({ outcome }) => outcome.rounds.map(({ block }) => block));

describe('two measurements of one commit', () => {
  test('become one, with blocks of their own', () => {
    const found = pool(alone([1, 2, 3]), alone([4, 5]));
    expect(found).toMatchObject({ status: 'pooled', base: null, result: { sampling: { rounds: 5 } } });
    expect(found.status === 'pooled' && blocks(found.result)).toEqual([[0, 1, 2, 3, 4]]);
  });

  test('of pairs keep their pairs, and are looked at once, as a whole', () => {
    const found = pool(paired([100, 101, 102], 'x'), paired([150, 151, 152], 'y'));
    if (found.status !== 'pooled' || found.base === null) throw new Error('not pooled');
    expect(blocks(found.result)).toEqual(blocks(found.base));
    expect(found.result.pairing?.id).toBe(found.base.pairing?.id);
    expect(found.result.sampling.looks).toEqual([6]);
  });

  test('a lucky repetition does not undo what was shown before', () => {
    const verdictOf = ({ result, base: before }: Measurement) =>
      judge(result, before ? { type: 'paired', result: before } : { type: 'none' }, CRITERIA).verdict;
    const bad = paired([150, 151, 152, 150, 151, 152, 150, 151], 'x');
    const lucky = paired([100, 101, 102], 'y');
    expect([verdictOf(bad), verdictOf(lucky)]).toEqual([
      'regressed',
      expect.stringMatching(/unchanged|inconclusive/),
    ]);
    const found = pool(bad, lucky);
    expect(found.status === 'pooled' && verdictOf(found)).not.toBe('unchanged');
  });

  test('a scenario whose load changed, or that failed, stands for itself', () => {
    const two = (load: string, p95: number) =>
      resultOf([scenarioOf('work', [{ p95 }, { p95 }]), scenarioOf('other', [{ p95 }], { load })], {
        commit,
      });
    const found = pool({ result: two('load-1', 1), base: null }, { result: two('load-2', 2), base: null });
    expect(found.status === 'pooled' && blocks(found.result)).toEqual([[0, 1, 2, 3], [0]]);
  });
});

test.each<[string, Measurement, Measurement, RegExp]>([
  ['another commit', alone([1]), alone([1], { commit: base }), /same commit/],
  ['uncommitted changes', alone([1]), alone([1], { commit: { ...commit, dirty: true } }), /same commit/],
  ['another series', alone([1]), alone([1], { series: 'x' }), /series/],
  [
    'another machine',
    alone([1]),
    alone([1], { environment: { ...ENVIRONMENT, gates: { ...ENVIRONMENT.gates, cpuModel: 'other' } } }),
    /cpuModel is other, it was some cpu/,
  ],
  ['a pair and none', paired([1, 2, 3], 'x'), alone([1, 2, 3]), /side by side/],
  [
    'another base',
    paired([1, 2, 3], 'x'),
    { ...paired([1, 2, 3], 'y'), base: resultOf([], { commit: { sha: 'd'.repeat(40), dirty: false } }) },
    /same base/,
  ],
  [
    'another load',
    alone([1]),
    { result: resultOf([scenarioOf('work', [{ p95: 1 }], { load: 'x' })], { commit }), base: null },
    /load/,
  ],
])('%s is not pooled', (_, earlier, later, words) => {
  expect(pool(earlier, later)).toEqual({ status: 'unlike', reason: expect.stringMatching(words) });
});
