import type { Environment } from '../../src/domain/environment.ts';
import { HistogramRecorder } from '../../src/domain/histogram.ts';
import type { Metric } from '../../src/domain/metric.ts';
import type { Result, Round, ScenarioResult, Tally } from '../../src/domain/result.ts';

export const ENVIRONMENT: Environment = {
  gates: {
    os: 'Linux',
    imageFamily: 'ubuntu-24.04',
    arch: 'x64',
    cpuModel: 'AMD EPYC 7763',
    cpuCount: 4,
    memoryGb: 16,
    runtime: 'node 24',
    measurementVersion: 1,
  },
  recorded: { image: '20261101.1' },
};

const METRICS: Metric[] = [
  {
    name: 'p95',
    unit: 'ms',
    better: 'lower',
    from: { type: 'quantile', of: 'latency', q: 0.95 },
    cpuBound: true,
  },
  {
    name: 'p75',
    unit: 'ms',
    better: 'lower',
    from: { type: 'quantile', of: 'latency', q: 0.75 },
    cpuBound: true,
  },
  { name: 'rps', unit: '1/s', better: 'higher', from: { type: 'rate', of: 'requests' }, cpuBound: true },
];

/** A small generator of numbers from 0 to 1, the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function tallyOf(samples: number, seed: number, scale = 5): Tally {
  const random = numbers(seed);
  const recorder = new HistogramRecorder();
  for (let i = 0; i < samples; i++) recorder.record(scale * -Math.log(1 - random()));
  return {
    elapsedMs: 5000,
    counters: { requests: samples, errors: 0 },
    errors: {},
    distributions: { latency: recorder.distribution() },
    values: {},
  };
}

export function roundOf(block: number, index: number, samples = 200, parts = ['GET /a', 'GET /b']): Round {
  return {
    block,
    index,
    startedAt: '2026-11-21T10:00:00.000Z',
    durationMs: 5000,
    total: tallyOf(samples, 1 + index + 100 * block),
    parts: parts.map((name, at) => ({ name, tally: tallyOf(samples, 7 + index + 100 * block + 31 * at) })),
    values: { memory: 5e7 },
    resources: { memory: { peak: 5e7, source: 'pss' } },
    generator: { cpu: 0.4, limited: false },
    anchor: tallyOf(samples, 5 + index),
  };
}

export function scenarioOf(
  name = 'health',
  rounds: Round[] = [roundOf(0, 0), roundOf(1, 1)],
): ScenarioResult {
  const [first, ...rest] = rounds;
  if (first === undefined) throw new Error('a measured scenario has a round');
  return {
    name,
    type: 'http',
    load: 'a1b2c3',
    metrics: METRICS,
    maxErrors: 0.1,
    outcome: { status: 'measured', rounds: [first, ...rest], warnings: [] },
  };
}

export const SERIES = 'ci.yml / bench / Linux';
export const REPOSITORY = 'acme/shop';

/** A commit hash made of a number, as a run of it would have. */
export const shaOf = (n: number): string => n.toString(16).padStart(40, '0');

/** The baseline of run `n`: everything about it follows from the number. */
export function resultOf(n: number, changes: Partial<Result> = {}): Result {
  return {
    schema: 'perf-baseline/result',
    version: 1,
    tool: { name: 'perf-baseline', version: '1.0.0' },
    id: `result-${n}`,
    createdAt: new Date(Date.UTC(2026, 10, 1) + n * 60_000).toISOString(),
    series: SERIES,
    commit: { sha: shaOf(n), ref: 'main', dirty: false },
    origin: {
      repository: REPOSITORY,
      event: 'push',
      workflow: 'ci',
      runId: 1000 + n,
      runNumber: n,
      runAttempt: 1,
      job: 'bench',
      url: `https://github.com/${REPOSITORY}/actions/runs/${1000 + n}`,
    },
    environment: ENVIRONMENT,
    pairing: null,
    sampling: { rounds: 2, stopped: 'rounds', loadMs: 10_000, wallMs: 16_000 },
    scenarios: [scenarioOf('health', [roundOf(0, 0, 20, []), roundOf(1, 1, 20, [])])],
    warnings: [],
    ...changes,
  };
}
