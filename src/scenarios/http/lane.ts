import type net from 'node:net';
import type { Book } from './book.ts';
import type { Client, Sendable, Terminated } from './client.ts';
import { Exchange, readInto } from './exchange.ts';
import type { Flow } from './flow.ts';
import type { ErrorKind } from './judgement.ts';
import type { CompiledSide } from './side.ts';
import { openSocket, shortageOf } from './socket.ts';

/** May a connected lane send? `now`; a number: now, but it should have been sent at that time; `wait`: be called again. */
export type Turn = 'now' | 'wait' | 'over' | number;

/** What a lane needs of the stretch it runs in. Times are those of `performance.now()`. */
export type LaneHost = {
  side: CompiledSide;
  book: Book;
  turn(lane: Lane): Turn;
  /** Nothing more will be sent: a closed connection need not be opened again. */
  over(): boolean;
  /** No new attempts after a failure to connect. */
  stopping(): boolean;
  /** The first attempt to connect succeeded or failed. */
  settled(): void;
  finished(lane: Lane): void;
  /** The generator itself is out of something. */
  broke(message: string): void;
};

type State = 'connecting' | 'free' | 'busy' | 'backing-off' | 'finished';

const BACKOFF_MS = { first: 10, longest: 500 };

/*
 * One connection. The requests, the parser and the loop "answer, then next request" are those of autocannon's client;
 * what it does wrong is taken over here (autocannon 9.0.0, lib/httpClient.js):
 *
 *   _connect()            sends before it is connected, ignores FIN, reconnects without a pause
 *   pipelinedRequests     survives a reconnect, decodes bodies chunk by chunk
 *   parser callbacks      wait for bodies of HEAD, 204 and 304; take 1xx for the answer
 *   timeoutTicker         one timeout for all requests, and a dirty parser after it
 *   requestIterator       no weights, no steps that can fail
 */
export class Lane {
  readonly flow: Flow;
  /** Since when it is connected with nothing to send. */
  freeSince = 0;
  finishedAt = 0;
  readonly #client: Client;
  readonly #host: LaneHost;
  readonly #send: () => void;
  #state: State = 'connecting';
  #pending: Exchange | null = null;
  #deadline = Number.POSITIVE_INFINITY;
  #intended: number | undefined;
  #closing = false;
  #failures = 0;
  #firstAttempt = true;
  #backoff: NodeJS.Timeout | undefined;

  /** To be called from autocannon's `setupClient`. */
  constructor(client: Client, flow: Flow, host: LaneHost) {
    this.#client = client;
    this.flow = flow;
    this.#host = host;
    this.#send = client._doRequest.bind(client);
    client._doRequest = () => this.proceed();
    client.requestIterator = {
      resetted: false,
      currentRequest: null,
      nextRequest: () => {},
      recordBody: () => {},
    };
    client.pipelinedRequests = {
      insertRequest: (request) => this.#begin(request),
      addByteCount: () => {},
      terminateRequest: () => this.#terminated(),
      clear: () => {},
    };
    client.on('response', (_status: number, _bytes: number, ms: number) => this.#answered(ms));
    // The constructor of the client sets its timer and parser callbacks after setupClient, and connects at its end.
    client._connect = () => {
      client.timeoutTicker.clear();
      client.timeoutTicker = { reschedule: () => {}, clear: () => {} };
      readInto(client.parser, () => this.#pending);
      client._connect = () => this.#connect();
      this.#connect();
    };
  }

  get waiting(): boolean {
    return this.#state === 'free';
  }

  /** Sends the next request if the lane is connected and it is its turn. */
  proceed(): void {
    const client = this.#client;
    if (this.#state !== 'free' || client.destroyed) return;
    if (this.#host.over()) {
      this.finish();
      return;
    }
    if (this.#closing) {
      this.#reconnect();
      return;
    }
    const turn = this.#host.turn(this);
    if (turn === 'wait') return;
    if (turn === 'over') {
      this.finish();
      return;
    }
    this.#intended = turn === 'now' ? undefined : turn;
    client.requestIterator.currentRequest = this.#host.side.render(this.flow);
    this.#state = 'busy';
    this.#send();
  }

  /** Called often enough to notice a timeout. */
  checkDeadline(now: number): void {
    if (now < this.#deadline) return;
    const pending = this.#pending;
    if (!pending) {
      this.#drop('connect');
      return;
    }
    this.#pending = null;
    this.#host.book.timedOut(pending.part, pending.request.timeoutMs);
    this.#flowFailed(pending.part);
    // A timeout is pause enough: no back-off on top of it.
    this.#failures = 0;
    this.#reconnect();
  }

  /** Sending stops: a lane without a request in flight ends, unless it may still be given one. */
  stop(): void {
    if (this.#state === 'free') this.proceed();
    else if (this.#state === 'backing-off' || (this.#state === 'connecting' && this.#host.over()))
      this.finish();
  }

  /** Closes the connection at once, whatever is in flight. */
  finish(): void {
    if (this.#state === 'finished') return;
    this.#state = 'finished';
    this.finishedAt = performance.now();
    this.#deadline = Number.POSITIVE_INFINITY;
    clearTimeout(this.#backoff);
    this.#client.destroy();
    this.#client.conn.destroy();
    this.#host.finished(this);
  }

  #begin(request: Sendable): void {
    const compiled = this.#host.side.request(request.part);
    const start = this.#intended ?? performance.now();
    this.#pending = new Exchange(request, compiled, start);
    this.#deadline = start + compiled.timeoutMs;
    this.#host.book.sent(request.part);
  }

  #connect(): void {
    const client = this.#client;
    const { url } = this.#host.side;
    client.parser.reinitialize(client.parser.constructor.RESPONSE);
    this.#state = 'connecting';
    this.#closing = false;
    this.#deadline = performance.now() + this.#host.side.request(this.flow.part).timeoutMs;
    const socket = openSocket(url);
    client.conn = socket;
    socket.on(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => this.#connected(socket));
    socket.on('data', (chunk: Buffer) => this.#data(socket, chunk));
    socket.on('end', () => this.#ended(socket));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#failed(socket, error));
    socket.on('close', () => this.#ended(socket));
  }

  #connected(socket: net.Socket): void {
    if (socket !== this.#client.conn || this.#state !== 'connecting') return;
    this.#state = 'free';
    this.#deadline = Number.POSITIVE_INFINITY;
    this.freeSince = performance.now();
    this.#settle();
    this.proceed();
  }

  #settle(): void {
    if (!this.#firstAttempt) return;
    this.#firstAttempt = false;
    this.#host.settled();
  }

  #data(socket: net.Socket, chunk: Buffer): void {
    if (socket !== this.#client.conn || this.#state === 'finished') return;
    const pending = this.#pending;
    // Bytes that nobody asked for: the connection is out of step, and its next answer could not be trusted.
    if (!pending) {
      this.#reconnect();
      return;
    }
    this.#host.book.received(pending.part, chunk.length);
    const parsed = this.#client.parser.execute(chunk);
    if (parsed instanceof Error && socket === this.#client.conn && this.#pending) this.#drop('protocol');
  }

  #ended(socket: net.Socket): void {
    if (socket !== this.#client.conn || this.#state === 'finished' || this.#state === 'backing-off') return;
    const { parser } = this.#client;
    // A body without a length ends with the connection.
    if (this.#pending && parser.state === 'BODY_RAW') {
      this.#closing = true;
      parser.finish();
      return;
    }
    this.#drop(this.#state === 'connecting' ? 'connect' : 'lost');
  }

  #failed(socket: net.Socket, error: NodeJS.ErrnoException): void {
    if (socket !== this.#client.conn || this.#state === 'finished' || this.#state === 'backing-off') return;
    const shortage = shortageOf(error);
    if (shortage) {
      this.#host.broke(shortage);
      return;
    }
    this.#drop(this.#state === 'connecting' ? 'connect' : 'reset');
  }

  /** The connection is of no more use. A request that was waiting for its answer has failed; a free lane lost nothing. */
  #drop(kind: ErrorKind): void {
    const attempted = this.#state === 'connecting';
    const part = this.#pending?.part ?? (attempted ? this.flow.part : undefined);
    this.#pending = null;
    this.#failures += 1;
    if (part !== undefined) {
      this.#host.book.failed(part, kind);
      this.#flowFailed(part);
    }
    if (attempted) this.#settle();
    if (this.#host.over() || (attempted && this.#host.stopping())) {
      this.finish();
      return;
    }
    if (this.#failures < 2) {
      this.#reconnect();
      return;
    }
    this.#state = 'backing-off';
    this.#deadline = Number.POSITIVE_INFINITY;
    this.#client.conn.destroy();
    const pause = Math.min(BACKOFF_MS.longest, BACKOFF_MS.first * 2 ** (this.#failures - 2));
    this.#backoff = setTimeout(() => this.#connect(), pause);
  }

  #reconnect(): void {
    this.#client.conn.destroy();
    if (this.#host.over()) this.finish();
    else this.#connect();
  }

  #flowFailed(part: number): void {
    if (this.flow.finished(false).restarted) this.#host.book.restarted(part);
  }

  #terminated(): Terminated {
    if (!this.#pending) throw new Error('an answer without a request');
    return this.#pending.terminated();
  }

  #answered(ms: number): void {
    const pending = this.#pending;
    if (!pending) return;
    const { book } = this.#host;
    this.#pending = null;
    this.#deadline = Number.POSITIVE_INFINITY;
    if (pending.closing) this.#closing = true;
    this.#failures = 0;
    this.#state = 'free';
    this.freeSince = performance.now();
    book.answered(pending.part);
    const kind = pending.violated ? 'protocol' : pending.request.judge.judge(pending, this.flow.captured);
    if (kind === undefined) {
      book.ok(pending.part, ms);
      this.flow.finished(true);
    } else {
      book.failed(pending.part, kind);
      this.#flowFailed(pending.part);
    }
  }
}
