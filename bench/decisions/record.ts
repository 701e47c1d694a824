import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { plannedLooks } from '../../src/compare/looks.ts';
import { sequentialDecision } from '../../src/compare/sequential-decision.ts';
import { mergeTallies } from '../../src/domain/tally.ts';
import { measureBlocks } from '../../src/measure/blocks.ts';
import { Budget } from '../../src/measure/budget.ts';
import { measureMachineLoad } from '../../src/measure/environment.ts';
import { startNeighbour, watchBackground } from './background.ts';
import { figuresOf, type ServiceBench, serviceBench } from './service.ts';
import {
  EFFECTS,
  type Figures,
  formatTrial,
  KINDS,
  type Kind,
  NOISY_FROM,
  type Noise,
  noiseOf,
  parseTrials,
  type Trial,
  type WholeRun,
} from './trial.ts';

/** How a trial measures: rounds of 2 s after 0.5 s of warm-up, looked at from 5 blocks to 14; runs of ten times 1 s. */
const MEASURE = { rounds: 5, maxRounds: 14, durationMs: 2000, warmupMs: 500, budgetMs: 180_000 };
const LOOKS = plannedLooks(MEASURE.rounds, MEASURE.maxRounds);
const RUN = { warmupMs: 1000, roundMs: 1000, rounds: 10 };

/** Trials wanted of each kind. No more of a delay of 10 ms: on a crowded machine all requests take longer than that. */
function wanted({ kind, noise }: Cell): number {
  if (kind === 'delay10') return 0;
  return noise === 'noisy' && (kind === 'aa' || kind === 'cpu25') ? 60 : 15;
}

const FILE = 'bench/decisions/recordings/service.ndjson';

type Cell = { kind: Kind; noise: Noise };

/** The kind of trial that is furthest behind at these levels of noise; null when all are there. */
export function nextTrial(
  done: readonly Cell[],
  noises: readonly Noise[],
  kinds: readonly Kind[] = KINDS,
): Cell | null {
  const cells = kinds.flatMap((kind) => noises.map((noise) => ({ kind, noise })));
  const shares = cells.map((cell) => {
    const alike = done.filter(({ kind, noise }) => kind === cell.kind && noise === cell.noise);
    return { cell, there: alike.length, of: wanted(cell) };
  });
  const open = shares.filter(({ there, of }) => there < of);
  const [first, ...others] = open;
  if (first === undefined) return null;
  // Half a trial ahead, so that the kinds of which most are wanted come first.
  const behind = ({ there, of }: (typeof shares)[number]): number => (there + 0.5) / of;
  return others.reduce((least, one) => (behind(one) < behind(least) ? one : least), first).cell;
}

async function pairedPart(
  bench: ServiceBench,
  kind: Kind,
): Promise<Pick<Trial, 'blocks'> & { wallMs: number }> {
  const { scenario, driver } = bench;
  const budget = new Budget(MEASURE.budgetMs, new AbortController().signal);
  const looked = (recordings: Parameters<NonNullable<Parameters<typeof measureBlocks>[1]['look']>>[0]) => {
    const side = (name: 'baseline' | 'candidate') => ({
      scenarios: recordings.get(name)?.results({ reason: 'budget-spent', detail: '' }) ?? [],
    });
    return sequentialDecision({
      baseline: side('baseline'),
      candidate: side('candidate'),
      criteria: [scenario],
      looks: LOOKS,
    });
  };
  try {
    const measured = await measureBlocks(
      {
        scenarios: [scenario],
        measure: MEASURE,
        driverOf: () => driver,
        boot: (name, signal) => bench.boot(name === 'baseline' ? 'aa' : kind, name, signal),
        restarts: true,
        anchor: null,
        random: Math.random,
        progress: () => {},
        budget,
      },
      {
        sides: ['baseline', 'candidate'],
        alternate: false,
        blocks: MEASURE.maxRounds,
        looks: LOOKS,
        look: (recordings) => {
          const { conclusive, settledScenarios } = looked(recordings);
          return { conclusive, undecided: settledScenarios.length > 0 ? [] : [scenario.name] };
        },
      },
    );
    const figures = (name: 'baseline' | 'candidate'): Figures[] =>
      (measured.recordings.get(name)?.rounds(scenario) ?? []).map((round) =>
        figuresOf(driver, scenario, round.total, round.resources.memory?.peak ?? null),
      );
    const candidate = figures('candidate');
    const blocks = figures('baseline').flatMap((baseline, i) => {
      const other = candidate[i];
      return other ? [{ baseline, candidate: other }] : [];
    });
    return { blocks, wallMs: measured.wallMs };
  } finally {
    budget.close();
  }
}

/** One side alone, in one boot: what tools without pairs measure. */
async function wholeRun(bench: ServiceBench, kind: Kind, name: 'baseline' | 'candidate'): Promise<WholeRun> {
  const { scenario, driver } = bench;
  const { signal } = new AbortController();
  const live = await bench.boot(kind, name, signal);
  try {
    const session = await driver.open(scenario, signal);
    const window = live.target.openWindow();
    try {
      await session.run(live.side, { kind: 'warmup', durationMs: RUN.warmupMs }, signal);
      const rounds = [];
      for (let i = 0; i < RUN.rounds; i += 1)
        rounds.push((await session.run(live.side, { kind: 'round', durationMs: RUN.roundMs }, signal)).total);
      const { memory } = await window.close();
      const each = rounds.map((tally) => figuresOf(driver, scenario, tally, null));
      return {
        whole: figuresOf(driver, scenario, mergeTallies(rounds), memory?.peak ?? null),
        p95: each.map(({ p95 }) => p95),
        rps: each.map(({ rps }) => rps),
      };
    } finally {
      await session.close();
    }
  } finally {
    await live.target.stop();
  }
}

async function trial(
  bench: ServiceBench,
  { kind, neighbour, before }: { kind: Kind; neighbour: boolean; before: number },
): Promise<Trial> {
  const beside = neighbour ? startNeighbour() : null;
  const background = watchBackground(beside?.pid);
  try {
    // Which part comes first must not matter, so it is left to chance.
    const pairedFirst = Math.random() < 0.5;
    let paired = pairedFirst ? await pairedPart(bench, kind) : null;
    const startedAt = performance.now();
    const runs = {
      baseline: await wholeRun(bench, 'aa', 'baseline'),
      candidate: await wholeRun(bench, kind, 'candidate'),
    };
    const runsMs = Math.round(performance.now() - startedAt);
    paired ??= await pairedPart(bench, kind);
    return {
      at: new Date().toISOString(),
      kind,
      neighbour,
      background: { ...background.end(), before },
      blocks: paired.blocks,
      looks: LOOKS,
      runs,
      wall: {
        pairedMs: Math.round(paired.wallMs),
        runsMs,
        warmupMs: 2 * MEASURE.warmupMs * paired.blocks.length,
      },
    };
  } finally {
    background.end();
    await beside?.end();
  }
}

/** A recording's text, after cutting off what a stopped recorder left of a line. */
function mended(file: string): string {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) writeFileSync(file, whole);
  return whole;
}

/**
 * Records trials of the live example service until the time is over or enough are there; what is there already counts.
 * Arguments: --minutes N (10), --file PATH, --neighbour yes|no|both, --kinds A,B,... (all).
 * Linux only: it reads /proc.
 */
export async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      file: { type: 'string', default: FILE },
      neighbour: { type: 'string', default: 'both' },
      kinds: { type: 'string', default: KINDS.join(',') },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes: expected a number above 0, got ${values.minutes}`);
  const noises = ({ yes: ['noisy'], no: ['quiet'], both: ['quiet', 'noisy'] } as Record<string, Noise[]>)[
    values.neighbour
  ];
  if (noises === undefined) throw new Error(`--neighbour: expected yes, no or both, got ${values.neighbour}`);
  const kinds = values.kinds.split(',').map((kind) => {
    const known = KINDS.find((one) => one === kind);
    if (known === undefined) throw new Error(`--kinds: expected some of ${KINDS.join(', ')}, got ${kind}`);
    return known;
  });
  const { file } = values;
  mkdirSync(dirname(file), { recursive: true });
  const done: Cell[] = existsSync(file)
    ? parseTrials(mended(file)).map((one) => ({ kind: one.kind, noise: noiseOf(one) }))
    : [];
  const bench = await serviceBench();
  const until = performance.now() + minutes * 60_000;
  let recorded = 0;
  while (performance.now() < until) {
    const { busy: before } = await measureMachineLoad(1000);
    // On a crowded machine no quiet trial is to be had, and a noisy one needs no neighbour.
    const crowded = before >= NOISY_FROM;
    const next = nextTrial(done, crowded ? ['noisy'] : noises, kinds);
    if (next === null) break;
    const found = await trial(bench, {
      kind: next.kind,
      neighbour: !crowded && next.noise === 'noisy',
      before,
    });
    appendFileSync(file, `${formatTrial(found)}\n`);
    done.push({ kind: found.kind, noise: noiseOf(found) });
    recorded += 1;
    const { others } = found.background;
    console.error(
      `${EFFECTS[found.kind].says}${found.neighbour ? ', with a neighbour' : ''}: ${found.blocks.length} blocks in ${(found.wall.pairedMs / 1000).toFixed(0)} s, others took ${(others * 100).toFixed(0)}% of the machine`,
    );
  }
  return `${recorded} trials recorded, ${done.length} in ${file}`;
}
