import type { Failure } from '../domain/result.ts';

/** A target that could not be set up, started or found ready; `failure` is what the result records. */
export class TargetError extends Error {
  override name = 'TargetError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}
