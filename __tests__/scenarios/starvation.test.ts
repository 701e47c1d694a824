import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'starvation-'));
  await build({
    stdin: {
      contents: `import { Starvation } from './src/scenarios/starvation.ts';
        const meter = new Starvation(10);
        const timer = setInterval(() => meter.tick(), 10);
        if (process.argv[2] === 'busy') setInterval(() => { const end = performance.now() + 9; while (performance.now() < end); }, 0);
        setTimeout(() => { clearInterval(timer); process.send(meter.end(), () => process.exit()); }, 1500);
        process.send('started');`,
      resolveDir: process.cwd(),
    },
    outfile: join(folder, 'meter.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a process measured of itself in 1.5 s, stopped for `stoppedMs` of them. */
async function measured(kind: 'idle' | 'busy', stoppedMs = 0): Promise<{ cpu: number; starved: number }> {
  const child = fork(join(folder, 'meter.mjs'), [kind], { execArgv: [] });
  const said = new Promise<{ cpu: number; starved: number }>((resolve) => {
    child.on('message', (message) => {
      if (message !== 'started') resolve(message as { cpu: number; starved: number });
    });
  });
  await new Promise((resolve) => child.once('message', resolve));
  if (stoppedMs > 0) {
    await delay(200);
    child.kill('SIGSTOP');
    await delay(stoppedMs);
    child.kill('SIGCONT');
  }
  return said;
}

test.each(['idle', 'busy'] as const)(
  'an %s process that is stopped half of the time says so',
  async (kind) => {
    const [peace, stopped] = [await measured(kind), await measured(kind, 1200)];
    expect(stopped.starved).toBeGreaterThan(0.5);
    expect(stopped.starved).toBeLessThanOrEqual(1);
    expect(stopped.cpu).toBeLessThan(0.6);
    expect(peace.starved).toBeGreaterThanOrEqual(0);
    expect(peace.starved).toBeLessThan(stopped.starved + 0.2);
  },
);
