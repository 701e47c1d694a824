import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sampleStandardDeviation } from 'simple-statistics';
import { plannedLooks } from '../../src/compare/looks.ts';
import { comparePaired } from '../../src/compare/paired.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Config } from '../../src/domain/config.ts';
import type { Result, ScenarioResult } from '../../src/domain/result.ts';
import type { Comparison } from '../../src/domain/verdict.ts';
import { measureBlocks } from '../../src/measure/blocks.ts';
import { Budget } from '../../src/measure/budget.ts';
import { liveSide } from '../../src/measure/live.ts';
import { createMicroDriver } from '../../src/scenarios/micro/driver.ts';
import { noService } from '../../src/target/no-service.ts';
import { directMedian } from './direct.ts';

/*
 * What the paired mode decides on micro-benchmarks, in trials of a few blocks each, and how much the ratio of two equal
 * sides scatters beside that of the engine run directly:
 *
 *   node scripts/bench.mjs micro/trials equal  [TRIALS=8] [BLOCKS=6]    the example's cases against themselves
 *   node scripts/bench.mjs micro/trials slower [TRIALS=10] [BLOCKS=11]   a case that does 15% more
 *   node scripts/bench.mjs micro/trials spread [PAIRS=20]                SD of the log-ratio, ours and the engine's, in turn
 */

const EXAMPLE = new URL('examples/micro', `file://${process.cwd()}/`).pathname;
const spin = (rounds: number) => `
let x = 1;
export const spin = () => { for (let i = 0; i < ${rounds}; i += 1) x = (Math.imul(x, 31) + i) | 0; return x; };
`;
const SPIN = 'scenarios: { spin: { type: micro, module: spin.mjs } }';
const ALL = `scenarios:
  json: { type: micro, module: bench/json.mjs, params: [small, medium] }
  crypto: { type: micro, module: bench/crypto.mjs }
  memory: { type: micro, module: bench/memory.mjs }
  database: { type: micro, module: bench/database.mjs }
`;

type Side = { name: 'baseline' | 'candidate'; folder: string };

async function trial(config: Config, sides: readonly Side[], entry: string, looks: number[]) {
  const driver = createMicroDriver({ runnerEntry: entry });
  const budget = new Budget(config.measure.budgetMs, new AbortController().signal);
  const measured = await measureBlocks(
    {
      scenarios: config.scenarios,
      measure: config.measure,
      driverOf: () => driver,
      boot: async (name) => {
        const folder = sides.find((side) => side.name === name)?.folder ?? '';
        const env = { PATH: process.env.PATH ?? '' };
        return liveSide({ name, checkout: folder, url: '', env }, noService());
      },
      restarts: true,
      anchor: null,
      random: Math.random,
      progress: () => {},
      budget,
    },
    { sides: ['baseline', 'candidate'], alternate: false, blocks: looks.at(-1) ?? 2, looks: [], look: null },
  );
  budget.close();
  const scenarios = (name: Side['name']): ScenarioResult[] =>
    measured.recordings.get(name)?.results(measured.otherwise) ?? [];
  const results = { baseline: scenarios('baseline'), candidate: scenarios('candidate') };
  const comparisons = comparePaired({
    baseline: { scenarios: results.baseline } as Result,
    candidate: { scenarios: results.candidate } as Result,
    criteria: config.scenarios,
    looks,
  });
  return { comparisons: comparisons.filter((row) => row.gating), ...results };
}

/** ln(candidate / baseline) of the medians of each block of the first part. */
function logRatios({
  baseline,
  candidate,
}: {
  baseline: ScenarioResult[];
  candidate: ScenarioResult[];
}): number[] {
  const medians = ([scenario]: ScenarioResult[]) =>
    (scenario?.outcome.rounds ?? []).map((round) => {
      const time = round.parts[0]?.tally.distributions.time;
      return time?.type === 'histogram' ? medianOf(time.buckets, time.count) : Number.NaN;
    });
  const [before, now] = [medians(baseline), medians(candidate)];
  return now.map((value, i) => Math.log(value / (before[i] ?? Number.NaN))).filter(Number.isFinite);
}

/** Index of the middle bucket stands for its value: buckets are 0.1% wide and log-linear, as the ratio needs. */
function medianOf(buckets: [index: number, count: number][], count: number): number {
  let seen = 0;
  for (const [index, held] of buckets) {
    seen += held;
    if (seen >= count / 2)
      return index < 2048 ? index : ((index % 1024) + 1024) * 2 ** (Math.floor(index / 1024) - 1);
  }
  return Number.NaN;
}

const read = (scenarios: string, measure: string): Config =>
  parseConfig(`measure: ${measure}\n${scenarios}`, { file: 'bench', workingDirectory: '.', env: {} });

async function inFolders<T>(
  fill: (folder: string, side: Side['name']) => Promise<void>,
  use: (sides: Side[]) => Promise<T>,
) {
  const root = await mkdtemp(join(tmpdir(), 'perf-baseline-trials-'));
  const sides = (['baseline', 'candidate'] as const).map((name) => ({
    name,
    folder: join(root, name[0] ?? ''),
  }));
  try {
    for (const { name, folder } of sides) {
      await cp(EXAMPLE, folder, { recursive: true });
      await fill(folder, name);
    }
    return await use(sides);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function countVerdicts(rows: readonly Comparison[]): string {
  const counts = new Map<string, number>();
  for (const { verdict } of rows) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
}

const percent = (x: number): string => `${(x * 100).toFixed(2)}%`;

async function runnerEntry(): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'perf-baseline-runner-')), 'runner.mjs');
  const entryPoints = [new URL('src/scenarios/micro/runner.ts', `file://${process.cwd()}/`).pathname];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' });
  return outfile;
}

export async function main([mode = 'equal', first, second]: string[]): Promise<string> {
  const entry = await runnerEntry();
  if (mode === 'spread') return await spread(Number(first ?? 20), entry);
  const slower = mode === 'slower';
  const trials = Number(first ?? (slower ? 10 : 8));
  const blocks = Number(second ?? (slower ? 11 : 6));
  const config = slower
    ? read(SPIN, '{ duration: 300ms, warmup: 100ms, budget: 24h }')
    : read(ALL, '{ duration: 400ms, warmup: 200ms, budget: 24h }');
  const looks = plannedLooks(Math.min(4, blocks), blocks);
  return await inFolders(
    (folder, side) => writeFile(join(folder, 'spin.mjs'), spin(slower && side === 'candidate' ? 2300 : 2000)),
    async (sides) => {
      const rows: Comparison[] = [];
      const spreads: string[] = [];
      for (let i = 0; i < trials; i += 1) {
        const done = await trial(config, sides, entry, looks);
        rows.push(...done.comparisons);
        if (slower)
          spreads.push(
            `${done.comparisons[0]?.verdict} (SD ${percent(sampleStandardDeviation(logRatios(done)))})`,
          );
        for (const { part, verdict, reason } of done.comparisons)
          if (verdict === 'invalid') process.stderr.write(`${part}: ${reason}\n`);
        process.stderr.write(`${rows.length} trials: ${countVerdicts(rows)}\n`);
      }
      const regressed = rows.filter(({ verdict }) => verdict === 'regressed' || verdict === 'invalid');
      const which = regressed.map(
        ({ scenario, part, change }) =>
          `  ${scenario} ${part}: ${change ? percent(change.center) : 'invalid'}`,
      );
      return [`${rows.length} trials: ${countVerdicts(rows)}`, ...which, ...spreads].join('\n');
    },
  );
}

async function spread(pairs: number, entry: string): Promise<string> {
  const config = read(SPIN, '{ rounds: 2, max-rounds: 2, duration: 300ms, warmup: 100ms, budget: 24h }');
  return await inFolders(
    (folder) => writeFile(join(folder, 'spin.mjs'), spin(2000)),
    async (sides) => {
      const ours: number[] = [];
      const direct: number[] = [];
      for (let i = 0; i < pairs; i += 1) {
        // Two blocks of ours at a time, then two pairs of the engine's.
        if (i % 2 === 0) ours.push(...logRatios(await trial(config, sides, entry, [2])));
        const turns = i % 2 === 0 ? sides : [...sides].reverse();
        const medians = new Map<string, number>();
        for (const { name, folder } of turns)
          medians.set(name, await directMedian(join(folder, 'spin.mjs'), 'spin', 300, 100));
        direct.push(Math.log((medians.get('candidate') ?? 0) / (medians.get('baseline') ?? 1)));
        process.stderr.write('.');
      }
      const line = (name: string, ratios: number[]) =>
        `${name.padEnd(16)} SD of ln(ratio) ${percent(sampleStandardDeviation(ratios))}, mean ${percent(ratios.reduce((a, b) => a + b, 0) / ratios.length)}`;
      return [
        `${pairs} pairs each, in turn`,
        line('perf-baseline', ours),
        line('tinybench alone', direct),
      ].join('\n');
    },
  );
}
