import { performance } from 'node:perf_hooks';

/** A timer of Node fires up to this late on an idle machine. */
const TIMER_MS = 2;

/**
 * The share of the time in which a generator had work and was given no core. Two signs are read, and the larger counts:
 *
 *   its event loop was busy for longer than its process used a core: others had it meanwhile
 *   its ticks came later than its own work explains: it was not woken for what had arrived, or was stopped altogether
 *
 * Its share of a core alone tells neither: a generator that gets little CPU looks idle.
 */
export class Starvation {
  readonly #tickMs: number;
  readonly #loop = performance.eventLoopUtilization();
  readonly #start = { at: performance.now(), cpu: process.cpuUsage() };
  #last = this.#start;
  #lateMs = 0;

  /** `tickMs`: how often `tick` is called while all is well. */
  constructor(tickMs: number) {
    this.#tickMs = tickMs;
  }

  tick(): void {
    const now = { at: performance.now(), cpu: process.cpuUsage() };
    const late = now.at - this.#last.at - this.#tickMs - TIMER_MS - milliseconds(this.#last.cpu, now.cpu);
    this.#lateMs += Math.max(0, late);
    this.#last = now;
  }

  /** Shares of the time since the start: of a core used, and of waiting for one. */
  end(): { cpu: number; starved: number } {
    this.tick();
    const elapsed = Math.max(this.#last.at - this.#start.at, 1e-3);
    const cpu = milliseconds(this.#start.cpu, this.#last.cpu) / elapsed;
    const { utilization } = performance.eventLoopUtilization(this.#loop);
    return { cpu, starved: Math.min(1, Math.max(utilization - cpu, this.#lateMs / elapsed, 0)) };
  }
}

function milliseconds(from: NodeJS.CpuUsage, to: NodeJS.CpuUsage): number {
  return (to.user - from.user + to.system - from.system) / 1000;
}
