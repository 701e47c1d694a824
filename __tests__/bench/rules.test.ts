import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  bencherBoundary,
  iqrFence,
  mannWhitney,
  PEERS,
  relativeDifference,
} from '../../bench/decisions/peers.ts';
import { nextTrial } from '../../bench/decisions/record.ts';
import { main, ours, replayRules } from '../../bench/decisions/rules.ts';
import { formatTrial, parseTrials } from '../../bench/decisions/trial.ts';
import { trial } from './trials.ts';

describe('rules of others', () => {
  test("Mann and Whitney's p-value is exact", () => {
    // Two of C(10, 5) = 252 splits are as extreme as complete separation.
    expect(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(2 / 252, 12);
    expect(mannWhitney([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])).toBeCloseTo(2 / 252, 12);
    // U = 2: of C(5, 2) = 10 splits 1 has U 0, 1 has U 1, 2 have U 2.
    expect(mannWhitney([1, 4], [2, 3, 5])).toBeCloseTo(0.8, 12);
    expect(mannWhitney([1, 1], [1, 1])).toBe(1);
  });

  test("tachometer's interval of a relative difference", () => {
    const { low, high } = relativeDifference([10, 10.2, 9.8, 10], [12, 12.2, 11.8, 12]);
    expect((low + high) / 2).toBeCloseTo(0.2, 12);
    // Variance of each mean 0.08 / 3 / 4; t(0.975; 6) = 2.4469.
    const spread = Math.sqrt((0.08 / 12) * (1 / 100 + 144 / 10_000));
    expect((high - low) / 2).toBeCloseTo(2.4469 * spread, 4);
  });

  test('fences and boundaries need a history, and follow its spread', () => {
    expect(iqrFence([10, 11, 10])).toBeNull();
    const wavy = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 10 : 11));
    expect(iqrFence(wavy)).toBeCloseTo(0.1 + 3 * (0.1 - 1 / 11), 9);
    expect(bencherBoundary([10, 11, 10])).toBeNull();
    // t(0.99; 4) = 3.747 and SD sqrt(0.3).
    expect(bencherBoundary([10, 11, 10, 11, 10])).toBeCloseTo(10.4 + 3.747 * Math.sqrt(0.3), 2);
  });

  test.each(PEERS)('$name tells four times slower from equal', ({ alarms }) => {
    const earlier = Array.from({ length: 30 }, (_, i) => 10 + 0.2 * (i % 3));
    expect(alarms(trial('cpu50', { slower: 4 }), earlier)).toBe(true);
    expect(alarms(trial('aa', { spread: 0 }), earlier)).toBe(false);
  });
});

describe('replay', () => {
  test('ours: equal sides are proven unchanged, a quarter slower has regressed', () => {
    expect(ours(trial('aa')).comparisons.map(({ verdict }) => verdict)).toEqual(Array(4).fill('unchanged'));
    const slow = ours(trial('cpu25', { slower: 1.25 }));
    expect(slow.comparisons.find(({ metric }) => metric.name === 'p95')?.verdict).toBe('regressed');
    expect(slow.blocks).toBeLessThan(14);
  });

  test('counts alarms by kind and noise; rules on a history wait until they have one', () => {
    const trials = [
      ...Array.from({ length: 8 }, (_, seed) => trial('aa', { seed })),
      trial('cpu25', { slower: 1.25, seed: 9 }),
      trial('aa', { seed: 10, others: 0.01 }),
    ];
    const { rules, proven, wrong, covered } = replayRules(trials);
    const alarms = (name: string) => rules.find((rule) => rule.name.startsWith(name))?.alarms;
    expect(alarms('perf-baseline')?.get('aa noisy')).toEqual({ events: 0, trials: 8 });
    expect(alarms('perf-baseline')?.get('aa quiet')).toEqual({ events: 0, trials: 1 });
    expect(alarms('perf-baseline')?.get('cpu25 noisy')).toEqual({ events: 1, trials: 1 });
    expect(alarms('ratio')?.get('aa noisy')).toEqual({ events: 0, trials: 7 });
    expect(alarms('Bencher')?.get('aa noisy')).toEqual({ events: 0, trials: 3 });
    expect(proven.get('noisy')).toEqual({ events: 8, trials: 8 });
    expect(wrong.get('noisy')).toEqual({ events: 0, trials: 1 });
    expect(covered.get('noisy')?.trials).toBe(18);
  });

  test('wrongly unchanged is seen: a recording that hides the change it claims', () => {
    expect(replayRules([trial('cpu50')]).wrong.get('noisy')).toEqual({ events: 1, trials: 1 });
  });

  test('the same recording prints the same text, with every rule in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'perf-recording-'));
    const file = join(folder, 'r.ndjson');
    try {
      writeFileSync(file, `${formatTrial(trial('aa'))}\n${formatTrial(trial('memory'))}\n`);
      const text = main(['--file', file]);
      expect(text).toBe(main(['--file', file]));
      for (const { name } of PEERS) expect(text).toContain(name);
      expect(() => main(['--file', `${file}.missing`])).toThrow('there is no recording');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a recording', () => {
  test('reads what it wrote, to five digits, in lines under 6 kB', () => {
    const one = trial('errors10', { blocks: 20 });
    const line = formatTrial(one);
    expect(line.length).toBeLessThan(6000);
    const [read] = parseTrials(`${line}\n`);
    expect(read?.kind).toBe('errors10');
    expect(read?.blocks).toHaveLength(20);
    expect(read?.blocks[3]?.candidate.p95).toBeCloseTo(one.blocks[3]?.candidate.p95 ?? 0, 3);
    expect(read?.runs.candidate.p95).toHaveLength(10);
    expect(ours(read ?? one).comparisons.map(({ verdict }) => verdict)).toEqual(
      ours(one).comparisons.map(({ verdict }) => verdict),
    );
  });

  test('memory that was not measured stays unmeasured', () => {
    const one = trial('aa', { blocks: 1 });
    const blocks = one.blocks.map(({ baseline, candidate }) => ({
      baseline: { ...baseline, memory: null },
      candidate: { ...candidate, memory: null },
    }));
    expect(parseTrials(`${formatTrial({ ...one, blocks })}\n`)[0]?.blocks[0]?.baseline.memory).toBeNull();
  });

  test('a cut-off last line is left out, a broken one is named', () => {
    const line = formatTrial(trial('aa'));
    expect(parseTrials(`${line}\n${line.slice(0, 50)}`)).toHaveLength(1);
    expect(() => parseTrials(`${line}\n{"v":2}\n`)).toThrow('line 2 of the recording');
  });

  test('goes on where it stopped: the kind that is furthest behind comes next, until all are there', () => {
    expect(nextTrial([], ['noisy'])).toEqual({ kind: 'aa', noise: 'noisy' });
    const done = [...Array(60)].map(() => ({ kind: 'aa', noise: 'noisy' }) as const);
    expect(nextTrial(done.slice(0, 4), ['noisy'])?.kind).toBe('cpu25');
    expect(nextTrial(done, ['noisy'])?.kind).not.toBe('aa');
    expect(nextTrial(done, ['noisy'], ['aa'])).toBeNull();
    expect(nextTrial(done, ['noisy'], ['aa', 'cpu5'])?.kind).toBe('cpu5');
    expect(nextTrial(done, ['quiet', 'noisy'])).toEqual({ kind: 'cpu25', noise: 'noisy' });
    let all: NonNullable<ReturnType<typeof nextTrial>>[] = [];
    for (
      let next = nextTrial(all, ['quiet', 'noisy']);
      next !== null;
      next = nextTrial(all, ['quiet', 'noisy'])
    )
      all = [...all, next];
    expect(all.filter(({ noise }) => noise === 'quiet')).toHaveLength(11 * 15);
    expect(all.filter(({ noise }) => noise === 'noisy')).toHaveLength(60 + 60 + 9 * 15);
  });
});
