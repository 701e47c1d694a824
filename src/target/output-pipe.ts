import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** `writer` is the descriptor to hand to a child, and to close once it has it. */
export type OutputPipe = { reader: Readable; writer: number };

/**
 * A real pipe for stdout and stderr together, in the order in which they are written. What `spawn` calls a pipe is
 * a pair of sockets, and those cannot be opened by name: a service that logs to /dev/stdout (nginx does, in most
 * images) or a script that writes to /dev/stderr would fail under us alone. Null where the system has no mkfifo.
 */
export function openOutputPipe(): OutputPipe | null {
  if (process.platform === 'win32') return null;
  let folder: string | null = null;
  try {
    folder = mkdtempSync(path.join(os.tmpdir(), 'perf-baseline-pipe-'));
    const fifo = path.join(folder, 'output');
    execFileSync('mkfifo', ['-m', '600', fifo], { stdio: 'ignore' });
    // The reader first, without waiting for a writer: else each open would wait for the other.
    const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const writer = openSync(fifo, constants.O_WRONLY);
      return { reader: new Socket({ fd: reader, readable: true, writable: false }), writer };
    } catch (error) {
      closeSync(reader);
      throw error;
    }
  } catch {
    return null;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
