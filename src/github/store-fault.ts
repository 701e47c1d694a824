import { StoreError, TransientStoreError } from '../baseline/store-error.ts';
import { explain, type GitHubAction, httpStatus } from './errors.ts';
import { AmbiguousWrite, classify } from './retry.ts';

/**
 * A rejection by GitHub in the words of the stores: transient where trying again may help (no answer, a lost one,
 * a rate limit), else a StoreError with what to change. What is none of GitHub's (a cancellation, a defect) is
 * given back as it is. `now`: ms since 1970.
 */
export function asStoreFault(error: unknown, action: GitHubAction, now: number): Error {
  if (error instanceof StoreError) return error;
  const fault = classify(error, now);
  if (error instanceof AmbiguousWrite || fault.status === 'lost' || fault.status === 'unsent')
    return new TransientStoreError(explain(error, action), 0, { cause: error });
  if (fault.status === 'refused')
    return new TransientStoreError(explain(error, action), fault.waitMs ?? 0, { cause: error });
  if (httpStatus(error) === undefined) return error as Error;
  return new StoreError(explain(error, action), { cause: error });
}
