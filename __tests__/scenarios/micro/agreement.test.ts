import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { directMedian } from '../../../bench/micro/direct.ts';
import type { MicroScenario } from '../../../src/domain/config.ts';
import { histogramQuantile } from '../../../src/domain/histogram.ts';
import { checkout, cleanUp, measure, moduleScenario, scenarioOf, side } from './bench.ts';

afterAll(cleanUp);

/** Pairs taken in turn, so that what else the machine does falls on both. It only ever makes them slower: the fastest of each are compared. */
const PAIRS = 8;

async function ratio(ours: () => Promise<number>, other: () => Promise<number>): Promise<number> {
  const times: { ours: number; other: number }[] = [];
  for (let i = 0; i < PAIRS; i += 1) {
    if (i % 2 === 0) times.push({ ours: await ours(), other: await other() });
    else times.push({ other: await other(), ours: await ours() });
  }
  return Math.min(...times.map((pair) => pair.ours)) / Math.min(...times.map((pair) => pair.other));
}

async function ourMedian(scenario: MicroScenario, folder: string): Promise<number> {
  const { tallies } = await measure(scenario, side(folder), { durationMs: 250, warmupMs: 100 });
  const tally = tallies[0]?.parts[0]?.tally ?? tallies[0]?.total;
  const time = tally?.distributions.time;
  return time?.type === 'histogram' ? (histogramQuantile(time, 0.5) ?? Number.NaN) : Number.NaN;
}

test('a function takes as long as tinybench by hand says, within a tenth', async () => {
  const spin = (rounds: number) => `
    let x = 1;
    export const spin = () => { for (let i = 0; i < ${rounds}; i += 1) x = (Math.imul(x, 31) + i) | 0; return x; };`;
  const folder = checkout({ 'b.mjs': spin(20_000) });
  const found = await ratio(
    () => ourMedian(moduleScenario(), folder),
    () => directMedian(join(folder, 'b.mjs'), 'spin', 250, 100),
  );
  expect(found).toBeGreaterThan(0.9);
  expect(found).toBeLessThan(1.1);
}, 120_000);

const hasHyperfine = (() => {
  try {
    execFileSync('hyperfine', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

(hasHyperfine ? test : test.skip)(
  'a command takes as long as hyperfine says, within a tenth',
  async () => {
    const folder = checkout({});
    const command = 'sleep 0.25';
    const hyperfine = async () => {
      const file = join(folder, 'hyperfine.json');
      execFileSync('hyperfine', ['--warmup', '1', '--runs', '3', '--export-json', file, command], {
        stdio: 'ignore',
      });
      return JSON.parse(readFileSync(file, 'utf8')).results[0].median * 1e9;
    };
    const scenario = scenarioOf({ type: 'command', command, env: {} });
    const found = await ratio(() => ourMedian(scenario, folder), hyperfine);
    expect(found).toBeGreaterThan(0.9);
    expect(found).toBeLessThan(1.1);
  },
  120_000,
);
