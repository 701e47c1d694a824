import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkout, cleanUp, isRunning, measure, median, scenarioOf, side } from './bench.ts';

afterAll(cleanUp);

describe('a command', () => {
  const command = (text: string, more = {}) =>
    scenarioOf({ type: 'command', command: text, env: {}, ...more });

  test('has wall time, CPU time and peak memory as a whole', async () => {
    const script =
      'const end = Date.now() + 60; while (Date.now() < end); const b = Buffer.alloc(6e7, 1); setTimeout(() => b, 300)';
    const scenario = command(`node -e "${script}"`);
    const { parts, tallies } = await measure(scenario, side(checkout({})), { durationMs: 700 });
    const tally = tallies[0]?.total;
    expect(parts).toEqual([]);
    expect(median(tally)).toBeGreaterThan(355e6);
    expect(tally?.values['cpu-time']).toBeGreaterThan(30e6);
    expect(tally?.values['cpu-time']).toBeLessThan(median(tally) * 2);
    expect(tally?.values.memory).toBeGreaterThan(90e6);
    expect(tally?.values.memory).toBeLessThan(250e6);
    expect(tallies[0]?.unmeasured).toBeUndefined();
  });

  test('one that ends before its memory could be looked at often has none, and says why; nor a CPU time where it hardly works', async () => {
    // A busy machine may let it live long enough, but not every time.
    const told: string[] = [];
    for (let tries = 0; tries < 8 && told.length === 0; tries += 1) {
      const { tallies } = await measure(command('sleep 0.01'), side(checkout({})), { durationMs: 150 });
      const [{ total, unmeasured = '' } = { total: undefined }] = tallies;
      expect(total?.values.memory === undefined || !/its memory/.test(unmeasured)).toBe(true);
      if (/its memory/.test(unmeasured) && total?.values['cpu-time'] === undefined) told.push(unmeasured);
    }
    expect(told[0]).toMatch(
      /^its memory could be looked at (once|\d times) only before it ended, .*; its CPU time less that of its shell is too little/,
    );
  });

  test('the CPU time of a short one is that of the command, as its time is', async () => {
    const work = 'i=0; while [ $i -lt 10000 ]; do i=$((i+1)); done';
    const { tallies } = await measure(command(work), side(checkout({})), { durationMs: 1500 });
    const cpu = tallies[0]?.total.values['cpu-time'] ?? Number.NaN;
    expect(cpu).toBeGreaterThan(0);
    expect(cpu).toBeLessThan(2 * median(tallies[0]?.total));
  });

  test('the time of a run is that of the command, not of its shell', async () => {
    const { tallies } = await measure(command('sleep 0.5'), side(checkout({})), { durationMs: 2000 });
    expect(median(tallies[0]?.total)).toBeGreaterThan(475e6);
    expect(median(tallies[0]?.total)).toBeLessThan(650e6);
  });

  test('one that fails has its exit code and the end of its output', async () => {
    const { tallies, log } = await measure(
      command('echo so far; echo broken >&2; exit 3'),
      side(checkout({})),
    );
    expect(tallies[0]?.invalid).toBe(
      'fails: the command exited with code 3; a benchmark must exit with code 0',
    );
    expect(tallies[0]?.total).toMatchObject({ distributions: {}, values: {} });
    expect(log).toContain('so far');
    expect(log).toContain('broken');
  });

  test('one that hangs is killed with all that it started', async () => {
    const folder = checkout({});
    const scenario = { ...command('sleep 60 & echo $! > pid; wait'), timeoutMs: 300 };
    const { tallies } = await measure(scenario, side(folder));
    expect(tallies[0]?.invalid).toMatch(/^hangs: no run of the command ended within 0.3 s/);
    await sleep(100);
    expect(isRunning(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
  });

  test.each([[':'], ['true'], ['/bin/true']])(
    'one that does nothing is mostly its shell, every time: %s',
    async (text) => {
      for (let round = 0; round < 3; round += 1) {
        const { tallies } = await measure(command(text), side(checkout({})), { durationMs: 300 });
        expect(tallies[0]?.invalid).toMatch(/^too fast for the clock: .*less than 2 times the/);
      }
    },
  );

  test('secrets reach it by its environment', async () => {
    const scenario = command('test "$TOKEN" = abc && sleep 0.05', { env: { TOKEN: 'abc' } });
    const { tallies } = await measure(scenario, side(checkout({})));
    expect(tallies[0]?.invalid).toBeUndefined();
  });
});
