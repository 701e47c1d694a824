import type { Criterion } from '../domain/criterion.ts';
import type { Metric } from '../domain/metric.ts';
import type { WrittenCriterion } from './bounds.ts';
import { parseCondition } from './threshold.ts';

/**
 * Allowed changes where the file says nothing. Each holds for the scenarios that measure it: more gating metrics share one
 * error between them, so nothing gates that a scenario is not there for. Connecting is in every WebSocket scenario, once a
 * connection, and where it is what is measured, it is a part of `reconnect` and before `confirm`: it has no default.
 */
export const DEFAULT_CRITERIA: Readonly<Record<string, string>> = {
  p95: '+20%',
  rps: '-15%',
  memory: '+30%',
  'error-rate': '+5pp',
  'connection-errors': '+5pp',
  time: '+10%',
  'rtt-p95': '+20%',
  'delivery-p95': '+20%',
  // One a connection where none is dropped: too few for a p95, as a rule, and of a few milliseconds mostly noise.
  'confirm-p50': '+20% and +5ms',
  'confirm-p95': '+20%',
  'reconnect-p95': '+20%',
  messages: '-15%',
};

/** Criteria of one scenario: its own before the file's before the defaults, metric by metric, less those switched off. */
export function effectiveCriteria(
  metrics: readonly Metric[],
  ofFile: readonly WrittenCriterion[],
  ofScenario: readonly WrittenCriterion[],
): Criterion[] {
  const chosen = new Map<string, WrittenCriterion>();
  for (const metric of metrics) {
    const text = Object.hasOwn(DEFAULT_CRITERIA, metric.name) ? DEFAULT_CRITERIA[metric.name] : undefined;
    const parsed = text === undefined ? undefined : parseCondition(text, metric);
    if (parsed && 'value' in parsed) chosen.set(metric.name, { metric: metric.name, fail: parsed.value });
  }
  const known = new Set(metrics.map(({ name }) => name));
  for (const criterion of [...ofFile, ...ofScenario]) {
    if (!known.has(criterion.metric)) continue;
    const { part, metric } = criterion;
    chosen.set(part === undefined ? metric : JSON.stringify([part, metric]), criterion);
  }
  return [...chosen.values()].flatMap((criterion): Criterion[] => {
    if (!('off' in criterion)) return [criterion];
    // One that is switched off for a part must be known, or that of the scenario would hold there.
    return criterion.part === undefined ? [] : [{ metric: criterion.metric, part: criterion.part }];
  });
}

/** What holds of scenarios of which no config speaks: the default criteria for what each measured, and no limits. */
export function defaultCriteria(
  scenarios: readonly { name: string; metrics: readonly Metric[] }[],
): { name: string; criteria: Criterion[]; limits: [] }[] {
  return scenarios.map(({ name, metrics }) => ({
    name,
    criteria: effectiveCriteria(metrics, [], []),
    limits: [],
  }));
}
