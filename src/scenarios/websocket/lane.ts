import WebSocket from 'ws';
import { readJsonPath } from '../json-path.ts';
import type { Book } from './book.ts';
import { connectKind, type ErrorKind, shortageOf } from './failure.ts';
import { InFlight } from './in-flight.ts';
import type { Opener } from './opener.ts';
import { Incoming } from './pattern.ts';
import type { CompiledSide } from './side.ts';
import { deliveryTime, readTimestamp, wallClock } from './timestamp.ts';

/** What a lane needs of the stretch under way. Times are those of `performance.now()`. */
export type LaneHost = {
  book: Book;
  opener: Opener;
  /** No new attempts to connect. */
  readonly stopping: boolean;
  /** The first attempt of this stretch succeeded or failed. */
  settled(lane: Lane): void;
  /** It can send, or can send more than before. */
  ready(lane: Lane): void;
  /** `count` messages that were in flight no longer are. */
  landed(count: number): void;
  /** Nothing is under way on it: what the stretch waited for may be over. */
  rested(): void;
  /** The generator itself is out of something. */
  broke(message: string): void;
};

type State = 'closed' | 'queued' | 'connecting' | 'subscribing' | 'ready' | 'backing-off';

const BACKOFF_MS = { first: 10, longest: 500 };
/** A socket that lived shorter was as good as never open: the next attempt does not follow at once. */
const SHORT_LIFE_MS = 10;

/** One connection. It stays open from stretch to stretch; between them, what it receives is nobody's. */
export class Lane {
  readonly index: number;
  readonly #side: CompiledSide;
  readonly #inFlight: InFlight | undefined;
  readonly #clogAt: number;
  #host: LaneHost | undefined;
  #state: State = 'closed';
  #socket: WebSocket | undefined;
  #deadline = Number.POSITIVE_INFINITY;
  #stepSince = 0;
  #readyAt = 0;
  #droppedAt: number | undefined;
  #failures = 0;
  #strays = 0;
  #unsettled = false;
  #backoff: NodeJS.Timeout | undefined;
  #clogged = false;
  #cloggedSince = 0;
  /** Of a client that drops its sockets: time under load until it does so next; then it only waits for answers. */
  #dropIn = Number.POSITIVE_INFINITY;

  /** `clogAt`: bytes that may wait to be written before the lane takes no more. */
  constructor(index: number, side: CompiledSide, clogAt: number) {
    this.index = index;
    this.#side = side;
    this.#clogAt = clogAt;
    this.#inFlight = side.expectation && new InFlight(side.expectation);
    const { reconnect } = side.scenario;
    if (reconnect?.by === 'client')
      this.#dropIn = (reconnect.everyMs * (index + 1)) / Math.max(1, side.share.connections);
  }

  get isOpen(): boolean {
    return this.#state === 'ready' || this.#state === 'subscribing';
  }

  /** Open, subscribed, and not too far ahead of what the target reads. */
  get canSend(): boolean {
    return this.#state === 'ready' && !this.#clogged && this.#dropIn > 0;
  }

  /** Something is under way that ends by itself. */
  get busy(): boolean {
    return this.#state === 'connecting' || this.#state === 'subscribing' || this.inFlight > 0;
  }

  get inFlight(): number {
    return this.#inFlight?.size ?? 0;
  }

  /** A stretch begins: opens the connection unless it is open. */
  join(host: LaneHost): void {
    this.#host = host;
    this.#failures = 0;
    this.#droppedAt = undefined;
    if (this.#state === 'ready') {
      host.settled(this);
      return;
    }
    this.#unsettled = true;
    this.#request(true);
  }

  /** The stretch is over. */
  leave(): void {
    if (this.#state === 'backing-off' || this.#state === 'queued') this.#state = 'closed';
    clearTimeout(this.#backoff);
    this.#host = undefined;
  }

  /** No new attempts from now on. */
  stop(): void {
    if (this.#state === 'backing-off' || this.#state === 'queued') this.#state = 'closed';
    clearTimeout(this.#backoff);
  }

  /** Closes the connection at once. What was in flight is forgotten. */
  abandon(): void {
    this.#inFlight?.clear();
    clearTimeout(this.#backoff);
    this.#discard();
    this.#state = 'closed';
  }

  /** Sends the next message, whose clock started at `since`. */
  send(since: number): void {
    const { send, scenario } = this.#side;
    const socket = this.#socket;
    if (send === undefined || socket === undefined || this.#host === undefined) return;
    const values = this.#side.values();
    const message = send.render(values);
    this.#host.book.sent();
    this.#inFlight?.add(message, values, {
      since,
      deadline: since + scenario.timeoutMs,
      strays: this.#strays,
    });
    socket.send(message.text);
    // The target reads slower than this sends: what is not written stays here, and must stay little.
    if (socket.bufferedAmount > this.#clogAt) {
      this.#clogged = true;
      this.#cloggedSince = since;
    }
  }

  /** Called every few milliseconds with the time under load since the last call. */
  sweep(now: number, loadMs: number): void {
    if (this.#state === 'connecting' || this.#state === 'subscribing') {
      if (now >= this.#deadline) this.#attemptFailed(this.#strays > 0 ? 'mismatch' : 'timeout');
      return;
    }
    if (this.#state !== 'ready') return;
    if (this.#clogged) this.#checkClog(now);
    const expired = this.#inFlight?.expired(now);
    if (expired !== undefined) this.#expire(expired.strays);
    if (this.#dropIn === Number.POSITIVE_INFINITY || this.#host?.stopping) return;
    this.#dropIn -= loadMs;
    if (this.#dropIn <= 0 && this.inFlight === 0) this.#dropByClient(now);
  }

  #checkClog(now: number): void {
    if ((this.#socket?.bufferedAmount ?? 0) <= this.#clogAt / 2) {
      this.#clogged = false;
      this.#host?.ready(this);
    } else if (this.inFlight === 0 && now - this.#cloggedSince > this.#side.scenario.timeoutMs) {
      this.#host?.book.failed('unread');
      this.#reopen();
    }
  }

  #expire(straysBefore: number): void {
    const inFlight = this.#inFlight;
    const host = this.#host;
    if (inFlight === undefined || host === undefined) return;
    const { timeoutMs } = this.#side.scenario;
    const unread = (this.#socket?.bufferedAmount ?? 0) > 0;
    const count = (): void => {
      if (this.#strays > straysBefore) host.book.lost('mismatch');
      else host.book.timedOut(unread ? 'unread' : 'timeout', timeoutMs, true);
    };
    if (unread || inFlight.inOrderOnly) {
      const all = inFlight.clear();
      for (const _ of all) count();
      this.#reopen();
      host.landed(all.length);
      return;
    }
    count();
    inFlight.dropOldest();
    host.landed(1);
    host.ready(this);
  }

  #dropByClient(now: number): void {
    const { reconnect } = this.#side.scenario;
    this.#dropIn = reconnect?.by === 'client' ? reconnect.everyMs : Number.POSITIVE_INFINITY;
    this.#host?.book.dropped();
    this.#droppedAt = now;
    this.#reopen();
  }

  /** Leaves the socket to its fate, and opens another one. */
  #reopen(): void {
    this.#discard();
    if (this.#host === undefined || this.#host.stopping) this.#state = 'closed';
    else this.#request(false);
  }

  #discard(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#socket = undefined;
    this.#clogged = false;
    if (this.isOpen) this.#host?.book.closed();
    if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount === 0) socket.close(1000);
    else socket.terminate();
  }

  #request(paced: boolean): void {
    this.#state = 'queued';
    const host = this.#host;
    host?.opener.request((intendedAt) => {
      if (this.#host === host && this.#state === 'queued') this.#connect(intendedAt ?? performance.now());
      else host.opener.finished();
    }, paced);
  }

  #connect(since: number): void {
    this.#state = 'connecting';
    this.#strays = 0;
    this.#stepSince = since;
    this.#deadline = since + this.#side.scenario.timeoutMs;
    const { url, protocols, options } = this.#side.handshake(this.index);
    const socket = new WebSocket(url, protocols, options);
    this.#socket = socket;
    const mine = (): boolean => socket === this.#socket;
    socket.on('open', () => mine() && this.#opened());
    socket.on('message', (data: Buffer) => mine() && this.#received(data));
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      if (mine()) this.#attemptFailed(`handshake-${response.statusCode ?? 0}`);
    });
    // Errors of sockets that were left come late, and mean nothing.
    socket.on('error', (error: NodeJS.ErrnoException) => mine() && this.#erred(error));
    socket.on('close', (code: number) => mine() && this.#closed(`close-${code}`));
  }

  #opened(): void {
    const host = this.#host;
    const now = performance.now();
    host?.opener.finished();
    host?.book.opened(now - this.#stepSince);
    const { subscribe, confirm, scenario } = this.#side;
    if (subscribe !== undefined) {
      host?.book.sent();
      this.#socket?.send(subscribe.render(this.#side.values()).text);
    }
    if (confirm === undefined) {
      this.#becomeReady(now);
      return;
    }
    this.#state = 'subscribing';
    this.#stepSince = now;
    this.#deadline = now + scenario.timeoutMs;
  }

  #becomeReady(now: number): void {
    const host = this.#host;
    this.#state = 'ready';
    this.#readyAt = now;
    if (this.#droppedAt !== undefined) host?.book.reconnected(now - this.#droppedAt);
    this.#droppedAt = undefined;
    this.#settle();
    host?.ready(this);
    host?.rested();
  }

  #received(data: Buffer): void {
    const host = this.#host;
    if (host === undefined) return;
    const message = new Incoming(data);
    if (this.#state === 'subscribing') {
      const { confirm } = this.#side;
      if (confirm?.matches(message)) {
        const now = performance.now();
        host.book.confirmed(now - this.#stepSince);
        this.#becomeReady(now);
        return;
      }
      if (confirm?.isGarbage(message)) {
        this.#attemptFailed('mismatch');
        return;
      }
    }
    const answer = this.#inFlight?.answered(message);
    if (answer !== undefined) {
      if (answer.ok) host.book.answered(performance.now() - answer.waiting.since);
      else host.book.failed('mismatch');
      this.#failures = 0;
      host.landed(1);
      host.ready(this);
    } else if (this.#side.receive?.matches(message)) this.#pushed(host, message);
    else {
      this.#strays += 1;
      host.book.unexpected();
    }
  }

  #pushed({ book }: LaneHost, message: Incoming): void {
    const { timestamp } = this.#side;
    if (timestamp === undefined) {
      book.pushed();
      return;
    }
    const now = wallClock();
    const sentAt = readTimestamp(readJsonPath(message.json, timestamp));
    const onTheWay = sentAt === undefined ? undefined : deliveryTime(sentAt, now);
    if (onTheWay === undefined) book.failed('timestamp');
    else book.pushed(onTheWay);
  }

  #erred(error: NodeJS.ErrnoException): void {
    const shortage = shortageOf(error);
    if (shortage) this.#host?.broke(shortage);
    else if (this.#state === 'connecting') this.#attemptFailed(connectKind(error));
    else if (error.code?.startsWith('WS_')) this.#closed('protocol');
  }

  #closed(kind: ErrorKind): void {
    if (this.#state === 'connecting' || this.#state === 'subscribing') {
      this.#attemptFailed(kind);
      return;
    }
    const host = this.#host;
    const now = performance.now();
    const expected = this.#side.scenario.reconnect?.by === 'server' && kind !== 'protocol';
    const lost = this.#inFlight?.clear() ?? [];
    this.#discard();
    this.#state = 'closed';
    if (host === undefined) return;
    host.book.dropped();
    for (const _ of lost) host.book.lost(kind);
    if (lost.length === 0 && !expected) host.book.failed(kind);
    if (expected) this.#droppedAt = now;
    const alive = now - this.#readyAt > (expected ? SHORT_LIFE_MS : BACKOFF_MS.longest);
    this.#retry(alive ? 0 : this.#failures + 1);
    host.landed(lost.length);
  }

  /** The handshake or the subscription failed. */
  #attemptFailed(kind: ErrorKind): void {
    const host = this.#host;
    const connecting = this.#state === 'connecting';
    this.#discard();
    this.#state = 'closed';
    if (host === undefined) return;
    if (connecting) host.opener.finished();
    if (kind === 'timeout') host.book.failed('timeout');
    else host.book.failed(kind);
    this.#settle();
    this.#retry(this.#failures + 1);
    host.rested();
  }

  /** Tries again: at once after the first failure in a row, then after longer and longer pauses. */
  #retry(failures: number): void {
    this.#failures = failures;
    const host = this.#host;
    if (host === undefined || host.stopping) return;
    if (failures < 2) {
      this.#request(false);
      return;
    }
    this.#state = 'backing-off';
    const pause = Math.min(BACKOFF_MS.longest, BACKOFF_MS.first * 2 ** Math.min(10, failures - 2));
    this.#backoff = setTimeout(() => this.#request(false), pause);
  }

  #settle(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    this.#host?.settled(this);
  }
}
