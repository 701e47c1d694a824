import { describe, expect, test } from '@jest/globals';
import { comparePaired } from '../../src/compare/paired.ts';
import { sequentialDecision } from '../../src/compare/sequential-decision.ts';
import type { Criterion } from '../../src/domain/criterion.ts';
import { createRandom } from '../../src/stats/random.ts';
import { criterion, DEFAULTS, METRICS, type RoundSpec, resultOf, scenarioOf } from './results.ts';

/** Blocks of two sides: the candidate's p95 is `ratio` times the baseline's, give or take `sd` a block. */
function sides(
  blocks: number,
  ratio: number,
  sd: number,
  more: (block: number) => Partial<RoundSpec> = () => ({}),
) {
  const random = createRandom(7);
  const baseline: RoundSpec[] = [];
  const candidate: RoundSpec[] = [];
  for (let block = 0; block < blocks; block++) {
    const machine = Math.exp(0.2 * random.normal());
    const noise = Math.exp(sd * random.normal());
    baseline.push({ block, p95: 10 * machine, rps: 500 / machine, memory: 1e8 });
    candidate.push({
      block,
      p95: 10 * machine * ratio * noise,
      rps: 500 / (machine * ratio * noise),
      memory: 1e8,
      ...more(block),
    });
  }
  return { baseline, candidate };
}

function compare(
  { baseline, candidate }: { baseline: RoundSpec[]; candidate: RoundSpec[] },
  criteria: Criterion[] = DEFAULTS,
  durationMs?: number,
) {
  const input = {
    baseline: resultOf([scenarioOf('mixed', baseline)]),
    candidate: resultOf([scenarioOf('mixed', candidate)]),
    criteria: [{ name: 'mixed', criteria, limits: [], ...(durationMs !== undefined && { durationMs }) }],
  };
  const comparisons = comparePaired(input);
  const find = (metric: string, part?: string) => {
    const found = comparisons.find((c) => c.metric.name === metric && c.part === part);
    if (!found) throw new Error(`no comparison of ${metric}`);
    return found;
  };
  return { comparisons, find, decision: sequentialDecision(input) };
}

describe('comparePaired', () => {
  test('a service slowed by 40% is regressed at fail level, whole interval above zero, with the change in base units', () => {
    const { find } = compare(sides(20, 1.4, 0.03));
    const p95 = find('p95');
    expect(p95).toMatchObject({ verdict: 'regressed', level: 'fail', gating: true });
    expect(p95.change?.low).toBeGreaterThan(0);
    expect(p95.change?.center).toBeCloseTo(
      (p95.candidate?.center ?? 0) / (p95.baseline?.center ?? 1) - 1,
      10,
    );
    expect(p95.change?.confidence).toBeCloseTo(1 - 0.01 / 4, 12);
    const rps = find('rps');
    expect(rps).toMatchObject({ verdict: 'regressed', level: 'fail' });
    expect(rps.change?.high).toBeLessThan(0);
  });

  test('an unchanged service is unchanged in every gating metric, and a faster one improved', () => {
    const same = compare(sides(20, 1, 0.03));
    for (const metric of ['p95', 'rps', 'memory', 'error-rate'])
      expect(same.find(metric).verdict).toBe('unchanged');
    expect(same.decision).toMatchObject({ conclusive: true, proceed: false, settledScenarios: ['mixed'] });
    const faster = compare(sides(20, 0.6, 0.03));
    expect(faster.find('p95').verdict).toBe('improved');
    expect(faster.find('rps').verdict).toBe('improved');
  });

  test('noise that hides the answer is inconclusive with a reason and the smallest detectable change', () => {
    const { find, decision } = compare(sides(6, 1.1, 0.25));
    expect(find('p95').verdict).toBe('inconclusive');
    expect(find('p95').reason).toMatch(/neither shown nor ruled out.*after 6 blocks/);
    expect(find('p95').detectable).toBeGreaterThan(0.2);
    expect(decision).toMatchObject({ proceed: true, conclusive: false, nextLook: 8, settledScenarios: [] });
  });

  test('a first conclusive look is kept whatever comes later', () => {
    const early = sides(4, 1.6, 0.005);
    const late = sides(20, 1, 0.005, () => ({}));
    const joined = {
      baseline: [...early.baseline, ...late.baseline.slice(4)],
      candidate: [...early.candidate, ...late.candidate.slice(4)],
    };
    const before = compare(early).find('p95');
    expect(before.verdict).toBe('regressed');
    expect(compare(joined).find('p95')).toEqual(before);
    expect(before.n).toEqual({ baseline: 4, candidate: 4 });
  });

  test('blocks measured after the last look count when the measurement ends there', () => {
    const { find } = compare(sides(5, 1.5, 0.02));
    expect(find('p95').n.candidate).toBeGreaterThanOrEqual(4);
    expect(find('p95').verdict).toBe('regressed');
    const noisy = compare(sides(5, 1.1, 0.2));
    expect(noisy.find('p95').n).toEqual({ baseline: 5, candidate: 5 });
  });

  test('two levels: between them warns and does not fail, beyond both fails', () => {
    const levels = [criterion('p95', '+40%', '+10%')];
    expect(compare(sides(20, 1.22, 0.02), levels).find('p95')).toMatchObject({
      verdict: 'regressed',
      level: 'warn',
    });
    expect(compare(sides(20, 1.7, 0.02), levels).find('p95')).toMatchObject({
      verdict: 'regressed',
      level: 'fail',
    });
    expect(compare(sides(20, 1.0, 0.02), levels).find('p95').verdict).toBe('unchanged');
  });

  test('a condition of two thresholds needs both', () => {
    const small = [criterion('p95', '+20% and +20ms')];
    expect(compare(sides(20, 1.4, 0.02), small).find('p95').verdict).toBe('unchanged');
    const reached = [criterion('p95', '+20% and +2ms')];
    expect(compare(sides(20, 1.4, 0.02), reached).find('p95').verdict).toBe('regressed');
  });

  test('a real change within what is allowed is unchanged with a note', () => {
    const found = compare(sides(20, 1.08, 0.002)).find('p95');
    expect(found.verdict).toBe('unchanged');
    expect(found.reason).toContain('real change, within what is allowed');
  });

  test('errors by points: 10% more regress, and latency over max-errors is invalid, never fast', () => {
    const errs = (failed: number) => sides(20, 0.5, 0.02, () => ({ failed, rps: 100, count: 500 }));
    const some = compare(errs(45));
    expect(some.find('error-rate')).toMatchObject({ verdict: 'regressed', level: 'fail' });
    expect(some.find('error-rate').change).toMatchObject({ type: 'absolute' });
    expect(some.find('error-rate').change?.center).toBeCloseTo(45 / 545, 6);
    const many = compare(errs(400));
    expect(many.find('error-rate').verdict).toBe('regressed');
    expect(many.find('p95')).toMatchObject({ verdict: 'invalid', gating: true });
    expect(many.find('p95').reason).toContain('max-errors');
    expect(many.find('rps').verdict).toBe('invalid');
  });

  test('rounds in which nothing was answered are invalid, not fast', () => {
    const dead = compare(sides(6, 1, 0.02, () => ({ count: 0, rps: 0 })));
    expect(dead.find('p95')).toMatchObject({ verdict: 'invalid' });
    expect(dead.find('p95').reason).toContain('nothing was answered');
  });

  test('one invalid block of twenty is left out and said so; four of them spoil the metric', () => {
    const spoil = (count: number) =>
      sides(20, 1, 0.02, (b) => (b < count ? { invalid: 'generator at its limit', p95: 0.1 } : {}));
    const one = compare(spoil(1)).find('p95');
    expect(one.verdict).toBe('unchanged');
    expect(one.reason).toContain('1 invalid block was left out');
    expect(compare(spoil(4)).find('p95')).toMatchObject({ verdict: 'invalid' });
  });

  test('too few samples do not gate, and the reason says what to set measure.duration to', () => {
    const few = sides(4, 2, 0.01, () => ({ count: 50 }));
    for (const spec of few.baseline) spec.count = 50;
    const found = compare(few).find('p95');
    expect(found).toMatchObject({ verdict: 'inconclusive', gating: false });
    expect(found.reason).toContain('p95 gates from 400 answers a side, and there were 200');
    expect(found.reason).toContain('200: set measure.duration to at least 2 times what it was');
    const reason = (durationMs: number) => compare(few, DEFAULTS, durationMs).find('p95').reason;
    expect(reason(5000)).toContain('set measure.duration to at least 10s (it is 5s)');
    // Rounds of 5 s under a duration of 4.5 s waited half a second for their last answers, and will again.
    expect(reason(4500)).toContain('at least 10s (it is 4500ms)');
    // Measured under another config than the one that is at hand.
    expect(reason(60_000)).toContain('at least 2 times what it was');
    const scarce = sides(4, 2, 0.01, () => ({ count: 50 }));
    for (const spec of scarce.baseline) spec.count = 0.1;
    expect(compare(scarce, DEFAULTS, 5000).find('p95').reason).toContain('even rounds of an hour');
    expect(compare(few).decision.gates.find((gate) => gate.metric === 'p95')?.status).toBe('open');
    const hopeless = sides(4, 2, 0.01, () => ({ count: 3 }));
    expect(compare(hopeless).decision.gates.find((gate) => gate.metric === 'p95')?.status).toBe('hopeless');
  });

  test('a slow part is found though the total hides it; rate and memory do not gate parts', () => {
    const parts = (slow: number) =>
      Array.from({ length: 20 }, (_, block): RoundSpec => {
        const wobble = 1 + 0.01 * ((block * 7) % 5);
        return {
          block,
          p95: 10 * wobble,
          rps: 500,
          memory: 1e8,
          parts: { fast: { p95: 10 * wobble }, slow: { p95: 20 * slow * (2 - wobble), rps: 50 } },
        };
      });
    const { find, comparisons } = compare({ baseline: parts(1), candidate: parts(1.5) });
    expect(find('p95').verdict).toBe('unchanged');
    expect(find('p95', 'slow')).toMatchObject({ verdict: 'regressed', gating: true });
    expect(find('p95', 'fast').verdict).toBe('unchanged');
    expect(find('rps', 'slow').gating).toBe(false);
    expect(comparisons.some((c) => c.part === 'slow' && c.metric.name === 'memory')).toBe(false);
    const loose = [...DEFAULTS, criterion('p95', '+80%', undefined, 'slow')];
    expect(compare({ baseline: parts(1), candidate: parts(1.5) }, loose).find('p95', 'slow').verdict).toBe(
      'unchanged',
    );
  });

  test('several rounds of one boot are not more evidence than the boot', () => {
    const specs = (seed: number): RoundSpec[] => {
      const random = createRandom(seed);
      return Array.from({ length: 15 }, (_, i) => ({
        block: i % 5,
        p95: 10 * Math.exp(0.1 * random.normal()),
      }));
    };
    expect(compare({ baseline: specs(1), candidate: specs(2) }).find('p95').n).toEqual({
      baseline: 5,
      candidate: 5,
    });
    const oneBoot = (seed: number) => specs(seed).map((spec) => ({ ...spec, block: 0 }));
    const found = compare({ baseline: oneBoot(1), candidate: oneBoot(2) }).find('p95');
    expect(found.n).toEqual({ baseline: 15, candidate: 15 });
    expect((found.change?.high ?? 0) - (found.change?.low ?? 0)).toBeGreaterThan(0.2);
    expect(found.reason).toContain('not restarted');
  });

  test('where few boots serve for many blocks, rounds speak with the spread of boots allowed for, and memory by boot', () => {
    const shared = (seed: number, grown = 1, slower = 1): RoundSpec[] => {
      const random = createRandom(seed);
      return [1, 7, 7, 5].flatMap((rounds, block) =>
        Array.from({ length: rounds }, () => ({
          block,
          p95: 10 * slower * Math.exp(0.02 * random.normal()),
          rps: (500 / slower) * Math.exp(0.02 * random.normal()),
          memory: 1e8 * grown * Math.exp(0.005 * random.normal()),
        })),
      );
    };
    const same = compare({ baseline: shared(1), candidate: shared(2) });
    expect(same.find('p95').reason).toMatch(/only [34] boots for/);
    expect(same.find('memory')).toMatchObject({ verdict: 'unchanged', n: { baseline: 3, candidate: 3 } });
    const worse = compare({ baseline: shared(1), candidate: shared(2, 1.8, 1.6) });
    expect(worse.find('p95').verdict).toBe('regressed');
    expect(worse.find('memory').verdict).toBe('regressed');
  });

  test('memory of unlike sources does not compare, and one that was not measured does not gate', () => {
    const unlike = compare(sides(20, 1, 0.02, () => ({ source: 'rss' }))).find('memory');
    expect(unlike).toMatchObject({ verdict: 'inconclusive', change: null });
    expect(unlike.reason).toContain('only like is compared with like');
    const none = sides(6, 1, 0.01);
    for (const spec of [...none.baseline, ...none.candidate]) {
      delete spec.memory;
      spec.unmeasured = 'no process of the tree owns the port';
    }
    const found = compare(none).find('memory');
    expect(found).toMatchObject({ verdict: 'inconclusive', gating: false, change: null });
    expect(found.reason).toContain('no process of the tree owns the port');
    expect(compare(none, []).comparisons.some((c) => c.metric.name === 'memory')).toBe(false);
  });

  test('identical figures are not proof of more than the measurement resolves', () => {
    const same = Array.from({ length: 4 }, (_, block): RoundSpec => ({ block, p95: 0.002, rps: 500 }));
    const slower = same.map((spec) => ({ ...spec, p95: 0.003 }));
    expect(compare({ baseline: same, candidate: slower }).find('p95').verdict).toBe('inconclusive');
  });

  test('metrics without a criterion are compared, told apart by false discovery, and never gate', () => {
    const found = compare(sides(20, 1.4, 0.02), [criterion('rps', '-15%')]).find('p50');
    expect(found).toMatchObject({ verdict: 'regressed', gating: false, criterion: null });
    expect(compare(sides(20, 1, 0.05), []).find('p50').verdict).not.toBe('regressed');
  });

  test('an endpoint the base answers with 404 is new', () => {
    const pair = sides(6, 1, 0.02);
    for (const spec of pair.baseline) Object.assign(spec, { rps: 0, failed: 900, errors: { '4xx': 900 } });
    for (const { verdict } of compare(pair).comparisons) expect(verdict).toBe('new');
  });

  test('one block says nothing yet', () => {
    const found = compare(sides(1, 2, 0)).find('p95');
    expect(found).toMatchObject({ verdict: 'inconclusive', change: null, detectable: null });
  });

  test('every number of every comparison is finite, and the same results give the same bytes', () => {
    const wild = sides(2, 1e6, 1);
    const input = {
      baseline: resultOf([scenarioOf('mixed', wild.baseline, { metrics: METRICS })]),
      candidate: resultOf([scenarioOf('mixed', wild.candidate)]),
      criteria: [{ name: 'mixed', criteria: DEFAULTS, limits: [] }],
    };
    const text = JSON.stringify(comparePaired(input));
    expect(text).toBe(JSON.stringify(comparePaired(structuredClone(input))));
    const infinite = JSON.stringify(comparePaired(input), (_, value) =>
      typeof value === 'number' && !Number.isFinite(value) ? 'INFINITE' : value,
    );
    expect(infinite).not.toContain('INFINITE');
  });
});

describe('a generator at its limit', () => {
  const limitedOn = (ratio: number, names: ('baseline' | 'candidate')[]) => {
    const both = sides(20, ratio, 0.01);
    const input = {
      baseline: resultOf([scenarioOf('mixed', both.baseline)]),
      candidate: resultOf([scenarioOf('mixed', both.candidate)]),
      criteria: [{ name: 'mixed', criteria: DEFAULTS, limits: [] }],
    };
    for (const name of names)
      for (const scenario of input[name].scenarios)
        for (const round of scenario.outcome.rounds) round.generator.limited = true;
    const of = (metric: string) => comparePaired(input).find((row) => row.metric.name === metric);
    return { p95: of('p95'), memory: of('memory') };
  };

  test('on both sides hides losses: speed is never unchanged then, memory still is', () => {
    const { p95, memory } = limitedOn(1, ['baseline', 'candidate']);
    expect(p95).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('generator') });
    expect(memory).toMatchObject({ verdict: 'unchanged' });
  });

  test('does not hide a loss that was seen, nor matters on one side alone', () => {
    expect(limitedOn(1.5, ['baseline', 'candidate']).p95).toMatchObject({ verdict: 'regressed' });
    expect(limitedOn(1, ['baseline']).p95).toMatchObject({ verdict: 'unchanged' });
  });
});
