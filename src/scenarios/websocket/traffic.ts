import type { Book } from './book.ts';
import { InFlight } from './in-flight.ts';
import type { Incoming } from './pattern.ts';
import type { CompiledSide } from './side.ts';
import type { Socket } from './socket.ts';
import { readPush } from './timestamp.ts';

/** What became of messages that waited for too long: so many were given up, and whether the socket is still of use. */
export type Expired = { landed: number; usable: boolean };

/** What goes over the sockets of one connection: messages on their way, and whether the target reads them. */
export class Traffic {
  readonly #side: CompiledSide;
  readonly #inFlight: InFlight | undefined;
  readonly #clogAt: number;
  #clogged = false;
  #cloggedSince = 0;
  #strays = 0;
  #heard = false;
  #failed = false;

  /** `clogAt`: bytes that may wait to be written before the connection takes no more. */
  constructor(side: CompiledSide, clogAt: number) {
    this.#side = side;
    this.#clogAt = clogAt;
    this.#inFlight = side.expectation && new InFlight(side.expectation);
  }

  get inFlight(): number {
    return this.#inFlight?.size ?? 0;
  }

  /** The target reads slower than this sends: what is not written stays here, and must stay little. */
  get clogged(): boolean {
    return this.#clogged;
  }

  /** The socket received messages that nothing expected. */
  get strayed(): boolean {
    return this.#strays > 0;
  }

  /** A new socket: nothing is on its way. Gives how many messages were. */
  reset(): number {
    this.#clogged = false;
    this.#strays = 0;
    this.#heard = false;
    this.#failed = false;
    return this.#inFlight?.clear().length ?? 0;
  }

  /** The connection is not what it should be; however often that shows, it is one. */
  fail(book: Book): void {
    if (!this.#failed) book.unkept();
    this.#failed = true;
  }

  /** Sends the next message, whose clock started at `since`. */
  send(socket: Socket, since: number, book: Book): void {
    const { send, scenario } = this.#side;
    if (send === undefined) return;
    const values = this.#side.values();
    const message = send.render(values);
    book.sent();
    const deadline = since + scenario.timeoutMs;
    this.#inFlight?.add(message, values, { since, deadline, strays: this.#strays });
    socket.send(message.text);
    if (socket.backlog <= this.#clogAt) return;
    this.#clogged = true;
    this.#cloggedSince = since;
  }

  /** Counts a received message. Gives whether it was an answer, right or wrong. */
  received(message: Incoming, book: Book): boolean {
    const answer = this.#inFlight?.answered(message);
    if (answer !== undefined) {
      this.#heard = true;
      if (answer.ok) book.answered(performance.now() - answer.waiting.since);
      else book.failed('mismatch');
      return true;
    }
    if (this.#side.receive?.matches(message)) book.pushed(readPush(this.#side.timestamp, message));
    else {
      if (!this.#inFlight?.isLate(message)) this.#strays += 1;
      book.unexpected();
    }
    return false;
  }

  /**
   * Gives up what has waited for too long; undefined when nothing has. Where answers are only told apart by their order, a
   * late one would be taken for the next: the socket is of no more use then, nor is one that the target stopped reading.
   */
  expire(socket: Socket, now: number, book: Book): Expired | undefined {
    const { timeoutMs } = this.#side.scenario;
    const expired = this.#inFlight?.expired(now);
    if (expired === undefined || this.#inFlight === undefined) {
      const stuck = this.#clogged && this.inFlight === 0 && now - this.#cloggedSince > timeoutMs;
      if (!stuck) return undefined;
      book.failed('unread');
      this.fail(book);
      return { landed: 0, usable: false };
    }
    if (!this.#heard) this.fail(book);
    const unread = socket.backlog > 0;
    const usable = !unread && !this.#inFlight.inOrderOnly;
    if (usable) this.#inFlight.dropOldest();
    const given = usable ? 1 : this.#inFlight.clear().length;
    for (let i = 0; i < given; i += 1) {
      if (this.#strays > expired.strays) book.lost('mismatch');
      else book.timedOut(unread ? 'unread' : 'timeout', timeoutMs, true);
    }
    return { landed: given, usable };
  }

  /** Whether a clogged socket takes messages again. */
  unclogged(socket: Socket): boolean {
    if (!this.#clogged || socket.backlog > this.#clogAt / 2) return false;
    this.#clogged = false;
    return true;
  }
}
