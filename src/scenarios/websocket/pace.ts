import { Schedule, TIMER_MS } from '../schedule.ts';
import type { Book } from './book.ts';
import type { Lane } from './lane.ts';

/** Decides when lanes send. Times are those of `performance.now()`. */
export interface Pace {
  begin(at: number): void;
  /** A lane can send, or can send more than before. */
  ready(lane: Lane): void;
  /** `count` messages that were in flight no longer are. */
  landed(count: number): void;
  /** The time is up; `inFlight` messages are still on their way. */
  stop(at: number, inFlight: number): void;
  /** Nothing will be sent any more. */
  readonly over: boolean;
  /** The time under load that the counts belong to, in ms. */
  elapsed(): number;
  /** Counts what could not be sent at all. */
  settle(): void;
}

/** Nothing is asked: what the server pushes within the stretch counts. */
export class Listening implements Pace {
  #startedAt = 0;
  #stoppedAt = 0;
  readonly over = true;

  begin(at: number): void {
    this.#startedAt = at;
  }

  ready(): void {}

  landed(): void {}

  stop(at: number): void {
    this.#stoppedAt = at;
  }

  elapsed(): number {
    return this.#stoppedAt - this.#startedAt;
  }

  settle(): void {}
}

/** Closed loop: every connection has as many messages in flight as it may; an answer makes room for the next one. */
export class ClosedLoop implements Pace {
  readonly #perLane: number;
  readonly #slots: number;
  #startedAt = 0;
  #begun = false;
  #busyMs = 0;
  over = false;

  constructor(perLane: number, lanes: number) {
    this.#perLane = perLane;
    this.#slots = perLane * lanes;
  }

  begin(at: number): void {
    this.#startedAt = at;
    this.#begun = true;
  }

  ready(lane: Lane): void {
    while (this.#begun && !this.over && lane.canSend && lane.inFlight < this.#perLane)
      lane.send(performance.now());
  }

  /** A place in flight whose answer comes after the end is through; the others were at the end. */
  landed(count: number): void {
    if (this.over) this.#busyMs += count * (performance.now() - this.#startedAt);
  }

  stop(at: number, inFlight: number): void {
    this.over = true;
    this.#busyMs += (this.#slots - inFlight) * (at - this.#startedAt);
  }

  /**
   * The mean over the places in flight of the time until each one's last answer, which is a stopping time: by Wald's
   * identity that estimates the time per answer without bias, however short the stretch.
   */
  elapsed(): number {
    return this.#slots === 0 ? 0 : this.#busyMs / this.#slots;
  }

  settle(): void {}
}

/** Messages in flight of one process, at most: beyond, they wait to be sent, and their clock runs. */
const MOST_IN_FLIGHT = 200_000;

/**
 * Open loop: message `n` is due at `n / rate`, whatever became of the earlier ones, and goes to the next connection in
 * turn. Its round trip counts from then, also when no connection could take it: a stall of the target delays everything
 * due in it, and all of that shows (no coordinated omission). What was due within the stretch is still sent after its
 * end, until its timeout.
 */
export class OpenLoop implements Pace {
  readonly #schedule: Schedule;
  readonly #timeoutMs: number;
  readonly #perLane: number;
  readonly #lanes: readonly Lane[];
  readonly #book: Book;
  #begun = false;
  #blocked = false;
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    rate: number,
    limits: { durationMs: number; timeoutMs: number },
    lanes: readonly Lane[],
    book: Book,
  ) {
    this.#schedule = new Schedule(rate, limits.durationMs);
    this.#timeoutMs = limits.timeoutMs;
    this.#perLane = Math.max(1, Math.floor(MOST_IN_FLIGHT / Math.max(1, lanes.length)));
    this.#lanes = lanes;
    this.#book = book;
  }

  get over(): boolean {
    return this.#schedule.over;
  }

  begin(at: number): void {
    this.#schedule.begin(at);
    this.#begun = true;
    this.#dispatch();
  }

  ready(): void {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.#dispatch();
  }

  landed(): void {}

  /** What was due in the stretch is still sent. */
  stop(): void {}

  elapsed(): number {
    return this.#schedule.elapsed();
  }

  settle(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    for (; !this.over; this.#schedule.skip()) {
      if (now - this.#schedule.due >= this.#timeoutMs) this.#book.timedOut('timeout', this.#timeoutMs, false);
      else this.#book.failed('unsent');
    }
  }

  #dispatch(): void {
    if (!this.#begun || this.#blocked) return;
    while (!this.over) {
      const now = performance.now();
      const { due, intervalMs } = this.#schedule;
      if (due > now) {
        this.#arm(due - now);
        return;
      }
      if (now - due >= this.#timeoutMs) {
        this.#schedule.skip();
        this.#book.timedOut('timeout', this.#timeoutMs, false);
        continue;
      }
      const lane = this.#nextLane();
      if (lane === undefined) {
        // Until a lane is ready; the timer only lets what waits for too long expire.
        this.#blocked = true;
        this.#arm(Math.max(1, due + this.#timeoutMs - now));
        return;
      }
      this.#schedule.sent(now);
      const late = now - due;
      if (late > Math.max(TIMER_MS, intervalMs)) this.#book.behind();
      lane.send(late <= TIMER_MS ? now : due);
    }
    clearTimeout(this.#timer);
  }

  /** Lanes take turns, so that each sends at the same rate. */
  #nextLane(): Lane | undefined {
    for (let tried = 0; tried < this.#lanes.length; tried += 1) {
      const lane = this.#lanes[this.#turn];
      this.#turn = (this.#turn + 1) % this.#lanes.length;
      if (lane?.canSend && lane.inFlight < this.#perLane) return lane;
    }
    return undefined;
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#blocked = false;
      this.#dispatch();
    }, ms);
  }
}
