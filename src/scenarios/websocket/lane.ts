import type { Book } from './book.ts';
import type { ErrorKind } from './failure.ts';
import type { LatePushes } from './late-pushes.ts';
import type { Opener } from './opener.ts';
import { Incoming } from './pattern.ts';
import type { CompiledSide } from './side.ts';
import { Socket } from './socket.ts';
import { Traffic } from './traffic.ts';

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

/** One connection. It stays open from stretch to stretch; between them, what it receives is for `LatePushes` to judge. */
export class Lane {
  readonly index: number;
  readonly #side: CompiledSide;
  readonly #traffic: Traffic;
  readonly #late: LatePushes;
  #host: LaneHost | undefined;
  #state: State = 'closed';
  #socket: Socket | undefined;
  #deadline = Number.POSITIVE_INFINITY;
  #stepSince = 0;
  #readyAt = 0;
  #droppedAt: number | undefined;
  #failures = 0;
  #unsettled = false;
  #backoff: NodeJS.Timeout | undefined;
  /** Of a client that drops its sockets: time under load until it does so next; then it only waits for answers. */
  #dropIn = Number.POSITIVE_INFINITY;

  /** `clogAt`: bytes that may wait to be written before the lane takes no more. */
  constructor(index: number, side: CompiledSide, clogAt: number, late: LatePushes) {
    this.index = index;
    this.#side = side;
    this.#late = late;
    this.#traffic = new Traffic(side, clogAt);
    const { reconnect } = side.scenario;
    if (reconnect?.by === 'client')
      this.#dropIn = (reconnect.everyMs * (index + 1)) / Math.max(1, side.share.connections);
  }

  get isOpen(): boolean {
    return this.#state === 'ready' || this.#state === 'subscribing';
  }

  /** Open, subscribed, and not too far ahead of what the target reads. */
  get canSend(): boolean {
    return this.#state === 'ready' && !this.#traffic.clogged && this.#dropIn > 0;
  }

  /** Something is under way that ends by itself. */
  get busy(): boolean {
    const opening = this.#state === 'connecting' || this.#state === 'subscribing' || this.#reopening;
    return opening || this.inFlight > 0;
  }

  /** It was dropped, and is in line to be opened again: that belongs to the stretch in which it was dropped. */
  get #reopening(): boolean {
    return this.#state === 'queued' && this.#droppedAt !== undefined;
  }

  get inFlight(): number {
    return this.#traffic.inFlight;
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

  /** No new attempts from now on. */
  stop(): void {
    const waits = this.#state === 'backing-off' || this.#state === 'queued';
    if (waits && !this.#reopening) this.#state = 'closed';
    clearTimeout(this.#backoff);
  }

  /** The stretch is over. */
  leave(): void {
    this.#droppedAt = undefined;
    this.stop();
    this.#host = undefined;
  }

  /** Closes the connection at once. What was in flight is forgotten. */
  abandon(): void {
    clearTimeout(this.#backoff);
    this.#discard();
    this.#state = 'closed';
  }

  /** Sends the next message, whose clock started at `since`. */
  send(since: number): void {
    if (this.#socket && this.#host) this.#traffic.send(this.#socket, since, this.#host.book);
  }

  /** Called every few milliseconds with the time under load since the last call. */
  sweep(now: number, loadMs: number): void {
    if (this.#state === 'connecting' || this.#state === 'subscribing') {
      if (now >= this.#deadline) this.#attemptFailed(this.#traffic.strayed ? 'mismatch' : 'timeout');
      return;
    }
    const [socket, host] = [this.#socket, this.#host];
    if (this.#state !== 'ready' || socket === undefined || host === undefined) return;
    const expired = this.#traffic.expire(socket, now, host.book);
    if (expired?.usable === false) this.#reopen();
    if (expired) host.landed(expired.landed);
    if (expired?.usable || this.#traffic.unclogged(socket)) host.ready(this);
    if (this.#dropIn === Number.POSITIVE_INFINITY || host.stopping) return;
    this.#dropIn -= loadMs;
    if (this.#dropIn <= 0 && this.inFlight === 0 && this.#state === 'ready') this.#dropByClient(now, host);
  }

  #dropByClient(now: number, host: LaneHost): void {
    const { reconnect } = this.#side.scenario;
    this.#dropIn = reconnect?.by === 'client' ? reconnect.everyMs : Number.POSITIVE_INFINITY;
    this.#droppedAt = now;
    host.book.dropped();
    this.#reopen();
  }

  /** Leaves the socket to its fate, and opens another one. */
  #reopen(): void {
    this.#discard();
    if (this.#host === undefined || this.#host.stopping) this.#state = 'closed';
    else this.#request(false);
  }

  /** Gives how many messages were in flight. */
  #discard(): number {
    if (this.isOpen) this.#host?.book.closed();
    this.#socket?.leave();
    this.#socket = undefined;
    return this.#traffic.reset();
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
    this.#stepSince = since;
    this.#deadline = since + this.#side.scenario.timeoutMs;
    this.#socket = new Socket(this.#side.handshake(this.index), {
      opened: () => this.#opened(),
      received: (data) => this.#received(new Incoming(data)),
      ended: (kind) => this.#ended(kind),
      short: (message) => this.#host?.broke(message),
    });
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
    host?.book.kept();
    if (this.#droppedAt !== undefined) host?.book.reconnected(now - this.#droppedAt);
    this.#droppedAt = undefined;
    this.#settle();
    host?.ready(this);
    host?.rested();
  }

  #received(message: Incoming): void {
    const host = this.#host;
    if (host === undefined) {
      this.#late.received(message);
      return;
    }
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
    if (!this.#traffic.received(message, host.book)) return;
    this.#failures = 0;
    host.landed(1);
    host.ready(this);
  }

  #ended(kind: ErrorKind): void {
    if (this.#state === 'connecting' || this.#state === 'subscribing') {
      this.#attemptFailed(kind);
      return;
    }
    const host = this.#host;
    const now = performance.now();
    const expected = this.#side.scenario.reconnect?.by === 'server' && kind !== 'protocol';
    // Between stretches, and after the end of one, what drops an idle socket is not its load.
    const idle = host === undefined || (host.stopping && this.inFlight === 0);
    if (!idle && !expected) this.#traffic.fail(host.book);
    const lost = this.#discard();
    this.#state = 'closed';
    if (idle) return;
    host.book.dropped();
    for (let i = 0; i < lost; i += 1) host.book.lost(kind);
    if (lost === 0 && !expected) host.book.failed(kind);
    if (expected && !host.stopping) this.#droppedAt = now;
    const lived = now - this.#readyAt > (expected ? SHORT_LIFE_MS : BACKOFF_MS.longest);
    this.#retry(lived ? 0 : this.#failures + 1);
    host.landed(lost);
  }

  /** The handshake or the subscription failed. */
  #attemptFailed(kind: ErrorKind): void {
    const host = this.#host;
    if (this.#state === 'connecting') host?.opener.finished();
    this.#discard();
    this.#state = 'closed';
    if (host === undefined) return;
    host.book.failed(kind);
    host.book.gaveUp();
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
