import type { WebSocketScenario } from '../../domain/config.ts';
import { HistogramRecorder } from '../../domain/histogram.ts';
import type { Tally } from '../../domain/result.ts';
import type { ErrorKind } from './failure.ts';
import type { Push } from './timestamp.ts';

type Family = 'rtt' | 'delivery' | 'confirm' | 'reconnect' | 'connect';

/** After the end of a stretch, what was sent in it may take so long to where it is given its time and passed on. */
const ON_THE_WAY_MS = 50;

/** What a scenario is there for: the events of this stage are its `ok`. All failures, of every stage, are its `failed`. */
type Purpose = 'answer' | 'push' | 'confirm' | 'open';

function purposeOf({ expect, receive, confirm }: WebSocketScenario): Purpose {
  if (expect !== undefined) return 'answer';
  if (receive !== undefined) return 'push';
  return confirm === undefined ? 'open' : 'confirm';
}

/**
 * What happened in one stretch. Every message that expects an answer, every failed attempt to connect or subscribe, and
 * every socket that was dropped unasked ends up in exactly one of `ok` and `failed`; every failure has one kind.
 */
export class Book {
  readonly #purpose: Purpose;
  readonly #families: Map<Family, HistogramRecorder>;
  readonly #errors = new Map<ErrorKind, number>();
  readonly #counters = {
    messages: 0,
    sent: 0,
    answered: 0,
    lost: 0,
    ok: 0,
    failed: 0,
    opened: 0,
    dropped: 0,
    behind: 0,
    unexpected: 0,
    outside: 0,
    tried: 0,
    unkept: 0,
  };
  readonly #scenario: WebSocketScenario;
  readonly #wasSentWithin: (push: Push) => boolean | undefined;
  #open: number;
  #held = 0;
  #since: number | undefined;
  #heldMs = 0;
  #lastSentAt: number | undefined;
  #slowestDeliveryMs: number | undefined;

  /**
   * `open`: sockets that are open already. `wasSentWithin`: whether a message belongs to what is measured, undefined where
   * all that come do.
   */
  constructor(scenario: WebSocketScenario, open: number, wasSentWithin: (push: Push) => boolean | undefined) {
    this.#scenario = scenario;
    this.#wasSentWithin = wasSentWithin;
    this.#purpose = purposeOf(scenario);
    this.#open = open;
    const families: [Family, boolean][] = [
      ['rtt', scenario.expect !== undefined],
      ['delivery', scenario.timestamp !== undefined],
      ['confirm', scenario.confirm !== undefined],
      ['reconnect', scenario.reconnect !== undefined],
      ['connect', true],
    ];
    this.#families = new Map(
      families.flatMap(([family, used]) => (used ? [[family, new HistogramRecorder('ms')] as const] : [])),
    );
  }

  opened(ms: number): void {
    this.#counters.opened += 1;
    this.#record('connect', ms);
    this.#done('open');
    this.#hold(1);
  }

  /** A connection is open, and subscribed. */
  kept(): void {
    this.#counters.tried += 1;
  }

  /** An attempt to connect, or to subscribe, failed. */
  gaveUp(): void {
    this.#counters.tried += 1;
    this.#counters.unkept += 1;
  }

  /** A connection failed after it had been open: once for each. */
  unkept(): void {
    this.#counters.unkept += 1;
  }

  /** A socket is no longer open, whoever closed it. */
  closed(): void {
    this.#hold(-1);
  }

  confirmed(ms: number): void {
    this.#record('confirm', ms);
    this.#done('confirm');
  }

  reconnected(ms: number): void {
    this.#record('reconnect', ms);
  }

  dropped(): void {
    this.#counters.dropped += 1;
  }

  sent(): void {
    this.#counters.sent += 1;
    // Of an open loop, what was due before the end.
    if (this.#lastSentAt !== undefined) this.#lastSentAt = performance.now();
  }

  /** Of an open loop: sent later than it should have been, by more than one interval. */
  behind(): void {
    this.#counters.behind += 1;
  }

  answered(rtt: number): void {
    this.#counters.answered += 1;
    this.#counters.messages += 1;
    this.#record('rtt', rtt);
    this.#done('answer');
  }

  pushed(push: Push): void {
    if (push === 'no-time') {
      this.failed('timestamp');
      return;
    }
    if (this.#wasSentWithin(push) === false) {
      this.#counters.outside += 1;
      return;
    }
    const { delivery } = push;
    if (delivery !== undefined) {
      // It says that it was sent after the end: the server pushes by itself, and that is no load of this stretch.
      const sentAt = performance.now() - delivery;
      if (this.#lastSentAt !== undefined && sentAt > this.#lastSentAt + ON_THE_WAY_MS) return;
      this.#slowestDeliveryMs = Math.max(this.#slowestDeliveryMs ?? 0, delivery);
      this.#record('delivery', delivery);
    }
    this.#counters.messages += 1;
    this.#done('push');
  }

  /** Longest time that a pushed message took so far, in ms; undefined when none came that tells. */
  get slowestDeliveryMs(): number | undefined {
    return this.#slowestDeliveryMs;
  }

  unexpected(): void {
    this.#counters.unexpected += 1;
  }

  failed(kind: ErrorKind): void {
    this.#counters.failed += 1;
    this.#errors.set(kind, (this.#errors.get(kind) ?? 0) + 1);
    if (kind === 'mismatch' || kind === 'timestamp' || /^(?:handshake|subprotocol)/.test(kind))
      this.#counters.answered += 1;
  }

  /** A message that was sent and never answered. */
  lost(kind: ErrorKind): void {
    this.#counters.lost += 1;
    this.failed(kind);
  }

  /** A timeout counts in the round trips at its timeout value: leaving it out would make a hanging target look fast. */
  timedOut(kind: 'timeout' | 'unread', timeoutMs: number, sent: boolean): void {
    if (sent) this.lost(kind);
    else this.failed(kind);
    if (this.#families.has('rtt')) this.#record('rtt', timeoutMs);
  }

  /** From now on the sockets held are counted. */
  begin(now: number): void {
    this.#since = now;
  }

  /** No longer. */
  stop(now: number): void {
    this.#lastSentAt = now;
    if (this.#since === undefined) return;
    this.#settleHeld(now);
    this.#since = undefined;
  }

  tally(elapsedMs: number): Tally {
    const { ok, failed, behind, ...counters } = this.#counters;
    const { rate } = this.#scenario;
    return {
      elapsedMs,
      counters: { ...counters, ok, failed, finished: ok + failed, ...(rate === undefined ? {} : { behind }) },
      errors: Object.fromEntries(this.#errors),
      distributions: Object.fromEntries(
        [...this.#families].map(([family, recorder]) => [family, recorder.distribution()]),
      ),
      values: { connections: this.#heldMs === 0 ? this.#open : this.#held / this.#heldMs },
    };
  }

  #hold(change: number): void {
    if (this.#since !== undefined) this.#settleHeld(performance.now());
    this.#open += change;
  }

  #settleHeld(now: number): void {
    const ms = Math.max(0, now - (this.#since ?? now));
    this.#held += this.#open * ms;
    this.#heldMs += ms;
    this.#since = now;
  }

  #done(purpose: Purpose): void {
    if (this.#purpose === purpose) this.#counters.ok += 1;
  }

  #record(family: Family, ms: number): void {
    this.#families.get(family)?.record(Math.max(0, ms));
  }
}
