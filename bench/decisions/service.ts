import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { effectiveCriteria } from '../../src/config/defaults.ts';
import type { HttpScenario, Scenario, Target } from '../../src/domain/config.ts';
import type { Driver } from '../../src/domain/driver.ts';
import type { Tally } from '../../src/domain/result.ts';
import { deriveValue } from '../../src/domain/tally.ts';
import { type LiveSide, liveSide } from '../../src/measure/live.ts';
import { createHttpDriver } from '../../src/scenarios/http/driver.ts';
import { bootTarget } from '../../src/target/boot.ts';
import { EFFECTS, type Figures, type Kind } from './trial.ts';

/** Hashes a request of the untouched service computes, and what else a request costs it in hashes (see calibrate.ts). */
const WORK = 2000;
const REST = 150;

/** What is booted: the service with a kind of change, or with so many hashes a request. */
export type Variant = Kind | number;

function hashesOf(kind: Variant): number {
  if (typeof kind === 'number') return kind;
  const slower = kind.startsWith('cpu') ? (EFFECTS[kind].slower ?? 0) : 0;
  return Math.round(WORK + slower * (WORK + REST));
}

function knobsOf(kind: Variant): Record<string, string> {
  const all = { WAIT_MS: '0', CPU_WORK: String(hashesOf(kind)) };
  switch (kind) {
    case 'delay10':
    case 'delay40':
      return { ...all, SLOW_VALIDATE_MS: kind.slice('delay'.length), SLOW_RATIO: '0.1' };
    case 'memory':
      return { ...all, RETAIN_KB: '100' };
    case 'errors1':
      return { ...all, ERROR_RATE: '0.01' };
    case 'errors10':
      return { ...all, ERROR_RATE: '0.1' };
    default:
      return all;
  }
}

const KNOBS = ['WAIT_MS', 'CPU_WORK', 'SLOW_VALIDATE_MS', 'SLOW_RATIO', 'RETAIN_KB', 'ERROR_RATE'];

/** The example service as a target, bound to `cpus` where told. All variants have an environment of the same size. */
function targetOf(kind: Variant, cpus: string | undefined): Target {
  const knobs: Record<string, string> = {
    SLOW_VALIDATE_MS: '0',
    SLOW_RATIO: '1',
    RETAIN_KB: '0',
    ERROR_RATE: '0',
  };
  const all = { ...knobs, ...knobsOf(kind) };
  const padded = KNOBS.map((name) => [name, (all[name] ?? '0').padStart(5, '0')] as const);
  return {
    start: `${cpus === undefined ? '' : `taskset -c ${cpus} `}node examples/service/server.mjs`,
    url: 'http://127.0.0.1:${PORT}',
    port: { type: 'free' },
    env: Object.fromEntries(padded),
    ready: { type: 'path', path: '/ready', timeoutMs: 30_000 },
    memory: { type: 'tree' },
  };
}

const criterionless: HttpScenario = {
  type: 'http',
  name: 'service',
  load: 'recorded',
  criteria: [],
  limits: [],
  maxErrors: 0.1,
  mode: 'requests',
  connections: 4,
  requests: [
    {
      name: 'validate',
      method: 'POST',
      path: '/content/validate',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"hello"}',
      weight: 1,
      expect: { status: [{ from: 200, to: 399 }], graphql: false },
      timeoutMs: 10_000,
      capture: {},
    },
  ],
};

/** The service under test with the parts that the tool itself measures with: its driver, its generator process, its boots. */
export type ServiceBench = {
  scenario: Scenario;
  driver: Driver;
  boot(kind: Variant, name: 'baseline' | 'candidate', signal: AbortSignal, cpus?: string): Promise<LiveSide>;
};

/** Bundles the generator as the build does. Commands run in the project's folder, which must be the current one. */
export async function serviceBench(): Promise<ServiceBench> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-baseline-bench-'));
  const generatorEntry = join(folder, 'http-generator.mjs');
  await build({
    entryPoints: ['src/scenarios/http/generator.ts'],
    outfile: generatorEntry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const driver = createHttpDriver({ generatorEntry }) as Driver;
  // An orderly end, so that the services that still run are ended too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  let boots = 0;
  const boot: ServiceBench['boot'] = async (kind, name, signal, cpus) => {
    boots += 1;
    const target = await bootTarget(targetOf(kind, cpus), {
      checkout: process.cwd(),
      env: process.env,
      logDir: join(folder, 'logs'),
      signal,
      secrets: [],
      name: `${name}-${boots}`,
    });
    return liveSide({ name, checkout: process.cwd(), url: target.url, env: {} }, target);
  };
  const criteria = effectiveCriteria(driver.metrics(criterionless), [], []);
  return { scenario: { ...criterionless, criteria }, driver, boot };
}

/** Figures of a tally; `memory` in bytes where it was measured. */
export function figuresOf(driver: Driver, scenario: Scenario, tally: Tally, memory: number | null): Figures {
  const value = (name: string): number => {
    const metric = driver.metrics(scenario).find((one) => one.name === name);
    return (metric && deriveValue(metric, tally)) ?? 0;
  };
  const [p50, p95, p99, mean, rps] = ['p50', 'p95', 'p99', 'mean', 'rps'].map(value) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const { ok = 0, failed = 0 } = tally.counters;
  return { p50, p95, p99, mean, rps, memory, ok, failed, ms: tally.elapsedMs };
}
