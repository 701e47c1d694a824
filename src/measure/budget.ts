import { CancelledError } from '../domain/errors.ts';

/** Wall time a measurement may take, from the first boot. The clock is injected; times in ms. */
export type Clock = { now(): number };

export const wallClock: Clock = { now: () => performance.now() };

/**
 * The budget of one run. It starts with `start()`, once; `signal` fires when it is spent or when the run is
 * cancelled, so that whatever is under way ends; `wouldOverrun` is asked before something new is begun.
 */
export class Budget {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #totalMs: number;
  readonly #cancel: AbortSignal;
  readonly #onCancel = () => this.#controller.abort(new CancelledError('cancelled'));
  #startedAt: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(totalMs: number, cancel: AbortSignal, clock: Clock = wallClock) {
    this.#totalMs = totalMs;
    this.#cancel = cancel;
    this.#clock = clock;
    if (cancel.aborted) this.#onCancel();
    else cancel.addEventListener('abort', this.#onCancel, { once: true });
  }

  start(): void {
    if (this.#startedAt !== undefined) return;
    this.#startedAt = this.#clock.now();
    this.#timer = setTimeout(() => this.#controller.abort(new BudgetSpent()), this.#totalMs);
    this.#timer.unref();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get elapsedMs(): number {
    return this.#startedAt === undefined ? 0 : this.#clock.now() - this.#startedAt;
  }

  get cancelled(): boolean {
    return this.#cancel.aborted;
  }

  get spent(): boolean {
    return this.#controller.signal.aborted && !this.#cancel.aborted;
  }

  /** Whether something that takes `ms` would end after the budget. */
  wouldOverrun(ms: number): boolean {
    return this.elapsedMs + ms > this.#totalMs;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#cancel.removeEventListener('abort', this.#onCancel);
  }
}

/** The reason on the budget's signal when its time is over. */
class BudgetSpent extends Error {
  override name = 'BudgetSpent';
  constructor() {
    super('the time budget is spent');
  }
}
