import { execFileSync, fork } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { GeneratorError } from '../../../src/domain/driver.ts';
import { CancelledError, UsageError } from '../../../src/domain/errors.ts';
import { createHttpDriver } from '../../../src/scenarios/http/driver.ts';
import { createDrivers } from '../../../src/scenarios/registry.ts';
import { bundleEntry } from '../bundle.ts';
import { generator, never, rawServer, request, scenario, side } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const servers: Awaited<ReturnType<typeof rawServer>>[] = [];

beforeAll(async () => {
  bench = await generator();
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** The URL of a server that never answers. */
async function silent(): Promise<string> {
  const server = await rawServer(() => {});
  servers.push(server);
  return server.url;
}

describe('a session', () => {
  test('an abort ends it at once', async () => {
    const url = await silent();
    const session = await bench.driver.open(scenario(), never);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    const begun = performance.now();
    await expect(
      session.run(side(url), { kind: 'round', durationMs: 30_000 }, abort.signal),
    ).rejects.toBeInstanceOf(CancelledError);
    expect(performance.now() - begun).toBeLessThan(1000);
    await expect(
      session.run(side(url), { kind: 'round', durationMs: 50 }, abort.signal),
    ).rejects.toBeInstanceOf(CancelledError);
    await session.close();
    await session.close();
  });

  test('a pattern that cannot be read is told before any load', async () => {
    const body = { type: 'matches' as const, pattern: '(' };
    const what = scenario({ requests: [request({ expect: { status: [], graphql: false, body } })] });
    await expect(bench.driver.open(what, never)).rejects.toBeInstanceOf(UsageError);
  });

  test('a generator that breaks is told, with what it said last', async () => {
    const broken = `${await bundleOf('process.stderr.write("out of luck\\n"); process.exit(7);')}`;
    const driver = createHttpDriver({ generatorEntry: broken });
    const opened = driver.open(scenario(), never);
    await expect(opened).rejects.toBeInstanceOf(GeneratorError);
    await expect(opened).rejects.toThrow(/code 7[\s\S]*out of luck/);
  });

  test('its process knows no secrets of the environment, and ends with close', async () => {
    process.env.GITHUB_TOKEN = 'ghs_canary';
    process.env.INPUT_CANARY = 'ghs_canary';
    try {
      const session = await bench.driver.open(scenario(), never);
      const children = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'generator.mjs'])
        .toString()
        .trim()
        .split('\n');
      const environments = children.map((pid) => execFileSync('cat', [`/proc/${pid}/environ`]).toString());
      expect(environments.length).toBeGreaterThan(0);
      expect(environments.join()).toContain('PATH=');
      expect(environments.join()).not.toContain('canary');
      await session.close();
      expect(children.filter((pid) => isAlive(Number(pid)))).toEqual([]);
    } finally {
      delete process.env.GITHUB_TOKEN;
      delete process.env.INPUT_CANARY;
    }
  });

  test('its process ends with the one that opened it, however that ends', async () => {
    const url = await silent();
    const opener = await bundleEntry('__tests__/scenarios/http/opener.ts');
    const child = fork(opener, [await bundleEntry('src/scenarios/http/generator.ts'), url], { execArgv: [] });
    const pid = await new Promise<number>((resolve) =>
      child.once('message', (given) => resolve(Number(given))),
    );
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    const deadline = Date.now() + 5000;
    while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isAlive(pid)).toBe(false);
  });

  test('the registry gives the driver of a type', () => {
    const drivers = createDrivers({
      http: 'http-generator.js',
      websocket: 'websocket-generator.js',
      micro: 'micro-runner.js',
    });
    expect(drivers.get('http')?.interleave).toBe('slice');
    expect(drivers.get('gopher')).toBeUndefined();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function bundleOf(source: string): Promise<string> {
  const file = `${await mkdtemp(`${tmpdir()}/perf-baseline-broken-`)}/generator.mjs`;
  await writeFile(file, source);
  return file;
}
