import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import type { NonEmpty, Result, Round } from '../../src/domain/result.ts';

/*
 * A recording is ndjson: one trial a line, appended and never changed. A trial measures two variants of one service, the
 * second with a known change or none, in two ways: paired, block by block, as this tool does; and one whole run
 * after the other, as most tools do. Every rule is replayed on what it would have seen.
 */

/** Kinds of injected change, in the order in which tables show them. */
export const KINDS = [
  'aa',
  'cpu5',
  'cpu10',
  'cpu20',
  'cpu25',
  'cpu30',
  'cpu50',
  'delay10',
  'delay40',
  'memory',
  'errors1',
  'errors10',
] as const;
export type Kind = (typeof KINDS)[number];

/** What each kind does, for readers, and the true change of p95 and of throughput where it is known (as fractions). */
export const EFFECTS: Readonly<Record<Kind, { says: string; slower?: number }>> = {
  aa: { says: 'nothing changed', slower: 0 },
  cpu5: { says: '+5% CPU work', slower: 0.05 },
  cpu10: { says: '+10% CPU work', slower: 0.1 },
  cpu20: { says: '+20% CPU work', slower: 0.2 },
  cpu25: { says: '+25% CPU work', slower: 0.25 },
  cpu30: { says: '+30% CPU work', slower: 0.3 },
  cpu50: { says: '+50% CPU work', slower: 0.5 },
  delay10: { says: '10 ms of delay on 10% of the requests' },
  delay40: { says: '40 ms of delay on 10% of the requests' },
  memory: { says: '100 kB retained per request' },
  errors1: { says: '1% of the answers are errors', slower: 0 },
  errors10: { says: '10% of the answers are errors' },
};

/** Figures of one side over a stretch: latencies in ms, throughput in 1/s, peak memory in bytes (null: not measured). */
export type Figures = {
  p50: number;
  p95: number;
  p99: number;
  mean: number;
  rps: number;
  memory: number | null;
  ok: number;
  failed: number;
  ms: number;
};

const FIGURES = ['p50', 'p95', 'p99', 'mean', 'rps', 'memory', 'ok', 'failed', 'ms'] as const;

/** A whole run of one side on its own: its figures, and those of its ten rounds (p95 in ms, throughput in 1/s). */
export type WholeRun = { whole: Figures; p95: number[]; rps: number[] };

/** How busy the machine was with other things: shares of all its CPUs (0 to 1), `steal` and the `neighbour` included. */
export type Background = { others: number; steal: number; neighbour: number; before: number };

/** From this share of the machine's CPUs taken by others on, a trial counts as noisy. */
export const NOISY_FROM = 0.15;
export type Noise = 'quiet' | 'noisy';

/** With a neighbour a trial is noisy whatever share it took: its bursts are what noise is here. */
export const noiseOf = ({ neighbour, background }: Pick<Trial, 'neighbour' | 'background'>): Noise =>
  neighbour || background.others >= NOISY_FROM ? 'noisy' : 'quiet';

export type Trial = {
  at: string;
  kind: Kind;
  /** Whether a bursty process was started beside it. */
  neighbour: boolean;
  background: Background;
  blocks: { baseline: Figures; candidate: Figures }[];
  looks: number[];
  runs: { baseline: WholeRun; candidate: WholeRun };
  /** Wall time of the paired part with its boots, of the two runs with theirs, and warm-up load of the paired part, in ms. */
  wall: { pairedMs: number; runsMs: number; warmupMs: number };
};

type Line = Omit<Trial, 'blocks' | 'runs'> & {
  v: 1;
  figures: readonly string[];
  blocks: [(number | null)[], (number | null)[]][];
  runs: { baseline: LineRun; candidate: LineRun };
};
type LineRun = { whole: (number | null)[]; p95: number[]; rps: number[] };

const brief = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(5)));
const pack = (figures: Figures): (number | null)[] => FIGURES.map((name) => brief(figures[name]));
const unpack = (values: (number | null)[]): Figures =>
  Object.fromEntries(
    FIGURES.map((name, i) => [name, values[i] ?? (name === 'memory' ? null : 0)]),
  ) as Figures;

/** One line of a recording, under 6 kB: figures by position, five digits each. */
export function formatTrial(trial: Trial): string {
  const run = ({ whole, p95, rps }: WholeRun): LineRun => ({
    whole: pack(whole),
    p95: p95.map((value) => brief(value) ?? 0),
    rps: rps.map((value) => brief(value) ?? 0),
  });
  const { at, kind, neighbour, background, looks, wall } = trial;
  const line: Line = {
    v: 1,
    at,
    kind,
    neighbour,
    background: Object.fromEntries(
      Object.entries(background).map(([name, share]) => [name, Number(share.toFixed(3))]),
    ) as Background,
    looks,
    wall,
    figures: FIGURES,
    blocks: trial.blocks.map(({ baseline, candidate }) => [pack(baseline), pack(candidate)]),
    runs: { baseline: run(trial.runs.baseline), candidate: run(trial.runs.candidate) },
  };
  return JSON.stringify(line);
}

/** Reads a recording. A last line that was cut off (no newline) is left out; any other unreadable one throws with its number. */
export function parseTrials(text: string): Trial[] {
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line, index) => {
    try {
      const { v, figures: _, blocks, runs, ...rest } = JSON.parse(line) as Line;
      if (v !== 1 || !KINDS.includes(rest.kind)) throw new Error('another format');
      const run = ({ whole, p95, rps }: LineRun): WholeRun => ({ whole: unpack(whole), p95, rps });
      return {
        ...rest,
        blocks: blocks.map(([baseline, candidate]) => ({
          baseline: unpack(baseline),
          candidate: unpack(candidate),
        })),
        runs: { baseline: run(runs.baseline), candidate: run(runs.candidate) },
      };
    } catch (error) {
      throw new Error(`line ${index + 1} of the recording cannot be read: ${(error as Error).message}`);
    }
  });
}

const GATING = ['p95', 'rps', 'memory', 'error-rate'];
const metrics = metricCatalogue.http.scenario.filter(({ name }) => GATING.includes(name));

function roundOf(figures: Figures, block: number): Round {
  const { ok, failed, ms, memory } = figures;
  const share = failed / Math.max(1, ok + failed);
  return {
    block,
    index: block,
    startedAt: '',
    durationMs: ms,
    total: {
      elapsedMs: ms,
      counters: { ok, failed, finished: ok + failed },
      errors: {},
      distributions: {
        latency: {
          type: 'quantiles',
          unit: 'ms',
          count: ok,
          points: [
            [0.5, figures.p50],
            [0.95, figures.p95],
            [0.99, figures.p99],
          ],
        },
      },
      values: memory === null ? {} : { memory },
    },
    parts: [],
    values: {},
    resources: memory === null ? {} : { memory: { peak: memory, source: 'pss' } },
    generator: { cpu: 0, limited: false },
    ...(share > MAX_ERRORS && { invalid: 'too many errors' }),
  };
}

const MAX_ERRORS = 0.1;

/** One side of a trial's blocks as a result holds it, for the rules of `src/compare`. */
export function sideOf(trial: Trial, side: 'baseline' | 'candidate'): Pick<Result, 'scenarios'> {
  const rounds = trial.blocks.map((block, i) => roundOf(block[side], i));
  const name = 'service';
  const common = { name, type: 'http', load: 'recorded', metrics, maxErrors: MAX_ERRORS };
  const outcome = { status: 'measured' as const, rounds: rounds as NonEmpty<Round>, warnings: [] };
  return { scenarios: [{ ...common, outcome }] };
}
