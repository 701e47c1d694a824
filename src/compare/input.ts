import type { Criterion, Limit } from '../domain/criterion.ts';
import type { Result } from '../domain/result.ts';

/**
 * What the config asks of one scenario; configured scenarios are of this shape. `durationMs`: the configured length of a
 * round, where it is known, so that advice can be given in terms of it.
 */
export type ScenarioCriteria = {
  name: string;
  criteria: readonly Criterion[];
  limits: readonly Limit[];
  durationMs?: number;
};

/** What a config asks of its scenarios, with the length of a round that it sets for all of them. */
export function criteriaOf<T extends ScenarioCriteria>(config: {
  scenarios: readonly T[];
  measure: { durationMs: number };
}): T[] {
  const { durationMs } = config.measure;
  return config.scenarios.map((scenario) => ({ ...scenario, durationMs }));
}

/** The part of a result that is compared: enough while it is still being measured. */
export type Measured = Pick<Result, 'scenarios'>;

/** Error allowed to a whole job: the chance that any gating comparison is wrong about an unchanged service. */
export const JOB_ALPHA = 0.01;

/** Rate of false discoveries among comparisons that do not gate. */
export const DISCOVERY_RATE = 0.01;

/** Confidence of the baseline's and the candidate's own intervals, for reading. */
export const SHOWN_CONFIDENCE = 0.95;
