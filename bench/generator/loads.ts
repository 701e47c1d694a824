import { execFile, fork } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { HttpScenario } from '../../src/domain/config.ts';
import type { Session } from '../../src/domain/driver.ts';
import { deriveValues } from '../../src/domain/tally.ts';
import { createHttpDriver } from '../../src/scenarios/http/driver.ts';
import { quantileAsWrk } from './wrk-correction.ts';

/**
 * What a generator says of a stretch of load, in ms and 1/s; `cpu` in cores, where it is known. `asWrk` are the
 * percentiles after wrk's correction: wrk's own, and ours treated alike.
 */
export type Figures = {
  p50: number;
  p95: number;
  p99: number;
  rps: number;
  cpu: number;
  asWrk: { p50: number; p95: number; p99: number };
};

/** Puts load on a URL for some time. */
export type Load = (url: string, durationMs: number) => Promise<Figures>;

export const CONNECTIONS = 10;

const scenario: HttpScenario = {
  type: 'http',
  name: 'bench',
  load: 'bench',
  criteria: [],
  limits: [],
  maxErrors: 0,
  connections: CONNECTIONS,
  mode: 'requests',
  requests: [
    {
      name: 'GET /',
      method: 'GET',
      path: '/',
      headers: {},
      weight: 1,
      expect: { status: [{ from: 200, to: 399 }], graphql: false },
      timeoutMs: 10_000,
      capture: {},
    },
  ],
};

/** This tool's generator, bundled as in dist/, in its own process. */
export async function ourLoad(): Promise<{ load: Load; close: () => Promise<void> }> {
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
  const driver = createHttpDriver({ generatorEntry });
  const never = new AbortController().signal;
  const session: Session = await driver.open(scenario, never);
  const load: Load = async (url, durationMs) => {
    const side = { name: 'candidate' as const, checkout: '.', url, env: {} };
    const tally = await session.run(side, { kind: 'round', durationMs }, never);
    const { p50 = 0, p95 = 0, p99 = 0, rps = 0 } = deriveValues(driver.metrics(scenario), tally.total);
    const asWrk = {
      p50: quantileAsWrk(tally.total, CONNECTIONS, 0.5),
      p95: quantileAsWrk(tally.total, CONNECTIONS, 0.95),
      p99: quantileAsWrk(tally.total, CONNECTIONS, 0.99),
    };
    return { p50, p95, p99, rps, cpu: tally.generator.cpu, asWrk };
  };
  return { load, close: () => session.close() };
}

const WRK_REPORT = `
done = function(summary, latency, requests)
  print(string.format("figures %f %f %f %f", latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, summary.requests / summary.duration * 1e6))
end
`;

/** wrk (Debian package "wrk") with one thread. */
export async function wrkLoad(): Promise<Load> {
  const script = join(await mkdtemp(join(tmpdir(), 'perf-baseline-wrk-')), 'report.lua');
  await writeFile(script, WRK_REPORT);
  return async (url, durationMs) => {
    const seconds = Math.max(1, Math.round(durationMs / 1000));
    const args = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, `${url}/`];
    const { stdout } = await promisify(execFile)('wrk', args);
    const found = /figures (\S+) (\S+) (\S+) (\S+)/.exec(stdout);
    if (!found) throw new Error(`wrk printed no figures:\n${stdout}`);
    const [p50 = 0, p95 = 0, p99 = 0, rps = 0] = found.slice(1).map(Number);
    return { p50, p95, p99, rps, cpu: 0, asWrk: { p50, p95, p99 } };
  };
}

const PLAIN = `
import autocannon from 'AUTOCANNON';
process.on('message', async ({ url, duration, connections }) => {
  const result = await autocannon({ url, duration, connections, sampleInt: 100 });
  process.send({ rps: result.requests.total / result.duration });
});
process.on('disconnect', () => process.exit(0));
`;

/** autocannon as it comes, in a process of its own. Its latencies are whole milliseconds and it has no p95. */
export async function plainAutocannon(): Promise<{ load: Load; close: () => void }> {
  const file = join(await mkdtemp(join(tmpdir(), 'perf-baseline-plain-')), 'plain.mjs');
  const autocannon = createRequire(join(process.cwd(), 'package.json')).resolve('autocannon');
  await writeFile(file, PLAIN.replace('AUTOCANNON', autocannon));
  const child = fork(file, [], { execArgv: [] });
  const load: Load = (url, durationMs) =>
    new Promise((resolve) => {
      child.once('message', (message) => {
        const { rps } = message as { rps: number };
        const unknown = { p50: Number.NaN, p95: Number.NaN, p99: Number.NaN };
        resolve({ ...unknown, rps, cpu: 0, asWrk: unknown });
      });
      child.send({ url, duration: durationMs / 1000, connections: CONNECTIONS });
    });
  return { load, close: () => child.disconnect() };
}
