import type { Book } from './book.ts';
import type { Incoming } from './pattern.ts';
import type { CompiledSide } from './side.ts';
import { type Push, readPush } from './timestamp.ts';

/** Between two stretches of one side, at most so many are kept: they wait in memory. */
const MOST = 100_000;

/** At the end of a round, messages that are passed on late are waited for; so long at most, in ms. */
const LONGEST_GRACE_MS = 1000;
/** A message may take half as long again as any before it, and this much for timers. */
const GRACE = { times: 1.5, ms: 50 };

/**
 * What is pushed between two stretches because of what was sent in the first: a message that is passed on late belongs to
 * the load all the same, or a slow server would be measured by what it passed on at once. It is counted in the next
 * stretch, as that one's own late messages are in the one after it. What says that it was sent after the end of the
 * stretch is nobody's. Of a scenario that only receives, a message belongs to the stretch that it says it was sent in.
 */
export class LatePushes {
  readonly #side: CompiledSide;
  #endedAt = 0;
  #kept: Push[] = [];
  /** Of a scenario that only receives: the stretches of the round under way, the latest last. */
  #windows: { from: number; to: number }[] = [];
  #slowestMs: number | undefined;

  constructor(side: CompiledSide) {
    this.#side = side;
  }

  /** A stretch begins at `now`: what was kept of those before it in its round is counted. */
  begin(book: Book, now: number): void {
    this.#windows.push({ from: now, to: Number.POSITIVE_INFINITY });
    for (const push of this.#kept.splice(0)) book.pushed(push);
  }

  /** The time under load of a stretch is up. */
  stop(now: number): void {
    const window = this.#windows.at(-1);
    if (window !== undefined) window.to = now;
  }

  /** A stretch is over, the `last` of its round or not: what was sent in it may still be passed on. */
  stretchEnded(book: Book, last: boolean): void {
    this.#endedAt = performance.now();
    this.#slowestMs = slower(this.#slowestMs, book.slowestDeliveryMs);
    // What comes later yet is no other round's.
    if (last) this.#windows = [];
  }

  /**
   * Whether a message that nobody asked for was sent in a stretch of this round, whenever it came: by arrival, a server that
   * is slower to pass on would seem to push less. Undefined where that cannot be told: by what was sent before it, or at all.
   */
  wasSentWithin(push: Push): boolean | undefined {
    const { scenario, timestamp } = this.#side;
    if (scenario.send !== undefined || timestamp === undefined) return undefined;
    if (push === 'no-time' || push.sentAt === undefined) return undefined;
    const { sentAt } = push;
    return this.#windows.some(({ from, to }) => sentAt >= from && sentAt < to);
  }

  /**
   * How long after the end of a round what was sent in it may still be passed on, in ms: by the longest time that a message
   * took so far, and where none came yet, the longest grace. 0 where a message does not say when it was sent: then one
   * that belongs to the round cannot be told from one that does not.
   */
  graceMs(book: Book): number {
    const { scenario, receive, timestamp } = this.#side;
    if (receive === undefined || timestamp === undefined) return 0;
    this.#slowestMs = slower(this.#slowestMs, book.slowestDeliveryMs);
    const most = Math.min(scenario.timeoutMs, LONGEST_GRACE_MS);
    return this.#slowestMs === undefined ? most : Math.min(most, GRACE.times * this.#slowestMs + GRACE.ms);
  }

  received(message: Incoming): void {
    const { scenario, receive, timestamp } = this.#side;
    if (!receive?.matches(message) || this.#kept.length >= MOST) return;
    const push = readPush(timestamp, message);
    if (scenario.send === undefined) {
      if (this.wasSentWithin(push)) this.#kept.push(push);
      return;
    }
    const since = push === 'no-time' ? 0 : (push.delivery ?? Number.POSITIVE_INFINITY);
    if (performance.now() - since <= this.#endedAt) this.#kept.push(push);
  }
}

const slower = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
