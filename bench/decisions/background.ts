import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import type { Background } from './trial.ts';

const EVERY_MS = 1000;
const TICKS_PER_SECOND = 100;

type Seen = Map<number, { parent: number; ticks: number }>;

/** Every process with its parent and the processor time it has used. */
function processes(): Seen {
  const seen: Seen = new Map();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      seen.set(pid, { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // Gone since the folder was read.
    }
  }
  return seen;
}

function isOurs(pid: number, seen: Seen): boolean {
  for (let at = pid; at > 1; at = seen.get(at)?.parent ?? 0) if (at === process.pid) return true;
  return false;
}

function stolen(): number {
  const line = /^cpu\s+(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '';
  return Number(line.trim().split(/\s+/)[7] ?? 0);
}

/**
 * Watches, once a second, the processor time of processes that this one did not start, and what a hypervisor took; a
 * neighbour that it did start is one of the others. What lives for less than a second is not seen.
 */
export function watchBackground(neighbour: number | undefined): { end(): Omit<Background, 'before'> } {
  const startedAt = performance.now();
  const stolenBefore = stolen();
  let last = processes();
  let others = 0;
  let beside = 0;
  const look = (): void => {
    const now = processes();
    for (const [pid, { ticks }] of now) {
      const used = Math.max(0, ticks - (last.get(pid)?.ticks ?? 0));
      if (pid === neighbour) beside += used;
      else if (!isOurs(pid, now)) others += used;
    }
    last = now;
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    end: () => {
      clearInterval(timer);
      look();
      const seconds = (performance.now() - startedAt) / 1000;
      const share = (ticks: number): number =>
        Math.min(1, Math.max(0, ticks / TICKS_PER_SECOND / seconds / os.cpus().length));
      const steal = stolen() - stolenBefore;
      return { others: share(others + beside + steal), steal: share(steal), neighbour: share(beside) };
    },
  };
}

const BURSTS = `
const until = (at) => { while (performance.now() < at); };
const burst = () => {
  until(performance.now() - 200 * Math.log(1 - Math.random()));
  setTimeout(burst, -500 * Math.log(1 - Math.random()));
};
burst();
process.stdin.on('end', () => process.exit(0)).resume();
`;

/** A process that computes in bursts of 0.2 s in the mean, with 0.5 s between them. */
export function startNeighbour(): { pid: number | undefined; end(): Promise<void> } {
  const child: ChildProcess = spawn(process.execPath, ['-e', BURSTS], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid,
    end: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
}
