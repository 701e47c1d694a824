import { EXIT } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import type { Judged } from './judgement.ts';
import { isBroken } from './lookup.ts';

export type FailOn = 'regression' | 'inconclusive' | 'never';

/**
 * The exit code of a run that ended by itself. A target that could not be measured beats everything; a baseline
 * that is there and cannot be read is an error whatever `fail-on` says: it is not a verdict.
 */
export function exitCode(judged: Judged, failOn: FailOn): number {
  if (judged.verdict === 'failed') return EXIT.failed;
  if (brokenBaseline(judged) !== null) return EXIT.usage;
  return failsOn(judged, failOn) ? EXIT.regressed : EXIT.fine;
}

/** Why the baseline that is there could not be used, as a sentence; null where it was, or where there is none. */
export function brokenBaseline({ source }: Pick<Judged, 'source'>): string | null {
  if (source.type !== 'lookup' || !isBroken(source.lookup)) return null;
  return `There is a baseline that cannot be used${'detail' in source.lookup ? `: ${source.lookup.detail}` : ''}`;
}

/** There are baselines, and none that this machine's numbers can be held against: that cannot be told from fine. */
export const isUnlike = ({ source, verdict }: Pick<Judged, 'source' | 'verdict'>): boolean =>
  verdict === 'new' && source.type === 'lookup' && source.lookup.status === 'unusable';

function failsOn(judged: Judged, failOn: FailOn): boolean {
  const { verdict } = judged;
  if (failOn === 'never') return false;
  return (
    verdict === 'regressed' || (failOn === 'inconclusive' && (verdict === 'inconclusive' || isUnlike(judged)))
  );
}

/** A result of which nothing could be measured is no baseline. */
export const nothingMeasured = ({ scenarios }: Result): boolean =>
  scenarios.every(({ outcome }) => outcome.status === 'failed');
