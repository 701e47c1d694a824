import { describe, expect, test } from '@jest/globals';
import { judgeLimits } from '../../src/compare/limits.ts';
import { overallVerdict } from '../../src/compare/overall.ts';
import { comparePaired } from '../../src/compare/paired.ts';
import type { Criterion, Limit } from '../../src/domain/criterion.ts';
import type { Comparison, LimitOutcome } from '../../src/domain/verdict.ts';
import { criterion, DEFAULTS, type RoundSpec, resultOf, scenarioOf } from './results.ts';

const blocks = (more: Partial<RoundSpec> = {}, count = 5): RoundSpec[] =>
  Array.from({ length: count }, (_, block) => ({
    block,
    p95: 10 * (1 + 0.01 * (block % 3)),
    rps: 500 + block,
    memory: 1e8 + block * 1e5,
    ...more,
  }));

const limit = (metric: string, fail?: number, warn?: number, part?: string): Limit => ({
  metric,
  ...(part === undefined ? {} : { part }),
  ...(fail === undefined ? {} : { fail: { bound: fail, text: `${fail}` } }),
  ...(warn === undefined ? {} : { warn: { bound: warn, text: `${warn}` } }),
});

function judge(limits: Limit[], specs: RoundSpec[] = blocks(), failed = false): LimitOutcome[] {
  const failure = { reason: 'target-died' as const, detail: 'exit code 1' };
  const candidate = resultOf([scenarioOf('mixed', specs, failed ? { failure } : {})]);
  return judgeLimits({ candidate, criteria: [{ name: 'mixed', criteria: [], limits }] });
}

describe('judgeLimits', () => {
  test('the direction of the metric makes a bound a maximum or a minimum', () => {
    expect(judge([limit('p95', 200)])[0]).toMatchObject({ outcome: 'within', level: 'fail', bound: 200 });
    expect(judge([limit('p95', 5)])[0]?.outcome).toBe('exceeded');
    expect(judge([limit('rps', 100)])[0]?.outcome).toBe('within');
    expect(judge([limit('rps', 1000)])[0]?.outcome).toBe('exceeded');
    expect(judge([limit('memory', 3e8)])[0]?.outcome).toBe('within');
  });

  test('an interval that spans the bound is inconclusive, and the outcome follows from the interval shown', () => {
    const [found] = judge([limit('p95', 10.1)]);
    expect(found?.outcome).toBe('inconclusive');
    expect(found?.candidate?.low).toBeLessThan(10.1);
    expect(found?.candidate?.high).toBeGreaterThan(10.1);
    expect(found?.candidate?.confidence).toBeCloseTo(0.99, 12);
  });

  test('two levels are two outcomes', () => {
    const found = judge([limit('p95', 200, 5)]);
    expect(found.map(({ level, outcome }) => [level, outcome])).toEqual([
      ['fail', 'within'],
      ['warn', 'exceeded'],
    ]);
  });

  test('a limit on the error rate of a quiet service is within, on a failing one exceeded', () => {
    expect(judge([limit('error-rate', 0.02)], blocks({ rps: 2000 }))[0]?.outcome).toBe('within');
    expect(judge([limit('error-rate', 0.02)], blocks({ failed: 300, rps: 100 }))[0]?.outcome).toBe(
      'exceeded',
    );
  });

  test('a limit on a part judges the part; one on an unknown part says so', () => {
    const parts = blocks({ parts: { slow: { p95: 300 }, fast: { p95: 2 } } });
    const wobbling = parts.map((spec, i) => ({
      ...spec,
      parts: { slow: { p95: 300 + i }, fast: { p95: 2 + i / 100 } },
    }));
    expect(judge([limit('p95', 200, undefined, 'slow')], wobbling)[0]).toMatchObject({
      part: 'slow',
      outcome: 'exceeded',
    });
    expect(judge([limit('p95', 200, undefined, 'none')], wobbling)[0]?.reason).toContain(
      'no part named none',
    );
  });

  test.each<[string, Limit, RoundSpec[], RegExp]>([
    ['one block', limit('p95', 200), blocks({}, 1), /single value/],
    ['two boots of memory', limit('memory', 3e8), blocks({}, 2), /three boots/],
    ['too few answers', limit('p95', 200), blocks({ count: 20 }), /gates from 400/],
    ['too many errors', limit('p95', 200), blocks({ failed: 5000 }), /max-errors/],
  ])('%s cannot hold a limit, nor break it', (_, one, specs, reason) => {
    const [found] = judge([one], specs);
    expect(found?.outcome).toBe('inconclusive');
    expect(found?.reason).toMatch(reason);
  });

  test('too few answers for a limit say what to set measure.duration to', () => {
    const candidate = resultOf([scenarioOf('mixed', blocks({ count: 20 }))]);
    const criteria = [{ name: 'mixed', criteria: [], limits: [limit('p95', 200)], durationMs: 5000 }];
    expect(judgeLimits({ candidate, criteria })[0]?.reason).toContain(
      'there were 100: set measure.duration to at least 20s (it is 5s)',
    );
  });

  test('memory that was not measured is inconclusive with its reason, never small', () => {
    const specs = blocks({ unmeasured: 'the port is owned by a container' }).map(
      ({ memory: _, ...spec }) => spec,
    );
    expect(judge([limit('memory', 3e8)], specs)[0]).toMatchObject({
      outcome: 'inconclusive',
      candidate: null,
    });
    expect(judge([limit('memory', 3e8)], specs)[0]?.reason).toContain('container');
  });

  test('a failed scenario holds no limit', () => {
    expect(judge([limit('p95', 200)], blocks(), true)[0]).toMatchObject({ outcome: 'inconclusive' });
  });
});

describe('overallVerdict', () => {
  const slowed = (
    factor: number,
    criteria: Criterion[] = DEFAULTS,
    more: Partial<RoundSpec> = {},
  ): Comparison[] => {
    const before = blocks({}, 20);
    const now = before.map((spec) => ({
      ...spec,
      p95: (spec.p95 ?? 0) * factor,
      rps: (spec.rps ?? 0) / factor,
      ...more,
    }));
    return comparePaired({
      baseline: resultOf([scenarioOf('mixed', before)]),
      candidate: resultOf([scenarioOf('mixed', now)]),
      criteria: [{ name: 'mixed', criteria, limits: [] }],
    });
  };
  const good = resultOf([scenarioOf('mixed', blocks())]);
  const verdict = (comparisons: Comparison[], limits: LimitOutcome[] = [], candidate = good) =>
    overallVerdict({ candidate, comparisons, limits });

  test('unchanged, regressed, improved, new', () => {
    expect(verdict(slowed(1))).toBe('unchanged');
    expect(verdict(slowed(1.6))).toBe('regressed');
    expect(verdict(slowed(0.5))).toBe('improved');
    expect(verdict([])).toBe('new');
  });

  test('a warning does not fail, an exceeded limit does', () => {
    expect(verdict(slowed(1.25, [criterion('p95', '+60%', '+10%')]))).toBe('unchanged');
    expect(verdict(slowed(1), judge([limit('p95', 5)]))).toBe('regressed');
    expect(verdict(slowed(1), judge([limit('p95', undefined, 5)]))).toBe('unchanged');
  });

  test('what cannot be told is never fine', () => {
    expect(verdict(slowed(1), judge([limit('p95', 10.1)]))).toBe('inconclusive');
    expect(verdict(slowed(1, DEFAULTS, { invalid: 'generator at its limit' }))).toBe('inconclusive');
    expect(verdict(slowed(1, [criterion('p95', '+20%')], { count: 5 }))).toBe('inconclusive');
  });

  test('regressed beats inconclusive, failed beats all', () => {
    const mixed = [...slowed(1.6), ...slowed(1, DEFAULTS, { invalid: 'generator at its limit' })];
    expect(verdict(mixed)).toBe('regressed');
    const failed = resultOf([
      scenarioOf('mixed', blocks(), { failure: { reason: 'not-ready', detail: 'no answer within 30 s' } }),
    ]);
    expect(verdict(mixed, [], failed)).toBe('failed');
  });
});
