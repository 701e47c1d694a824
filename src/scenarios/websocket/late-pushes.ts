import type { Book } from './book.ts';
import type { Incoming } from './pattern.ts';
import type { CompiledSide } from './side.ts';
import { type Push, readPush } from './timestamp.ts';

/** Between two stretches of one side, at most so many are kept: they wait in memory. */
const MOST = 100_000;

/**
 * What is pushed between two stretches because of what was sent in the first: a message that is passed on late belongs to
 * the load all the same, or a slow server would be measured by what it passed on at once. It is counted in the next
 * stretch, as that one's own late messages are in the one after it. What says that it was sent after the end of the
 * stretch, or comes without anything having been sent, is nobody's.
 */
export class LatePushes {
  readonly #side: CompiledSide;
  #endedAt = 0;
  #kept: Push[] = [];

  constructor(side: CompiledSide) {
    this.#side = side;
  }

  /** A stretch is over: what was sent in it may still be passed on. */
  stretchEnded(): void {
    this.#endedAt = performance.now();
  }

  received(message: Incoming): void {
    const { scenario, receive, timestamp } = this.#side;
    if (scenario.send === undefined || !receive?.matches(message) || this.#kept.length >= MOST) return;
    const push = readPush(timestamp, message);
    const since = push === 'no-time' ? 0 : (push.delivery ?? Number.POSITIVE_INFINITY);
    if (performance.now() - since <= this.#endedAt) this.#kept.push(push);
  }

  /** Counts what was kept. */
  settle(book: Book): void {
    for (const push of this.#kept.splice(0)) book.pushed(push);
  }
}
