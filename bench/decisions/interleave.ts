import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Session } from '../../src/domain/driver.ts';
import { mergeTallies } from '../../src/domain/tally.ts';
import type { LiveSide } from '../../src/measure/live.ts';
import { shuffled, sliceOrder } from '../../src/measure/order.ts';
import { watchBackground } from './background.ts';
import { figuresOf, type ServiceBench, serviceBench } from './service.ts';
import type { Figures } from './trial.ts';

/*
 * How finely should two sides be interleaved? Two equal services are measured in every way, in random order within a
 * cycle, with the same load each: the spread of the logarithm of their ratio is what a way costs, and its figures
 * against those of 2 s rounds are its bias.
 */
export const WAYS = ['100 ms', '250 ms', '500 ms', '2 s', 'both at once', '100 ms, pinned'] as const;
type Way = (typeof WAYS)[number];

const LOAD_MS = 2000;
const SLICE_MS: Record<Way, number> = {
  '100 ms': 100,
  '250 ms': 250,
  '500 ms': 500,
  '2 s': LOAD_MS,
  'both at once': LOAD_MS,
  '100 ms, pinned': 100,
};

/** One way's figures in one cycle: `a` and `b` are equal services. `wallMs` is what it took for `LOAD_MS` a side. */
export type Look = { way: Way; a: Figures; b: Figures; wallMs: number };
export type Cycle = { at: string; others: number; steal: number; looks: Look[] };

type Stand = { sides: [LiveSide, LiveSide]; sessions: [Session, Session] };

async function openStand(bench: ServiceBench, pinned: boolean, signal: AbortSignal): Promise<Stand> {
  const cpus = pinned ? '0' : undefined;
  const sides: Stand['sides'] = [
    await bench.boot('aa', 'baseline', signal, cpus),
    await bench.boot('aa', 'candidate', signal, cpus),
  ];
  const before = new Set(ownGenerators());
  const sessions: Stand['sessions'] = [
    await bench.driver.open(bench.scenario, signal),
    await bench.driver.open(bench.scenario, signal),
  ];
  if (pinned)
    for (const pid of ownGenerators().filter((one) => !before.has(one)))
      execFileSync('taskset', ['-a', '-c', '-p', '1', String(pid)], { stdio: 'ignore' });
  for (const { side } of sides) await sessions[0].run(side, { kind: 'warmup', durationMs: 1500 }, signal);
  return { sides, sessions };
}

function ownGenerators(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      try {
        return (
          Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]) ===
            process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('http-generator')
        );
      } catch {
        return false;
      }
    });
}

async function closeStand({ sides, sessions }: Stand): Promise<void> {
  for (const session of sessions) await session.close();
  for (const { target } of sides) await target.stop();
}

async function lookAt(bench: ServiceBench, way: Way, stand: Stand, signal: AbortSignal): Promise<Look> {
  const { sides, sessions } = stand;
  const [a, b] = sides;
  const startedAt = performance.now();
  const found = new Map(sides.map((live) => [live, [] as Awaited<ReturnType<Session['run']>>['total'][]]));
  const stretch = { kind: LOAD_MS === SLICE_MS[way] ? 'round' : 'slice', durationMs: SLICE_MS[way] } as const;
  if (way === 'both at once') {
    const both = await Promise.all(
      sides.map((live, i) => (sessions[i] as Session).run(live.side, stretch, signal)),
    );
    both.forEach((done, i) => {
      found.get(sides[i] as LiveSide)?.push(done.total);
    });
  } else
    for (const live of sliceOrder(sides, LOAD_MS / SLICE_MS[way], Math.random))
      found.get(live)?.push((await sessions[0].run(live.side, stretch, signal)).total);
  const figures = (live: LiveSide): Figures =>
    figuresOf(bench.driver, bench.scenario, mergeTallies(found.get(live) ?? []), null);
  return { way, a: figures(a), b: figures(b), wallMs: Math.round(performance.now() - startedAt) };
}

/** A sample's standard deviation. */
function sd(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

const NAMES = ['rps', 'p50', 'p95', 'p99'] as const;

/** The table of a recording: spread in % of each figure's ratio, and the median of the figures against those of 2 s rounds. */
export function describe(cycles: readonly Cycle[]): string {
  const percent = (value: number): string => (Number.isNaN(value) ? '–' : (value * 100).toFixed(1));
  const rows = WAYS.map((way) => {
    const looks = cycles.flatMap((cycle) => cycle.looks.filter((look) => look.way === way));
    const rounds = cycles.flatMap((cycle) => cycle.looks.filter((look) => look.way === '2 s'));
    const spread = NAMES.map((name) => sd(looks.map(({ a, b }) => Math.log(b[name] / a[name]))));
    const bias = (['rps', 'p95'] as const).map((name) =>
      median(
        looks.map(({ a, b }, i) => {
          const round = rounds[i];
          return round ? Math.log(Math.sqrt((a[name] * b[name]) / (round.a[name] * round.b[name]))) : 0;
        }),
      ),
    );
    const wall = median(looks.map(({ wallMs }) => wallMs)) / 1000;
    return `| ${way} | ${spread.map(percent).join(' | ')} | ${wall.toFixed(1)} s | ${bias.map(percent).join(' | ')} |`;
  });
  const others = median(cycles.map((cycle) => cycle.others));
  return [
    `${cycles.length} cycles, others took ${percent(others)}% of the machine (median); ${LOAD_MS / 1000} s of load a side; SD of ln(b / a) of two equal services in %, and the level against 2 s rounds in %:`,
    '',
    '| interleaved | RPS | p50 | p95 | p99 | wall time | RPS, level | p95, level |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const FILE = 'bench/decisions/recordings/interleave.ndjson';
const CYCLES_A_BOOT = 3;

/** Cycles from a recording of them, in order. */
export const parseCycles = (text: string): Cycle[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Cycle);

const brief = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value;

/** Records cycles for some minutes (--minutes N; 0 only prints) and prints the table of all there are. Linux with taskset only. */
export async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '0' },
      file: { type: 'string', default: FILE },
    },
  });
  const { file } = values;
  const until = performance.now() + Number(values.minutes) * 60_000;
  mkdirSync(dirname(file), { recursive: true });
  if (performance.now() < until) {
    const bench = await serviceBench();
    const { signal } = new AbortController();
    while (performance.now() < until) {
      const plain = await openStand(bench, false, signal);
      const pinned = await openStand(bench, true, signal);
      for (let i = 0; i < CYCLES_A_BOOT && performance.now() < until; i += 1) {
        const background = watchBackground(undefined);
        const looks: Look[] = [];
        for (const way of shuffled(WAYS, Math.random))
          looks.push(await lookAt(bench, way, way.endsWith('pinned') ? pinned : plain, signal));
        const { others, steal } = background.end();
        appendFileSync(
          file,
          `${JSON.stringify({ at: new Date().toISOString(), others, steal, looks }, brief)}\n`,
        );
        console.error(`a cycle in ${looks.reduce((sum, look) => sum + look.wallMs, 0) / 1000} s of load`);
      }
      await closeStand(plain);
      await closeStand(pinned);
    }
  }
  return existsSync(file) ? describe(parseCycles(readFileSync(file, 'utf8'))) : 'nothing recorded yet';
}
