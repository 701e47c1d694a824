import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { git } from '../../src/target/git.ts';
import { processesWith } from '../harness/runner/processes.ts';
import { untilTrue } from './processes.ts';

let folder: string;
let server: Server;
let asked: Promise<void>;
const MARK = { GIT_TEST_MARK: `${process.pid}-${Math.random()}` };
const running = () => processesWith('GIT_TEST_MARK', MARK.GIT_TEST_MARK);

/** A repository, and a remote that takes a request and never answers it. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'git-'));
  execFileSync('git', ['init', '--quiet', folder]);
  let heard: () => void = () => {};
  asked = new Promise((resolve) => {
    heard = resolve;
  });
  server = createServer(() => heard());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const fetching = (limits: { timeoutMs?: number; signal?: AbortSignal }) =>
  git(['fetch', `http://127.0.0.1:${(server.address() as AddressInfo).port}/o/r`, 'main'], {
    cwd: folder,
    env: MARK,
    ...limits,
  });

test('a fetch that gets no answer ends at its limit, with all its processes', async () => {
  const ended = await fetching({ timeoutMs: 1_500 });
  expect(ended).toEqual({ ok: false, code: null, message: 'git fetch took longer than 1.5 s' });
  await untilTrue(() => running().length === 0);
});

test('a cancelled one leaves nothing either', async () => {
  const controller = new AbortController();
  const ended = fetching({ signal: controller.signal });
  await asked;
  expect(running().length).toBeGreaterThan(1);
  controller.abort();
  await expect(ended).rejects.toThrow('cancelled');
  await untilTrue(() => running().length === 0);
});

test('what git says of a failure is told, without its exit code for a git that cannot be run', async () => {
  const unknown = await git(['rev-parse', '--verify', 'nowhere'], { cwd: folder });
  expect(unknown).toMatchObject({ ok: false, code: 128, message: expect.stringMatching(/fatal: /) });
  const missing = await git(['status'], { cwd: folder, env: { PATH: '/nowhere' } });
  expect(missing).toMatchObject({ ok: false, code: null, message: expect.stringMatching(/ENOENT/) });
});
