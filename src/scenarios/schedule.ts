/** A timer of Node fires up to this late: what is sent by then is not late, its clock starts when it is sent. */
export const TIMER_MS = 2;

/**
 * When what an open loop sends is due: number `n` at `n / rate` after the start, whatever became of the earlier ones. Times
 * are those of `performance.now()`.
 */
export class Schedule {
  readonly intervalMs: number;
  readonly #total: number;
  #startedAt = 0;
  #lastSentAt = 0;
  #next = 0;

  /** `rate`: how many a second. */
  constructor(rate: number, durationMs: number) {
    this.intervalMs = 1000 / rate;
    this.#total = Math.max(1, Math.ceil(durationMs / this.intervalMs));
  }

  begin(at: number): void {
    this.#startedAt = at;
    this.#lastSentAt = at;
  }

  /** All have been sent or skipped. */
  get over(): boolean {
    return this.#next >= this.#total;
  }

  /** Number of the next one, from 0. */
  get next(): number {
    return this.#next;
  }

  /** When the next one is due. */
  get due(): number {
    return this.#startedAt + this.#next * this.intervalMs;
  }

  sent(now: number): void {
    this.#next += 1;
    this.#lastSentAt = now;
  }

  /** The next one will not be sent. */
  skip(): void {
    this.#next += 1;
  }

  /**
   * The time under load, in ms: an interval for each that was due, so that a rate with less than one in the time does not
   * look like a higher one; what is sent after its end prolongs it.
   */
  elapsed(): number {
    return Math.max(this.#total * this.intervalMs, this.#lastSentAt - this.#startedAt);
  }
}
