import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Target } from '../../src/domain/config.ts';
import { bootTarget } from '../../src/target/boot.ts';
import { stopAllTargets } from '../../src/target/stop.ts';
import { ask, startOf } from './processes.ts';

const MB = 1024 * 1024;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'resources-test-'));
});

afterEach(async () => {
  await stopAllTargets();
  await rm(folder, { recursive: true, force: true });
});

let boots = 0;
function boot(start: string | undefined, more: Partial<Target> = {}) {
  boots += 1;
  const target: Target = {
    ...(start === undefined ? {} : { start }),
    url: 'http://127.0.0.1:${PORT}',
    port: { type: 'free' },
    env: {},
    ready: { type: 'answer', timeoutMs: 10_000 },
    memory: { type: 'tree' },
    ...more,
  };
  return bootTarget(target, {
    checkout: folder,
    env: process.env,
    logDir: folder,
    signal: new AbortController().signal,
    secrets: [],
    name: `target-${boots}`,
  });
}

/** Peak over boot and one window, the way a run takes it, while a child holds so many MB; or until a while before its end. */
async function peakOf(megabytes: number, isSpike = false): Promise<number> {
  const running = await boot(startOf('hold', String(megabytes)));
  const window = running.openWindow();
  await ask(running, '/hold');
  if (isSpike) {
    await sleep(600);
    await ask(running, '/drop');
  }
  const figures = await window.close();
  await running.stop();
  expect(figures.memory?.source).toBe('pss');
  return Math.max(figures.memory?.peak ?? 0, running.boot.memory?.peak ?? 0);
}

describe('memory of the process tree', () => {
  test('200 MB held by a child are found, within 10%', async () => {
    const without = await peakOf(0);
    const held = (await peakOf(200)) - without;
    expect(held).toBeGreaterThan(180 * MB);
    expect(held).toBeLessThan(220 * MB);
  });

  test('a spike of a child that is gone before the window closes is found too', async () => {
    const without = await peakOf(0, true);
    const held = (await peakOf(200, true)) - without;
    expect(held).toBeGreaterThan(170 * MB);
    expect(held).toBeLessThan(230 * MB);
  });

  test('belongs to its window: what a later window did not see is not in it', async () => {
    const running = await boot(startOf('hold', '200'));
    const first = running.openWindow();
    await ask(running, '/hold');
    await sleep(600);
    await ask(running, '/drop');
    const before = Math.max((await first.close()).memory?.peak ?? 0, running.boot.memory?.peak ?? 0);
    const later = running.openWindow();
    await sleep(300);
    const after = (await later.close()).memory?.peak ?? 0;
    expect(before - after).toBeGreaterThan(170 * MB);
  });

  test('windows may overlap', async () => {
    const running = await boot(startOf('hold', '200'));
    const [long, short] = [running.openWindow(), running.openWindow()];
    const before = (await short.close()).memory?.peak ?? 0;
    await ask(running, '/hold');
    expect(((await long.close()).memory?.peak ?? 0) - before).toBeGreaterThan(170 * MB);
  });

  test('a window that is open when the target ends keeps what it saw', async () => {
    const running = await boot(startOf('die-later'));
    const window = running.openWindow();
    await ask(running, '/end');
    await running.death;
    expect((await window.close()).memory?.peak).toBeGreaterThan(10 * MB);
  });

  test('of the process that a pid file names', async () => {
    const pidFile = { memory: { type: 'pid-file', path: 'service.pid' } } as const;
    const running = await boot(`cd / && ${startOf('pid-file', path.join(folder, 'service.pid'))}`, pidFile);
    expect(running.boot.memory?.source).toBe('pid-file');
    const window = running.openWindow();
    const { memory, cpu } = await window.close();
    expect(memory?.source).toBe('pid-file');
    expect(memory?.peak).toBeGreaterThan(10 * MB);
    expect(cpu?.seconds).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ['missing', null, /cannot be read \(ENOENT\)/],
    ['nonsense', 'soon', /does not hold a process id/],
    ['of a process that is gone', '4194399', /names process 4194399, which does not run/],
  ])('a pid file that is %s: not measured, and why', async (_name, content, reason) => {
    if (content !== null) await writeFile(path.join(folder, 'x.pid'), content);
    const running = await boot(startOf('serve'), { memory: { type: 'pid-file', path: 'x.pid' } });
    const figures = await running.openWindow().close();
    expect(figures.memory).toBeUndefined();
    expect(figures.unmeasured).toMatch(reason);
  });
});

describe('CPU of the process tree', () => {
  test('counts children that ended within the window', async () => {
    const running = await boot(startOf('burn', '400'));
    const window = running.openWindow();
    for (let i = 0; i < 2; i++) await (await fetch(running.url)).text();
    const { cpu } = await window.close();
    expect(cpu?.source).toBe('proc');
    // 0.8 s on purpose, and the start of two Node processes.
    expect(cpu?.seconds).toBeGreaterThan(0.75);
    expect(cpu?.seconds).toBeLessThan(1.6);
  });

  test('an idle target uses next to none', async () => {
    const running = await boot(startOf('serve'));
    await sleep(200);
    const window = running.openWindow();
    await sleep(500);
    expect((await window.close()).cpu?.seconds).toBeLessThan(0.15);
  });
});
