import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Target } from '../../src/domain/config.ts';
import { CancelledError, TargetError } from '../../src/domain/errors.ts';
import { type CommandContext, runSetup } from '../../src/target/command.ts';
import { startOf, survivors, untilTrue } from './processes.ts';

let folder: string;
let canary: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'setup-test-'));
  canary = `canary-${path.basename(folder)}`;
});

afterEach(async () => {
  expect(survivors(canary)).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

function setUp(setup: string | undefined, more: Partial<CommandContext> = {}) {
  const target: Target = {
    ...(setup === undefined ? {} : { setup }),
    url: 'http://127.0.0.1:1',
    port: { type: 'fixed', port: 1 },
    env: { OF_TARGET: 'yes' },
    ready: { type: 'answer', timeoutMs: 1 },
    memory: { type: 'tree' },
  };
  return runSetup(target, {
    checkout: folder,
    env: { ...process.env, CANARY: canary, INPUT_TOKEN: 'x' },
    logDir: path.join(folder, 'logs'),
    signal: new AbortController().signal,
    secrets: ['hunter2'],
    ...more,
  });
}

test('runs in the checkout, with the environment of the target, its output in a file', async () => {
  const { log, dispose } = await setUp('echo "$OF_TARGET-$INPUT_TOKEN-hunter2-$(pwd)"');
  expect(readFileSync(log ?? '', 'utf8')).toBe(`yes--***-${folder}\n`);
  await dispose();
});

test('may open its output by name, and what it writes to both streams stays in order', async () => {
  const { log, dispose } = await setUp(
    'echo a; echo b >&2; echo c > /dev/stdout; echo d > /dev/stderr; echo e',
  );
  expect(readFileSync(log ?? '', 'utf8')).toBe('a\nb\nc\nd\ne\n');
  await dispose();
});

test('nothing to do is nothing done', async () => {
  expect((await setUp(undefined)).log).toBeNull();
  expect(existsSync(path.join(folder, 'logs'))).toBe(false);
});

test('a failure tells the code, and its last words even when they came at once', async () => {
  const error = await setUp('echo one; echo "::error::two" >&2; exit 9').catch((reason: unknown) => reason);
  if (!(error instanceof TargetError)) throw error;
  expect(error.failure).toMatchObject({ reason: 'setup-failed', exitCode: 9 });
  expect(error.failure.detail).toMatch(/^setup `.*` exited with code 9$/);
  expect(error.failure.log).toBe('one\n:\u200b:error:\u200b:two');
});

test('no such folder is a failed setup', async () => {
  const error = await setUp('true', { checkout: path.join(folder, 'none') }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ failure: { reason: 'setup-failed' } });
});

test('a cancel ends it and what it started', async () => {
  const cancel = new AbortController();
  const running = setUp(`${startOf('deaf')} & sleep 60`, { signal: cancel.signal });
  await untilTrue(() => survivors(canary).length >= 2);
  cancel.abort();
  await expect(running).rejects.toBeInstanceOf(CancelledError);
  expect(survivors(canary)).toEqual([]);
});

test('what it left running serves the target, until dispose', async () => {
  const { dispose } = await setUp(`setsid ${startOf('deaf')} & sleep 0.3`);
  expect(survivors(canary)).toHaveLength(1);
  await dispose();
  expect(survivors(canary)).toEqual([]);
});
