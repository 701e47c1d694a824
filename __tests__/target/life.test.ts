import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Target } from '../../src/domain/config.ts';
import type { RunningTarget } from '../../src/domain/driver.ts';
import type { Warning } from '../../src/domain/result.ts';
import { readStat } from '../../src/processes/proc.ts';
import { type BootOptions, bootTarget } from '../../src/target/boot.ts';
import { freePorts } from '../../src/target/ports.ts';
import { stopAllTargets } from '../../src/target/stop.ts';
import { ask, commandOf, startOf, survivors, untilTrue } from './processes.ts';

let folder: string;
let cancel: AbortController;
let canary: string;
let warnings: Warning[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'life-test-'));
  cancel = new AbortController();
  canary = `canary-${path.basename(folder)}`;
  warnings = [];
});

afterEach(async () => {
  await stopAllTargets();
  expect(survivors(canary)).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

function boot(start: string, more: Partial<Target> = {}, options: Partial<BootOptions> = {}) {
  const target: Target = {
    start,
    url: 'http://127.0.0.1:${PORT}',
    port: { type: 'free' },
    env: {},
    ready: { type: 'answer', timeoutMs: 10_000 },
    memory: { type: 'tree' },
    ...more,
  };
  return bootTarget(target, {
    checkout: folder,
    env: { ...process.env, CANARY: canary },
    logDir: path.join(folder, 'logs'),
    signal: cancel.signal,
    secrets: [],
    warn: (warning) => warnings.push(warning),
    ...options,
  });
}

const deathWithin = async (running: RunningTarget, ms: number) =>
  Promise.race([running.death, sleep(ms, 'alive' as const, { ref: false })]);

describe('stopping', () => {
  test('ends children in the group, children that left it, daemons, and those that ignore SIGTERM', async () => {
    const running = await boot(startOf('family'));
    await untilTrue(() => survivors(canary).length >= 5);
    const started = performance.now();
    await running.stop();
    expect(survivors(canary)).toEqual([]);
    // The stubborn one is given the grace before it is killed.
    expect(performance.now() - started).toBeGreaterThan(4000);
    expect(warnings).toEqual([]);
  });

  test('is quick after a cancel, also one that comes while it waits', async () => {
    const running = await boot(startOf('stubborn'));
    const started = performance.now();
    const stopping = running.stop();
    setTimeout(() => cancel.abort(), 200);
    await stopping;
    expect(performance.now() - started).toBeLessThan(3500);
    expect(survivors(canary)).toEqual([]);
  });

  test('ends a service whose start command has ended (a daemon), which is no death', async () => {
    const running = await boot(`setsid ${startOf('serve')} >/dev/null 2>&1 &`);
    expect(await deathWithin(running, 1500)).toBe('alive');
    expect(running.boot.memory?.peak).toBeGreaterThan(10e6);
    await running.stop();
    await expect(fetch(running.url)).rejects.toThrow();
  });

  test('ends a daemon that wiped its environment: it listens on the port it was given', async () => {
    const [file = '', ...args] = commandOf('serve');
    const wiped = `env -i PORT=\${PORT} setsid "${file}" ${args.map((arg) => `"${arg}"`).join(' ')}`;
    const running = await boot(`${wiped} >/dev/null 2>&1 & sleep 0.01`);
    expect(running.boot.memory?.peak).toBeGreaterThan(10e6);
    await running.stop();
    await expect(fetch(running.url)).rejects.toThrow();
  });

  test('waits for an orphan of the group that wiped its environment and ignores SIGTERM', async () => {
    const orphan = `(env -i /bin/sh -c 'trap "" TERM; sleep 300' & echo $! > orphan.pid)`;
    const running = await boot(`${orphan}; exec ${startOf('serve')}`);
    const pid = Number(await readFile(path.join(folder, 'orphan.pid'), 'utf8'));
    expect(readStat(pid)?.state).toBe('S');
    await running.stop();
    expect(readStat(pid)?.state ?? 'Z').toBe('Z');
  });

  test('runs the stop command with the environment of the target, before the signals', async () => {
    const stop = 'curl -s http://127.0.0.1:$PORT > stopped-at && echo " ${PORT} $MODE" >> stopped-at';
    const running = await boot(startOf('serve'), { stop, env: { MODE: 'm1' } });
    const { port } = new URL(running.url);
    await running.stop();
    expect(await readFile(path.join(folder, 'stopped-at'), 'utf8')).toBe(`ok ${port} m1\n`);
  });

  test('warns of a stop command that fails, and ends the target all the same', async () => {
    const running = await boot(startOf('serve'), { stop: 'exit 4' });
    await running.stop();
    expect(warnings).toMatchObject([{ code: 'stop-failed' }]);
    expect(warnings[0]?.message).toContain('`exit 4` exited with code 4');
    await expect(fetch(running.url)).rejects.toThrow();
  });

  test('does not wait for a stop command that hangs once cancelled', async () => {
    const running = await boot(startOf('serve'), { stop: 'sleep 60' });
    cancel.abort();
    const started = performance.now();
    await running.stop();
    expect(performance.now() - started).toBeLessThan(7000);
    expect(warnings[0]?.message).toContain('did not end within');
    expect(survivors(canary)).toEqual([]);
  });

  test('all targets at once', async () => {
    const both = await Promise.all([boot(startOf('serve'), {}, { name: 'a' }), boot(startOf('serve'))]);
    await stopAllTargets();
    for (const { url } of both) await expect(fetch(url)).rejects.toThrow();
  });
});

describe('death', () => {
  test('tells the exit code and the last words', async () => {
    const running = await boot(startOf('die-later'));
    await ask(running, '/end');
    const death = await deathWithin(running, 5000);
    expect(death).toMatchObject({ exitCode: 7, signal: null });
    expect(death).toHaveProperty('log', expect.stringContaining('fatal: out of luck'));
  });

  test('is noticed although a wrapper lives on', async () => {
    const running = await boot(`${startOf('die-later')}; sleep 60`);
    await ask(running, '/end');
    expect(await deathWithin(running, 8000)).toMatchObject({ exitCode: null });
  });

  test('is noticed when the service stops listening', async () => {
    const running = await boot(startOf('close-later'));
    await ask(running, '/end');
    expect(await deathWithin(running, 8000)).toMatchObject({ exitCode: null, signal: null });
  });

  test('by a signal', async () => {
    const running = await boot(`exec ${startOf('serve')}`);
    const [pid = 0] = survivors(canary).map((line) => Number.parseInt(line, 10));
    process.kill(pid, 'SIGSEGV');
    expect(await deathWithin(running, 5000)).toMatchObject({ exitCode: null, signal: 'SIGSEGV' });
  });

  test('is not what stop does', async () => {
    const running = await boot(startOf('serve'));
    await running.stop();
    expect(await deathWithin(running, 300)).toBe('alive');
  });
});

describe('a service that is not in the tree', () => {
  /** Something of another making (a container) serves the port: here, a process that is none of ours. */
  async function outsider() {
    const [port = 0] = await freePorts(1);
    const [file = '', ...args] = commandOf('serve');
    const env = { ...process.env, PORT: String(port), PERF_BASELINE_TARGET: 'none' };
    return { port, launch: () => spawn(file, args, { env, stdio: 'ignore' }) };
  }

  test('already running: measured by nobody, stopped by nobody', async () => {
    const { port, launch } = await outsider();
    const child = launch();
    try {
      const { start: _none, ...attached }: Target = {
        start: '',
        url: `http://127.0.0.1:${port}`,
        port: { type: 'fixed', port },
        env: {},
        ready: { type: 'answer', timeoutMs: 10_000 },
        memory: { type: 'tree' },
      };
      const running = await bootTarget(attached, {
        checkout: folder,
        env: process.env,
        logDir: folder,
        signal: cancel.signal,
        secrets: [],
      });
      expect(running.boot.memory).toBeUndefined();
      const window = running.openWindow();
      expect(await window.close()).toEqual({ unmeasured: expect.stringContaining('already running') });
      await running.stop();
      expect((await fetch(running.url)).status).toBe(200);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('started by a command that ends (compose up -d): its stop is run, memory is not measured, never small', async () => {
    const { port, launch } = await outsider();
    const booting = boot('sleep 0.3', {
      stop: 'touch was-stopped',
      url: `http://127.0.0.1:${port}`,
      port: { type: 'fixed', port },
    });
    await sleep(200);
    const child = launch();
    try {
      const running = await booting;
      expect(running.boot).toEqual({ unmeasured: expect.stringContaining(`listens on port ${port}`) });
      expect(await deathWithin(running, 1500)).toBe('alive');
      expect(await running.openWindow().close()).toEqual({ unmeasured: expect.any(String) });
      await running.stop();
      expect(existsSync(path.join(folder, 'was-stopped'))).toBe(true);
      expect((await fetch(running.url)).status).toBe(200);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
