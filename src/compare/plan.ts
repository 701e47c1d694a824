import type { Criterion } from '../domain/criterion.ts';
import type { Metric } from '../domain/metric.ts';
import type { ScenarioResult } from '../domain/result.ts';
import type { Comparison, Verdict } from '../domain/verdict.ts';
import { noneFailed } from './connection-samples.ts';
import { estimateOf, unitsFor } from './estimates.ts';
import type { Measured, ScenarioCriteria } from './input.ts';
import { type Evidence, evidenceOf, hasWhole, isSilent, partNames, unmeasuredReason } from './units.ts';

/** One metric of one subject: a scenario (`part` absent) or a part. `durationMs`: the configured length of a round. */
export type Row = {
  scenario: string;
  part?: string;
  metric: Metric;
  criterion: Criterion | null;
  durationMs?: number;
};

/** A row with evidence on both sides, still to be judged. It gates when it has a criterion. */
export type Comparable = Row & {
  status: 'comparable';
  /** It has a criterion, and no connection failed that it could be judged by: it takes its share of the error all the same. */
  quiet?: true;
  baseline: Evidence;
  candidate: Evidence;
};

export type Planned = Comparable | { status: 'settled'; comparison: Comparison };

/** What is to be compared, in the order of the candidate, and how many rows gate: the error is divided among them. */
export type Plan = { rows: Planned[]; gates: number };

/**
 * Pairs everything the candidate measured with the baseline. What only one side has is settled here: `new`, `missing`, or
 * `invalid` where the candidate's scenario failed.
 */
export function planComparisons(
  baseline: Measured | null,
  candidate: Measured,
  criteria: readonly ScenarioCriteria[],
): Plan {
  const asked = new Map(criteria.map((scenario) => [scenario.name, scenario.criteria]));
  const durations = new Map(criteria.map(({ name, durationMs }) => [name, durationMs]));
  const before = new Map((baseline?.scenarios ?? []).map((scenario) => [scenario.name, scenario]));
  const now = new Set(candidate.scenarios.map(({ name }) => name));
  const rows: Planned[] = [];
  for (const scenario of candidate.scenarios) {
    const durationMs = durations.get(scenario.name);
    const planned = planScenario(before.get(scenario.name), scenario, asked.get(scenario.name) ?? []);
    rows.push(
      ...planned.map((row) =>
        row.status === 'settled' || durationMs === undefined ? row : { ...row, durationMs },
      ),
    );
  }
  for (const scenario of before.values())
    if (!now.has(scenario.name)) rows.push(...missingScenario(scenario, asked.get(scenario.name) ?? []));
  const gates = rows.filter(
    (row) => row.status === 'comparable' && (row.criterion !== null || row.quiet),
  ).length;
  return { rows, gates };
}

function planScenario(
  baseline: ScenarioResult | undefined,
  candidate: ScenarioResult,
  criteria: readonly Criterion[],
): Planned[] {
  const { outcome } = candidate;
  const subjects = subjectsOf(candidate, criteria);
  if (outcome.status === 'failed') {
    const reason = `the scenario could not be measured: ${outcome.failure.detail}`;
    const rows = subjects.flatMap((part) => rowsOf(candidate, part, criteria)).filter((row) => row.criterion);
    return rows.map((row) => settled(row, 'invalid', reason));
  }
  const absent = whyAbsent(baseline, candidate);
  const planned: Planned[] = [];
  for (const part of subjects) {
    const evidence = evidenceOf(candidate, part);
    const before = baseline ? evidenceOf(baseline, part) : undefined;
    const onlyNow = absent ?? whySubjectAbsent(part, before, evidence);
    for (const row of rowsOf(candidate, part, criteria))
      planned.push(...planRow(row, onlyNow, baseline, before, evidence));
  }
  if (baseline && absent === undefined) planned.push(...missingParts(baseline, candidate, criteria));
  return planned;
}

/** The scenario as a whole, and its parts where there are several or a criterion names one. */
function subjectsOf(scenario: ScenarioResult, criteria: readonly Criterion[]): (string | undefined)[] {
  const parts = partNames(scenario);
  if (!hasWhole(scenario)) return parts;
  const named = parts.filter((name) => parts.length > 1 || criteria.some(({ part }) => part === name));
  return [undefined, ...named];
}

function rowsOf(scenario: ScenarioResult, part: string | undefined, criteria: readonly Criterion[]): Row[] {
  const parts = partNames(scenario);
  const whole = hasWhole(scenario);
  return scenario.metrics.map((metric) => ({
    scenario: scenario.name,
    ...(part === undefined ? {} : { part }),
    metric,
    criterion: criterionFor(metric, part, { names: parts, whole }, criteria),
  }));
}

/**
 * A criterion on a part holds there alone. One on the scenario holds for its total, and where there are several parts also
 * for the latencies and proportions of each: a mean over parts hides a slow one. Where there is no total it holds for
 * everything of each part. Where the rounds name no parts the scenario has a single one, and the criterion that names it
 * holds for the total.
 */
function criterionFor(
  metric: Metric,
  part: string | undefined,
  parts: { names: readonly string[]; whole: boolean },
  criteria: readonly Criterion[],
): Criterion | null {
  const asked = criteria.filter((criterion) => criterion.metric === metric.name);
  const ofPart = asked.find(
    (c) => c.part !== undefined && (part === undefined ? parts.names.length === 0 : c.part === part),
  );
  const ofScenario = asked.find((criterion) => criterion.part === undefined);
  if (ofPart !== undefined) return (ofPart.warn ?? ofPart.fail) ? ofPart : null;
  if (part === undefined) return ofScenario ?? null;
  const each = parts.names.length > 1 && ['quantile', 'mean', 'proportion'].includes(metric.from.type);
  const inherits = each || !parts.whole;
  return inherits ? (ofScenario ?? null) : null;
}

function whyAbsent(baseline: ScenarioResult | undefined, candidate: ScenarioResult): string | undefined {
  if (baseline === undefined) return 'the baseline does not have this scenario';
  if (baseline.outcome.status === 'failed')
    return `the baseline's measurement of this scenario failed: ${baseline.outcome.failure.detail}`;
  if (baseline.load !== candidate.load)
    return 'the load of this scenario changed, so its earlier figures do not compare';
  return undefined;
}

function whySubjectAbsent(
  part: string | undefined,
  before: Evidence | undefined,
  now: Evidence,
): string | undefined {
  const what = part === undefined ? 'scenario' : 'part';
  if (before === undefined || before.units.length === 0) return `the baseline does not have this ${what}`;
  const spoiled = neverMeasured(before);
  if (part !== undefined && spoiled !== undefined && neverMeasured(now) === undefined)
    return `the baseline could not measure this part: ${spoiled}`;
  if (mostlyUnknown(before) && !mostlyUnknown(now))
    return `the baseline answers this ${what} with client errors (4xx), as if it did not have it yet`;
  return undefined;
}

/** Why a part has not a single sample, where it has none. */
function neverMeasured({ units }: Evidence): string | undefined {
  return units.every(isSilent) ? units[0]?.invalid : undefined;
}

/** Invalid throughout, and by client errors: how a service answers what it does not have. */
function mostlyUnknown({ units }: Evidence): boolean {
  let clientErrors = 0;
  let errors = 0;
  for (const { tally } of units)
    for (const [kind, count] of Object.entries(tally.errors)) {
      errors += count;
      if (kind === '4xx') clientErrors += count;
    }
  return units.every((unit) => unit.invalid !== undefined) && clientErrors > errors / 2;
}

function planRow(
  asked: Row,
  onlyNow: string | undefined,
  baseline: ScenarioResult | undefined,
  before: Evidence | undefined,
  evidence: Evidence,
): Planned[] {
  const quiet = asked.criterion !== null && noneFailed(asked.metric, [before, evidence]);
  const row = quiet ? { ...asked, criterion: null } : asked;
  const candidate = estimateOf(row.metric, unitsFor(row.metric, evidence));
  if (onlyNow !== undefined || !before) {
    if (candidate === null) return spoiled(row, evidence);
    return [
      settled(row, 'new', onlyNow ?? '', { candidate, n: { baseline: 0, candidate: evidence.units.length } }),
    ];
  }
  const earlier = estimateOf(row.metric, unitsFor(row.metric, before));
  const known = baseline?.metrics.find(({ name }) => name === row.metric.name);
  const n = {
    baseline: unitsFor(row.metric, before).length,
    candidate: unitsFor(row.metric, evidence).length,
  };
  if (known && (known.unit !== row.metric.unit || known.better !== row.metric.better))
    return [settled(row, 'new', 'the definition of this metric changed', { candidate, n })];
  // A speed without a valid unit is judged `invalid` later; anything else without a value was not measured.
  const invalid = [...before.units, ...evidence.units].some((unit) => unit.invalid !== undefined);
  if ((candidate !== null && earlier !== null) || (invalid && isTallied(row.metric)))
    return [
      {
        ...row,
        ...(quiet && { quiet }),
        status: 'comparable',
        baseline: before,
        candidate: evidence,
      },
    ];
  if (candidate !== null)
    return [settled(row, 'new', `the baseline did not measure ${row.metric.name}`, { candidate, n })];
  if (earlier !== null) {
    const why = unmeasuredReason(row.metric, evidence.units);
    return [
      settled(row, 'missing', `not measured${why ? `: ${why}` : ' this time'}`, { baseline: earlier, n }),
    ];
  }
  if (row.criterion === null) return [];
  const why = unmeasuredReason(row.metric, evidence.units) ?? unmeasuredReason(row.metric, before.units);
  const reason = `${row.metric.name} was not measured${why ? `: ${why}` : ''}; its criterion was not applied`;
  return [{ status: 'settled', comparison: { ...blank(row, 'inconclusive', reason), gating: false } }];
}

/** What a criterion asks for and no round could give, because too much went wrong in it: told, not left out. */
function spoiled(row: Row, { units }: Evidence): Planned[] {
  const why = units.find((unit) => unit.invalid !== undefined)?.invalid;
  return row.criterion !== null && why !== undefined && isTallied(row.metric)
    ? [settled(row, 'invalid', why)]
    : [];
}

/** Speeds that every stretch of load gives: without a value they were not absent but spoiled. */
function isTallied({ from }: Metric): boolean {
  return ['quantile', 'mean', 'max', 'sd', 'rate'].includes(from.type);
}

function missingParts(
  baseline: ScenarioResult,
  candidate: ScenarioResult,
  criteria: readonly Criterion[],
): Planned[] {
  const now = new Set(partNames(candidate));
  const gone = partNames(baseline).filter((name) => !now.has(name) && now.size > 0);
  return gone.flatMap((part) => missingRows(baseline, part, criteria));
}

function missingScenario(baseline: ScenarioResult, criteria: readonly Criterion[]): Planned[] {
  return missingRows(baseline, undefined, criteria);
}

/** The rows that gated, or else one that stands for all. */
function missingRows(
  baseline: ScenarioResult,
  part: string | undefined,
  criteria: readonly Criterion[],
): Planned[] {
  const evidence = evidenceOf(baseline, part);
  const rows = rowsOf(baseline, part, criteria);
  const gating = rows.filter((row) => row.criterion);
  const reason = `the candidate does not have this ${part === undefined ? 'scenario' : 'part'}`;
  return (gating.length > 0 ? gating : rows.slice(0, 1)).map((row) =>
    settled(row, 'missing', reason, {
      baseline: estimateOf(row.metric, unitsFor(row.metric, evidence)),
      n: { baseline: evidence.units.length, candidate: 0 },
    }),
  );
}

function settled(row: Row, verdict: Verdict, reason: string, known: Partial<Comparison> = {}): Planned {
  return { status: 'settled', comparison: { ...blank(row, verdict, reason), ...known } };
}

/** A comparison of a row without figures. */
export function blank(row: Row, verdict: Verdict, reason: string): Comparison {
  const { scenario, part, metric, criterion } = row;
  return {
    scenario,
    ...(part === undefined ? {} : { part }),
    metric,
    verdict,
    level: null,
    gating: criterion !== null,
    baseline: null,
    candidate: null,
    change: null,
    criterion: criterion && conditionsOf(criterion),
    detectable: null,
    n: { baseline: 0, candidate: 0 },
    reason,
  };
}

function conditionsOf({ warn, fail }: Criterion): NonNullable<Comparison['criterion']> {
  return { ...(warn ? { warn } : {}), ...(fail ? { fail } : {}) };
}
