import autocannon from 'autocannon';
import type { HttpScenario } from '../../domain/config.ts';
import type { Stretch, StretchTally } from '../../domain/driver.ts';
import { GENERATOR_LIMIT, type GeneratorLoad } from '../../domain/result.ts';
import { deferred } from '../deferred.ts';
import { Starvation } from '../starvation.ts';
import { Book } from './book.ts';
import { Lane, type LaneHost } from './lane.ts';
import { ClosedLoop, OpenLoop, type Pace } from './pace.ts';
import type { CompiledSide } from './side.ts';

/** Connections have this long to open, and 1 ms more for each, before the clock starts without the missing ones. */
const GATE_MS = 500;

const SWEEP_MS = 10;

/** autocannon's own histograms hold whole milliseconds; nothing is recorded in them. */
const unused = { __custom: true as const, recordValue: () => {}, reset: () => {}, destroy: () => {} };

/** A stretch of load under way. */
export type RunningLoad = { done: Promise<StretchTally>; cancel(): void };

/**
 * Puts one stretch of load on a side: one run of autocannon, whose clients stop sending when the time is up and end when
 * everything in flight is answered, lost or timed out, so that a request belongs to the stretch it was sent in.
 * The clock starts when the connections are open: the first answer of each is then like the others, also in slices of
 * 100 ms (p50 and p95 within 4% of 1 s rounds), and none needs to be left out. Rejects only when the generator itself is broken.
 */
export function startLoad(scenario: HttpScenario, side: CompiledSide, stretch: Stretch): RunningLoad {
  const run = new StretchRun(scenario, side, stretch);
  return { done: run.done.promise, cancel: () => run.end(new Error('cancelled')) };
}

class StretchRun implements LaneHost {
  readonly done = deferred<StretchTally>();
  readonly side: CompiledSide;
  readonly book: Book;
  readonly #stretch: Stretch;
  readonly #pace: Pace;
  readonly #lanes: Lane[] = [];
  readonly #connections: number;
  readonly #sweep: NodeJS.Timeout;
  #gate: NodeJS.Timeout | undefined;
  #stopTimer: NodeJS.Timeout | undefined;
  #unsettled: number;
  #running: number;
  #open = false;
  #stopping = false;
  #ended = false;
  #startedAt = '';
  #starvation = new Starvation(SWEEP_MS);
  #generator: GeneratorLoad = { cpu: 0, limited: false };

  constructor(scenario: HttpScenario, side: CompiledSide, stretch: Stretch) {
    this.side = side;
    this.#stretch = stretch;
    this.#connections = scenario.connections;
    this.#unsettled = scenario.connections;
    this.#running = scenario.connections;
    const kind = { openLoop: scenario.rate !== undefined, steps: scenario.mode === 'steps' };
    this.book = new Book(
      scenario.requests.map((request) => request.name),
      kind,
    );
    this.#pace =
      scenario.rate === undefined
        ? new ClosedLoop()
        : new OpenLoop(scenario.rate, stretch.durationMs, side, this.book);
    this.#sweep = setInterval(() => this.#checkDeadlines(), SWEEP_MS);
    this.#gate = setTimeout(() => this.#begin(), GATE_MS + scenario.connections);
    this.#launch();
  }

  turn(lane: Lane): ReturnType<Pace['turn']> {
    return this.#open ? this.#pace.turn(lane) : 'wait';
  }

  over(): boolean {
    return this.#pace.over;
  }

  stopping(): boolean {
    return this.#stopping;
  }

  settled(): void {
    this.#unsettled -= 1;
    // Not at once: the lane that settled last must have its state first.
    if (this.#unsettled === 0) setImmediate(() => this.#begin());
  }

  finished(): void {
    this.#running -= 1;
    if (this.#running === 0 && !this.#ended) this.end();
  }

  broke(message: string): void {
    this.end(new Error(message));
  }

  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#gate);
    clearTimeout(this.#stopTimer);
    this.#pace.stop();
    for (const lane of this.#lanes) lane.finish();
    if (error) {
      this.done.reject(error);
      return;
    }
    this.#pace.settle();
    this.done.resolve({
      startedAt: this.#startedAt,
      ...this.book.tallies(this.#pace.elapsed(this.#lanes)),
      generator: this.#generator,
    });
  }

  #launch(): void {
    autocannon(
      {
        url: this.side.url.href,
        connections: this.#connections,
        // Its own end cuts requests off at a tick: the lanes end by themselves, long before.
        duration: 1_000_000,
        sampleInt: SWEEP_MS,
        timeout: 1_000_000,
        skipAggregateResult: true,
        histograms: { latencies: unused, requests: unused, throughput: unused },
        setupClient: (client) => {
          const flow = this.side.flows[this.#lanes.length];
          if (!flow) throw new RangeError('more connections than flows');
          this.#lanes.push(new Lane(client, flow, this));
        },
      },
      (error) => {
        if (error) this.end(error);
      },
    );
  }

  #begin(): void {
    if (this.#open || this.#ended) return;
    this.#open = true;
    clearTimeout(this.#gate);
    this.#startedAt = new Date().toISOString();
    this.#starvation = new Starvation(SWEEP_MS);
    this.#pace.begin(performance.now());
    this.#stopTimer = setTimeout(() => this.#stop(), this.#stretch.durationMs);
    for (const lane of this.#lanes) lane.proceed();
  }

  #stop(): void {
    this.#stopping = true;
    const { cpu, starved } = this.#starvation.end();
    this.#generator = { cpu, limited: cpu >= GENERATOR_LIMIT, starved };
    this.#pace.stop();
    for (const lane of this.#lanes) lane.stop();
  }

  #checkDeadlines(): void {
    if (this.#open && !this.#stopping) this.#starvation.tick();
    const now = performance.now();
    for (const lane of this.#lanes) lane.checkDeadline(now);
  }
}
