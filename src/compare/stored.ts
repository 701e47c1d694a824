import type { Result } from '../domain/result.ts';
import type { Comparison, Estimate } from '../domain/verdict.ts';
import { falseDiscovery } from '../stats/false-discovery.ts';
import { intervalAround, momentsOf } from '../stats/interval.ts';
import { studentUpperQuantile } from '../stats/student.ts';
import { narrowedByConnections, tooFewConnections } from './connection-samples.ts';
import { countsOf, estimateOf, pooledCount, unitsFor } from './estimates.ts';
import {
  DISCOVERY_RATE,
  JOB_ALPHA,
  type Measured,
  type ScenarioCriteria,
  SHOWN_CONFIDENCE,
} from './input.ts';
import {
  comparisonOf,
  firstAllowed,
  type Judgement,
  pValueOf,
  shortageOf,
  type Unjudgeable,
  unjudgedComparison,
} from './judgement.ts';
import { type Comparable, planComparisons } from './plan.ts';
import { countInterval } from './proportions.ts';
import { type RunChange, runChange } from './run-change.ts';
import { isProportion, logEstimate } from './scale.ts';
import { leftOut, unjudgeable } from './validity.ts';
import { History, type RunPoint, runPoint, sameLevel } from './window.ts';

export type StoredInput = {
  candidate: Measured;
  baseline: Result;
  /** Baselines of the series, newest first; may be empty, may hold the baseline itself. */
  window: readonly Result[];
  criteria: readonly ScenarioCriteria[];
};

/**
 * Compares a candidate with stored baselines, by the spread between runs that the window shows: gating rows at a
 * confidence of 1 - 0.01 / gating rows, the others at a false discovery rate of 1%. The baseline's estimate is that of the
 * window's runs on the chosen baseline's level, and the interval shown is the one judged on.
 */
export function compareStored(input: StoredInput): Comparison[] {
  const { rows, gates } = planComparisons(input.baseline, input.candidate, input.criteria);
  const alpha = JOB_ALPHA / Math.max(1, gates);
  const history = new History(input.baseline, input.window);
  const loads = new Map(input.candidate.scenarios.map(({ name, load }) => [name, load]));
  const pValues: number[] = [];
  // Rows that gate are settled at once; the others wait for the level that all of them together set.
  const found = rows.map((row): Comparison | { row: Comparable; judge: Judge } => {
    if (row.status === 'settled') return row.comparison;
    const judge = judgeStored(row, history, loads.get(row.scenario) ?? '');
    if (row.criterion !== null) return comparisonAt(row, judge, alpha);
    const first = judge(DISCOVERY_RATE);
    if (first.status === 'judged') pValues.push(pValueOf(first));
    return { row, judge };
  });
  const { level } = falseDiscovery(pValues, DISCOVERY_RATE);
  return found.map((one) => ('judge' in one ? comparisonAt(one.row, one.judge, level) : one));
}

function comparisonAt(row: Comparable, judge: Judge, error: number): Comparison {
  const found = judge(error);
  return found.status === 'judged' ? comparisonOf(row, found, 1 - error) : unjudgedComparison(row, found);
}

/** Every row of a candidate that has no baseline: `new`, each with its estimate. */
export function describeNew(
  candidate: Measured,
  criteria: readonly ScenarioCriteria[],
  reason: string,
): Comparison[] {
  return planComparisons(null, candidate, criteria).rows.flatMap((row) =>
    row.status === 'settled'
      ? [row.comparison.verdict === 'new' ? { ...row.comparison, reason } : row.comparison]
      : [],
  );
}

/** What a row's evidence says at a two-sided error; everything that does not depend on the error is worked out before. */
type Judge = (alpha: number) => Judgement | Unjudgeable;

function judgeStored(row: Comparable, history: History, load: string): Judge {
  const refused = unjudgeable(row);
  if (refused) return () => refused;
  const earlier = history.of(row.scenario, row.part, load, row.baseline);
  const candidateUnits = unitsFor(row.metric, row.candidate);
  const shortage = shortageOf(row, [unitsFor(row.metric, row.baseline), candidateUnits]);
  const measure = isProportion(row.metric) ? storedCounts(row, earlier) : storedRatio(row, earlier);
  const candidate = estimateOf(row.metric, candidateUnits);
  if (measure === undefined || candidate === null)
    return () => ({
      status: 'unjudgeable',
      verdict: 'inconclusive',
      reason: `${row.metric.name} has no usable value on one of the sides`,
      baseline: estimateOf(row.metric, unitsFor(row.metric, row.baseline)),
      candidate,
      n: { baseline: 0, candidate: candidateUnits.length },
    });
  const besides = [...unrestarted(row), ...leftOut(row)];
  return (alpha) => {
    const { units, notes, ...judged } = measure(alpha);
    return {
      status: 'judged',
      ...judged,
      candidate,
      n: { baseline: units, candidate: candidateUnits.length },
      shortage: shortage?.reason ?? judged.shortage,
      notes: [...notes, ...besides],
    };
  };
}

function unrestarted(row: Comparable): string[] {
  if (row.metric.from.type === 'peak' || isProportion(row.metric) || row.candidate.kind !== 'round')
    return [];
  return ['the target was not restarted, so rounds of one boot had to stand in for blocks'];
}

type Measurement = Pick<
  Judgement,
  'interval' | 'standardError' | 'critical' | 'df' | 'baseline' | 'width' | 'notes'
> & {
  units: number;
  shortage?: string | undefined;
};

type Measure = (alpha: number) => Measurement;

function storedRatio(row: Comparable, earlier: ReturnType<History['of']>): Measure | undefined {
  const { metric } = row;
  const candidate = runPoint(metric, row.candidate);
  const points = earlier.runs.flatMap((run, index) => runPoint(metric, run, index === earlier.chosen) ?? []);
  if (candidate === undefined || points.length === 0) return undefined;
  const runs = sameLevel(points, (point) => point.value);
  const units = runs.reduce((sum, run) => sum + run.units, 0);
  return (alpha) => {
    const change = runChange(metric, candidate, runs, alpha);
    const { interval, standardError, critical, df } = change;
    return {
      interval,
      standardError,
      critical,
      df,
      baseline: baselineEstimate(row, runs, change),
      units,
      notes: anchorNotes(change),
      width: widthOf(runs.length),
    };
  };
}

/** The window's centre; of a lone baseline with the spread of its own blocks, else with that between the runs. */
function baselineEstimate(row: Comparable, runs: readonly RunPoint[], change: RunChange): Estimate {
  const own = estimateOf(row.metric, unitsFor(row.metric, row.baseline));
  if (runs.length === 1 && own) return own;
  const window = momentsOf(runs.map((run) => run.value));
  const critical = studentUpperQuantile((1 - SHOWN_CONFIDENCE) / 2, runs.length + 4);
  const interval = intervalAround(window.mean, change.betweenSd / Math.sqrt(runs.length), critical);
  return logEstimate(row.metric, interval, SHOWN_CONFIDENCE);
}

function anchorNotes({ form, shift }: RunChange): string[] {
  if (form === 'absolute' || shift === undefined || Math.abs(shift) < 0.02) return [];
  const speed = percent(Math.abs(Math.expm1(shift)));
  const machine = `by the anchor (work that never changes, measured beside) this machine was ${speed} ${shift > 0 ? 'slower' : 'faster'} than the baseline's`;
  return [
    form === 'both'
      ? `${machine}: the interval spans the change with that taken out and without, its centre is the smaller`
      : `${machine}, which is taken out of the change`,
  ];
}

/** The same words for every row of a report; how large a change would have shown is in the row's `detectable`. */
function widthOf(runs: number): string {
  return runs === 1
    ? 'a lone baseline does not show how much runs differ by themselves'
    : `runs differ too much by themselves for ${runs} baselines to tell`;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))}%`;

function storedCounts(row: Comparable, earlier: ReturnType<History['of']>): Measure | undefined {
  const { metric } = row;
  const points = earlier.runs.flatMap((run, index) => {
    const { effective } = pooledCount(countsOf(metric, run.units));
    const share = effective.trials > 0 ? effective.events / effective.trials : undefined;
    return share === undefined ? [] : [{ run, share, chosen: index === earlier.chosen }];
  });
  // The arcsine evens out the spread of proportions, so that a change of level can be looked for.
  const runs = sameLevel(points, ({ share }) => Math.asin(Math.sqrt(share)));
  const before = runs.flatMap(({ run }) => run.units);
  const baseline = estimateOf(metric, before);
  if (baseline === null || estimateOf(metric, row.candidate.units) === null) return undefined;
  return (alpha) => {
    const now = row.candidate.units;
    const measured = countInterval(metric, before, now, (df) => studentUpperQuantile(alpha / 2, df));
    const at = {
      critical: measured.critical,
      allowed: firstAllowed(row, baseline.center),
      roundsKey: 'measure.rounds',
    };
    return {
      ...measured,
      baseline,
      units: before.length,
      shortage: tooFewConnections(metric, { before, now }, at),
      notes: [],
      width:
        narrowedByConnections(metric, { before, now }, at) ??
        'there were too few answers, or the blocks differ too much: longer rounds or more of them would tell',
    };
  };
}
