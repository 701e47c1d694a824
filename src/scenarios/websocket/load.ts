import type { Stretch, StretchTally } from '../../domain/driver.ts';
import { GENERATOR_LIMIT, type GeneratorLoad } from '../../domain/result.ts';
import { deferred } from '../deferred.ts';
import { Starvation } from '../starvation.ts';
import { Book } from './book.ts';
import type { Lane, LaneHost } from './lane.ts';
import type { LatePushes } from './late-pushes.ts';
import { Opener } from './opener.ts';
import { ClosedLoop, Listening, OpenLoop, type Pace } from './pace.ts';
import type { CompiledSide } from './side.ts';

/** Deadlines are looked at this often; less often where there are many lanes to look at. */
const SWEEP_MS = { least: 10, perLane: 0.01, most: 100 };

/** How long the first attempts of all lanes may take, beside their timeouts, before the clock starts without some. */
const PATIENCE_MS = { base: 1000, perLane: 5 };

/**
 * One stretch of load: `prepared` when the connections are open (or were refused), then `start`, then `done` when everything
 * that was sent is answered, lost or timed out, so that a message belongs to the stretch it was sent in. Opening is
 * not part of the time under load. `done` rejects only when the generator itself is broken, or on `cancel`.
 */
export class StretchRun implements LaneHost {
  readonly book: Book;
  readonly opener: Opener;
  readonly #preparing = deferred<void>();
  readonly #finishing = deferred<StretchTally>();
  readonly #lanes: readonly Lane[];
  readonly #stretch: Stretch;
  readonly #late: LatePushes;
  readonly #pace: Pace;
  readonly #sweep: NodeJS.Timeout;
  readonly #sweepMs: number;
  readonly #patience: NodeJS.Timeout;
  #stopTimer: NodeJS.Timeout | undefined;
  #restedAt: number | undefined;
  #unsettled: number;
  #inFlight = 0;
  #sweptAt = performance.now();
  #begun = false;
  #ended = false;
  #startedAt = '';
  #starvation: Starvation;
  #generator: GeneratorLoad = { cpu: 0, limited: false };
  stopping = false;

  constructor(side: CompiledSide, lanes: readonly Lane[], stretch: Stretch, late: LatePushes) {
    this.#late = late;
    const { scenario, share } = side;
    this.#lanes = lanes;
    this.#stretch = stretch;
    this.#unsettled = lanes.length;
    this.book = new Book(scenario, lanes.filter((lane) => lane.isOpen).length, (push) =>
      late.wasSentWithin(push),
    );
    this.opener = new Opener(
      scenario.connectRate === undefined ? undefined : scenario.connectRate / share.of,
    );
    this.#pace = paceOf(side, lanes, stretch, this.book);
    this.#sweepMs = Math.min(SWEEP_MS.most, Math.max(SWEEP_MS.least, lanes.length * SWEEP_MS.perLane));
    this.#starvation = new Starvation(this.#sweepMs);
    this.#sweep = setInterval(() => this.#sweepLanes(), this.#sweepMs);
    const ramp =
      scenario.connectRate === undefined ? 0 : (scenario.connections * 1000) / scenario.connectRate;
    this.#patience = setTimeout(
      () => this.#preparing.resolve(),
      PATIENCE_MS.base + PATIENCE_MS.perLane * lanes.length + ramp + 2 * scenario.timeoutMs,
    );
    // A stretch that is cancelled before anyone asked for its end must not count as an unhandled failure.
    this.#preparing.promise.catch(() => {});
    this.#finishing.promise.catch(() => {});
    for (const lane of lanes) lane.join(this);
    if (lanes.length === 0) this.#preparing.resolve();
  }

  get prepared(): Promise<void> {
    return this.#preparing.promise;
  }

  /** Starts the clock. */
  start(): Promise<StretchTally> {
    if (this.#begun || this.#ended) return this.#finishing.promise;
    this.#begun = true;
    clearTimeout(this.#patience);
    this.#startedAt = new Date().toISOString();
    const now = performance.now();
    this.#starvation = new Starvation(this.#sweepMs);
    this.#sweptAt = now;
    this.book.begin(now);
    this.#late.begin(this.book, now);
    this.#pace.begin(now);
    this.#stopTimer = setTimeout(() => this.#stop(), this.#stretch.durationMs);
    for (const lane of this.#lanes) this.#pace.ready(lane);
    return this.#finishing.promise;
  }

  cancel(): void {
    this.#end(new Error('cancelled'));
  }

  settled(): void {
    this.#unsettled -= 1;
    // Not at once: the lane that settled last must have its state first.
    if (this.#unsettled === 0) setImmediate(() => this.#preparing.resolve());
  }

  ready(lane: Lane): void {
    if (!this.#ended) this.#pace.ready(lane);
  }

  landed(count: number): void {
    if (this.#ended) return;
    this.#pace.landed(count);
    this.rested();
  }

  rested(): void {
    // Not at once: an answer may make room for a message that is due.
    if (this.stopping && !this.#ended) setImmediate(() => this.#endWhenDone());
  }

  broke(message: string): void {
    this.#end(new Error(message));
  }

  #stop(): void {
    const now = performance.now();
    this.stopping = true;
    const { cpu, starved } = this.#starvation.end();
    this.#generator = { cpu, limited: cpu >= GENERATOR_LIMIT, starved };
    this.#inFlight = this.#lanes.reduce((sum, lane) => sum + lane.inFlight, 0);
    this.book.stop(now);
    this.#late.stop(now);
    this.#pace.stop(now, this.#inFlight);
    for (const lane of this.#lanes) lane.stop();
    this.#endWhenDone();
  }

  #sweepLanes(): void {
    const now = performance.now();
    const underLoad = this.#begun && !this.stopping;
    if (underLoad) this.#starvation.tick();
    const loadMs = underLoad ? now - this.#sweptAt : 0;
    this.#sweptAt = now;
    for (const lane of this.#lanes) lane.sweep(now, loadMs);
    if (this.stopping) this.#endWhenDone();
  }

  #endWhenDone(): void {
    if (this.#ended || !this.stopping) return;
    if (this.#lanes.some((lane) => lane.busy)) return;
    if (!this.#pace.over && this.#lanes.some((lane) => lane.isOpen)) return;
    if (this.#stretch.last === true && this.#mayStillCome()) return;
    this.#end();
  }

  /** Of the last stretch of a round: what was sent in it may still be passed on. That wait is no time under load. */
  #mayStillCome(): boolean {
    if (!this.#lanes.some((lane) => lane.isOpen)) return false;
    const now = performance.now();
    this.#restedAt ??= now;
    return now < this.#restedAt + this.#late.graceMs(this.book);
  }

  #end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#patience);
    clearTimeout(this.#stopTimer);
    this.opener.clear();
    this.#pace.settle();
    this.#late.stretchEnded(this.book, this.#stretch.last === true);
    for (const lane of this.#lanes) {
      if (error) lane.abandon();
      lane.leave();
    }
    if (error) {
      this.#preparing.reject(error);
      this.#finishing.reject(error);
      return;
    }
    this.#finishing.resolve({
      startedAt: this.#startedAt,
      total: this.book.tally(this.#pace.elapsed()),
      parts: [],
      generator: this.#generator,
    });
  }
}

function paceOf(side: CompiledSide, lanes: readonly Lane[], stretch: Stretch, book: Book): Pace {
  const { scenario, share } = side;
  if (scenario.send === undefined) return new Listening();
  if (scenario.rate === undefined) return new ClosedLoop(scenario.inFlight, lanes.length);
  const limits = { durationMs: stretch.durationMs, timeoutMs: scenario.timeoutMs };
  return new OpenLoop((scenario.rate * share.connections) / scenario.connections, limits, lanes, book);
}
