import { readFileSync } from 'node:fs';
import { decide } from '../../src/compare/rule.ts';
import { runChange } from '../../src/compare/run-change.ts';
import { type RunPoint, sameLevel } from '../../src/compare/window.ts';
import type { Metric } from '../../src/domain/metric.ts';
import { clopperPearson } from '../../src/stats/proportion.ts';
import { type HistoryRun, parseHistory, seededHistory } from './history.ts';

const TARGETS = 10;
const ANCHORS = 4;
const WINDOW = 20;
const ALLOWED = Math.log(1.2);
const ALPHA = 0.01;

/** Time per request: the only figure such a history has of each program. */
const metric: Metric = {
  name: 'mean',
  unit: 'ms',
  better: 'lower',
  from: { type: 'mean', of: 'latency' },
  cpuBound: true,
};

/** Pairs of a job and its past in which neither target nor anchor changed, and how many of them each rule alarmed on. */
export type Replayed = {
  pairs: number;
  naive: number;
  absolute: number;
  anchored: number;
  /** Of the anchored rule, by how many earlier runs there were. */
  byWindow: { label: string; pairs: number; absolute: number; anchored: number }[];
};

/** Replays the stored rule over every pair of the most measured programs as targets and the next as anchors. */
export function replay(history: readonly HistoryRun[]): Replayed {
  const counts = new Map<string, number>();
  for (const { programs } of history)
    for (const name of programs.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const found: Replayed = {
    pairs: 0,
    naive: 0,
    absolute: 0,
    anchored: 0,
    byWindow: ['1', '2 to 4', '5 to 20'].map((label) => ({ label, pairs: 0, absolute: 0, anchored: 0 })),
  };
  for (const target of names.slice(0, TARGETS))
    for (const anchor of names.slice(TARGETS, TARGETS + ANCHORS)) replayPair(history, target, anchor, found);
  return found;
}

function replayPair(history: readonly HistoryRun[], target: string, anchor: string, found: Replayed): void {
  let past: RunPoint[] = [];
  let versions = '';
  for (const { programs } of history) {
    const [own, other] = [programs.get(target), programs.get(anchor)];
    if (!own || !other) {
      past = [];
      continue;
    }
    const now = `${own.version} ${other.version}`;
    if (now !== versions) past = [];
    versions = now;
    const point = pointOf(-Math.log(own.requests), -Math.log(other.requests));
    const last = past.at(-1);
    if (last) {
      const anchored = alarms(point, past);
      const bucket = found.byWindow[past.length === 1 ? 0 : past.length < 5 ? 1 : 2];
      found.pairs += 1;
      if (point.value - last.value >= ALLOWED) found.naive += 1;
      const absolute = alarms({ ...point, anchor: undefined }, past);
      if (absolute) found.absolute += 1;
      if (anchored) found.anchored += 1;
      if (bucket) {
        bucket.pairs += 1;
        if (absolute) bucket.absolute += 1;
        if (anchored) bucket.anchored += 1;
      }
    }
    past = [...past, point].slice(-WINDOW);
  }
}

/** A run of which only the mean is known: nothing is added for its own blocks, which makes alarms easier. */
function pointOf(value: number, anchor: number): RunPoint {
  const known = { variance: 0, df: 1 };
  return {
    value,
    ...known,
    units: 1,
    chosen: false,
    anchor,
    anchored: (slope) => ({ value: value - slope * anchor, ...known }),
  };
}

function alarms(candidate: RunPoint, past: readonly RunPoint[]): boolean {
  const level = sameLevel(past, ({ value }) => value);
  const { interval } = runChange(metric, candidate, level, ALPHA);
  return decide(interval, { fail: ALLOWED }, false).verdict === 'regressed';
}

function line(rule: string, alarmed: number, pairs: number): string {
  const { center, low, high } = clopperPearson({ events: alarmed, trials: pairs }, 0.95);
  const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;
  return `| ${rule} | ${percent(center)} | ${alarmed}/${pairs} | ${percent(low)} to ${percent(high)} |`;
}

/**
 * Prints how often each stored rule alarms on programs that did not change, one metric at 1% and a limit of +20%. Argument:
 * the path of a history (format: see parseHistory); without one, a made-up history is replayed.
 */
export function main(args: readonly string[]): string {
  const [path] = args;
  const text = path === undefined ? seededHistory(1) : readFileSync(path, 'utf8');
  const found = replay(parseHistory(text));
  return [
    `False alarms on ${found.pairs} target and anchor pairs of ${path === undefined ? 'a made-up history' : 'the history given'}, nothing changed:`,
    '',
    '| rule | alarms | of | 95% bounds (pairs share runs, so rough) |',
    '|---|---|---|---|',
    line('last run, +20%', found.naive, found.pairs),
    line('stored, absolute', found.absolute, found.pairs),
    ...found.byWindow.map(({ label, pairs, absolute }) =>
      line(`of these with ${label} earlier`, absolute, pairs),
    ),
    line('stored, with an anchor', found.anchored, found.pairs),
    ...found.byWindow.map(({ label, pairs, anchored }) =>
      line(`of these with ${label} earlier`, anchored, pairs),
    ),
  ].join('\n');
}
