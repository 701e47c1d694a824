import { CancelledError, EXIT } from '../domain/errors.ts';

/** Ctrl-C reaches a command twice at once where npx passes on what the terminal sent to both. */
const SAME_CANCEL_MS = 1000;

/**
 * A signal that fires on the first SIGINT, SIGTERM or SIGHUP (a terminal that was closed); a runner sends the first
 * and, 7.5 s later, the second. Who asks
 * again does not want to wait any longer: then the process exits, and on its way out kills what it started.
 */
export function cancelledBySignals(): AbortSignal {
  const controller = new AbortController();
  let asked = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted && performance.now() - asked > SAME_CANCEL_MS)
        process.exit(EXIT.cancelled);
      if (!controller.signal.aborted) asked = performance.now();
      controller.abort(new CancelledError(`cancelled by ${name}`));
    });
  }
  return controller.signal;
}
