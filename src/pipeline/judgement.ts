import type { ScenarioCriteria } from '../compare/input.ts';
import { judgeLimits } from '../compare/limits.ts';
import { overallVerdict } from '../compare/overall.ts';
import { comparePaired } from '../compare/paired.ts';
import { compareStored, describeNew } from '../compare/stored.ts';
import type { BaselineLookup } from '../domain/baseline.ts';
import type { Result } from '../domain/result.ts';
import type { Comparison, LimitOutcome, OverallVerdict } from '../domain/verdict.ts';
import type { BaselineSource } from '../report/build.ts';

/** All that was decided about a candidate, and against what. */
export type Judged = {
  source: BaselineSource;
  comparisons: Comparison[];
  limits: LimitOutcome[];
  verdict: OverallVerdict;
};

/** Judges a candidate against what was found for it. Pure. */
export function judge(
  candidate: Result,
  source: BaselineSource,
  criteria: readonly ScenarioCriteria[],
): Judged {
  const comparisons = compareWith(candidate, source, criteria);
  const limits = judgeLimits({ candidate, criteria });
  return { source, comparisons, limits, verdict: overallVerdict({ candidate, comparisons, limits }) };
}

function compareWith(
  candidate: Result,
  source: BaselineSource,
  criteria: readonly ScenarioCriteria[],
): Comparison[] {
  switch (source.type) {
    case 'none':
      return describeNew(candidate, criteria, 'not compared with a baseline');
    case 'given':
      return compareStored({ candidate, baseline: source.result, window: [source.result], criteria });
    case 'paired': {
      const { looks } = candidate.sampling;
      return comparePaired({ baseline: source.result, candidate, criteria, ...(looks && { looks }) });
    }
    case 'lookup':
      return source.lookup.status === 'found'
        ? compareStored({
            candidate,
            baseline: source.lookup.baseline.result,
            window: source.lookup.window,
            criteria,
          })
        : describeNew(candidate, criteria, withoutBaseline(source.lookup));
  }
}

function withoutBaseline(lookup: Exclude<BaselineLookup, { status: 'found' }>): string {
  return lookup.status === 'absent' ? 'there is no baseline yet' : lookup.detail;
}
