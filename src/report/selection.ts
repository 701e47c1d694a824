import type { Report } from '../domain/report.ts';
import type { Change, Comparison, LimitOutcome } from '../domain/verdict.ts';
import { thresholdSize } from './quantity.ts';

/** Rows by what a reader does with them. Only gating comparisons: the others are there to read, in a fold. */
export type Selection = {
  gating: Comparison[];
  /** Past their fail level, the worst first. */
  regressed: Comparison[];
  warned: Comparison[];
  /** Past their fail level, and accepted by somebody. */
  accepted: Comparison[];
  improved: Comparison[];
  unchanged: Comparison[];
  inconclusive: Comparison[];
  invalid: Comparison[];
  /** Those of the invalid ones that the baseline measured and the candidate broke; not only the gating ones. */
  broken: Comparison[];
  /** With a criterion that could not be applied (too few samples): they decide nothing, and are not fine either. */
  unjudged: Comparison[];
  /** Not in the baseline. Without a baseline nothing is new to it. */
  fresh: Comparison[];
  missing: Comparison[];
  exceeded: LimitOutcome[];
  exceededWarn: LimitOutcome[];
  acceptedLimits: LimitOutcome[];
  unsureLimits: LimitOutcome[];
  /** Those of the unsure ones whose subject could not be measured. */
  brokenLimits: LimitOutcome[];
  withinLimits: LimitOutcome[];
};

/** Sorts a report's rows by what they ask of the reader. Order within a group is that of the report, or by severity. */
export function select(report: Report): Selection {
  const gating = report.comparisons.filter((c) => c.gating);
  const of = (verdict: Comparison['verdict']) => gating.filter((c) => c.verdict === verdict);
  const asked = (verdict: Comparison['verdict']) =>
    report.comparisons.filter((c) => c.verdict === verdict && (c.gating || c.criterion !== null));
  const limits = (outcome: LimitOutcome['outcome']) => report.limits.filter((l) => l.outcome === outcome);
  return {
    gating,
    regressed: bySeverity(of('regressed').filter((c) => c.level !== 'warn')),
    warned: bySeverity(of('regressed').filter((c) => c.level === 'warn' && !c.accepted)),
    accepted: bySeverity(of('regressed').filter((c) => c.accepted)),
    improved: bySeverity(of('improved')),
    unchanged: of('unchanged'),
    inconclusive: bySeverity(of('inconclusive')),
    invalid: of('invalid'),
    broken: report.comparisons.filter((c) => c.broken),
    unjudged: bySeverity([...asked('inconclusive'), ...asked('invalid')].filter(isUnjudged)),
    fresh: report.baseline.status === 'found' ? asked('new') : [],
    missing: asked('missing'),
    exceeded: limits('exceeded').filter((l) => l.level === 'fail'),
    exceededWarn: limits('exceeded').filter((l) => l.level === 'warn' && !l.accepted),
    acceptedLimits: limits('exceeded').filter((l) => l.accepted),
    unsureLimits: limits('inconclusive'),
    brokenLimits: report.limits.filter((l) => l.broken),
    withinLimits: limits('within'),
  };
}

/** Whether invalid rows are of scenarios that count errors; a benchmark does not, and says itself what is wrong. */
export function spoiledByErrors(report: Report, invalid: Selection['invalid']): boolean {
  const counting = report.scenarios
    .filter(({ parts }) =>
      parts.some(({ metrics }) => metrics.some(({ from }) => from.type === 'proportion')),
    )
    .map(({ name }) => name);
  return invalid.some(({ scenario }) => counting.includes(scenario));
}

/** How many times over its allowance a change is; a change without one counts by its size alone. */
function severity(c: Comparison): number {
  if (c.change === null || !Number.isFinite(c.change.center)) return 0;
  return Math.abs(c.change.center) / (allowedSize(c, c.change.type) ?? 1);
}

/** The first size that a criterion names, in the terms of a change of this type. */
function allowedSize({ criterion }: Comparison, type: Change['type']): number | undefined {
  return [criterion?.fail, criterion?.warn]
    .flatMap((condition) => condition?.all ?? [])
    .map((threshold) => thresholdSize(threshold, type))
    .find((size) => size !== null && size > 0) as number | undefined;
}

/** Whether a row cannot be told because these data show no change as small as its criterion asks about. */
export function isTooCoarse(row: Comparison): boolean {
  const { verdict, gating, change, detectable } = row;
  if (verdict !== 'inconclusive' || !gating || change === null || detectable === null) return false;
  return detectable >= (allowedSize(row, change.type) ?? 0);
}

/** The furthest past its allowance first; those without a figure last. */
export function bySeverity(rows: Comparison[]): Comparison[] {
  return rows
    .map((row, i) => ({ row, i, weight: severity(row) }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i)
    .map(({ row }) => row);
}

/** The criterion as it is written in a config file: `+20%` or `{ warn: +10%, fail: +20% }`. */
export function criterionText(criterion: Comparison['criterion']): string | null {
  const { warn, fail } = criterion ?? {};
  if (warn === undefined) return fail?.text ?? null;
  return fail === undefined ? `{ warn: ${warn.text} }` : `{ warn: ${warn.text}, fail: ${fail.text} }`;
}

/** Whether the data settle the direction of a change: anything else is printed with a `~`. */
export function isSettled({ verdict, change }: Comparison): boolean {
  if (verdict === 'regressed' || verdict === 'improved') return true;
  return verdict === 'unchanged' && change !== null && (change.low > 0 || change.high < 0);
}

/** Whether a row's criterion could not be applied: it is neither judged, nor one that is only there to read. */
export function isUnjudged({ gating, criterion, verdict }: Comparison): boolean {
  return !gating && criterion !== null && ['inconclusive', 'invalid'].includes(verdict);
}

/** How many limits there are. */
export function limitsOf(rows: Selection): number {
  const { exceeded, exceededWarn, acceptedLimits, unsureLimits, withinLimits } = rows;
  return [exceeded, exceededWarn, acceptedLimits, unsureLimits, withinLimits].flat().length;
}

/** "❌ 2 regressed · ✅ 1 improved · 10 unchanged", only what there is. */
export function counters(rows: Selection): string[] {
  const count = (n: number, icon: string, word: string) => (n === 0 ? [] : [`${icon}${n} ${word}`]);
  const limits = limitsOf(rows);
  const unkept = rows.exceeded.length + rows.exceededWarn.length + rows.acceptedLimits.length;
  return [
    ...count(rows.regressed.length, '❌ ', 'regressed'),
    ...count(rows.accepted.length, '🤝 ', 'regressed, accepted'),
    ...count(rows.warned.length, '⚠️ ', 'regressed (warning)'),
    ...count(rows.improved.length, '✅ ', 'improved'),
    ...count(rows.unchanged.length, '', 'unchanged'),
    ...count(rows.inconclusive.length, '❔ ', 'inconclusive'),
    ...count(rows.invalid.length, '🚫 ', 'invalid'),
    ...count(rows.unjudged.length, '❔ ', 'not judged'),
    ...count(rows.fresh.length, '🆕 ', 'new'),
    ...count(rows.missing.length, '⚠️ ', 'missing'),
    ...(limits === 0
      ? []
      : [
          `limits: ${unkept} of ${limits} exceeded${rows.unsureLimits.length > 0 ? `, ${rows.unsureLimits.length} inconclusive` : ''}`,
        ]),
  ];
}

/** Why a row or a limit is as it is. Only what was judged, and so has a change, can have several statements. */
type Reasoned = { reason?: string; change?: Change | null };

/** The statements of a reason, the main one first. Where there is one it may quote a stranger, semicolons and all. */
export function statements({ reason, change }: Reasoned): string[] {
  if (reason === undefined) return [];
  return change === undefined || change === null ? [reason] : reason.split('; ');
}

/**
 * Rows by what is noted on them, in the order of the rows: each statement is said once, with all rows that it is about, and
 * those about the same rows together.
 */
export function byReason<Row extends Reasoned>(rows: readonly Row[]): { reason: string; rows: Row[] }[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    for (const one of new Set(statements(row))) found.set(one, [...(found.get(one) ?? []), row]);
  }
  const groups: { reason: string; rows: Row[] }[] = [];
  for (const [reason, about] of found) {
    const same = groups.find(
      (group) => group.rows.length === about.length && group.rows.every((row) => about.includes(row)),
    );
    if (same) same.reason += `; ${reason}`;
    else groups.push({ reason, rows: about });
  }
  return groups;
}
