import type { ProcessStat } from '../processes/proc.ts';

/**
 * CPU time of a process tree as a counter that only grows. A process carries its own time and that of the ended
 * children it has waited for. When one is gone, its parent has its time if it was there to wait for it; that of
 * a process whose parent is outside the tree (the command itself, a daemon) is kept here as it was last seen.
 */
export class CpuLedger {
  #last = new Map<number, ProcessStat>();
  #kept = 0;
  #seconds = 0;

  /** Seconds since the first update, plus what the processes of that update had used before it. */
  get seconds(): number {
    return this.#seconds;
  }

  update(members: readonly ProcessStat[]): void {
    const now = new Map(members.map((member) => [member.pid, member]));
    for (const [pid, last] of this.#last) {
      if (now.get(pid)?.started === last.started) continue;
      if (!now.has(last.parent)) this.#kept += last.cpu + last.childrenCpu;
    }
    let seconds = this.#kept;
    for (const { cpu, childrenCpu } of members) seconds += cpu + childrenCpu;
    this.#seconds = Math.max(this.#seconds, seconds);
    this.#last = now;
  }
}
