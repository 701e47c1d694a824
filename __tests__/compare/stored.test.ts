import { describe, expect, test } from '@jest/globals';
import { compareStored, describeNew } from '../../src/compare/stored.ts';
import type { Criterion } from '../../src/domain/criterion.ts';
import type { Result } from '../../src/domain/result.ts';
import { createRandom, type Random } from '../../src/stats/random.ts';
import {
  criterion,
  DEFAULTS,
  ENVIRONMENT,
  METRICS,
  type RoundSpec,
  resultOf,
  scenarioOf,
} from './results.ts';

type RunSpec = { p95?: number; sd?: number; blocks?: number; more?: Partial<RoundSpec> };

function blocksOf(random: Random, { p95 = 10, sd = 0.03, blocks = 5, more = {} }: RunSpec): RoundSpec[] {
  return Array.from({ length: blocks }, (_, block) => {
    const value = p95 * Math.exp(sd * random.normal());
    return { block, p95: value, rps: 5000 / value, memory: 1e8 * Math.exp(0.01 * random.normal()), ...more };
  });
}

const run = (random: Random, spec: RunSpec = {}, load = 'load-1'): Result =>
  resultOf([scenarioOf('health', blocksOf(random, spec), { load })]);

function compare(
  candidate: Result,
  window: Result[],
  criteria: Criterion[] = DEFAULTS,
  baseline = window[0],
) {
  if (!baseline) throw new Error('no baseline');
  const comparisons = compareStored({
    candidate,
    baseline,
    window,
    criteria: [{ name: 'health', criteria, limits: [] }],
  });
  const find = (metric: string, scenario = 'health') => {
    const found = comparisons.find((c) => c.metric.name === metric && c.scenario === scenario);
    if (!found) throw new Error(`no comparison of ${metric}`);
    return found;
  };
  return { comparisons, find };
}

describe('compareStored with a lone baseline', () => {
  test('an endpoint that went from 5 to 30 ms is regressed, and one that did not change is not', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed);
      const slow = compare(run(random, { p95: 30, blocks: 3 }), [run(random, { p95: 5, blocks: 3 })]);
      expect(slow.find('p95')).toMatchObject({ verdict: 'regressed', level: 'fail' });
      expect(slow.find('p95').change?.low).toBeGreaterThan(0.2);
      expect(slow.find('rps')).toMatchObject({ verdict: 'regressed' });
      const same = compare(run(random, { p95: 5 }), [run(random, { p95: 5 })]);
      expect(['inconclusive', 'unchanged']).toContain(same.find('p95').verdict);
    }
  });

  test('it is mostly inconclusive, and says why; how much would have shown is one number, in its place', () => {
    const random = createRandom(3);
    const found = compare(run(random, { p95: 12.5 }), [run(random)]).find('p95');
    expect(found.verdict).toBe('inconclusive');
    expect(found.reason).toMatch(/a lone baseline does not show how much runs differ by themselves/);
    expect(found.reason).not.toMatch(/\d+%|compare:/);
    expect(found.detectable).toBeGreaterThan(0.5);
    expect(found.n).toEqual({ baseline: 5, candidate: 5 });
  });

  test('an empty window is the baseline alone', () => {
    const random = createRandom(3);
    const [baseline, candidate] = [run(random), run(random)];
    expect(compare(candidate, [], DEFAULTS, baseline).comparisons).toEqual(
      compare(candidate, [baseline]).comparisons,
    );
  });

  test('a noisy candidate is less sure than a quiet one', () => {
    const random = createRandom(5);
    const baseline = run(random);
    const width = (sd: number): number => {
      const { change } = compare(run(random, { sd, blocks: 3 }), [baseline]).find('p95');
      return Math.log(1 + (change?.high ?? 0)) - Math.log(1 + (change?.low ?? 0));
    };
    expect(width(0.4)).toBeGreaterThan(1.3 * width(0.02));
  });
});

describe('compareStored with a window', () => {
  const window = (random: Random, runs: number, between: number): Result[] =>
    Array.from({ length: runs }, () =>
      run(random, { p95: 10 * Math.exp(between * random.normal()) }),
    ).reverse();

  test('twenty quiet runs prove an unchanged service, show 40% more, and 40% less', () => {
    const random = createRandom(11);
    const runs = window(random, 20, 0.02);
    expect(compare(run(random), runs).find('p95').verdict).toBe('unchanged');
    expect(compare(run(random, { p95: 14 }), runs).find('p95').verdict).toBe('regressed');
    expect(compare(run(random, { p95: 7 }), runs).find('p95').verdict).toBe('improved');
  });

  test('the shown change is that of the shown estimates', () => {
    const random = createRandom(12);
    const { baseline, candidate, change } = compare(run(random), window(random, 8, 0.05)).find('p95');
    expect(change?.center).toBeCloseTo((candidate?.center ?? 0) / (baseline?.center ?? 1) - 1, 10);
    expect(baseline?.low).toBeLessThan(baseline?.center ?? 0);
  });

  test('runs of another load or environment do not join it', () => {
    const random = createRandom(13);
    const baseline = run(random);
    const foreign = Array.from({ length: 10 }, () => ({
      ...run(random, { p95: 100 }),
      environment: { ...ENVIRONMENT, gates: { ...ENVIRONMENT.gates, cpuModel: 'another' } },
    }));
    const otherLoad = Array.from({ length: 10 }, () => run(random, { p95: 100 }, 'load-2'));
    const candidate = run(random);
    expect(compare(candidate, [baseline, ...foreign, ...otherLoad]).find('p95')).toEqual(
      compare(candidate, [baseline]).find('p95'),
    );
  });

  test('only runs on the level of the chosen baseline count, on whichever side of a change it lies', () => {
    const random = createRandom(14);
    const old = window(random, 12, 0.01);
    const recent = Array.from({ length: 10 }, () =>
      run(random, { p95: 20 * Math.exp(0.01 * random.normal()) }),
    ).reverse();
    const all = [...recent, ...old];
    expect(compare(run(random, { p95: 20 }), all).find('p95').baseline?.center).toBeCloseTo(20, -0.5);
    const fromOld = compare(run(random, { p95: 20 }), all, DEFAULTS, old[0]);
    expect(fromOld.find('p95').baseline?.center).toBeCloseTo(10, -0.5);
    expect(fromOld.find('p95').verdict).toBe('regressed');
  });

  test('the anchor takes a slow machine out of what the CPU limits, never out of memory', () => {
    const random = createRandom(15);
    const anchored = (slow: number, extra = 1): Result =>
      run(random, {
        p95: 10 * slow * extra,
        more: { anchor: 2 * slow, memory: 1e8 * Math.exp(0.01 * random.normal()) },
      });
    const runs = Array.from({ length: 20 }, () => anchored(Math.exp(0.08 * random.normal())));
    const slowMachine = anchored(1.15);
    const found = compare(slowMachine, runs).find('p95');
    expect(found.verdict).toBe('unchanged');
    expect(found.reason).toMatch(/by the anchor .*this machine was \d+% slower/);
    expect(compare(anchored(1.15, 1.5), runs).find('p95').verdict).toBe('regressed');
    const memory = compare(slowMachine, runs).find('memory');
    expect(memory.reason ?? '').not.toContain('anchor');
    expect(memory.verdict).toBe('unchanged');
  });

  test('below five anchored baselines only what both forms prove is proven', () => {
    const random = createRandom(16);
    const baseline = run(random, { p95: 10, more: { anchor: 2 } });
    const slowMachine = run(random, { p95: 60, more: { anchor: 12 } });
    const found = compare(slowMachine, [baseline]).find('p95');
    expect(found.verdict).toBe('inconclusive');
    const really = compare(run(random, { p95: 60, more: { anchor: 2 } }), [baseline]).find('p95');
    expect(really.verdict).toBe('regressed');
  });

  test('a target that waits does not follow the anchor, and history shows it', () => {
    const random = createRandom(17);
    const waiting = (slow: number): Result => run(random, { p95: 10, sd: 0.01, more: { anchor: 2 * slow } });
    const runs = Array.from({ length: 20 }, () => waiting(Math.exp(0.15 * random.normal())));
    expect(compare(waiting(0.7), runs).find('p95').verdict).toBe('unchanged');
  });
});

describe('what only one side has', () => {
  const random = createRandom(21);
  const baseline = run(random);

  test('a changed load, a new scenario and a failed baseline are new, with the reason', () => {
    const changed = compare(run(random, {}, 'load-2'), [baseline]).find('p95');
    expect(changed).toMatchObject({ verdict: 'new', change: null, baseline: null });
    expect(changed.reason).toContain('load');
    expect(changed.candidate?.center).toBeGreaterThan(0);
    const failed = resultOf([
      scenarioOf('health', blocksOf(random, {}), { failure: { reason: 'target-died', detail: 'it died' } }),
    ]);
    expect(compare(run(random), [failed]).find('p95').verdict).toBe('new');
  });

  test('a scenario that is gone is missing', () => {
    const other = resultOf([scenarioOf('other', blocksOf(random, {}))]);
    const { find } = compare(other, [baseline]);
    expect(find('p95', 'health')).toMatchObject({ verdict: 'missing', candidate: null });
    expect(find('p95', 'other').verdict).toBe('new');
  });

  test('a metric the baseline did not have is new, one the candidate lost is missing', () => {
    const without = METRICS.filter(({ name }) => name !== 'memory');
    const bare = resultOf([
      scenarioOf(
        'health',
        blocksOf(random, {}).map(({ memory: _, ...spec }) => spec),
        { metrics: without },
      ),
    ]);
    expect(compare(run(random), [bare]).find('memory').verdict).toBe('new');
    const lost = resultOf([
      scenarioOf(
        'health',
        blocksOf(random, {}).map(({ memory: _, ...spec }) => spec),
      ),
    ]);
    expect(compare(lost, [baseline]).find('memory').verdict).toBe('missing');
  });

  test('a failed scenario leaves its gating metrics invalid', () => {
    const failed = resultOf([
      scenarioOf('health', blocksOf(random, {}), {
        failure: { reason: 'target-died', detail: 'exit code 3' },
      }),
    ]);
    expect(compare(failed, [baseline]).find('p95')).toMatchObject({ verdict: 'invalid', gating: true });
    expect(compare(failed, [baseline]).find('p95').reason).toContain('exit code 3');
  });

  test('without a baseline everything is new', () => {
    const rows = describeNew(
      run(random),
      [{ name: 'health', criteria: DEFAULTS, limits: [] }],
      'no baseline yet',
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row).toMatchObject({ verdict: 'new', reason: 'no baseline yet' });
  });
});

describe('memory and errors', () => {
  test('memory of fewer than three boots is inconclusive, and says what to do', () => {
    const random = createRandom(31);
    const found = compare(run(random, { blocks: 2 }), [run(random)]).find('memory');
    expect(found).toMatchObject({ verdict: 'inconclusive', gating: true });
    expect(found.reason).toContain('at least 3');
    const oneBoot = resultOf([
      scenarioOf(
        'health',
        blocksOf(random, {}).map((spec) => ({ ...spec, block: 0 })),
      ),
    ]);
    expect(compare(oneBoot, [run(random)]).find('memory').verdict).toBe('inconclusive');
  });

  test('an error rate from zero to 10% regresses even against one baseline, and 1% is allowed by +5pp', () => {
    const random = createRandom(32);
    const errors = (failed: number) => run(random, { more: { failed, rps: 200 } });
    expect(compare(errors(100), [run(random)]).find('error-rate')).toMatchObject({
      verdict: 'regressed',
      level: 'fail',
    });
    const allowed = compare(errors(10), [run(random)]).find('error-rate');
    expect(allowed.verdict).toBe('unchanged');
    expect(allowed.reason).toContain('real change');
  });

  test('a relative allowance on an error rate of zero is at least one percentage point', () => {
    const random = createRandom(33);
    const criteria = [criterion('error-rate', '+50%')];
    const errors = (failed: number) => run(random, { more: { failed, rps: 2000 } });
    expect(compare(errors(3), [run(random)], criteria).find('error-rate').verdict).toBe('unchanged');
    expect(compare(errors(900), [run(random)], criteria).find('error-rate').verdict).toBe('regressed');
  });
});

test('the work grows with the number of comparisons, not with its square', () => {
  const cost = (scenarios: number): number => {
    const random = createRandom(41);
    const result = (): Result =>
      resultOf(
        Array.from({ length: scenarios }, (_, i) => scenarioOf(`s${i}`, blocksOf(random, { blocks: 5 }))),
      );
    const [candidate, baseline] = [result(), result()];
    const criteria = candidate.scenarios.map(({ name }) => ({ name, criteria: DEFAULTS, limits: [] }));
    const before = process.cpuUsage();
    const comparisons = compareStored({ candidate, baseline, window: [baseline], criteria });
    const { user } = process.cpuUsage(before);
    expect(comparisons).toHaveLength(scenarios * METRICS.length);
    return user;
  };
  cost(50);
  // Eight times the rows: about 8 when linear, 64 when quadratic. Processor time, so that neighbours do not count.
  const least = (scenarios: number) => Math.min(...[1, 2, 3].map(() => cost(scenarios)));
  expect(least(800) / least(100)).toBeLessThan(24);
});
