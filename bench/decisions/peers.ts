import { mean, quantileSorted, sampleVariance } from 'simple-statistics';
import { studentUpperQuantile } from '../../src/stats/student.ts';
import type { Trial } from './trial.ts';

/*
 * How other tools would have decided a trial, on p95. Each rule follows the tool's documentation or source; what it is
 * given is what it would have measured: a whole run, ten rounds of each side, or what earlier jobs stored.
 */

/** What earlier trials had stored of the untouched service: p95 of their whole runs in ms, oldest first. */
export type Earlier = readonly number[];

/** True when the rule reports a regression; null where it has too little to go by. */
export type PeerRule = {
  name: string;
  load: 'runs' | 'blocks' | 'stored';
  alarms(trial: Trial, earlier: Earlier): boolean | null;
};

const LIMIT = 0.2;

/** Two-sided p-value of Mann and Whitney's U, exact: the ways to split the pooled ranks. Ties count half, as benchstat does. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const [n, m] = [a.length, b.length];
  let u = 0;
  for (const x of a) for (const y of b) u += y > x ? 1 : y === x ? 0.5 : 0;
  // ways[i][k]: splits of i + j values with U = k, built up one value at a time (Mann & Whitney 1947).
  let ways: number[][] = Array.from({ length: n + 1 }, () => [1]);
  for (let j = 1; j <= m; j += 1) {
    const next: number[][] = [[1]];
    for (let i = 1; i <= n; i += 1) {
      const row = new Array<number>(i * j + 1).fill(0);
      (next[i - 1] ?? []).forEach((count, k) => {
        row[k + j] = (row[k + j] ?? 0) + count;
      });
      (ways[i] ?? []).forEach((count, k) => {
        row[k] = (row[k] ?? 0) + count;
      });
      next.push(row);
    }
    ways = next;
  }
  const counts = ways[n] ?? [1];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const least = Math.min(u, n * m - u);
  let tail = 0;
  for (let k = 0; k <= Math.floor(least); k += 1) tail += counts[k] ?? 0;
  return Math.min(1, (2 * tail) / total);
}

function median(values: readonly number[]): number {
  return quantileSorted(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** Tachometer's 95% interval of (b - a) / a, from the means of two samples and their variances (its stats.ts). */
export function relativeDifference(
  a: readonly number[],
  b: readonly number[],
): { low: number; high: number } {
  const [ma, mb] = [mean(a as number[]), mean(b as number[])];
  const variance = (values: readonly number[]): number => sampleVariance(values as number[]) / values.length;
  const spread = variance(b) / ma ** 2 + (mb ** 2 * variance(a)) / ma ** 4;
  const half = studentUpperQuantile(0.025, a.length + b.length - 2) * Math.sqrt(spread);
  const center = (mb - ma) / ma;
  return { low: center - half, high: center + half };
}

/** Q3 + 3 IQR of the sizes of past changes: what rustc-perf calls significant. Null below ten of them. */
export function iqrFence(earlier: Earlier): number | null {
  const changes = earlier.slice(1).map((value, i) => Math.abs(value / (earlier[i] ?? value) - 1));
  if (changes.length < 10) return null;
  const sorted = changes.slice(-100).sort((a, b) => a - b);
  const [q1, q3] = [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.75)];
  return q3 + 3 * (q3 - q1);
}

/** Bencher's upper boundary at 0.99: mean + t * SD of the last 20 runs. Null below five. */
export function bencherBoundary(earlier: Earlier): number | null {
  const last = earlier.slice(-20);
  if (last.length < 5) return null;
  return mean(last) + studentUpperQuantile(0.01, last.length - 1) * Math.sqrt(sampleVariance(last));
}

const p95s = (trial: Trial, side: 'baseline' | 'candidate'): number[] =>
  trial.blocks.map((block) => block[side].p95);
const runsOf = ({ runs }: Trial): [number, number] => [runs.baseline.whole.p95, runs.candidate.whole.p95];

export const PEERS: readonly PeerRule[] = [
  {
    name: 'one run against one run in the same job, p95 +20%',
    load: 'runs',
    alarms: (trial) => {
      const [before, now] = runsOf(trial);
      return now > (1 + LIMIT) * before;
    },
  },
  {
    name: "one run against the last job's, p95 +20%",
    load: 'stored',
    alarms: (trial, earlier) => {
      const last = earlier.at(-1);
      return last === undefined ? null : runsOf(trial)[1] > (1 + LIMIT) * last;
    },
  },
  {
    name: 'ratio of 200% to the last point',
    load: 'stored',
    alarms: (trial, earlier) => {
      const last = earlier.at(-1);
      return last === undefined ? null : runsOf(trial)[1] > 2 * last;
    },
  },
  {
    name: 'Bencher, t test at 0.99, 20 runs',
    load: 'stored',
    alarms: (trial, earlier) => {
      const boundary = bencherBoundary(earlier);
      return boundary === null ? null : runsOf(trial)[1] > boundary;
    },
  },
  {
    name: 'benchstat, 10 + 10 one after the other, p < 0.05',
    load: 'runs',
    alarms: ({ runs: { baseline, candidate } }) =>
      mannWhitney(baseline.p95, candidate.p95) < 0.05 && median(candidate.p95) > median(baseline.p95),
  },
  {
    name: 'the same, and by more than 20%',
    load: 'runs',
    alarms: ({ runs: { baseline, candidate } }) =>
      mannWhitney(baseline.p95, candidate.p95) < 0.05 &&
      median(candidate.p95) > (1 + LIMIT) * median(baseline.p95),
  },
  {
    name: 'benchstat on our interleaved blocks, p < 0.05',
    load: 'blocks',
    alarms: (trial) => {
      const [before, now] = [p95s(trial, 'baseline'), p95s(trial, 'candidate')];
      return mannWhitney(before, now) < 0.05 && median(now) > median(before);
    },
  },
  {
    name: 'tachometer on our blocks, 0% condition',
    load: 'blocks',
    alarms: (trial) => relativeDifference(p95s(trial, 'baseline'), p95s(trial, 'candidate')).low > 0,
  },
  {
    name: 'tachometer on our blocks, 20% condition',
    load: 'blocks',
    alarms: (trial) => relativeDifference(p95s(trial, 'baseline'), p95s(trial, 'candidate')).low > LIMIT,
  },
  {
    name: 'rustc-perf, IQR fence',
    load: 'stored',
    alarms: (trial, earlier) => {
      const fence = iqrFence(earlier);
      const last = earlier.at(-1);
      return fence === null || last === undefined ? null : runsOf(trial)[1] / last - 1 > fence;
    },
  },
];
