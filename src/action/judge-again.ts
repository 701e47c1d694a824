import type { BaselineStore } from '../domain/baseline.ts';
import type { Scenario } from '../domain/config.ts';
import type { Report } from '../domain/report.ts';
import type { Result, Warning } from '../domain/result.ts';
import type { Acceptances } from '../github/chat-answers.ts';
import { partsOfSeries, titleOfSeries } from '../github/series.ts';
import { type Judged, judge } from '../pipeline/judgement.ts';
import { lookUp } from '../pipeline/lookup.ts';
import { type BaselineSource, buildReport } from '../report/build.ts';
import { withAcceptances } from './acceptance.ts';
import { type Criteria, criteriaFor, type Trust } from './base-criteria.ts';
import type { ActionContext } from './context.ts';
import type { StoredResult } from './stored-results.ts';

export type JudgedAgain = {
  stored: StoredResult;
  title: string;
  /** What was decided before anybody accepted anything. */
  unaccepted: Judged;
  judged: Judged;
  report: Report;
  accepted: Acceptances;
  /** Whether the config was there that says what is allowed. */
  isConfigured: boolean;
  /** What the config that judges asks for, and the result does not hold: one sentence each. */
  lacking: { sentence: string; limit: boolean }[];
};

/** Why nothing is made of a result, in one sentence that names its artifact. */
export type RefusedResult = { refused: string };

export type JudgeAgainOptions = Trust & {
  context: ActionContext;
  store: BaselineStore;
  ancestors: () => Promise<string[]>;
  acceptances: Acceptances;
};

/** Judges a stored result anew, from its numbers alone, and builds the report. Runs nothing, reads no checkout. */
export async function judgeAgain(
  stored: StoredResult,
  options: JudgeAgainOptions,
): Promise<JudgedAgain | RefusedResult> {
  const { context, ancestors, acceptances, pairs } = options;
  const warnings: Warning[] = [];
  const found = await criteriaFor(stored, options);
  if ('refused' in found) return { refused: `${stored.where} is refused: ${found.refused}` };
  const { criteria, isConfigured } = found;
  warnings.push(...found.warnings);
  const lacking = isConfigured ? lackingIn(stored.result, criteria) : [];
  for (const { sentence } of lacking) warnings.push({ code: 'not-measured', message: `${sentence}.` });
  const candidate = withErrorBounds(stored.result, criteria);
  let source: BaselineSource;
  if (pairs && stored.base !== null) source = { type: 'paired', result: stored.base };
  else {
    const store = speaking(stored, options, warnings);
    const { lookup, warnings: told } = await lookUp(candidate, store, ancestors);
    warnings.push(...told);
    source = { type: 'lookup', lookup };
    if (stored.base !== null) warnings.push(UNHEARD);
  }
  const unaccepted = judge(candidate, source, criteria);
  const { judged, used } = withAcceptances(unaccepted, candidate, acceptances);
  const title = titleOfSeries(stored.series);
  const report = buildReport({
    candidate,
    ...judged,
    title,
    warnings,
  });
  if (context.signal.aborted) throw context.signal.reason;
  return { stored, title, unaccepted, judged, report, accepted: used, isConfigured, lacking };
}

/** The store without the baselines of other workflows, where a claimed series could reach them. */
function speaking(
  { series }: StoredResult,
  { store, workflow }: JudgeAgainOptions,
  warnings: Warning[],
): BaselineStore {
  // A series that was made here names its workflow, and was compared with the run's.
  if (workflow === null || store.type === 'artifact' || partsOfSeries(series) !== null) return store;
  return {
    ...store,
    async history(query) {
      const found = await store.history(query);
      const entries = found.entries.filter(({ result }) => result.origin?.workflow === workflow);
      if (entries.length < found.entries.length) warnings.push(OF_OTHERS);
      return { ...found, entries };
    },
  };
}

const OF_OTHERS: Warning = {
  code: 'baselines-of-others',
  message:
    'There are baselines of this series that another workflow has stored. They are not used: the series is what the run of the pull request says it is.',
};

const UNHEARD: Warning = {
  code: 'pair-not-used',
  message:
    'The run of the pull request measured base and head side by side. Its numbers of the base come from the pull request itself, so the stored baseline speaks here; the comparison of the run is in its summary.',
};

/** A run that leaves out what is too slow must not look like one that is fast enough. */
function lackingIn({ scenarios }: Result, criteria: readonly Criteria[]): JudgedAgain['lacking'] {
  return criteria.flatMap(({ name, limits }) => {
    const measured = scenarios.find((scenario) => scenario.name === name);
    if (measured === undefined)
      return [{ sentence: `${quoted(name)} is configured, and was not measured`, limit: limits.length > 0 }];
    const names = new Set(measured.metrics.map((metric) => metric.name));
    return [...new Set(limits.map(({ metric }) => metric))]
      .filter((metric) => !names.has(metric))
      .map((metric) => ({
        sentence: `${metric} of ${quoted(name)} has a limit, and was not measured`,
        limit: true,
      }));
  });
}

const quoted = (name: string): string => JSON.stringify(name.slice(0, 80));

/** How many errors are too many is the config's to say, not the measured side's. */
function withErrorBounds(result: Result, criteria: readonly (Criteria | Scenario)[]): Result {
  const bounds = new Map(criteria.map(({ name, maxErrors }) => [name, maxErrors]));
  return {
    ...result,
    scenarios: result.scenarios.map((scenario) => ({
      ...scenario,
      maxErrors: bounds.get(scenario.name) ?? scenario.maxErrors,
    })),
  };
}
