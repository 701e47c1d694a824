import { CancelledError } from '../domain/errors.ts';

/** A signal that fires on the first SIGINT or SIGTERM; a runner sends the one and, 7.5 s later, the other. */
export function cancelledBySignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => controller.abort(new CancelledError(`cancelled by ${name}`)));
  }
  return controller.signal;
}
