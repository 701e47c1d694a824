import type { ResourceWindow, WindowFigures } from '../domain/driver.ts';
import type { MemorySource } from '../domain/result.ts';
import { type ProcessStat, readResident, readWeight, type Weight } from '../processes/proc.ts';
import { CpuLedger } from './cpu-ledger.ts';
import { HaltWatch, nothingSeen, type Seen, wasHalted } from './halts.ts';
import { MemoryPeak } from './memory-peak.ts';

const INTERVAL_MS = 250;
/** Reading PSS walks the page tables of the target: at most a fiftieth of the time goes into it. */
const PSS_DUTY = 50;

/** Processes to follow now, or why there are none that could be measured. */
export type Members = () => ProcessStat[] | string;

type Open = { memory: MemoryPeak; cpuAtOpen: number; unmeasured: string | null; seen: Seen };

/**
 * Follows the memory and the CPU time of a process tree on Linux while a window is open: times and resident
 * memory four times a second, PSS where a window opens and closes and whenever the tree reaches a new high.
 */
export class TreeSampler {
  readonly #members: Members;
  readonly #source: Exclude<MemorySource, 'cgroup' | 'rss'>;
  readonly #windows = new Set<Open>();
  readonly #ledger = new CpuLedger();
  readonly #halts = new HaltWatch((process, held) => {
    for (const { seen } of this.#windows) (held ? seen.held : seen.ran).add(process);
  });
  #timer: NodeJS.Timeout | null = null;
  #nextPss = 0;

  constructor(members: Members, source: 'pss' | 'pid-file' = 'pss') {
    this.#members = members;
    this.#source = source;
  }

  /** `fromBirth`: the window of a boot, into which all processes are born. */
  openWindow(fromBirth = false): ResourceWindow {
    const open: Open = {
      memory: new MemoryPeak(fromBirth),
      cpuAtOpen: 0,
      unmeasured: null,
      seen: nothingSeen(),
    };
    this.#windows.add(open);
    this.#sample(true);
    open.cpuAtOpen = fromBirth ? 0 : this.#ledger.seconds;
    if (this.#timer === null) {
      this.#timer = setInterval(() => this.#sample(false), INTERVAL_MS);
      this.#timer.unref();
    }
    let closed: WindowFigures | null = null;
    return {
      close: async () => {
        closed ??= this.#close(open);
        return closed;
      },
    };
  }

  #close(open: Open): WindowFigures {
    this.#sample(true);
    this.#windows.delete(open);
    if (this.#windows.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      this.#halts.end();
    }
    const peak = open.memory.peak();
    const halted = wasHalted(open.seen) ? { halted: true } : {};
    if (peak === null)
      return { unmeasured: open.unmeasured ?? 'no process of the target was there to measure', ...halted };
    const source = this.#source === 'pid-file' ? 'pid-file' : peak.source;
    return {
      memory: { peak: Math.round(peak.bytes), source },
      cpu: { seconds: Math.max(0, this.#ledger.seconds - open.cpuAtOpen), source: 'proc' },
      ...halted,
    };
  }

  #sample(forced: boolean): void {
    const members = this.#members();
    if (typeof members === 'string') {
      for (const window of this.#windows) window.unmeasured = members;
      return;
    }
    this.#ledger.update(members);
    this.#halts.follow(members);
    const resident = new Map<string, { pid: number; rss: number; highest: number }>();
    for (const { pid, started } of members) {
      const memory = readResident(pid);
      if (memory !== null) resident.set(`${pid}/${started}`, { pid, ...memory });
    }
    if (resident.size === 0) return;
    for (const { memory } of this.#windows) memory.observe(resident);
    const rise = Math.max(...[...this.#windows].map(({ memory }) => memory.rise(resident)));
    const now = performance.now();
    // A leap is read at once: what made it may be gone in a moment. Creeping growth can wait its turn.
    if (!forced && !(rise > 1.1 || (rise > 1.01 && now >= this.#nextPss))) return;
    const weights = new Map<string, Weight>();
    let denied = false;
    for (const [key, { pid }] of resident) {
      const weight = readWeight(pid);
      if (weight === 'denied') denied = true;
      else if (weight !== 'gone') weights.set(key, weight);
    }
    this.#nextPss = now + PSS_DUTY * (performance.now() - now);
    for (const { memory } of this.#windows) memory.account(resident, denied ? null : weights);
  }
}
