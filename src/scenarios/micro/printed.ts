import { Unmeasurable } from './words.ts';

/** More output than this is not let wait in memory. */
const MOST_WAITING = 16 * 2 ** 20;
/** Printing a line takes a microsecond or two: of a call that takes this long, too little to matter. */
const LONG_CALL_MS = 0.1;

const streams = () => [process.stdout, process.stderr];

/** Bytes of output of this process so far, those included that still wait to be written. */
export const printed = (): number =>
  streams().reduce((sum, { bytesWritten }) => sum + (bytesWritten ?? 0), 0);

/**
 * Throws an Unmeasurable when short calls print, each of them: they are timed with their output, and as long as none
 * yields, all of it waits in memory and looks like what leaks. `bytes` over so many `calls`, which took `ms` in all.
 */
export function refusePrinting(bytes: number, calls: number, ms: number): void {
  if (calls === 0 || bytes < calls || ms / calls > LONG_CALL_MS) return;
  const each = Math.round(bytes / calls);
  throw refused(`${each} ${each === 1 ? 'byte' : 'bytes'} with every call`);
}

/** Throws an Unmeasurable when more output waits in memory than is worth keeping. */
export function refuseFlood(): void {
  const waiting = streams().reduce((sum, { writableLength }) => sum + writableLength, 0);
  if (waiting > MOST_WAITING)
    throw refused(`${Math.round(waiting / 2 ** 20)} MiB faster than it can be read`);
}

const refused = (much: string): Unmeasurable =>
  new Unmeasurable(
    'writes output',
    `${much}, which is timed with it and waits in memory; let it write nothing, or to a file`,
  );
