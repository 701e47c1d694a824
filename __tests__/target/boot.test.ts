import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Target } from '../../src/domain/config.ts';
import type { RunningTarget } from '../../src/domain/driver.ts';
import { CancelledError, TargetError } from '../../src/domain/errors.ts';
import type { Failure, Warning } from '../../src/domain/result.ts';
import { type BootOptions, bootTarget } from '../../src/target/boot.ts';
import { freePorts } from '../../src/target/ports.ts';
import { stopAllTargets } from '../../src/target/stop.ts';
import { startOf, survivors } from './processes.ts';

let folder: string;
let cancel: AbortController;
let canary: string;
let warnings: Warning[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'boot-test-'));
  cancel = new AbortController();
  canary = `canary-${path.basename(folder)}`;
  warnings = [];
});

afterEach(async () => {
  await stopAllTargets();
  // Whatever the test did, nothing that it started may be left: all of it carries the canary.
  expect(survivors(canary)).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

function target(start: string | undefined, more: Partial<Target> = {}): Target {
  return {
    ...(start === undefined ? {} : { start }),
    url: 'http://127.0.0.1:${PORT}',
    port: { type: 'free' },
    env: {},
    ready: { type: 'answer', timeoutMs: 10_000 },
    memory: { type: 'tree' },
    ...more,
  };
}

function options(more: Partial<BootOptions> = {}): BootOptions {
  return {
    checkout: folder,
    env: { ...process.env, CANARY: canary },
    logDir: path.join(folder, 'logs'),
    signal: cancel.signal,
    secrets: [],
    warn: (warning) => warnings.push(warning),
    ...more,
  };
}

async function failure(booting: Promise<RunningTarget>): Promise<Failure> {
  const error = await booting.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TargetError)) throw new Error(`no TargetError, but ${String(error)}`);
  return error.failure;
}

const text = async (url: string) => (await fetch(url, { headers: { connection: 'close' } })).text();

describe('a target that starts', () => {
  test('is given a free port of five digits, answers, and is gone after stop', async () => {
    const running = await bootTarget(target(startOf('serve')), options());
    expect(running.url).toMatch(/^http:\/\/127\.0\.0\.1:\d{5}$/);
    expect(await text(running.url)).toBe('ok');
    await Promise.all([running.stop(), running.stop()]);
    await expect(text(running.url)).rejects.toThrow();
    expect(survivors(canary)).toEqual([]);
  });

  test('finds its port in PORT, in the command and in its own environment, which wins over the caller', async () => {
    const running = await bootTarget(
      target(`PORT_IN_COMMAND=\${PORT} ${startOf('environment')}`, {
        env: { URL_OF_SELF: 'http://127.0.0.1:${PORT}/x', SHADOWED: 'target' },
      }),
      options({ env: { ...process.env, CANARY: canary, SHADOWED: 'caller', INHERITED: 'yes' } }),
    );
    const seen = JSON.parse(await text(running.url)) as Record<string, string>;
    const { port } = new URL(running.url);
    expect(seen).toMatchObject({
      PORT: port,
      PORT_IN_COMMAND: port,
      URL_OF_SELF: `http://127.0.0.1:${port}/x`,
      SHADOWED: 'target',
      INHERITED: 'yes',
    });
  });

  test('tells how many files the process that listens may open, not the shell before it', async () => {
    if (process.platform !== 'linux') return;
    const running = await bootTarget(target(`ulimit -n 200 && ${startOf('serve')}; true`), options());
    expect(running.openFiles?.()).toEqual({ allowed: 200, processes: 1 });
  });

  test('sees nothing of what belongs to the action', async () => {
    const withheld = ['INPUT_GITHUB-TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'GITHUB_TOKEN', 'GITHUB_OUTPUT'].concat([
      'GITHUB_ENV',
      'GITHUB_PATH',
      'GITHUB_STATE',
      'GITHUB_STEP_SUMMARY',
    ]);
    const given = Object.fromEntries(withheld.map((name) => [name, 'TOKEN-CANARY']));
    const running = await bootTarget(
      target(startOf('environment')),
      options({
        env: { ...process.env, ...given, CANARY: canary, RUNNER_TRACKING_ID: 'r1', GITHUB_SHA: 'abc' },
      }),
    );
    const answer = await text(running.url);
    expect(answer).not.toContain('TOKEN-CANARY');
    expect(JSON.parse(answer)).toMatchObject({ RUNNER_TRACKING_ID: 'r1', GITHUB_SHA: 'abc' });
  });

  test('is ready when its path answers 2xx, not before', async () => {
    const started = performance.now();
    const running = await bootTarget(
      target(startOf('healthy-later'), { ready: { type: 'path', path: '/health', timeoutMs: 10_000 } }),
      options(),
    );
    expect(performance.now() - started).toBeGreaterThan(400);
    expect((await fetch(`${running.url}/health`)).status).toBe(204);
  });

  test('is ready when its log says so and its port is open, colours and cut lines aside', async () => {
    const running = await bootTarget(
      target(startOf('log-first'), { ready: { type: 'log', text: 'is up and', timeoutMs: 10_000 } }),
      options(),
    );
    expect(await text(running.url)).toBe('ok');
    expect(await running.logTail()).toContain('server is up and running');
  });

  test('is ready by any answer: 503 is one', async () => {
    const running = await bootTarget(target(startOf('unhealthy')), options());
    expect((await fetch(running.url)).status).toBe(503);
  });

  test('takes the port it is told to', async () => {
    const [port = 0] = await freePorts(1);
    const running = await bootTarget(target(startOf('serve')), options({ port }));
    expect(running.url).toBe(`http://127.0.0.1:${port}`);
  });

  test('writes its output to a file of bounded size whose head and tail are kept', async () => {
    const running = await bootTarget(target(startOf('flood')), options({ name: 'flood' }));
    for (let i = 0; i < 100 && !(await running.logTail()).includes('the end'); i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await running.stop();
    expect(warnings).toEqual([]);
    const file = readFileSync(path.join(folder, 'logs', 'flood.log'), 'utf8');
    expect(file.length).toBeLessThan(5 * 1024 * 1024);
    expect(file).toMatch(/^(listening on \d+\n)?x{999}\n/);
    expect(file).toMatch(/\n\[\d{8} bytes of output left out\]\n/);
    expect(file.slice(-1100)).toMatch(/x{999}\nthe end\n(listening on \d+\n)?$/);
  });
});

describe('a target that does not start', () => {
  test('exits: its code and a tail that no runner would obey', async () => {
    const found = await failure(bootTarget(target(startOf('exit', '3')), options()));
    expect(found).toMatchObject({ reason: 'start-failed', exitCode: 3 });
    expect(found.detail).toContain('exited with code 3 before it was ready');
    expect(found.log?.split('\n')).toEqual([
      ':\u200b:error:\u200b:it is broken',
      '#\u200b#[error]again',
      'caused by red',
    ]);
  });

  test('is killed: the signal', async () => {
    const found = await failure(bootTarget(target(`exec ${startOf('abort')}`), options()));
    expect(found).toMatchObject({ reason: 'start-failed', exitCode: null, signal: 'SIGKILL' });
  });

  test('is no command at all', async () => {
    const found = await failure(bootTarget(target('no-such-command-here'), options()));
    expect(found).toMatchObject({ reason: 'start-failed', exitCode: 127 });
    expect(found.log).toContain('no-such-command-here');
  });

  test('ends with 0 and leaves nothing behind: told to set target.stop', async () => {
    const found = await failure(bootTarget(target('true'), options()));
    expect(found).toMatchObject({ reason: 'start-failed', exitCode: 0 });
    expect(found.detail).toContain('target.stop');
  });

  test('has no working directory', async () => {
    const missing = path.join(folder, 'missing');
    const found = await failure(bootTarget(target('true'), options({ checkout: missing })));
    expect(found.detail).toContain(`${missing} does not exist`);
  });

  test.each([
    ['refuses connections', 'deaf', { type: 'answer', timeoutMs: 600 }, /connection refused/],
    ['answers 503', 'unhealthy', { type: 'path', path: '/health', timeoutMs: 3000 }, /\/health answered 503/],
    ['never answers', 'mute', { type: 'answer', timeoutMs: 3000 }, /was not answered within/],
    ['never logs the line', 'serve', { type: 'log', text: 'ready!', timeoutMs: 600 }, /"ready!"/],
  ] as const)('never gets ready: %s', async (_name, mode, ready, seen) => {
    const found = await failure(bootTarget(target(startOf(mode), { ready }), options()));
    expect(found.reason).toBe('not-ready');
    expect(found.detail).toContain(`was not ready within ${ready.timeoutMs / 1000} s`);
    expect(found.detail).toMatch(seen);
  });

  test('listens elsewhere: the hint names the port', async () => {
    const [port = 0] = await freePorts(1);
    const ready = { type: 'answer', timeoutMs: 3000 } as const;
    const found = await failure(bootTarget(target(startOf('elsewhere', `${port}`), { ready }), options()));
    expect(found.detail).toContain(`it listens on port ${port}, not on`);
  });

  test('listens on the PORT of its own env: the hint says what hides the one it is given', async () => {
    const [port = 0] = await freePorts(1);
    const ready = { type: 'answer', timeoutMs: 3000 } as const;
    const own = target(startOf('serve'), { ready, env: { PORT: String(port) } });
    const found = await failure(bootTarget(own, options()));
    expect(found.detail).toContain(`it listens on port ${port}, which target.env gives it as PORT`);
  });

  test('has its port taken: the process is named, nothing is started', async () => {
    const stale = createServer((_request, response) => response.end('stale'));
    await new Promise<void>((resolve) => stale.listen(0, '127.0.0.1', resolve));
    const { port } = stale.address() as AddressInfo;
    const fixed = target('touch started', {
      url: `http://127.0.0.1:${port}`,
      port: { type: 'fixed', port },
    });
    const found = await failure(bootTarget(fixed, options()));
    stale.close();
    expect(found.reason).toBe('port-in-use');
    expect(found.detail).toContain(`port ${port} was in use`);
    expect(found.detail).toContain(`process ${process.pid} `);
    expect(() => readFileSync(path.join(folder, 'started'))).toThrow();
  });

  test('finds its port taken for a moment only, by what was just stopped: it waits', async () => {
    const leaving = createServer((_request, response) => response.end('leaving'));
    await new Promise<void>((resolve) => leaving.listen(0, '127.0.0.1', resolve));
    const { port } = leaving.address() as AddressInfo;
    setTimeout(() => leaving.close(), 400);
    const url = `http://127.0.0.1:${port}`;
    const live = await bootTarget(
      target(startOf('serve'), { url, port: { type: 'fixed', port } }),
      options(),
    );
    expect(await (await fetch(url)).text()).not.toBe('leaving');
    await live.stop();
  });

  test('is cancelled while it starts', async () => {
    const booting = bootTarget(target(startOf('deaf')), options());
    setTimeout(() => cancel.abort(), 300);
    await expect(booting).rejects.toBeInstanceOf(CancelledError);
    expect(survivors(canary)).toEqual([]);
  });

  test('is cancelled before', async () => {
    cancel.abort();
    await expect(bootTarget(target('touch started'), options())).rejects.toBeInstanceOf(CancelledError);
    expect(() => readFileSync(path.join(folder, 'started'))).toThrow();
  });
});

describe('secrets', () => {
  test('reach neither the log file, nor a tail, nor an error', async () => {
    const secrets = ['s3cr3t/value', 'first line\nsecond line'];
    const start = `echo "a s3cr3t/value b"; echo "second line"; ${startOf('exit', '1')}`;
    const found = await failure(bootTarget(target(start), options({ secrets, name: 'masked' })));
    const file = readFileSync(path.join(folder, 'logs', 'masked.log'), 'utf8');
    for (const place of [file, found.log ?? '', found.detail]) {
      expect(place).toContain('***');
      expect(place).not.toMatch(/s3cr3t|second line/);
    }
  });
});
