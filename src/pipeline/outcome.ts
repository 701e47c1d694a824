import { EXIT } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import type { OverallVerdict } from '../domain/verdict.ts';
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
  return failsOn(judged.verdict, failOn) ? EXIT.regressed : EXIT.fine;
}

/** Why the baseline that is there could not be used, as a sentence; null where it was, or where there is none. */
export function brokenBaseline({ source }: Pick<Judged, 'source'>): string | null {
  if (source.type !== 'lookup' || !isBroken(source.lookup)) return null;
  return `There is a baseline that cannot be used${'detail' in source.lookup ? `: ${source.lookup.detail}` : ''}`;
}

function failsOn(verdict: OverallVerdict, failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  return verdict === 'regressed' || (failOn === 'inconclusive' && verdict === 'inconclusive');
}

/** A result of which nothing could be measured is no baseline. */
export const nothingMeasured = ({ scenarios }: Result): boolean =>
  scenarios.every(({ outcome }) => outcome.status === 'failed');
