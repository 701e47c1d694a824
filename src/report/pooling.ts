import { estimateOf, unitsFor } from '../compare/estimates.ts';
import { evidenceOf } from '../compare/units.ts';
import type { Metric } from '../domain/metric.ts';
import type { PartSummary } from '../domain/report.ts';
import type { Round, ScenarioResult, Tally } from '../domain/result.ts';
import { deriveValues, mergeTallies } from '../domain/tally.ts';
import type { Estimate } from '../domain/verdict.ts';

/** Errors are counted in every round; a latency or a rate of an invalid round says nothing. */
const countsAlways = (metric: Metric): boolean =>
  metric.from.type === 'proportion' || metric.from.type === 'count';
const unmergeable = (metric: Metric): boolean => metric.from.type === 'value' || metric.from.type === 'peak';

/** Pooled figures of a scenario (first, with name null, where it has any) and of its parts, over all of its rounds. */
export function poolParts(scenario: ScenarioResult): PartSummary[] {
  const { rounds } = scenario.outcome;
  if (rounds.length === 0) return [];
  const names = [...new Set(rounds.flatMap((round) => round.parts.map((part) => part.name)))];
  const [whole, ...parts] = [null, ...names].map((name) => poolPart(scenario, scenario.metrics, name));
  const empty =
    Object.keys(whole?.values ?? {}).length === 0 && Object.keys(whole?.errors ?? {}).length === 0;
  // Unlike cases have no figures as a whole: a row of dashes would only ask what is missing.
  return whole === undefined || (empty && parts.length > 0) ? parts : [whole, ...parts];
}

function tallyOf(round: Round, part: string | null): Tally | undefined {
  return part === null ? round.total : round.parts.find(({ name }) => name === part)?.tally;
}

function tallies(rounds: readonly Round[], part: string | null): Tally[] {
  return rounds.map((round) => tallyOf(round, part)).filter((tally) => tally !== undefined);
}

function poolPart(scenario: ScenarioResult, metrics: Metric[], name: string | null): PartSummary {
  const { rounds } = scenario.outcome;
  const evidence = evidenceOf(scenario, name ?? undefined);
  const all = mergeTallies(tallies(rounds, name));
  const valid = mergeTallies(
    tallies(
      rounds.filter((round) => round.invalid === undefined),
      name,
    ),
  );
  const values: Record<string, number> = {};
  const estimates: Record<string, Estimate> = {};
  for (const metric of metrics) {
    const value = unmergeable(metric)
      ? poolValues(metric, rounds, name)
      : deriveValues([metric], countsAlways(metric) ? all : valid)[metric.name];
    if (value === undefined) continue;
    values[metric.name] = value;
    const estimate = metric.from.type === 'value' ? estimateOf(metric, unitsFor(metric, evidence)) : null;
    if (estimate === null || value === 0) continue;
    values[metric.name] = estimate.center;
    estimates[metric.name] = estimate;
  }
  const { counters, errors } = all;
  return { name, metrics, values, ...(Object.keys(estimates).length > 0 && { estimates }), counters, errors };
}

/** A peak is one value a boot, the highest of its rounds; what is reported is their mean. Base unit of the metric. */
function poolValues(metric: Metric, rounds: readonly Round[], part: string | null): number | undefined {
  const byBlock = new Map<number, number[]>();
  for (const round of rounds) {
    const own = tallyOf(round, part)?.values[metric.name];
    const value = own ?? (part === null ? round.values[metric.name] : undefined);
    if (value === undefined || !Number.isFinite(value)) continue;
    byBlock.set(round.block, [...(byBlock.get(round.block) ?? []), value]);
  }
  const blocks = [...byBlock.values()].map((values) =>
    metric.from.type === 'peak' ? Math.max(...values) : mean(values),
  );
  return blocks.length === 0 ? undefined : mean(blocks);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Value of one metric in one result, pooled over its rounds, or undefined where it has none. */
export function pooledValue(
  scenario: ScenarioResult,
  part: string | undefined,
  metric: string,
): number | undefined {
  const declared = scenario.metrics.filter(({ name }) => name === metric);
  const { rounds } = scenario.outcome;
  return rounds.length === 0 ? undefined : poolPart(scenario, declared, part ?? null).values[metric];
}
