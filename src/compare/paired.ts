import type { Comparison } from '../domain/verdict.ts';
import { falseDiscovery } from '../stats/false-discovery.ts';
import { fewBootsSpread } from '../stats/few-boots.ts';
import { intervalAround } from '../stats/interval.ts';
import { sequentialCriticalValues } from '../stats/sequential.ts';
import { studentTail, studentUpperQuantile } from '../stats/student.ts';
import { narrowedByConnections, tooFewConnections } from './connection-samples.ts';
import { estimateOf, resolvedMoments, UNSEEN_BOOT_SD, unitsFor } from './estimates.ts';
import { DISCOVERY_RATE, JOB_ALPHA, type Measured, type ScenarioCriteria } from './input.ts';
import {
  comparisonOf,
  decisionOf,
  firstAllowed,
  type Judgement,
  pValueOf,
  shortageOf,
  type Unjudgeable,
  unjudgedComparison,
} from './judgement.ts';
import { DEFAULT_LOOKS } from './looks.ts';
import { type Comparable, planComparisons } from './plan.ts';
import { countInterval } from './proportions.ts';
import { fromWorseLog, isProportion, resolution, worseLog } from './scale.ts';
import { type Evidence, roundsOfFewBoots, type Unit, unitValue } from './units.ts';
import { leftOut, unjudgeable } from './validity.ts';

export type PairedInput = {
  baseline: Measured;
  candidate: Measured;
  criteria: readonly ScenarioCriteria[];
  /** Increasing numbers of blocks; the last is the most there could have been. */
  looks?: readonly number[];
};

/** The two sides of one block. */
type Pair = { baseline: Unit; candidate: Unit; boot: number };

/** What a pair is: a block; a round of one of few boots; or one of few boots itself, for what has one value a boot. */
type PairKind = 'block' | 'round' | 'boot';

/** Numbers of boots after which a peak is looked at where boots are few, the error divided evenly. */
const BOOT_LOOKS: readonly number[] = [3, 4];

/**
 * Compares two sides measured block by block on the same machine. Each block gives one value, s * ln(candidate / baseline);
 * the looks are replayed on the blocks in order and each gating row keeps its first conclusive one, so that the same
 * results always get the verdicts they got while they were measured. Shown intervals are the ones judged on: repeated
 * confidence intervals at 1 - 0.01 / gating rows (Jennison & Turnbull 1989).
 */
export function comparePaired(input: PairedInput): Comparison[] {
  const { rows, gates } = planComparisons(input.baseline, input.candidate, input.criteria);
  const alpha = JOB_ALPHA / Math.max(1, gates);
  const informational = new Map<Comparable, Judgement | Unjudgeable>();
  for (const row of rows)
    if (row.status === 'comparable' && row.criterion === null)
      informational.set(row, judgeOnce(row, DISCOVERY_RATE));
  const judged = [...informational.values()].filter((found) => found.status === 'judged');
  const { level } = falseDiscovery(judged.map(pValueOf), DISCOVERY_RATE);
  return rows.map((row) => {
    if (row.status === 'settled') return row.comparison;
    const gating = row.criterion !== null;
    const found = gating
      ? replay(row, alpha, input.looks ?? DEFAULT_LOOKS, true).found
      : judgeOnce(row, level);
    if (found.status === 'unjudgeable') return unjudgedComparison(row, found);
    return comparisonOf(row, found, 1 - (gating ? alpha : level));
  });
}

/** Where a gating row stands: the judgement at its first conclusive look, else at the last one there was. */
export type Standing = { found: Judgement | Unjudgeable; conclusive: boolean; blocks: number };

/**
 * Looks at a gating row after each of `looks` blocks. When the measurement has `ended` between two looks, the blocks since
 * the last one are looked at too, at the error that their number has earned.
 */
export function replay(row: Comparable, alpha: number, looks: readonly number[], ended: boolean): Standing {
  const { pairs, kind } = pairsOf(row);
  const planned = kind === 'boot' ? BOOT_LOOKS : looks;
  const most = planned.at(-1) ?? 2;
  const n = Math.min(pairs.length, most);
  const reached = planned.filter((look) => look <= n);
  if (kind !== 'boot' && ended && n >= 2 && !reached.includes(n)) reached.push(n);
  const refused = unjudgeable(row);
  if (refused || reached.length === 0)
    return { found: refused ?? tooFew(row, pairs, n), conclusive: false, blocks: pairs.length };
  const criticals =
    kind === 'boot'
      ? reached.map((look) => studentUpperQuantile(alpha / (2 * BOOT_LOOKS.length), look - 1))
      : sequentialCriticalValues(alpha, reached, most);
  let found: Judgement | undefined;
  for (const [k, look] of reached.entries()) {
    found = judgePairs(row, pairs.slice(0, look), kind, criticals[k] ?? Number.POSITIVE_INFINITY);
    const more = !(ended && k === reached.length - 1) && look < most;
    if (decisionOf(row, found, more).verdict !== 'inconclusive')
      return { found, conclusive: true, blocks: pairs.length };
  }
  return { found: found ?? tooFew(row, pairs, n), conclusive: false, blocks: pairs.length };
}

/** A row that does not gate, judged once on all its blocks. */
function judgeOnce(row: Comparable, level: number): Judgement | Unjudgeable {
  const { pairs, kind } = pairsOf(row);
  const refused = unjudgeable(row);
  if (refused || pairs.length < 2) return refused ?? tooFew(row, pairs, pairs.length);
  return judgePairs(row, pairs, kind, studentUpperQuantile(level / 2, pairs.length - 1));
}

/** The blocks that both sides have a usable value of, in order; the rounds where few boots had to serve for many blocks. */
function pairsOf(row: Comparable): { pairs: Pair[]; kind: PairKind } {
  const { metric } = row;
  const [roundsBefore, roundsNow] = [row.baseline, row.candidate].map(roundsOfFewBoots);
  const fewBoots = roundsBefore !== undefined && roundsNow !== undefined;
  const byRound = fewBoots && metric.from.type !== 'peak';
  const usable = (evidence: Evidence, units: typeof roundsBefore): { unit: Unit; boot: number }[] => {
    const all = units ?? evidence.blocks.map((unit) => ({ unit, boot: unit.key }));
    const speaking = new Set(
      unitsFor(metric, { ...evidence, blocks: all.map(toUnit), units: all.map(toUnit) }),
    );
    return all.filter(({ unit }) => speaking.has(unit));
  };
  const others = new Map(
    usable(row.baseline, byRound ? roundsBefore : undefined).map(({ unit }) => [unit.key, unit]),
  );
  const pairs = usable(row.candidate, byRound ? roundsNow : undefined).flatMap(
    ({ unit: candidate, boot }) => {
      const baseline = others.get(candidate.key);
      if (
        !baseline ||
        unitValue(metric, baseline) === undefined ||
        unitValue(metric, candidate) === undefined
      )
        return [];
      return [{ baseline, candidate, boot }];
    },
  );
  return { pairs, kind: byRound ? 'round' : fewBoots ? 'boot' : 'block' };
}

const toUnit = ({ unit }: { unit: Unit }): Unit => unit;

function judgePairs(row: Comparable, pairs: readonly Pair[], kind: PairKind, critical: number): Judgement {
  const { metric } = row;
  const before = pairs.map((pair) => pair.baseline);
  const now = pairs.map((pair) => pair.candidate);
  const n = pairs.length;
  const measured = isProportion(metric)
    ? countInterval(metric, before, now, (df) => studentUpperQuantile(studentTail(critical, n - 1), df))
    : ratioInterval(row, pairs, kind, critical);
  const baseline = estimateOf(metric, before) ?? NOTHING;
  const shortage = shortageOf(row, [before, now], ROUNDS_KEY);
  const { critical: ownCritical } = measured;
  const at = { critical: ownCritical, allowed: firstAllowed(row, baseline.center), roundsKey: ROUNDS_KEY };
  const narrowed = isProportion(metric) ? narrowedByConnections(metric, { before, now }, at) : undefined;
  return {
    status: 'judged',
    ...measured,
    baseline,
    candidate: estimateOf(metric, now) ?? NOTHING,
    n: { baseline: n, candidate: n },
    shortage: shortage?.reason ?? tooFewConnections(metric, { before, now }, at),
    notes: [...(kind === 'round' ? [roundsNote(pairs)] : []), ...leftOut(row)],
    width: narrowed ?? `after ${n} ${kind}s the spread between them is still too large`,
  };
}

/** What bounds the rounds of a pair. */
const ROUNDS_KEY = 'measure.max-rounds';

function roundsNote(pairs: readonly Pair[]): string {
  const boots = new Set(pairs.map(({ boot }) => boot)).size;
  return boots === 1
    ? 'the target was not restarted: rounds of one boot stand in for blocks, and the interval allows for a spread between boots that was not seen'
    : `only ${boots} boots for ${pairs.length} rounds: rounds stand in for blocks, and the interval allows for the spread between boots`;
}

const NOTHING = { center: 0, low: 0, high: 0, confidence: 0 };

function ratioInterval(
  { metric }: Comparable,
  pairs: readonly Pair[],
  kind: PairKind,
  critical: number,
): Pick<Judgement, 'interval' | 'standardError' | 'critical' | 'df'> {
  const place = (unit: Unit): number => worseLog(metric, unitValue(metric, unit) ?? 0);
  const size = Math.min(...pairs.map((pair) => fromWorseLog(metric, place(pair.baseline))));
  const values = pairs.map((pair) => place(pair.candidate) - place(pair.baseline));
  const moments = resolvedMoments(metric, values, size);
  const df = moments.n - 1;
  if (kind === 'block') {
    const standardError = Math.sqrt(moments.variance / moments.n);
    return { interval: intervalAround(moments.mean, standardError, critical), standardError, critical, df };
  }
  const spread = fewBootsSpread(
    values.map((value, i) => ({ value, boot: pairs[i]?.boot ?? 0 })),
    2 * UNSEEN_BOOT_SD ** 2,
  );
  const own = Math.sqrt(spread.variance + resolution(metric, size) ** 2 / moments.n);
  const ownDf = kind === 'boot' ? spread.df : Math.min(df, spread.df);
  const ownCritical = studentUpperQuantile(studentTail(critical, df), ownDf);
  return {
    interval: intervalAround(moments.mean, own, ownCritical),
    standardError: own,
    critical: ownCritical,
    df: ownDf,
  };
}

function tooFew(row: Comparable, pairs: readonly Pair[], n: number): Unjudgeable {
  const { metric } = row;
  return {
    status: 'unjudgeable',
    verdict: 'inconclusive',
    reason: `${n === 0 ? 'no block' : n === 1 ? 'one block' : `${n} blocks`} measured on both sides so far, and an interval needs at least two: a larger measure.budget would help`,
    baseline: estimateOf(
      metric,
      pairs.map((pair) => pair.baseline),
    ),
    candidate: estimateOf(
      metric,
      pairs.map((pair) => pair.candidate),
    ),
    n: { baseline: n, candidate: n },
  };
}
