import { Schedule, TIMER_MS } from '../schedule.ts';
import type { Book } from './book.ts';
import type { Lane, Turn } from './lane.ts';
import type { CompiledSide } from './side.ts';

/** Decides when a lane sends. `begin` when all lanes have had their chance to connect, `stop` when the time is up. */
export interface Pace {
  begin(at: number): void;
  turn(lane: Lane): Turn;
  stop(): void;
  /** Nothing will be sent any more. */
  readonly over: boolean;
  /** The time under load that the counts belong to, in ms. */
  elapsed(lanes: readonly Lane[]): number;
  /** Counts what could not be sent at all. */
  settle(): void;
}

/** Closed loop: a lane sends its next request as soon as it has the answer to the last one. */
export class ClosedLoop implements Pace {
  #startedAt = 0;
  over = false;

  begin(at: number): void {
    this.#startedAt = at;
  }

  turn(): Turn {
    return this.over ? 'over' : 'now';
  }

  stop(): void {
    this.over = true;
  }

  /**
   * The mean over the lanes of the time until each one's last answer. A lane stops at the first answer after the end,
   * which is a stopping time: by Wald's identity its busy time over its answers estimates the time per request without
   * bias, however short the stretch. (Answers over the nominal duration would count the drained ones for nothing:
   * +10% for 100 ms slices of 10 ms requests.)
   */
  elapsed(lanes: readonly Lane[]): number {
    const busy = lanes.reduce((sum, lane) => sum + Math.max(0, lane.finishedAt - this.#startedAt), 0);
    return lanes.length === 0 ? 0 : busy / lanes.length;
  }

  settle(): void {}
}

/**
 * Open loop: request `n` is due at `n / rate`, whether or not the earlier ones were answered. Its latency counts from
 * then, also when no connection was free: a stall of the target delays everything due in it, and all of that shows
 * (no coordinated omission). What was due within the stretch is still sent after its end, until its timeout.
 */
export class OpenLoop implements Pace {
  readonly #schedule: Schedule;
  readonly #side: CompiledSide;
  readonly #book: Book;
  readonly #free: Lane[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(rate: number, durationMs: number, side: CompiledSide, book: Book) {
    this.#schedule = new Schedule(rate, durationMs);
    this.#side = side;
    this.#book = book;
  }

  get over(): boolean {
    return this.#schedule.over;
  }

  begin(at: number): void {
    this.#schedule.begin(at);
  }

  turn(lane: Lane): Turn {
    const now = performance.now();
    while (!this.over) {
      const { due, intervalMs } = this.#schedule;
      if (due > now) {
        this.#free.push(lane);
        this.#arm(now);
        return 'wait';
      }
      const { part } = lane.flow;
      if (this.#expired(part, due, now)) {
        this.#schedule.skip();
        if (lane.flow.finished(false).restarted) this.#book.restarted(part);
        continue;
      }
      this.#schedule.sent(now);
      const wasFree = lane.freeSince <= due;
      if (!wasFree && now - due > intervalMs) this.#book.behind(part);
      return wasFree && now - due <= TIMER_MS ? 'now' : due;
    }
    return 'over';
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  elapsed(): number {
    return this.#schedule.elapsed();
  }

  settle(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    for (; !this.over; this.#schedule.skip()) {
      const part = this.#schedule.next % this.#side.requests.length;
      if (!this.#expired(part, this.#schedule.due, now)) this.#book.failed(part, 'unsent');
    }
  }

  /** Waited longer for a connection than its timeout allows: counted as such, without having been sent. */
  #expired(part: number, due: number, now: number): boolean {
    const { timeoutMs } = this.#side.request(part);
    if (now - due < timeoutMs) return false;
    this.#book.timedOut(part, timeoutMs);
    return true;
  }

  #arm(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#dispatch(), Math.max(0, this.#schedule.due - now));
  }

  #dispatch(): void {
    let waiting = this.#free.length;
    while (waiting > 0 && !this.over && this.#schedule.due <= performance.now()) {
      waiting -= 1;
      const lane = this.#free.shift();
      if (lane?.waiting) lane.proceed();
    }
    if (this.#free.length > 0 && !this.over) this.#arm(performance.now());
    if (this.over) for (const lane of this.#free.splice(0)) lane.proceed();
  }
}
