import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import type { Result, Round, ScenarioResult } from '../../src/domain/result.ts';
import type { Random } from '../../src/stats/random.ts';

/**
 * A kind of machine, as standard deviations of logarithms. `job`: between jobs, both sides alike. `drift`: from block to
 * block, both sides alike. `boot`: of each fresh boot. `block`: of one block's value. `bursts`: the chance that a neighbour
 * disturbs a block, and by how much at the most. One that outlasts a slice hits `both` sides, if not equally; one that does
 * not hits a single side, which interleaving cannot help: the harsher case.
 */
export type Machine = {
  name: string;
  job: number;
  drift: number;
  boot: number;
  block: number;
  bursts: { hit: 'both' | 'one'; chance: number; size: number };
};

const hosted = { name: 'hosted', job: 0.08, drift: 0.03, boot: 0.02, block: 0.03 };
const noisy = { name: 'noisy', job: 0.15, drift: 0.06, boot: 0.03, block: 0.035 };

/** `hosted` follows the spread of a public history of hosted runners; `noisy` is one with two bursty neighbours. */
export const machines: readonly Machine[] = [
  { ...hosted, bursts: { hit: 'both', chance: 0.05, size: 0.3 } },
  { ...hosted, name: 'hosted, one-sided bursts', bursts: { hit: 'one', chance: 0.02, size: 0.3 } },
  { ...noisy, bursts: { hit: 'both', chance: 0.15, size: 0.4 } },
  {
    ...noisy,
    name: 'noisy, one-sided bursts',
    block: 0.045,
    bursts: { hit: 'one', chance: 0.05, size: 0.4 },
  },
  {
    name: 'quiet',
    job: 0.02,
    drift: 0.005,
    boot: 0.01,
    block: 0.01,
    bursts: { hit: 'both', chance: 0, size: 0 },
  },
];

const REQUESTS = 2000;
const SECONDS = 2;
const SCENARIOS = ['browse', 'write'] as const;
const metrics = metricCatalogue.http.scenario.filter(({ name }) =>
  ['p95', 'rps', 'memory', 'error-rate'].includes(name),
);

/** Slowness, memory and errors of a side against an untouched one: factors, and the share of failing requests. */
export type Effect = { slower: number; memory: number; errors: number };
export const NO_EFFECT: Effect = { slower: 1, memory: 1, errors: 0.001 };

/** What both sides of a job share, block by block: the machine's place, and a neighbour's burst. */
type Job = readonly { place: number; burst: number }[];

export function job({ job, drift, bursts }: Machine, blocks: number, random: Random): Job {
  let place = job * random.normal();
  return Array.from({ length: blocks }, () => {
    place += drift * random.normal();
    return { place, burst: bursts.hit === 'both' ? burstOf(bursts, random) : 0 };
  });
}

function burstOf({ chance, size }: Machine['bursts'], random: Random): number {
  return random.uniform() < chance ? size * random.uniform() : 0;
}

/** One side as a result, two scenarios of four gating metrics each, one round a block. */
export function measured(machine: Machine, at: Job, effect: Effect, random: Random, id: string): Result {
  const scenarios = SCENARIOS.map((name): ScenarioResult => {
    const [first, ...rest] = at.map((shared, block) => round(machine, shared, effect, random, block));
    if (!first) throw new Error('a job has at least one block');
    return {
      name,
      type: 'http',
      load: 'simulated',
      metrics,
      maxErrors: 0.5,
      outcome: { status: 'measured', rounds: [first, ...rest], warnings: [] },
    };
  });
  return {
    schema: 'perf-baseline/result',
    version: 1,
    tool: { name: 'perf-baseline', version: '0.0.0' },
    id,
    createdAt: '2026-01-01T00:00:00.000Z',
    series: 'simulated',
    commit: null,
    origin: null,
    environment: {
      gates: {
        os: 'linux',
        imageFamily: 'simulated',
        arch: 'x64',
        cpuModel: machine.name,
        cpuCount: 2,
        memoryGb: 8,
        runtime: 'node20',
        measurementVersion: 1,
      },
      recorded: {},
    },
    pairing: null,
    sampling: { rounds: at.length, stopped: 'rounds', loadMs: 0, wallMs: 0 },
    scenarios,
    warnings: [],
  };
}

function round(machine: Machine, shared: Job[number], effect: Effect, random: Random, block: number): Round {
  const own = machine.bursts.hit === 'one' ? burstOf(machine.bursts, random) : 0;
  const burst = own + shared.burst * (0.5 + 0.5 * random.uniform());
  const place = shared.place + burst + machine.boot * random.normal() + machine.block * random.normal();
  const slow = Math.exp(place) * effect.slower;
  // Throughput and tail share the machine's state, but not all of their noise.
  const tail = Math.exp(0.5 * machine.block * random.normal());
  const finished = Math.round(REQUESTS / slow);
  const failed = poisson(finished * effect.errors, random);
  const memory = 1e8 * effect.memory * Math.exp(0.01 * random.normal());
  const p95 = 10 * slow * tail;
  return {
    block,
    index: block,
    startedAt: '',
    durationMs: SECONDS * 1000,
    total: {
      elapsedMs: SECONDS * 1000,
      counters: { ok: finished - failed, failed, finished },
      errors: {},
      distributions: { latency: { type: 'quantiles', unit: 'ms', count: finished, points: [[0.95, p95]] } },
      values: { memory },
    },
    parts: [],
    values: {},
    resources: { memory: { peak: memory, source: 'pss' } },
    generator: { cpu: 0, limited: false },
  };
}

/** Knuth's method; normal from 50 on. */
function poisson(mean: number, random: Random): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count += 1;
  return count;
}
