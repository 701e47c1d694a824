/** Attempts that may be under way at once: more of them only wait for each other, and would look slow. */
const AT_ONCE = 10;
/** Of attempts that are due at a rate, many may be under way: they are not to wait for slow ones. */
const PACED_AT_ONCE = 1000;

type Attempt = (intendedAt: number | undefined) => void;

/**
 * Decides when sockets are opened: a few at a time, or at a rate. An attempt counts from when it is made; at a rate, from
 * when it was due. Whoever makes one calls `finished` when the socket is open, or could not be opened.
 */
export class Opener {
  readonly #intervalMs: number | undefined;
  readonly #waiting: { attempt: Attempt; due: number | undefined }[] = [];
  #next = 0;
  #startedAt: number | undefined;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `rate`: sockets per second. */
  constructor(rate: number | undefined) {
    this.#intervalMs = rate === undefined ? undefined : 1000 / rate;
  }

  /** `paced`: as one of those that are opened at the rate, where there is one. */
  request(attempt: Attempt, paced: boolean): void {
    let due: number | undefined;
    if (paced && this.#intervalMs !== undefined) {
      this.#startedAt ??= performance.now();
      due = this.#startedAt + this.#next * this.#intervalMs;
      this.#next += 1;
    }
    this.#waiting.push({ attempt, due });
    this.#proceed();
  }

  finished(): void {
    this.#underWay -= 1;
    this.#proceed();
  }

  /** Forgets whoever still waits; the next paced attempt begins a new series. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.length = 0;
    this.#startedAt = undefined;
    this.#next = 0;
  }

  #proceed(): void {
    const most = this.#intervalMs === undefined ? AT_ONCE : PACED_AT_ONCE;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#underWay >= most) return;
      const early = next.due === undefined ? 0 : next.due - performance.now();
      if (early > 0) {
        this.#arm(early);
        return;
      }
      this.#waiting.shift();
      this.#underWay += 1;
      next.attempt(next.due);
    }
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#proceed(), Math.ceil(ms));
  }
}
