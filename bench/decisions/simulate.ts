import { comparePaired } from '../../src/compare/paired.ts';
import { compareStored } from '../../src/compare/stored.ts';
import type { Criterion } from '../../src/domain/criterion.ts';
import type { Comparison } from '../../src/domain/verdict.ts';
import { clopperPearson } from '../../src/stats/proportion.ts';
import { createRandom } from '../../src/stats/random.ts';
import { type Effect, job, type Machine, machines, measured, NO_EFFECT } from './machines.ts';

const BLOCKS = 20;

const relative = (metric: string, change: number): Criterion => ({
  metric,
  fail: { all: [{ type: 'relative', change }], text: `${change}` },
});

/** The defaults, with another limit on p95 and throughput where told. */
function criteria(limit = 0.2): { name: string; criteria: Criterion[]; limits: [] }[] {
  const rps = limit === 0.2 ? -0.15 : 1 / (1 + limit) - 1;
  const errors: Criterion = {
    metric: 'error-rate',
    fail: { all: [{ type: 'points', change: 0.05 }], text: '+5pp' },
  };
  const all = [relative('p95', limit), relative('rps', rps), relative('memory', 0.3), errors];
  return ['browse', 'write'].map((name) => ({ name, criteria: all, limits: [] }));
}

/** What a rule said of many jobs with one true effect. Jobs where a row wrongly or rightly regressed, and rows by metric. */
type Tally = {
  jobs: number;
  alarms: number;
  allUnchanged: number;
  covered: number;
  rows: number;
  blocks: number;
  /** Sum of squares of the true blocks' log-ratios of p95, and their number. */
  ratios: { squares: number; count: number };
  speeds: Record<'p95' | 'rps', Record<string, number>>;
};

const emptyTally = (): Tally => ({
  jobs: 0,
  alarms: 0,
  allUnchanged: 0,
  covered: 0,
  rows: 0,
  blocks: 0,
  ratios: { squares: 0, count: 0 },
  speeds: { p95: {}, rps: {} },
});

function count(tally: Tally, comparisons: readonly Comparison[], slower: number): void {
  tally.jobs += 1;
  if (comparisons.some(({ verdict }) => verdict === 'regressed')) tally.alarms += 1;
  if (comparisons.every(({ verdict }) => verdict === 'unchanged')) tally.allUnchanged += 1;
  tally.blocks += Math.max(...comparisons.map(({ n }) => n.candidate));
  for (const { metric, verdict, change } of comparisons) {
    if (metric.name !== 'p95' && metric.name !== 'rps') continue;
    const truth = metric.name === 'p95' ? slower - 1 : 1 / slower - 1;
    tally.rows += 1;
    if (change && change.low <= truth && truth <= change.high) tally.covered += 1;
    const speeds = tally.speeds[metric.name];
    speeds[verdict] = (speeds[verdict] ?? 0) + 1;
  }
}

type Side = ReturnType<typeof measured>;

const p95Of = ({ total }: Side['scenarios'][number]['outcome']['rounds'][number]): number => {
  const { latency } = total.distributions;
  return latency?.type === 'quantiles' ? (latency.points[0]?.[1] ?? 0) : 0;
};

function countRatios(tally: Tally, baseline: Side, candidate: Side, slower: number): void {
  const before = baseline.scenarios.flatMap(({ outcome }) => outcome.rounds.map(p95Of));
  const now = candidate.scenarios.flatMap(({ outcome }) => outcome.rounds.map(p95Of));
  now.forEach((value, i) => {
    tally.ratios.squares += Math.log(value / (before[i] ?? value) / slower) ** 2;
    tally.ratios.count += 1;
  });
}

/** What the paired rule says of that many simulated jobs with one true effect. */
export function simulatePaired(
  machine: Machine,
  effect: Effect,
  jobs: number,
  seed: number,
  limit = 0.2,
): Tally {
  const random = createRandom(seed);
  const asked = criteria(limit);
  const tally = emptyTally();
  for (let i = 0; i < jobs; i++) {
    const at = job(machine, BLOCKS, random);
    const baseline = measured(machine, at, NO_EFFECT, random, 'baseline');
    const candidate = measured(machine, at, effect, random, 'candidate');
    countRatios(tally, baseline, candidate, effect.slower);
    count(tally, comparePaired({ baseline, candidate, criteria: asked }), effect.slower);
  }
  return tally;
}

function simulateStored(machine: Machine, effect: Effect, runs: number, jobs: number, seed: number): Tally {
  const random = createRandom(seed);
  const asked = criteria();
  const tally = emptyTally();
  for (let i = 0; i < jobs; i++) {
    const window = Array.from({ length: runs }, (_, k) =>
      measured(machine, job(machine, 5, random), NO_EFFECT, random, `run ${k}`),
    );
    const candidate = measured(machine, job(machine, 5, random), effect, random, 'candidate');
    const [baseline] = window;
    if (baseline)
      count(tally, compareStored({ baseline, window, candidate, criteria: asked }), effect.slower);
  }
  return tally;
}

/** One run against one run of another job, +20% on p95: what most tools do. Alarms by job. */
export function simulateNaive(machine: Machine, effect: Effect, jobs: number, seed: number): Tally {
  const random = createRandom(seed);
  const tally = emptyTally();
  const meanOf = (side: Side): number[] =>
    side.scenarios.map(({ outcome }) => {
      const values = outcome.rounds.map(p95Of);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  for (let i = 0; i < jobs; i++) {
    const [before, now] = [NO_EFFECT, effect].map((slowness, side) =>
      meanOf(measured(machine, job(machine, 5, random), slowness, random, `${side}`)),
    );
    tally.jobs += 1;
    if (now?.some((value, k) => value > 1.2 * (before?.[k] ?? 0))) tally.alarms += 1;
  }
  return tally;
}

function share(events: number, trials: number): string {
  const { center, low, high } = clopperPearson({ events, trials }, 0.95);
  const percent = (value: number): string => `${(value * 100).toFixed(value > 0.1 ? 1 : 2)}%`;
  return `${percent(center)} (${events}/${trials}, ${percent(low)} to ${percent(high)})`;
}

const slowed = (slower: number): Effect => ({ ...NO_EFFECT, slower });
const rowsOf = (speed: Record<string, number>): number => Object.values(speed).reduce((sum, n) => sum + n, 0);
const verdictShare = (tally: Tally, metric: 'p95' | 'rps', verdict: string): string =>
  share(tally.speeds[metric][verdict] ?? 0, rowsOf(tally.speeds[metric]));

/**
 * Prints the simulated error rates and powers of the paired and the stored rule, at the default limits and two scenarios
 * with four gating metrics each. Arguments: jobs per line (600), seed (1). The same arguments print the same text.
 */
export function main(args: readonly string[]): string {
  const jobs = Number(args[0] ?? 600);
  const seed = Number(args[1] ?? 1);
  if (!(Number.isInteger(jobs) && jobs > 0 && Number.isInteger(seed)))
    throw new Error(`expected a number of jobs and a seed, got ${args.join(' ')}`);
  const lines = [
    `Paired rule, limit +20% on p95 and -15% on rps, ${BLOCKS} blocks at most, ${jobs} jobs a line; 95% bounds by Clopper and Pearson.`,
    '',
    '| machine | block SD of p95 | A/A: false alarms, whole job | A/A: all 8 unchanged | +25%: p95 regressed | +25%: rps regressed | +20% (the limit): p95 called unchanged | interval covers the truth | mean blocks, A/A |',
    '|---|---|---|---|---|---|---|---|---|',
  ];
  for (const machine of machines) {
    const same = simulatePaired(machine, NO_EFFECT, jobs, seed);
    const slow = simulatePaired(machine, slowed(1.25), jobs, seed + 1);
    const atLimit = simulatePaired(machine, slowed(1.2), jobs, seed + 2);
    const covered = share(
      same.covered + slow.covered + atLimit.covered,
      same.rows + slow.rows + atLimit.rows,
    );
    lines.push(
      `| ${machine.name} | ${(Math.sqrt(same.ratios.squares / same.ratios.count) * 100).toFixed(1)}% | ${share(same.alarms, jobs)} | ${share(same.allUnchanged, jobs)} | ${verdictShare(slow, 'p95', 'regressed')} | ${verdictShare(slow, 'rps', 'regressed')} | ${verdictShare(atLimit, 'p95', 'unchanged')} | ${covered} | ${(same.blocks / jobs).toFixed(1)} |`,
    );
  }
  lines.push('');
  for (const machine of machines.filter(({ name }) => name.startsWith('hosted'))) {
    const tight = simulatePaired(machine, slowed(1.1), jobs, seed + 3, 0.05);
    lines.push(
      `A 5% limit at +10%, ${machine.name}: p95 regressed in ${verdictShare(tight, 'p95', 'regressed')}.`,
    );
  }
  lines.push('');
  lines.push(
    'Stored rule without an anchor, five blocks a run, against one run a job and +20%:',
    '',
    '| machine | baselines | false alarms, whole job | +25%: p95 regressed | twice as slow: p95 regressed | six times: p95 regressed | naive: false alarms |',
    '|---|---|---|---|---|---|---|',
  );
  for (const machine of machines.filter(({ bursts }) => bursts.hit === 'both'))
    for (const runs of [1, 5, 20]) {
      const stored = (effect: Effect, offset: number) =>
        simulateStored(machine, effect, runs, jobs, seed + offset);
      const [same, slow, twice, six] = [
        stored(NO_EFFECT, 10),
        stored(slowed(1.25), 11),
        stored(slowed(2), 12),
        stored(slowed(6), 13),
      ];
      const naive = runs === 1 ? share(simulateNaive(machine, NO_EFFECT, jobs, seed + 14).alarms, jobs) : '';
      lines.push(
        `| ${machine.name} | ${runs} | ${share(same.alarms, jobs)} | ${verdictShare(slow, 'p95', 'regressed')} | ${verdictShare(twice, 'p95', 'regressed')} | ${verdictShare(six, 'p95', 'regressed')} | ${naive} |`,
      );
    }
  return lines.join('\n');
}
