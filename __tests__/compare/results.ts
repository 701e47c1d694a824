import type { Criterion, Threshold } from '../../src/domain/criterion.ts';
import type { Environment } from '../../src/domain/environment.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import type { Failure, MemorySource, Result, Round, ScenarioResult, Tally } from '../../src/domain/result.ts';

/** One round to make up. Latencies in ms; `count` answers measured, 1,000 unless told. */
export type RoundSpec = {
  block?: number;
  p95?: number;
  p99?: number;
  rps?: number;
  failed?: number;
  errors?: Record<string, number>;
  count?: number;
  memory?: number;
  source?: MemorySource;
  unmeasured?: string;
  durationMs?: number;
  invalid?: string;
  anchor?: number;
  parts?: Record<string, Omit<RoundSpec, 'parts' | 'block'>>;
};

const DURATION = 5000;

export function tallyOf(spec: RoundSpec): Tally {
  const count = spec.count ?? 1000;
  const failed = spec.failed ?? 0;
  const elapsedMs = spec.durationMs ?? DURATION;
  const ok = spec.rps === undefined ? count : (spec.rps * elapsedMs) / 1000;
  const p95 = spec.p95;
  const points: [number, number][] =
    p95 === undefined
      ? []
      : [
          [0.5, p95 / 2],
          [0.9, p95 * 0.9],
          [0.95, p95],
          [0.99, spec.p99 ?? p95 * 1.3],
        ];
  return {
    elapsedMs,
    counters: { ok, failed, finished: ok + failed },
    errors: spec.errors ?? (failed > 0 ? { '5xx': failed } : {}),
    distributions:
      count > 0 && p95 !== undefined ? { latency: { type: 'quantiles', unit: 'ms', count, points } } : {},
    values: spec.memory === undefined ? {} : { memory: spec.memory },
  };
}

export function roundsOf(specs: readonly RoundSpec[]): Round[] {
  return specs.map((spec, index) => ({
    block: spec.block ?? index,
    index,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: spec.durationMs ?? DURATION,
    total: tallyOf(spec),
    parts: Object.entries(spec.parts ?? {}).map(([name, part]) => ({ name, tally: tallyOf(part) })),
    values: {},
    resources: {
      ...(spec.memory === undefined ? {} : { memory: { peak: spec.memory, source: spec.source ?? 'pss' } }),
      ...(spec.unmeasured === undefined ? {} : { unmeasured: spec.unmeasured }),
    },
    generator: { cpu: 0.1, limited: false },
    ...(spec.anchor === undefined
      ? {}
      : {
          anchor: {
            elapsedMs: DURATION,
            counters: { ok: DURATION / spec.anchor },
            errors: {},
            distributions: {},
            values: {},
          },
        }),
    ...(spec.invalid === undefined ? {} : { invalid: spec.invalid }),
  }));
}

export const METRICS = metricCatalogue.http.scenario.filter(({ name }) =>
  ['p50', 'p95', 'p99', 'rps', 'error-rate', 'memory'].includes(name),
);

export function scenarioOf(
  name: string,
  specs: readonly RoundSpec[],
  changes: { load?: string; metrics?: typeof METRICS; failure?: Failure } = {},
): ScenarioResult {
  const [first, ...rest] = roundsOf(specs);
  return {
    name,
    type: 'http',
    load: changes.load ?? 'load-1',
    metrics: changes.metrics ?? METRICS,
    maxErrors: 0.1,
    outcome:
      changes.failure || !first
        ? {
            status: 'failed',
            failure: changes.failure ?? { reason: 'nothing-answered', detail: 'nothing' },
            rounds: first ? [first, ...rest] : [],
            warnings: [],
          }
        : { status: 'measured', rounds: [first, ...rest], warnings: [] },
  };
}

export const ENVIRONMENT: Environment = {
  gates: {
    os: 'linux',
    imageFamily: 'ubuntu24',
    arch: 'x64',
    cpuModel: 'some cpu',
    cpuCount: 4,
    memoryGb: 16,
    runtime: 'node20',
    measurementVersion: 1,
  },
  recorded: {},
};

let serial = 0;

export function resultOf(scenarios: ScenarioResult[], changes: Partial<Result> = {}): Result {
  serial += 1;
  return {
    schema: 'perf-baseline/result',
    version: 1,
    tool: { name: 'perf-baseline', version: '1.0.0' },
    id: `result-${serial}`,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, serial)).toISOString(),
    series: 'series',
    commit: null,
    origin: null,
    environment: ENVIRONMENT,
    pairing: null,
    sampling: { rounds: 5, stopped: 'rounds', loadMs: 25_000, wallMs: 30_000 },
    scenarios,
    warnings: [],
    ...changes,
  };
}

const threshold = (text: string): Threshold => {
  const amount = Number.parseFloat(text);
  if (text.endsWith('%')) return { type: 'relative', change: amount / 100 };
  if (text.endsWith('pp')) return { type: 'points', change: amount / 100 };
  return { type: 'absolute', change: amount, unit: 'ms' };
};

function condition(text: string) {
  const [first = '', ...rest] = text.split(' and ');
  return { all: [threshold(first), ...rest.map(threshold)] as [Threshold, ...Threshold[]], text };
}

export function criterion(metric: string, fail?: string, warn?: string, part?: string): Criterion {
  return {
    metric,
    ...(part === undefined ? {} : { part }),
    ...(fail === undefined ? {} : { fail: condition(fail) }),
    ...(warn === undefined ? {} : { warn: condition(warn) }),
  };
}

export const DEFAULTS: Criterion[] = [
  criterion('p95', '+20%'),
  criterion('rps', '-15%'),
  criterion('memory', '+30%'),
  criterion('error-rate', '+5pp'),
];
