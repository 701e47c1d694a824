import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RunningTarget } from '../../src/domain/driver.ts';
import { toRound } from '../../src/measure/round.ts';
import { listenerPids } from '../../src/processes/proc.ts';
import { bootTarget } from '../../src/target/boot.ts';
import { stopAllTargets } from '../../src/target/stop.ts';
import { startOf } from './processes.ts';

let folder: string;
let target: RunningTarget;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'halts-test-'));
  target = await bootTarget(
    {
      start: startOf('hold', '0'),
      url: 'http://127.0.0.1:${PORT}',
      port: { type: 'free' },
      env: {},
      ready: { type: 'answer', timeoutMs: 20_000 },
      memory: { type: 'tree' },
    },
    { checkout: folder, env: process.env, logDir: folder, signal: new AbortController().signal, secrets: [] },
  );
});
afterEach(async () => {
  await stopAllTargets();
  await rm(folder, { recursive: true, force: true });
});

async function figures(during: () => Promise<unknown>) {
  const window = target.openWindow();
  await sleep(300);
  await during();
  await sleep(300);
  return await window.close();
}

test('a target that is stopped and continued is seen, and its round says nothing', async () => {
  const pid = listenerPids(Number(new URL(target.url).port))[0] ?? 0;
  expect(await figures(() => sleep(500))).not.toHaveProperty('halted');
  const halted = await figures(async () => {
    process.kill(pid, 'SIGSTOP');
    await sleep(500);
    process.kill(pid, 'SIGCONT');
  });
  expect(halted).toMatchObject({ halted: true });
  const round = toRound([], [], halted, 0);
  expect(round.invalid).toMatch(/was stopped for a while/);
  expect(round.resources).not.toHaveProperty('halted');
  expect(await figures(() => sleep(500))).not.toHaveProperty('halted');
});
