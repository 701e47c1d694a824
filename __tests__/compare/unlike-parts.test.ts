import { describe, expect, test } from '@jest/globals';
import type { ScenarioCriteria } from '../../src/compare/input.ts';
import { judgeLimits } from '../../src/compare/limits.ts';
import { overallVerdict } from '../../src/compare/overall.ts';
import { comparePaired } from '../../src/compare/paired.ts';
import { sequentialDecision } from '../../src/compare/sequential-decision.ts';
import { compareStored } from '../../src/compare/stored.ts';
import { unusedCriteria } from '../../src/compare/unused.ts';
import { HistogramRecorder } from '../../src/domain/histogram.ts';
import { microMetrics } from '../../src/domain/metric-catalogue.ts';
import type { Round, ScenarioResult } from '../../src/domain/result.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import { criterion, resultOf } from './results.ts';

/** Nanoseconds of a case, or why it has no figure. */
type Case = number | string;

function roundOf(block: number, cases: Record<string, Case>): Round {
  const parts = Object.entries(cases).map(([name, found]) => {
    if (typeof found === 'string') return { name, tally: emptyTally(), invalid: found };
    const recorder = new HistogramRecorder('ns');
    for (let i = 0; i < 20; i += 1) recorder.record(found * (1 + ((block * 7 + i) % 5) / 200));
    const tally = { ...emptyTally(), elapsedMs: 100, distributions: { time: recorder.distribution() } };
    return { name, tally: { ...tally, values: { ops: 1e9 / found } } };
  });
  return {
    block,
    index: block,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 100 * parts.length,
    total: { ...emptyTally(), elapsedMs: 100 * parts.length },
    parts,
    values: {},
    resources: {},
    generator: { cpu: 0, limited: false },
  };
}

function micro(...rounds: Record<string, Case>[]): ScenarioResult {
  const [first, ...rest] = rounds.map((cases, block) => roundOf(block, cases));
  if (first === undefined) throw new Error('no rounds');
  return {
    name: 'm',
    type: 'micro',
    load: 'l',
    metrics: [...microMetrics.module],
    maxErrors: 0.1,
    outcome: { status: 'measured', rounds: [first, ...rest], warnings: [] },
  };
}

const always = (cases: Record<string, Case>) => micro(...Array.from({ length: 8 }, () => cases));
const criteria = (...more: ScenarioCriteria['criteria']): ScenarioCriteria[] => [
  { name: 'm', criteria: [criterion('time', '+10%'), ...more], limits: [] },
];

function compared(before: ScenarioResult, now: ScenarioResult, asked = criteria()) {
  const candidate = resultOf([now]);
  const comparisons = comparePaired({ baseline: resultOf([before]), candidate, criteria: asked });
  const gating = comparisons.filter((row) => row.gating);
  return {
    verdicts: Object.fromEntries(gating.map((row) => [`${row.part ?? ''} ${row.metric.name}`, row.verdict])),
    reasons: Object.fromEntries(gating.map((row) => [row.part, row.reason])),
    broken: [...new Set(comparisons.flatMap(({ broken, part }) => (broken ? [part] : [])))],
    overall: overallVerdict({ candidate, comparisons, limits: [] }),
  };
}

describe('a scenario of unlike cases', () => {
  test('each case is judged, and there is no row for all of them', () => {
    const { verdicts } = compared(always({ a: 100, b: 5000 }), always({ a: 130, b: 5000 }));
    expect(verdicts).toEqual({ 'a time': 'regressed', 'b time': 'unchanged' });
  });

  test('a lone case is judged the same way, and goes on when another joins it', () => {
    expect(compared(always({ a: 100 }), always({ a: 130 })).verdicts).toEqual({ 'a time': 'regressed' });
    const joined = compared(always({ a: 100 }), always({ a: 100, slow: 90_000 }));
    expect(joined.verdicts).toEqual({ 'a time': 'unchanged', 'slow time': 'new' });
  });

  test('a criterion of the scenario holds for all metrics of each case, one of a case there', () => {
    const asked = criteria(criterion('ops', '-5%'), criterion('time', '+50%', undefined, 'a'));
    const { verdicts } = compared(always({ a: 100, b: 100 }), always({ a: 130, b: 100 }), asked);
    expect(verdicts).toEqual({
      'a time': 'unchanged',
      'a ops': 'regressed',
      'b time': 'unchanged',
      'b ops': 'unchanged',
    });
  });

  test('a limit holds for each case', () => {
    const limits = [{ metric: 'time', fail: { bound: 1000, text: '1us' } }];
    const outcomes = judgeLimits({
      candidate: resultOf([always({ a: 100, b: 5000 })]),
      criteria: [{ name: 'm', criteria: [], limits }],
    });
    expect(outcomes.map(({ part, outcome }) => [part, outcome])).toEqual([
      ['a', 'within'],
      ['b', 'exceeded'],
    ]);
  });

  const judged = (now: ScenarioResult, limits: ScenarioCriteria['limits']) => {
    const candidate = resultOf([now]);
    const outcomes = judgeLimits({ candidate, criteria: [{ name: 'm', criteria: [], limits }] });
    return { outcomes, overall: overallVerdict({ candidate, comparisons: [], limits: outcomes }) };
  };
  const bound = { bound: 1e9, text: '1s' };

  test.each([
    ['of its own', [{ metric: 'time', part: 'b', fail: bound }]],
    ['of the scenario', [{ metric: 'time', fail: bound }]],
    ['on a figure that is no speed', [{ metric: 'heap', part: 'b', fail: bound }]],
  ])('a case that throws, with a limit %s, fails the run: nobody can say that it is kept', (_, limits) => {
    const { outcomes, overall } = judged(always({ a: 100, b: 'throws: Error: no' }), limits);
    const b = outcomes.find(({ part }) => part === 'b');
    expect(b).toMatchObject({ outcome: 'inconclusive', broken: true, reason: 'throws: Error: no' });
    expect(overall).toBe('failed');
  });

  test('one that throws and has no limit, or one at warning level, does not; nor does one that seldom throws', () => {
    const throwing = always({ a: 100, b: 'throws: Error: no' });
    expect(judged(throwing, [{ metric: 'time', part: 'a', fail: bound }]).overall).not.toBe('failed');
    const warned = judged(throwing, [{ metric: 'time', part: 'b', warn: bound }]);
    expect(warned.outcomes.map(({ outcome, broken }) => [outcome, broken])).toEqual([
      ['inconclusive', undefined],
    ]);
    expect(warned.overall).toBe('inconclusive');
    const seldom = micro({ b: 'throws: Error: no' }, ...Array.from({ length: 7 }, () => ({ b: 100 })));
    expect(judged(seldom, [{ metric: 'time', fail: bound }]).outcomes[0]?.outcome).toBe('within');
  });
});

test('bytes that a call allocates are compared from the first on; a whole process is told in pages', () => {
  const allocating = (bytes: number): ScenarioResult => {
    const scenario = always({ a: 100 });
    for (const { parts } of scenario.outcome.rounds)
      for (const { tally } of parts) tally.values = { heap: bytes };
    return scenario;
  };
  const asked = criteria(criterion('heap', '+10%'));
  expect(compared(allocating(32), allocating(48), asked).verdicts['a heap']).toBe('regressed');
  expect(compared(allocating(32), allocating(32), asked).verdicts['a heap']).toBe('unchanged');
  expect(compared(allocating(0), allocating(0), asked).verdicts['a heap']).not.toBe('regressed');
  expect(compared(allocating(0), allocating(32), asked).verdicts['a heap']).toBe('regressed');
});

describe('a case without figures', () => {
  test('that the baseline measured is broken: the run failed, and the others are judged', () => {
    const found = compared(always({ a: 100, b: 100 }), always({ a: 130, b: 'throws: Error: no' }));
    expect(found.verdicts).toEqual({ 'a time': 'regressed', 'b time': 'invalid' });
    expect(found.reasons.b).toBe("on the candidate's side: throws: Error: no");
    expect(found.broken).toEqual(['b']);
    expect(found.overall).toBe('failed');
    const quiet = compared(always({ a: 100, b: 100 }), always({ a: 100, b: 'hangs: for ever' }));
    expect(quiet.overall).toBe('failed');
  });

  test('that is broken fails a run against a stored baseline too', () => {
    const candidate = resultOf([always({ a: 100, b: 'throws: Error: no' })]);
    const baseline = resultOf([always({ a: 100, b: 100 })]);
    const comparisons = compareStored({ candidate, baseline, window: [baseline], criteria: criteria() });
    expect(overallVerdict({ candidate, comparisons, limits: [] })).toBe('failed');
  });

  test('that the baseline did not have, or could not measure either, is not what the candidate broke', () => {
    const throwing = always({ a: 100, b: 'throws: Error: no' });
    for (const before of [always({ a: 100 }), throwing])
      expect(compared(before, throwing)).toMatchObject({ broken: [], overall: 'inconclusive' });
  });

  test('a broken one needs no more rounds, and the others get theirs', () => {
    const candidate = resultOf([always({ a: 100, b: 'throws: Error: no' })]);
    const baseline = resultOf([always({ a: 100, b: 100 })]);
    const { gates, proceed } = sequentialDecision({ baseline, candidate, criteria: criteria() });
    expect(gates.find(({ part }) => part === 'b')?.status).toBe('hopeless');
    expect(proceed).toBe(false);
  });

  test('a command whose runs mostly fail is broken, one that failed once is not', () => {
    const asWhole = (round: Round, fails: boolean): Round =>
      fails
        ? { ...round, total: emptyTally(), parts: [], invalid: 'fails: the command exited with code 1' }
        : { ...round, total: round.parts[0]?.tally ?? emptyTally(), parts: [] };
    const rounds = (failing: number): ScenarioResult => {
      const scenario = always({ run: 100 });
      const [first, ...rest] = scenario.outcome.rounds.map((round, i) => asWhole(round, i >= 8 - failing));
      if (first === undefined) throw new Error('no rounds');
      const outcome: ScenarioResult['outcome'] = {
        status: 'measured',
        rounds: [first, ...rest],
        warnings: [],
      };
      return { ...scenario, metrics: [...microMetrics.command], outcome };
    };
    expect(compared(rounds(0), rounds(5)).overall).toBe('failed');
    expect(compared(rounds(0), rounds(1)).overall).toBe('unchanged');
  });

  test('in a few rounds it is left out, in many it is invalid', () => {
    const rounds = (broken: number) =>
      micro(...Array.from({ length: 12 }, (_, i) => ({ a: i < broken ? 'leaks: much' : 100 })));
    expect(compared(rounds(0), rounds(2)).verdicts).toEqual({ 'a time': 'unchanged' });
    expect(compared(rounds(0), rounds(4))).toMatchObject({
      verdicts: { 'a time': 'invalid' },
      broken: [],
      overall: 'inconclusive',
    });
    expect(compared(rounds(0), rounds(7)).overall).toBe('failed');
    expect(compared(rounds(4), rounds(12)).broken).toEqual([]);
  });

  test('one that is mended is new', () => {
    const { verdicts, reasons } = compared(
      always({ a: 'throws: Error: no', b: 1 }),
      always({ a: 100, b: 1 }),
    );
    expect(verdicts).toMatchObject({ 'a time': 'new' });
    expect(reasons.a).toBe('the baseline could not measure this part: throws: Error: no');
  });

  test('broken on both sides it stays invalid, and removed it is missing', () => {
    const broken = always({ a: 'throws: Error: no', b: 1 });
    expect(compared(broken, broken).verdicts).toMatchObject({ 'a time': 'invalid' });
    const removed = compared(always({ a: 1, b: 1 }), always({ b: 1 }));
    expect(removed.verdicts).toEqual({ 'a time': 'missing', 'b time': 'unchanged' });
    expect(removed.overall).toBe('inconclusive');
  });
});

describe('criteria of single cases', () => {
  const two = always({ a: 100, b: 200 });

  test('one that is switched off for a case is off there, and only there', () => {
    const comparisons = comparePaired({
      baseline: resultOf([two]),
      candidate: resultOf([always({ a: 300, b: 200 })]),
      criteria: criteria({ metric: 'time', part: 'a' }),
    });
    const time = (part: string) => comparisons.find((row) => row.part === part && row.metric.name === 'time');
    expect(time('a')).toMatchObject({ gating: false, criterion: null });
    expect(time('b')).toMatchObject({ gating: true, verdict: 'unchanged' });
  });

  test('those of a case that was not measured are told, whether criterion or limit; those of the baseline are used', () => {
    const limits = [{ metric: 'time', part: 'd', fail: { bound: 5, text: '5ns' } }];
    const asked = criteria({ metric: 'time', part: 'c' }, criterion('time', '+5%', 'a')).map((one) => ({
      ...one,
      limits,
    }));
    const sides = { candidate: resultOf([two]), baseline: resultOf([always({ a: 100 })]) };
    expect(unusedCriteria(sides, asked).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The criteria of m name the part c, which was not measured.* there are a, b\./),
      expect.stringMatching(/^The limits of m name the part d, .* there are a, b\./),
    ]);
    const before = { ...sides, baseline: resultOf([always({ c: 100, d: 1 })]) };
    expect(unusedCriteria(before, asked)).toEqual([]);
    expect(unusedCriteria({ candidate: resultOf([]), baseline: null }, asked)).toEqual([]);
  });
});
