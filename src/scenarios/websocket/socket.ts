import WebSocket from 'ws';
import { connectKind, type ErrorKind, shortageOf } from './failure.ts';
import type { CompiledSide } from './side.ts';

/** What becomes of a socket. After `ended`, or `leave`, nothing more is told. */
export type SocketEvents = {
  opened(): void;
  received(data: Buffer): void;
  /** It could not be opened, or was closed by the other end. */
  ended(kind: ErrorKind): void;
  /** It could not be opened for want of something on this machine. */
  short(message: string): void;
};

/** One WebSocket, without compression and with its failures told apart. */
export class Socket {
  readonly #socket: WebSocket;
  readonly #events: SocketEvents;
  #left = false;
  #open = false;

  constructor({ url, protocols, options }: ReturnType<CompiledSide['handshake']>, events: SocketEvents) {
    this.#events = events;
    const socket = new WebSocket(url, protocols, options);
    this.#socket = socket;
    socket.on('open', () => {
      if (this.#left) return;
      this.#open = true;
      events.opened();
    });
    socket.on('message', (data: Buffer) => this.#left || events.received(data));
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      this.#end(`handshake-${response.statusCode ?? 0}`);
    });
    // Errors of sockets that were left come late, and mean nothing.
    socket.on('error', (error) => this.#left || this.#erred(error));
    socket.on('close', (code: number) => this.#end(`close-${code}`));
  }

  send(text: string): void {
    // A buffer is masked into one piece with its head, and written by one call; a text would be two pieces.
    this.#socket.send(Buffer.from(text), { binary: false });
  }

  /** Bytes that were sent and are not written yet. */
  get backlog(): number {
    return this.#socket.bufferedAmount;
  }

  /** Closes it, politely if that can be done, and forgets it. */
  leave(): void {
    this.#left = true;
    if (this.#socket.readyState === WebSocket.OPEN && this.backlog === 0) this.#socket.close(1000);
    else this.#socket.terminate();
  }

  #erred(error: NodeJS.ErrnoException): void {
    const shortage = shortageOf(error);
    if (shortage !== undefined) this.#events.short(shortage);
    else if (!this.#open) this.#end(connectKind(error));
    // Bytes that are no frames; other errors are followed by the close that they cause.
    else if (error.code?.startsWith('WS_')) this.#end('protocol');
  }

  #end(kind: ErrorKind): void {
    if (this.#left) return;
    this.#left = true;
    this.#socket.terminate();
    this.#events.ended(kind);
  }
}
