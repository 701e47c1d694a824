import { UsageError } from '../domain/errors.ts';

/** A store could not be read or written; the message says what to change. Never means that nothing is there. */
export class StoreError extends UsageError {
  override name = 'StoreError';
}

/**
 * The service behind a store did not answer, or not usably; the request may have taken effect. `waitMs`: how
 * long it asked to be left alone.
 */
export class TransientStoreError extends StoreError {
  override name = 'TransientStoreError';
  readonly waitMs: number;
  constructor(message: string, waitMs = 0, options?: ErrorOptions) {
    super(message, options);
    this.waitMs = waitMs;
  }
}
