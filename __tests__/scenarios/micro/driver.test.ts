import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { median as middle } from 'simple-statistics';
import { checkout, cleanUp, measure, median, moduleScenario, side, words } from './bench.ts';

afterAll(cleanUp);

describe('a module', () => {
  test('each case is a part with its figures; the scenario as a whole has none', async () => {
    const folder = checkout({
      'b.mjs': `
        let x = 1;
        export const fast = () => { for (let i = 0; i < 100; i += 1) x = (x * 31 + i) | 0; return x; };
        export const slow = async () => { await new Promise((resolve) => setTimeout(resolve, 10)); return 1; };`,
    });
    const { parts, tallies } = await measure(moduleScenario(), side(folder));
    expect(parts).toEqual(['fast', 'slow']);
    for (const tally of tallies) expect(tally.total).toMatchObject({ distributions: {}, values: {} });
    const [fast, slow] = tallies.map((tally) => tally.parts[0]?.tally);
    expect(median(fast)).toBeGreaterThan(10);
    expect(median(fast)).toBeLessThan(100_000);
    expect(median(slow)).toBeGreaterThan(9.5e6);
    expect(slow?.values.ops).toBeLessThan(105);
    expect(fast?.values.heap).toBeLessThan(16);
    expect(fast?.values.ops).toBeCloseTo(
      (fast?.counters.operations ?? 0) / ((fast?.elapsedMs ?? 0) / 1000),
      3,
    );
  });

  test('what a call allocates is told', async () => {
    const folder = checkout({
      'b.mjs': 'export const kilobyte = () => new Array(128).fill(1);',
    });
    const { tallies } = await measure(moduleScenario(), side(folder));
    const heap = tallies[0]?.parts[0]?.tally.values.heap ?? 0;
    expect(heap).toBeGreaterThan(128 * 8);
    expect(heap).toBeLessThan(128 * 8 * 1.3);
  });

  test('what only the first calls after a collection make again is not taken for what a call allocates', async () => {
    const folder = checkout({
      'b.mjs': `
        let x = 1;
        export const shapes = () => {
          const o = {};
          for (let i = 0; i < 10; i += 1) o['k' + ((x += 1) % 50)] = i;
          return o;
        };`,
    });
    for (let process = 0; process < 3; process += 1) {
      const { tallies } = await measure(moduleScenario(), side(folder));
      const heap = tallies[0]?.parts[0]?.tally.values.heap ?? 0;
      expect(heap).toBeGreaterThan(200);
      expect(heap).toBeLessThan(600);
    }
  });

  test('setup gives the function its state, for each input; teardown gets it back', async () => {
    const folder = checkout({
      'b.mjs': `
        import { appendFileSync } from 'node:fs';
        const log = (...words) => appendFileSync('log.txt', words.join(' ') + '\\n');
        let calls = 0;
        export const c = {
          offset: 7,
          setup(n) { log('setup', n); return { n }; },
          fn(state, n) { calls += 1; if (this.offset !== 7 || state.n !== n) throw new Error('lost'); return new Array(50).fill(calls); },
          teardown(state, n) { log('teardown', state.n, n); },
        };`,
    });
    const inputs = [10, 20].map((value) => ({ name: `${value}`, value }));
    const { parts, tallies } = await measure(moduleScenario({ inputs }), side(folder));
    expect(parts).toEqual(['c (10)', 'c (20)']);
    expect(words({ tallies })).toEqual({ 'c (10)': undefined, 'c (20)': undefined });
    expect(readFileSync(join(folder, 'log.txt'), 'utf8')).toBe(
      'setup 10\nteardown 10 10\nsetup 20\nteardown 20 20\n',
    );
  });

  test('with concurrency each call is timed on its own, and the rate is of all together', async () => {
    const folder = checkout({
      'b.mjs': 'export const wait = () => new Promise((resolve) => setTimeout(resolve, 20, 1));',
    });
    const { tallies } = await measure(moduleScenario({ concurrency: 10 }), side(folder), { durationMs: 400 });
    const tally = tallies[0]?.parts[0]?.tally;
    expect(median(tally)).toBeGreaterThan(19e6);
    expect(tally?.values.ops).toBeGreaterThan(100);
    expect(tally?.values.ops).toBeLessThan(520);
  });

  test('with concurrency a short round has the rate of a long one, though its last calls end alone', async () => {
    const folder = checkout({
      'b.mjs': `
        let calls = 0;
        export const mix = () => new Promise((resolve) => setTimeout(resolve, (calls++ % 10 === 0) ? 300 : 10, 1));`,
    });
    const rate = async (durationMs: number) => {
      const options = { durationMs, warmupMs: 1 };
      const { tallies } = await measure(moduleScenario({ concurrency: 10 }), side(folder), options);
      return tallies[0]?.parts[0]?.tally.values.ops ?? Number.NaN;
    };
    // By the clock the short one would give half of it.
    const shorts: number[] = [];
    for (let i = 0; i < 5; i += 1) shorts.push(await rate(100));
    const ratio = middle(shorts) / (await rate(2000));
    expect(ratio).toBeGreaterThan(0.75);
    expect(ratio).toBeLessThan(1.35);
  });

  test('runs where the checkout is, with the environment of the side and nothing else', async () => {
    const folder = checkout({
      'b.mjs': `
        import { writeFileSync } from 'node:fs';
        writeFileSync('seen.json', JSON.stringify({ cwd: process.cwd(), env: process.env }));
        export const f = () => new Array(100).fill(Math.random());`,
    });
    process.env.INPUT_SECRET_OF_THE_ACTION = 'x';
    try {
      await measure(moduleScenario(), side(folder, { env: { PATH: process.env.PATH ?? '', OWN: '1' } }));
    } finally {
      delete process.env.INPUT_SECRET_OF_THE_ACTION;
    }
    const seen = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'));
    expect(seen.cwd).toBe(folder);
    expect(
      Object.keys(seen.env)
        .filter((name) => !/^(NODE_|__CF)/.test(name))
        .sort(),
    ).toEqual(['OWN', 'PATH', 'PERF_BASELINE_TARGET']);
  });

  test('a CommonJS module is one too', async () => {
    const folder = checkout({ 'b.cjs': 'exports.f = () => new Array(100).fill(Math.random());' });
    const { tallies } = await measure(moduleScenario({ module: 'b.cjs' }), side(folder));
    expect(median(tallies[0]?.parts[0]?.tally)).toBeGreaterThan(0);
  });
});
