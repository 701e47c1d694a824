import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import type { Driver } from '../../src/domain/driver.ts';
import { startAnchor } from '../../src/measure/anchor.ts';
import { tally } from './fakes.ts';

let folder: string;
let server: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anchor-'));
  server = join(folder, 'anchor-server.mjs');
  const entry = fileURLToPath(new URL('../../src/measure/anchor-server.ts', import.meta.url));
  buildSync({ entryPoints: [entry], outfile: server, bundle: true, platform: 'node', format: 'esm' });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const driver = (run: () => void): Driver => ({
  type: 'http',
  interleave: 'slice',
  metrics: () => [],
  open: async () => ({
    run: async () => {
      run();
      return {
        startedAt: '',
        total: tally(1, 1, 1),
        parts: [],
        generator: { cpu: 0, limited: false },
      };
    },
    close: async () => {},
  }),
});

/** Processes that run the anchor of this test. */
function running(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(server);
      } catch {
        return false;
      }
    });
}

async function gone(): Promise<boolean> {
  for (let tries = 0; tries < 100 && running().length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return running().length === 0;
}

test('answers until it is closed', async () => {
  const anchor = await startAnchor(server, () => driver(() => {}), 5000, new AbortController().signal);
  expect((await fetch(anchor.side.url)).status).toBe(200);
  await anchor.close();
  expect(await gone()).toBe(true);
});

test('a cancel before it answers leaves no server', async () => {
  const cancel = new AbortController();
  const started = startAnchor(server, () => driver(() => {}), 5000, cancel.signal);
  cancel.abort(new Error('cancelled'));
  await expect(started).rejects.toThrow();
  expect(await gone()).toBe(true);
});

test('a warm-up that fails leaves no server', async () => {
  const broken = driver(() => {
    throw new Error('it broke');
  });
  await expect(startAnchor(server, () => broken, 5000, new AbortController().signal)).rejects.toThrow(
    'it broke',
  );
  expect(await gone()).toBe(true);
});
