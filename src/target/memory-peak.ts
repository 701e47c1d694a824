import type { Weight } from '../processes/proc.ts';

/** Resident memory of each process, by a key that is never reused: now, and at its highest since it started. */
export type Resident = ReadonlyMap<string, { rss: number; highest: number }>;

type Seen = {
  /** Lifetime high when the window first saw the process; 0 for one that was born within it. */
  highestBefore: number;
  /** The most it was known to hold within the window. */
  top: number;
  /** Its resident memory when the tree was last weighed at its heaviest. */
  weighed: number | null;
};

/**
 * Peak memory of a process tree within one window.
 *
 *     memory of one process       . VmHWM: the kernel keeps the highest point
 *                        /\     <-- missed by sampling: added once, below
 *        weighed        /  \
 *     ──────●──────────●────\───●──
 *
 * The tree is weighed now and then. A spike between two weighings is known from VmHWM, as the
 * rise of one process over the resident memory it had when it was weighed; what a process touches in a spike is
 * its own, so that rise is right without knowing what it shares. Only the largest of these rises is added: spikes
 * of several processes need not have been at the same time, and adding them all would count what never was.
 * VmHWM is a figure of a lifetime: it speaks for this window only if it rose within it.
 */
export class MemoryPeak {
  readonly #seen = new Map<string, Seen>();
  #first: boolean;
  #highestRss = 0;
  #pss = 0;
  #rss = 0;
  #pssUsable = true;
  #weighings = 0;

  /** `fromBirth`: all processes are born within the window, also those of the first sample. */
  constructor(fromBirth = false) {
    this.#first = !fromBirth;
  }

  /** Takes in one sample. */
  observe(resident: Resident): void {
    for (const [key, { rss, highest }] of resident) {
      const known = this.#seen.get(key);
      const seen = known ?? { highestBefore: this.#first ? highest : 0, top: 0, weighed: null };
      if (known === undefined) this.#seen.set(key, seen);
      seen.top = Math.max(seen.top, rss, highest > seen.highestBefore ? highest : 0);
    }
    this.#first = false;
  }

  /** Resident memory of the tree as a multiple of the most that it was weighed at. */
  rise(resident: Resident): number {
    return this.#highestRss === 0 ? Number.POSITIVE_INFINITY : total(resident) / this.#highestRss;
  }

  /** Takes in a weighing of the same processes, or null where the kernel does not tell it of all. */
  account(resident: Resident, weights: ReadonlyMap<string, Weight> | null): void {
    this.#weighings += 1;
    if (weights === null) this.#pssUsable = false;
    this.#highestRss = Math.max(this.#highestRss, total(resident));
    this.#rss = Math.max(this.#rss, total(resident));
    this.#pss = Math.max(this.#pss, weightOf([...(weights?.values() ?? [])]));
    for (const [key, { rss }] of resident) {
      const seen = this.#seen.get(key);
      if (seen !== undefined) seen.weighed = Math.max(seen.weighed ?? 0, rss);
    }
  }

  /** Bytes at the highest, or null when the tree was never seen. */
  peak(): { bytes: number; source: 'pss' | 'rss' } | null {
    if (this.#weighings === 0) return null;
    let spike = 0;
    for (const { top, weighed } of this.#seen.values()) {
      if (weighed !== null) spike = Math.max(spike, top - weighed);
    }
    return this.#pssUsable
      ? { bytes: this.#pss + spike, source: 'pss' }
      : { bytes: this.#rss + spike, source: 'rss' };
  }
}

/**
 * What a tree holds, nothing counted twice: the shares of anonymous and of shared memory, and the mapped files of
 * each program once. Files are not taken by share as in PSS: the text of a runtime is shared with every process of
 * the machine that runs it, the load generator among them, so that the figure would move with what is none of the
 * target's (20 MB for a Node of 60 MB). This is the PSS that the tree would have if it were alone.
 */
function weightOf(weights: readonly Weight[]): number {
  const files = new Map<string, number>();
  let bytes = 0;
  for (const weight of weights) {
    bytes += weight.share;
    files.set(weight.program, Math.max(files.get(weight.program) ?? 0, weight.files));
  }
  for (const mapped of files.values()) bytes += mapped;
  return bytes;
}

function total(resident: Resident): number {
  let bytes = 0;
  for (const { rss } of resident.values()) bytes += rss;
  return bytes;
}
