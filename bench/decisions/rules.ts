import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { comparePaired } from '../../src/compare/paired.ts';
import { effectiveCriteria } from '../../src/config/defaults.ts';
import type { Comparison } from '../../src/domain/verdict.ts';
import { clopperPearson } from '../../src/stats/proportion.ts';
import { PEERS } from './peers.ts';
import {
  EFFECTS,
  KINDS,
  type Kind,
  NOISY_FROM,
  type Noise,
  noiseOf,
  parseTrials,
  sideOf,
  type Trial,
} from './trial.ts';

/** What this tool's paired rule makes of a trial, looks and all. */
export type Ours = {
  comparisons: Comparison[];
  /** Blocks it needed; the rest of the trial was recorded for the other rules. */
  blocks: number;
};

export function ours(trial: Trial): Ours {
  const [baseline, candidate] = [sideOf(trial, 'baseline'), sideOf(trial, 'candidate')];
  const criteria = effectiveCriteria(candidate.scenarios[0]?.metrics ?? [], [], []);
  const comparisons = comparePaired({
    baseline,
    candidate,
    criteria: [{ name: 'service', criteria, limits: [] }],
    looks: trial.looks,
  });
  return { comparisons, blocks: Math.max(0, ...comparisons.map(({ n }) => n.candidate)) };
}

/** Events among trials, of those that could be decided. */
export type Count = { events: number; trials: number };

/** Alarms of one rule by kind and noise. */
export type RuleTable = { name: string; alarms: Map<string, Count> };

export type Replayed = {
  rules: RuleTable[];
  /** Of ours on p95 and throughput: wrongly unchanged at a true effect of a limit or more; inconclusive; covered. */
  wrong: Map<Noise, Count>;
  open: Map<string, Count>;
  covered: Map<Noise, Count>;
  proven: Map<Noise, Count>;
  /** Logarithms of candidate / baseline by kind and noise, the mean over each trial's blocks. */
  changes: Map<string, { p95: number[]; rps: number[] }>;
  /** Logarithms of candidate / baseline of p95, block by block, of equal sides. */
  ratios: Map<Noise, number[]>;
  /** The same of two whole runs, one after the other, whatever the noise. */
  wholeRatios: number[];
  load: Map<Noise, { loadMs: number[]; wallMs: number[]; runsMs: number[]; runsWallMs: number[] }>;
};

const key = (kind: Kind, noise: Noise): string => `${kind} ${noise}`;
/** The true change, on p95 as a fraction, from which a verdict of unchanged is wrong: the limit itself. */
const AT_LIMIT = 0.2;

function add<K>(counts: Map<K, Count>, at: K, event: boolean): void {
  const count = counts.get(at) ?? { events: 0, trials: 0 };
  counts.set(at, { events: count.events + (event ? 1 : 0), trials: count.trials + 1 });
}

/** Replays every rule on every trial, in the order of recording: the stored rules see the runs of earlier trials only. */
export function replayRules(trials: readonly Trial[]): Replayed {
  const own: RuleTable = { name: 'perf-baseline, paired', alarms: new Map() };
  const found: Replayed = {
    rules: [own, ...PEERS.map(({ name }) => ({ name, alarms: new Map<string, Count>() }))],
    wrong: new Map(),
    open: new Map(),
    covered: new Map(),
    proven: new Map(),
    changes: new Map(),
    ratios: new Map(),
    wholeRatios: [],
    load: new Map(),
  };
  const earlier: number[] = [];
  for (const trial of trials) {
    const noise = noiseOf(trial);
    const at = key(trial.kind, noise);
    const { comparisons, blocks } = ours(trial);
    const gating = comparisons.filter((comparison) => comparison.gating);
    const regressed = gating.some(({ verdict }) => verdict === 'regressed');
    add(own.alarms, at, regressed);
    add(found.open, at, !regressed && gating.some(({ verdict }) => verdict === 'inconclusive'));
    if (trial.kind === 'aa')
      add(
        found.proven,
        noise,
        gating.every(({ verdict }) => verdict === 'unchanged'),
      );
    const { slower } = EFFECTS[trial.kind];
    if (slower !== undefined)
      for (const { metric, change, verdict } of gating) {
        if (metric.name !== 'p95' && metric.name !== 'rps') continue;
        const truth = metric.name === 'p95' ? slower : 1 / (1 + slower) - 1;
        if (change) add(found.covered, noise, change.low <= truth && truth <= change.high);
        if (metric.name === 'p95' && slower >= AT_LIMIT) add(found.wrong, noise, verdict === 'unchanged');
      }
    if (trial.kind === 'aa') {
      const ratios = found.ratios.get(noise) ?? [];
      ratios.push(...trial.blocks.map(({ baseline, candidate }) => Math.log(candidate.p95 / baseline.p95)));
      found.ratios.set(noise, ratios);
      const { baseline, candidate } = trial.runs;
      found.wholeRatios.push(Math.log(candidate.whole.p95 / baseline.whole.p95));
    }
    addLoad(found, noise, trial, blocks);
    const changes = found.changes.get(at) ?? { p95: [], rps: [] };
    for (const name of ['p95', 'rps'] as const) changes[name].push(meanChange(trial, name));
    found.changes.set(at, changes);
    PEERS.forEach((peer, i) => {
      const alarmed = peer.alarms(trial, earlier);
      const table = found.rules[i + 1];
      if (alarmed !== null && table) add(table.alarms, at, alarmed);
    });
    earlier.push(trial.runs.baseline.whole.p95);
  }
  return found;
}

function meanChange({ blocks }: Trial, name: 'p95' | 'rps'): number {
  const logs = blocks.map(({ baseline, candidate }) => Math.log(candidate[name] / baseline[name]));
  return logs.reduce((sum, log) => sum + log, 0) / Math.max(1, logs.length);
}

function addLoad(found: Replayed, noise: Noise, trial: Trial, blocks: number): void {
  const load = found.load.get(noise) ?? { loadMs: [], wallMs: [], runsMs: [], runsWallMs: [] };
  const used = trial.blocks.slice(0, blocks);
  load.loadMs.push(used.reduce((sum, { baseline, candidate }) => sum + baseline.ms + candidate.ms, 0));
  load.wallMs.push((trial.wall.pairedMs * used.length) / Math.max(1, trial.blocks.length));
  load.runsMs.push(trial.runs.baseline.whole.ms + trial.runs.candidate.whole.ms);
  load.runsWallMs.push(trial.wall.runsMs);
  found.load.set(noise, load);
}

const percent = (value: number): string => `${Number((value * 100).toFixed(1))}%`;

function share(count: Count | undefined): string {
  return count === undefined
    ? '–'
    : `${percent(count.events / count.trials)} (${count.events}/${count.trials})`;
}

function bounded(count: Count | undefined): string {
  if (count === undefined) return '–';
  const { low, high } = clopperPearson(count, 0.95);
  return `${share(count)}, ${percent(low)} to ${percent(high)}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function changeText(changes: { p95: number[]; rps: number[] } | undefined): string {
  const shown = (logs: readonly number[] | undefined): string => {
    const change = Math.expm1(median(logs ?? []));
    return `${change > 0 ? '+' : ''}${percent(change)}`;
  };
  return `${shown(changes?.p95)}, ${shown(changes?.rps)}`;
}

function tableOf(found: Replayed, noise: Noise): string[] {
  const kinds = KINDS.filter((kind) => found.rules[0]?.alarms.has(key(kind, noise)));
  if (kinds.length === 0) return [];
  const load = found.load.get(noise);
  const seconds = (values: readonly number[] | undefined): string =>
    values === undefined ? '–' : `${(median(values) / 1000).toFixed(0)} s`;
  const sd = Math.sqrt(median((found.ratios.get(noise) ?? []).map((ratio) => ratio ** 2)) / 0.4549);
  return [
    `**${noise === 'noisy' ? 'Noisy' : 'Quiet'} trials** (${noise === 'noisy' ? `beside a bursty neighbour, or others took at least ${percent(NOISY_FROM)} of the machine` : `others took less than ${percent(NOISY_FROM)} of the machine`}). SD of one block's log-ratio of p95, from its median square: ${Number.isNaN(sd) ? '–' : percent(sd)}.`,
    '',
    `| rule | ${kinds.map((kind) => EFFECTS[kind].says).join(' | ')} |`,
    `|---|${kinds.map(() => '---').join('|')}|`,
    ...found.rules.map(
      ({ name, alarms }) =>
        `| ${name} | ${kinds.map((kind) => (kind === 'aa' ? bounded(alarms.get(key(kind, noise))) : share(alarms.get(key(kind, noise))))).join(' | ')} |`,
    ),
    `| p95 and RPS as measured, median of the trials | ${kinds.map((kind) => changeText(found.changes.get(key(kind, noise)))).join(' | ')} |`,
    `| ours, inconclusive | ${kinds.map((kind) => share(found.open.get(key(kind, noise)))).join(' | ')} |`,
    '',
    [
      `Ours: all rows proven unchanged on equal sides in ${bounded(found.proven.get(noise))}`,
      `p95 wrongly called unchanged at a true +20% or more in ${bounded(found.wrong.get(noise))}`,
      `intervals of p95 and RPS covered the injected change in ${bounded(found.covered.get(noise))}`,
      `median load ${seconds(load?.loadMs)}, wall time with boots ${seconds(load?.wallMs)}; the two whole runs ${seconds(load?.runsMs)} and ${seconds(load?.runsWallMs)}.`,
    ].join('; '),
    '',
  ];
}

/** How every rule decided the trials, as tables. */
export function describeRules(trials: readonly Trial[]): string {
  const found = replayRules(trials);
  return [
    `${trials.length} trials; alarms of each rule, on equal sides with bounds of 95% (Clopper and Pearson).`,
    '',
    ...tableOf(found, 'quiet'),
    ...tableOf(found, 'noisy'),
  ].join('\n');
}

/** Prints how every rule decided the recorded trials. Argument: --file PATH of a recording. */
export function main(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: { file: { type: 'string', default: 'bench/decisions/recordings/service.ndjson' } },
  });
  if (!existsSync(values.file)) throw new Error(`--file: there is no recording at ${values.file}`);
  return describeRules(parseTrials(readFileSync(values.file, 'utf8')));
}
