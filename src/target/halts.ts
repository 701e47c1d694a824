import { type ProcessStat, readStat } from '../processes/proc.ts';

/** Often enough to see a stop that shows in the figures of a round. */
const INTERVAL_MS = 100;

/** Stopped by a signal, or by a tracer: the process was not allowed to work. */
const HELD = new Set(['T', 't']);

/** What a window has seen of each process, by pid and start. */
export type Seen = { ran: Set<string>; held: Set<string> };

export const nothingSeen = (): Seen => ({ ran: new Set(), held: new Set() });

/** Whether a process both ran and was stopped within a window. One that was stopped all along is meant to be. */
export const wasHalted = ({ ran, held }: Seen): boolean => [...held].some((process) => ran.has(process));

/** Watches processes for being stopped (SIGSTOP, a debugger, a paused terminal), on Linux. */
export class HaltWatch {
  #known: readonly ProcessStat[] = [];
  #timer: NodeJS.Timeout | null = null;
  readonly #tell: (process: string, held: boolean) => void;

  constructor(tell: (process: string, held: boolean) => void) {
    this.#tell = tell;
  }

  follow(members: readonly ProcessStat[]): void {
    this.#known = members;
    for (const member of members) this.#observe(member);
    this.#timer ??= setInterval(() => this.#look(), INTERVAL_MS).unref();
  }

  end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    for (const { pid, started } of this.#known) {
      const now = readStat(pid);
      if (now !== null && now.started === started) this.#observe(now);
    }
  }

  #observe({ pid, started, state }: ProcessStat): void {
    this.#tell(`${pid}/${started}`, HELD.has(state));
  }
}
