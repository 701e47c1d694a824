import { describe, expect, test } from '@jest/globals';
import { judgeLimits } from '../../src/compare/limits.ts';
import { comparePaired } from '../../src/compare/paired.ts';
import type { Round } from '../../src/domain/result.ts';
import { DEFAULTS, type RoundSpec, resultOf, roundsOf, scenarioOf } from './results.ts';

type Spoil = (round: Round, side: 'baseline' | 'candidate') => void;

/** Ten blocks a side, the candidate's p95 `ratio` times as long, every round spoiled in some way. */
function p95Of(ratio: number, spoil: Spoil) {
  const specs = (scale: number): RoundSpec[] =>
    Array.from({ length: 10 }, (_, i) => ({ p95: scale * (10 + (i % 3) * 0.05), rps: 1000 / scale }));
  const side = (name: 'baseline' | 'candidate', scale: number) => {
    const rounds = roundsOf(specs(scale));
    for (const round of rounds) spoil(round, name);
    const made = scenarioOf('mixed', specs(scale));
    const [first, ...rest] = rounds;
    if (first === undefined) throw new Error('no rounds');
    return resultOf([{ ...made, outcome: { status: 'measured', rounds: [first, ...rest], warnings: [] } }]);
  };
  const input = { baseline: side('baseline', 1), candidate: side('candidate', ratio) };
  const rows = comparePaired({ ...input, criteria: [{ name: 'mixed', criteria: DEFAULTS, limits: [] }] });
  const limit = { metric: 'p95', fail: { bound: 9, text: '9ms' } };
  const limits = judgeLimits({
    candidate: input.candidate,
    criteria: [{ name: 'mixed', criteria: [], limits: [limit] }],
  });
  const row = (name: string) => rows.find(({ metric, part }) => metric.name === name && !part);
  return { row: row('p95'), rps: row('rps'), limit: limits[0] };
}

const starved =
  (baseline: number, candidate: number): Spoil =>
  (round, side) => {
    round.generator.starved = side === 'baseline' ? baseline : candidate;
  };

describe('a generator without a core', () => {
  test('in peace changes nothing', () => {
    expect(p95Of(1, starved(0.02, 0.03)).row).toMatchObject({ verdict: 'unchanged' });
    expect(p95Of(1.6, starved(0.02, 0.03)).row).toMatchObject({ verdict: 'regressed' });
    expect(p95Of(1.6, () => {}).row).toMatchObject({ verdict: 'regressed' });
  });

  test.each([1, 1.6, 0.5])('on the candidate alone: a ratio of %d says nothing', (ratio) => {
    expect(p95Of(ratio, starved(0.02, 0.6)).row).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/2% .* baseline's side and 60%/),
    });
  });

  test('on the candidate alone: a throughput that is lower than it could explain is lower all the same', () => {
    expect(p95Of(1.6, starved(0.02, 0.3)).rps).toMatchObject({ verdict: 'inconclusive' });
    expect(p95Of(10, starved(0.02, 0.3)).rps).toMatchObject({ verdict: 'regressed' });
    expect(p95Of(10, starved(0.02, 0.3)).row).toMatchObject({ verdict: 'inconclusive' });
  });

  test('on the baseline alone: it may hide a loss or make a gain, and makes no loss', () => {
    expect(p95Of(1, starved(0.6, 0.02)).row).toMatchObject({ verdict: 'inconclusive' });
    expect(p95Of(0.5, starved(0.6, 0.02)).row).toMatchObject({ verdict: 'inconclusive' });
    expect(p95Of(1.6, starved(0.6, 0.02)).row).toMatchObject({ verdict: 'regressed' });
  });

  test('on both sides alike: it may hide a loss, and a loss that is seen is real', () => {
    expect(p95Of(1, starved(0.6, 0.6)).row).toMatchObject({ verdict: 'inconclusive' });
    expect(p95Of(1.6, starved(0.6, 0.6)).row).toMatchObject({ verdict: 'regressed' });
  });

  test('does not break a limit, unless it could not explain so much', () => {
    expect(p95Of(1, starved(0, 0.02)).limit).toMatchObject({ outcome: 'exceeded' });
    expect(p95Of(1, starved(0, 0.6)).limit).toMatchObject({ outcome: 'inconclusive' });
    expect(p95Of(40, starved(0, 0.6)).limit).toMatchObject({ outcome: 'exceeded' });
  });
});

describe('a target that cannot keep up with its rate', () => {
  const behind =
    (...sides: string[]): Spoil =>
    (round, side) => {
      Object.assign(round.total.counters, { sent: 1000, behind: sides.includes(side) ? 990 : 3 });
    };

  test.each([1, 1.6])('on both sides: a queue is timed, and a ratio of %d says nothing', (ratio) => {
    expect(p95Of(ratio, behind('baseline', 'candidate')).row).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('could keep up with the rate'),
    });
  });

  test('the rate and what each side was sent are named', () => {
    const slow = behind('baseline', 'candidate');
    const { row } = p95Of(1, (round, side) => {
      slow(round, side);
      round.load = { rate: 9000 };
    });
    // 1,000 in each round of 5 s.
    expect(row?.reason).toContain(
      'the rate (9000/s were asked for, the baseline was sent 200/s and the candidate 200/s)',
    );
  });

  test('on the candidate alone has regressed', () => {
    expect(p95Of(1.6, behind('candidate')).row).toMatchObject({ verdict: 'regressed' });
    expect(p95Of(1, behind()).row).toMatchObject({ verdict: 'unchanged' });
  });
});
