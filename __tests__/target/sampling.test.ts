import { describe, expect, test } from '@jest/globals';
import type { ProcessStat } from '../../src/processes/proc.ts';
import { CpuLedger } from '../../src/target/cpu-ledger.ts';
import { MemoryPeak } from '../../src/target/memory-peak.ts';

const resident = (of: Record<string, [rss: number, highest: number]>) =>
  new Map(Object.entries(of).map(([key, [rss, highest]]) => [key, { rss, highest }]));
const weights = (of: Record<string, [share: number, files?: number, program?: string]>) =>
  new Map(
    Object.entries(of).map(([key, [share, files = 0, program = 'x']]) => [key, { share, files, program }]),
  );

describe('the peak of a window', () => {
  test('is the heaviest weighing, shared pages counted once', () => {
    const peak = new MemoryPeak();
    for (const [a, b] of [
      [100, 60],
      [150, 80],
      [120, 60],
    ] as const) {
      const now = resident({ a: [a, a], b: [100, 100] });
      peak.observe(now);
      peak.account(now, weights({ a: [b], b: [40] }));
    }
    expect(peak.peak()).toEqual({ bytes: 120, source: 'pss' });
  });

  test('counts the files of one program once, of two programs each', () => {
    const peak = new MemoryPeak();
    const now = resident({ a: [100, 100], b: [100, 100], c: [100, 100] });
    peak.observe(now);
    peak.account(now, weights({ a: [10, 40, 'node'], b: [20, 45, 'node'], c: [5, 1, 'sh'] }));
    expect(peak.peak()?.bytes).toBe(10 + 20 + 45 + 5 + 1);
  });

  test('has a spike between two samples, from the high that the kernel keeps', () => {
    const peak = new MemoryPeak();
    const quiet = resident({ a: [100, 100], b: [50, 50] });
    peak.observe(quiet);
    peak.account(quiet, weights({ a: [80], b: [40] }));
    peak.observe(resident({ a: [100, 300], b: [50, 70] }));
    // 200 of a; the 20 of b need not have been at the same time.
    expect(peak.peak()).toEqual({ bytes: 120 + 200, source: 'pss' });
  });

  test('has no spike of before it was opened', () => {
    const peak = new MemoryPeak();
    const now = resident({ a: [100, 900] });
    peak.observe(now);
    peak.account(now, weights({ a: [80] }));
    peak.observe(now);
    expect(peak.peak()).toEqual({ bytes: 80, source: 'pss' });
  });

  test('of a boot has every high: all was born within it', () => {
    const peak = new MemoryPeak(true);
    const now = resident({ a: [100, 900] });
    peak.observe(now);
    peak.account(now, weights({ a: [80] }));
    expect(peak.peak()).toEqual({ bytes: 880, source: 'pss' });
  });

  test('is resident memory, and says so, where one process does not tell its share', () => {
    const peak = new MemoryPeak();
    const now = resident({ a: [100, 100], b: [50, 50] });
    peak.observe(now);
    peak.account(now, weights({ a: [80], b: [40] }));
    peak.account(now, null);
    expect(peak.peak()).toEqual({ bytes: 150, source: 'rss' });
    expect(new MemoryPeak().peak()).toBeNull();
  });
});

describe('the CPU time of a tree', () => {
  const member = (pid: number, parent: number, cpu: number, childrenCpu = 0, started = 1): ProcessStat => ({
    pid,
    parent,
    cpu,
    childrenCpu,
    started,
    name: 'x',
    state: 'S',
    group: 1,
  });
  const ledger = (...updates: ProcessStat[][]) => {
    const kept = new CpuLedger();
    for (const update of updates) kept.update(update);
    return kept.seconds;
  };

  test('an ended child is counted once, by its parent', () => {
    expect(ledger([member(1, 0, 1), member(2, 1, 5)], [member(1, 0, 1, 6)])).toBe(7);
  });

  test('a child that came and went between two updates is in its parent', () => {
    expect(ledger([member(1, 0, 1)], [member(1, 0, 1, 3)])).toBe(4);
  });

  test('a daemon, and the command itself, are not forgotten', () => {
    expect(ledger([member(1, 0, 1), member(7, 999, 5)], [member(8, 999, 1)])).toBe(7);
  });

  test('a pid that is used again is another process', () => {
    expect(ledger([member(1, 0, 1), member(2, 999, 5)], [member(1, 0, 1), member(2, 999, 1, 0, 9)])).toBe(7);
  });

  test('never goes back', () => {
    expect(ledger([member(1, 0, 1), member(2, 1, 5)], [member(1, 0, 1, 0)])).toBe(6);
  });
});
