import type { Limit } from '../domain/criterion.ts';
import type { Metric } from '../domain/metric.ts';
import type { ScenarioResult } from '../domain/result.ts';
import type { Estimate, Level, LimitOutcome } from '../domain/verdict.ts';
import { limitDoubt } from './doubt.ts';
import { estimateOf, unitsFor } from './estimates.ts';
import { JOB_ALPHA, type Measured, type ScenarioCriteria } from './input.ts';
import { shortageOf } from './judgement.ts';
import { isSpeed } from './scale.ts';
import {
  type Evidence,
  evidenceOf,
  hasWhole,
  isSilent,
  mostlySilent,
  partNames,
  unmeasuredReason,
} from './units.ts';

type Asked = {
  scenario: string;
  limit: Limit;
  level: Level;
  bound: number;
  text: string;
  durationMs: number | undefined;
};

/**
 * Judges absolute bounds on the candidate alone: `exceeded` or `within` only when the whole interval is on that side, at a
 * confidence of 1 - 0.01 / limits. One outcome for each level that is set. What could not be measured in most of its rounds
 * keeps no bound: at fail level it is broken, whether or not there is a baseline that measured it.
 */
export function judgeLimits(input: {
  candidate: Measured;
  criteria: readonly ScenarioCriteria[];
}): LimitOutcome[] {
  const asked = input.criteria.flatMap(({ name, limits, durationMs }) =>
    limits.flatMap((limit) =>
      ofEachPart(
        limit,
        input.candidate.scenarios.find((scenario) => scenario.name === name),
      ).flatMap((one) => levelsOf(name, one, durationMs)),
    ),
  );
  const confidence = 1 - JOB_ALPHA / Math.max(1, asked.length);
  return asked.flatMap((one) => {
    const scenario = input.candidate.scenarios.find(({ name }) => name === one.scenario);
    const metric = scenario?.metrics.find(({ name }) => name === one.limit.metric);
    if (!scenario || !metric) return [];
    return [judgeLimit(one, scenario, metric, confidence)];
  });
}

/** A bound on a scenario that has no figures as a whole holds for each of its parts. */
function ofEachPart(limit: Limit, scenario: ScenarioResult | undefined): Limit[] {
  if (limit.part !== undefined || scenario === undefined || hasWhole(scenario)) return [limit];
  return partNames(scenario).map((part) => ({ ...limit, part }));
}

function levelsOf(scenario: string, limit: Limit, durationMs: number | undefined): Asked[] {
  const levels: Asked[] = [];
  if (limit.fail) levels.push({ scenario, limit, durationMs, level: 'fail', ...limit.fail });
  if (limit.warn) levels.push({ scenario, limit, durationMs, level: 'warn', ...limit.warn });
  return levels;
}

function judgeLimit(
  asked: Asked,
  scenario: ScenarioResult,
  metric: Metric,
  confidence: number,
): LimitOutcome {
  const { limit, level, bound, text, durationMs } = asked;
  const about = {
    scenario: scenario.name,
    ...(limit.part === undefined ? {} : { part: limit.part }),
    metric,
    level,
    bound,
    text,
  };
  const inconclusive = (reason: string, candidate: Estimate | null = null): LimitOutcome => ({
    ...about,
    outcome: 'inconclusive',
    candidate,
    reason,
  });
  if (scenario.outcome.status === 'failed')
    return inconclusive(`the scenario could not be measured: ${scenario.outcome.failure.detail}`);
  const parts = partNames(scenario);
  const evidence = evidenceOf(scenario, parts.length === 0 ? undefined : limit.part);
  const units = unitsFor(metric, evidence);
  const candidate = estimateOf(metric, units, confidence);
  if (mostlySilent(evidence.units)) {
    const silent = inconclusive(evidence.units.find(isSilent)?.invalid ?? 'nothing was measured', candidate);
    return level === 'fail' ? { ...silent, broken: true } : silent;
  }
  const spoiled = evidence.units.find((unit) => unit.invalid !== undefined)?.invalid;
  if (isSpeed(metric) && spoiled !== undefined && units.length < 0.8 * evidence.units.length)
    return inconclusive(spoiled, candidate);
  if (candidate === null) return inconclusive(notMeasured(metric, evidence, limit, parts));
  const shortage = shortageOf({ metric, ...(durationMs !== undefined && { durationMs }) }, [units]);
  if (shortage) return inconclusive(shortage.reason, candidate);
  if (candidate.confidence === 0)
    return inconclusive(
      'a single value shows no spread: at least two blocks are needed for an interval',
      candidate,
    );
  if (metric.from.type === 'peak' && units.length < 3)
    return inconclusive(
      `${metric.name} is one value a boot, and an interval needs at least three boots`,
      candidate,
    );
  const beyond = metric.better === 'lower' ? candidate.low > bound : candidate.high < bound;
  const inside = metric.better === 'lower' ? candidate.high <= bound : candidate.low >= bound;
  const doubt = beyond
    ? limitDoubt(metric, evidence.units, Math.abs(Math.log(candidate.center / bound)))
    : undefined;
  if (doubt !== undefined) return inconclusive(doubt, candidate);
  if (beyond) return { ...about, outcome: 'exceeded', candidate };
  if (inside) return { ...about, outcome: 'within', candidate };
  return inconclusive(
    'the interval spans the limit: more rounds, or longer ones, would narrow it',
    candidate,
  );
}

function notMeasured(metric: Metric, evidence: Evidence, limit: Limit, parts: readonly string[]): string {
  if (limit.part !== undefined && parts.length > 0 && !parts.includes(limit.part))
    return `no part named ${limit.part} was measured`;
  const why = unmeasuredReason(metric, evidence.units);
  return `${metric.name} was not measured${why ? `: ${why}` : ''}`;
}
