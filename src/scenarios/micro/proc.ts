import { readdirSync, readFileSync } from 'node:fs';

/*
 * What a command costs, as Linux tells it in /proc, see proc(5). Elsewhere, and of a process that is gone, all of these
 * give nothing.
 */

/** USER_HZ is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Seconds of CPU of all children of this process that have ended, and of theirs. */
export function childrenSeconds(): number {
  const stat = read('/proc/self/stat');
  // The name stands in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) / TICKS_PER_SECOND;
}

/** Resident memory of a process now and at its highest, in bytes. */
export function residentOf(pid: number): { now: number; highest: number } {
  const status = read(`/proc/${pid}/status`);
  const bytes = (field: string) =>
    1024 * Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { now: bytes('VmRSS'), highest: bytes('VmHWM') };
}

export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
