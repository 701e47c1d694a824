import type { Environment } from '../../src/domain/environment.ts';
import { HistogramRecorder } from '../../src/domain/histogram.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import type { Failure, Result, Round, ScenarioResult, Tally } from '../../src/domain/result.ts';
import { deriveValues } from '../../src/domain/tally.ts';

export const environment: Environment = {
  gates: {
    os: 'linux',
    imageFamily: 'ubuntu-24.04',
    arch: 'x64',
    cpuModel: 'AMD EPYC 7763',
    cpuCount: 4,
    memoryGb: 16,
    runtime: 'node 24',
    measurementVersion: 1,
  },
  recorded: { image: '20261115.1', tool: '1.0.0' },
};

const made = new Map<string, Tally>();

/** A tally of `count` requests around `centreMs`, spread as latencies are: a floor, a body and a tail. */
export function tally(centreMs: number, count: number, failed = 0): Tally {
  const key = [centreMs, count, failed].join();
  const known = made.get(key) ?? newTally(centreMs, count, failed);
  made.set(key, known);
  return known;
}

function newTally(centreMs: number, count: number, failed: number): Tally {
  const recorder = new HistogramRecorder();
  for (let i = 0; i < count - failed; i += 1) {
    const u = (i + 0.5) / (count - failed);
    recorder.record(centreMs * (0.8 + 0.4 * u + 0.05 / (1.02 - u)));
  }
  return {
    elapsedMs: 5000,
    counters: { ok: count - failed, failed, finished: count },
    errors: failed > 0 ? { '5xx': failed - 1, timeout: 1 } : {},
    distributions: { latency: recorder.distribution() },
    values: {},
  };
}

type Load = {
  ms: number;
  parts?: Record<string, number>;
  failed?: number;
  memory?: number;
  limited?: boolean;
  invalid?: string;
};

function round(block: number, load: Load): Round {
  const total = tally(load.ms * (1 + block / 200), 2000, load.failed);
  const metrics = metricCatalogue.http.scenario;
  return {
    block,
    index: block,
    startedAt: '2026-11-20T10:00:00.000Z',
    durationMs: 5000,
    total,
    parts: Object.entries(load.parts ?? {}).map(([name, ms]) => ({ name, tally: tally(ms, 900) })),
    values: { ...deriveValues(metrics, total), memory: (load.memory ?? 80e6) + block * 1e5, cpu: 0.82 },
    resources: {
      memory: { peak: load.memory ?? 80e6, source: 'pss' },
      cpu: { seconds: 4.1, source: 'proc' },
    },
    generator: { cpu: load.limited ? 0.97 : 0.31, limited: load.limited ?? false },
    ...(load.invalid === undefined ? {} : { invalid: load.invalid }),
  };
}

/** A measured HTTP scenario of three boots. */
export function scenario(name: string, load: Load): ScenarioResult {
  const rounds: [Round, ...Round[]] = [round(0, load), round(1, load), round(2, load)];
  return {
    name,
    type: 'http',
    load: `load of ${name}`,
    metrics: [...metricCatalogue.http.scenario],
    maxErrors: 0.1,
    outcome: { status: 'measured', rounds, warnings: [] },
  };
}

export function failedScenario(name: string, failure: Failure): ScenarioResult {
  return { ...scenario(name, { ms: 1 }), outcome: { status: 'failed', failure, rounds: [], warnings: [] } };
}

/** A result of the given scenarios; `age` in hours before the candidate's time. */
export function result(scenarios: ScenarioResult[], overrides: Partial<Result> = {}): Result {
  return {
    schema: 'perf-baseline/result',
    version: 1,
    tool: { name: 'perf-baseline', version: '1.0.0' },
    id: 'candidate',
    createdAt: '2026-11-21T14:02:00.000Z',
    series: 'ci.yml/bench/Linux',
    commit: { sha: 'c0ffee1234567890c0ffee1234567890c0ffee12', ref: 'refs/pull/7/merge', dirty: false },
    origin: {
      repository: 'octo/service',
      event: 'pull_request',
      workflow: 'CI',
      runId: 4711,
      runNumber: 42,
      runAttempt: 1,
      job: 'bench',
      url: 'https://github.com/octo/service/actions/runs/4711',
      headSha: 'abcdef1234567890abcdef1234567890abcdef12',
    },
    environment,
    pairing: null,
    sampling: { rounds: 6, stopped: 'rounds', loadMs: 30_000, wallMs: 64_000 },
    scenarios,
    warnings: [],
    ...overrides,
  };
}

/** Baselines of one environment, newest first, each a little older and different. */
export function history(scenarios: (i: number) => ScenarioResult[], n: number): [Result, ...Result[]] {
  const make = (i: number) =>
    result(scenarios(i), {
      id: `baseline-${i}`,
      createdAt: new Date(Date.parse('2026-11-21T11:00:00Z') - i * 86_400_000).toISOString(),
      commit: { sha: `${i}ba5e`.padEnd(40, '0'), ref: 'refs/heads/main', dirty: false },
      origin: null,
    });
  return [make(0), ...Array.from({ length: n - 1 }, (_, i) => make(i + 1))];
}
