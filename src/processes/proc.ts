import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/*
 * Readers of Linux's /proc, see proc(5). Synchronous on purpose: these files never block, one read costs about
 * 0.1 ms of CPU, and a promise per file costs several times that. A process may end at any moment, so that
 * everything here answers null (or nothing) for one that is gone.
 */

/** USER_HZ is 100 on every architecture that Node runs on, whatever the kernel's own HZ. */
const TICKS_PER_SECOND = 100;

export type ProcessStat = {
  pid: number;
  name: string;
  state: string;
  parent: number;
  group: number;
  /** Seconds of its own threads, and of those of its ended children that it has waited for. */
  cpu: number;
  childrenCpu: number;
  /** Ticks since boot; with the pid it names a process for good, whatever pids are reused. */
  started: number;
};

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** /proc/PID/stat, or null when there is no such process. */
export function readStat(pid: number): ProcessStat | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The name stands in brackets and may itself hold spaces and brackets.
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  const number = (index: number) => Number(fields[index] ?? 0);
  return {
    pid,
    name: text.slice(open + 1, close),
    state: fields[0] ?? '?',
    parent: number(1),
    group: number(2),
    cpu: (number(11) + number(12)) / TICKS_PER_SECOND,
    childrenCpu: (number(13) + number(14)) / TICKS_PER_SECOND,
    started: number(19),
  };
}

/** How many files a process may have open (the soft limit); null when unreadable or without limit. */
export function readOpenFilesLimit(pid: number | 'self'): number | null {
  const limit = /^Max open files\s+(\d+)/m.exec(read(`/proc/${pid}/limits`) ?? '')?.[1];
  return limit === undefined ? null : Number(limit);
}

/** Resident memory now and at its highest since the process started, in bytes; null for zombies and kernel threads. */
export function readResident(pid: number): { rss: number; highest: number } | null {
  const text = read(`/proc/${pid}/status`);
  const rss = text === null ? null : kilobytes(text, 'VmRSS');
  if (text === null || rss === null) return null;
  return { rss, highest: kilobytes(text, 'VmHWM') ?? rss };
}

/** Memory of one process in bytes, apart: what is its share of anonymous and shared memory, and its mapped files. */
export type Weight = { share: number; files: number; program: string };

/** Null-free: `gone` when the process ended, `denied` when the kernel does not tell us. */
export function readWeight(pid: number): Weight | 'gone' | 'denied' {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const anonymous = kilobytes(rollup, 'Pss_Anon');
    const whole = kilobytes(rollup, 'Pss');
    if (whole === null) return 'gone';
    // Kernels before 5.3 give only the sum.
    if (anonymous === null) return { share: whole, files: 0, program: '' };
    const share = anonymous + (kilobytes(rollup, 'Pss_Shmem') ?? 0);
    return { share, files: kilobytes(status, 'RssFile') ?? 0, program: linkTarget(`/proc/${pid}/exe`) };
  } catch {
    const state = readStat(pid)?.state;
    return state === undefined || state === 'Z' || state === 'X' ? 'gone' : 'denied';
  }
}

function kilobytes(text: string, field: string): number | null {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text);
  return match === null ? null : Number(match[1]) * 1024;
}

/** NAME=value strings with which a process was started, NUL-separated; null when unreadable. */
export function readEnviron(pid: number): string | null {
  return read(`/proc/${pid}/environ`);
}

/** Control groups of a process, as the kernel writes them; null when unreadable. */
export function readCgroup(pid: number | 'self'): string | null {
  return read(`/proc/${pid}/cgroup`);
}

/** Children of a process at the moment, ended ones that it has not waited for included. */
export function childPids(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      (read(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

export function listPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** TCP sockets that listen, on whatever address: inode to port. */
function listeningSockets(): Map<string, number> {
  const sockets = new Map<string, number>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (read(file) ?? '').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state !== '0A' || local === undefined || inode === undefined) continue;
      sockets.set(inode, Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16));
    }
  }
  return sockets;
}

/** Those of `pids` (by default all whose files can be read) that hold a socket listening on the port. */
export function listenerPids(port: number, pids: readonly number[] = listPids()): number[] {
  const sockets = new Map([...listeningSockets()].filter(([, listening]) => listening === port));
  return sockets.size === 0 ? [] : pids.filter((pid) => portsHeld(pid, sockets).length > 0);
}

/** Ports on which any of these processes listens, ascending. */
export function listeningPorts(pids: readonly number[]): number[] {
  const sockets = listeningSockets();
  return [...new Set(pids.flatMap((pid) => portsHeld(pid, sockets)))].sort((a, b) => a - b);
}

function portsHeld(pid: number, sockets: ReadonlyMap<string, number>): number[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkTarget(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? '';
      const port = sockets.get(inode);
      return port === undefined ? [] : [port];
    });
  } catch {
    return [];
  }
}

function linkTarget(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
