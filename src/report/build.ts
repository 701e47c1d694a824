import type { BaselineLookup } from '../domain/baseline.ts';
import type {
  CriterionChange,
  Occasion,
  Report,
  ReportBaseline,
  ScenarioSummary,
  Trend,
  Unpaired,
} from '../domain/report.ts';
import type { GeneratorLoad, Result, Round, ScenarioResult, Warning } from '../domain/result.ts';
import type { Comparison, LimitOutcome, OverallVerdict } from '../domain/verdict.ts';
import { pooledValue, poolParts } from './pooling.ts';

/**
 * Where the baseline of a report comes from: looked up in a store, measured now beside the candidate, named by
 * the caller (two results on a command line), or nowhere because nothing was to be compared.
 */
export type BaselineSource =
  | { type: 'lookup'; lookup: BaselineLookup }
  | { type: 'paired'; result: Result }
  | { type: 'given'; result: Result; location: string }
  | { type: 'none' };

export type ReportInput = {
  candidate: Result;
  source: BaselineSource;
  comparisons: Comparison[];
  limits: LimitOutcome[];
  verdict: OverallVerdict;
  /** Short name of the series for a heading; empty when there is only one. */
  title: string;
  /** Web page of the workflow run; null in a terminal. Default: that of the candidate's origin. */
  runUrl?: string | null;
  /** Shell command that repeats this measurement. */
  reproduce?: string | null;
  criterionChanges?: CriterionChange[];
  /** What the pipeline noticed besides: unreadable entries of a history, a figure that was not measured. */
  warnings?: Warning[];
  occasion?: Occasion;
  /** Why a pair that was asked for came to nothing, and something else speaks, or nothing. */
  unpaired?: Unpaired;
};

/** Everything a report says, from what was measured and judged. Pure: the same input gives the same report. */
export function buildReport(input: ReportInput): Report {
  const { candidate, source } = input;
  const base = baselineResult(source);
  const headSha = candidate.origin?.headSha;
  return {
    verdict: input.verdict,
    series: candidate.series,
    title: input.title,
    createdAt: candidate.createdAt,
    commit: candidate.commit,
    ...(headSha === undefined ? {} : { headSha }),
    baseline: describeBaseline(source, input.unpaired),
    comparisons: input.comparisons,
    limits: input.limits,
    scenarios: summarise(candidate, base),
    environment: candidate.environment,
    trends: trends(candidate, source, input.comparisons),
    criterionChanges: input.criterionChanges ?? [],
    sampling: candidate.sampling,
    warnings: distinct([...candidate.warnings, ...(input.warnings ?? [])]),
    reproduce: input.reproduce ?? null,
    runUrl: input.runUrl === undefined ? (candidate.origin?.url ?? null) : input.runUrl,
    ...(input.occasion && { occasion: input.occasion }),
  };
}

/** What was compared with; null where nothing was. */
export function baselineResult(source: BaselineSource): Result | null {
  switch (source.type) {
    case 'lookup':
      return source.lookup.status === 'found' ? source.lookup.baseline.result : null;
    case 'paired':
    case 'given':
      return source.result;
    case 'none':
      return null;
  }
}

function describeBaseline(source: BaselineSource, unpaired?: Unpaired): ReportBaseline {
  const pair = unpaired === undefined ? {} : { unpaired };
  switch (source.type) {
    case 'none':
      return { status: 'not-compared', ...pair };
    case 'paired':
      return found('paired', source.result, 'measured in this run', 'paired', 1);
    case 'given':
      return found('stored', source.result, source.location, 'given', 1);
    case 'lookup': {
      const { lookup } = source;
      if (lookup.status === 'absent') return { status: 'absent', ...pair };
      if (lookup.status === 'unusable') {
        const environment = lookup.baseline?.result.environment;
        const { reason, detail } = lookup;
        return { status: 'unusable', reason, detail, ...(environment === undefined ? {} : { environment }) };
      }
      const { baseline, choice, window } = lookup;
      return found('stored', baseline.result, baseline.location, choice, window.length);
    }
  }
}

function found(
  mode: 'stored' | 'paired',
  result: Result,
  location: string,
  choice: string,
  window: number,
): ReportBaseline {
  const { commit, createdAt, environment } = result;
  return { status: 'found', mode, commit, createdAt, location, choice, environment, window };
}

/** The candidate's scenarios in their order, then those that only the baseline has. */
function summarise(candidate: Result, base: Result | null): ScenarioSummary[] {
  const before = new Set(base?.scenarios.map(({ name }) => name));
  const now = new Set(candidate.scenarios.map(({ name }) => name));
  const missing = base?.scenarios.filter(({ name }) => !now.has(name)) ?? [];
  return [
    ...candidate.scenarios.map((scenario) => summary(scenario, base !== null && !before.has(scenario.name))),
    ...missing.map(({ name, type }) => ({
      name,
      type,
      status: 'missing' as const,
      rounds: 0,
      generator: null,
      parts: [],
      warnings: [],
    })),
  ];
}

function summary(scenario: ScenarioResult, isNew: boolean): ScenarioSummary {
  const { name, type, outcome } = scenario;
  return {
    name,
    type,
    status: outcome.status === 'failed' ? 'failed' : isNew ? 'new' : 'measured',
    ...(outcome.status === 'failed' ? { failure: outcome.failure } : {}),
    rounds: outcome.rounds.length,
    generator: busiest(outcome.rounds),
    parts: poolParts(scenario),
    warnings: distinct(outcome.warnings),
  };
}

function busiest(rounds: readonly Round[]): GeneratorLoad | null {
  if (rounds.length === 0) return null;
  const cpu = Math.max(...rounds.map(({ generator }) => generator.cpu));
  return { cpu, limited: rounds.some(({ generator }) => generator.limited) };
}

/** One trend for each compared metric that has at least one earlier value under the same load. */
function trends(candidate: Result, source: BaselineSource, comparisons: readonly Comparison[]): Trend[] {
  if (source.type !== 'lookup' || source.lookup.status !== 'found') return [];
  const oldestFirst = [...source.lookup.window].reverse().filter(({ id }) => id !== candidate.id);
  return comparisons.flatMap(({ scenario, part, metric }) => {
    const current = candidate.scenarios.find(({ name }) => name === scenario);
    if (current === undefined) return [];
    const now = pooledValue(current, part, metric.name);
    const earlier = oldestFirst
      .map((result) => result.scenarios.find(({ name, load }) => name === scenario && load === current.load))
      .map((past) => past && pooledValue(past, part, metric.name))
      .filter((value) => value !== undefined);
    if (now === undefined || earlier.length === 0) return [];
    return [
      { scenario, ...(part === undefined ? {} : { part }), metric: metric.name, values: [...earlier, now] },
    ];
  });
}

function distinct(warnings: readonly Warning[]): Warning[] {
  const seen = new Set<string>();
  return warnings.filter(({ code, message }) => {
    const key = `${code}\n${message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
