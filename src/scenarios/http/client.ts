import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** A request rendered to bytes, as autocannon's client takes it from its iterator. */
export type Sendable = {
  requestBuffer: Buffer;
  /** Index into the scenario's requests. */
  part: number;
};

/** What autocannon's client reads of an answer when a message is complete. */
export type Terminated = {
  req: Sendable;
  headers: { statusCode: number; headers: string[] };
  body: string;
  bytes: number;
  duration: number;
};

/** The parser of http-parser-js inside autocannon's client: its callbacks are numbered properties. */
export interface Parser {
  constructor: {
    RESPONSE: string;
    kOnHeadersComplete: 2;
    kOnBody: 3;
    kOnMessageComplete: 4;
  };
  2: (info: ResponseHead) => boolean;
  3: (chunk: Buffer, start: number, length: number) => void;
  4: () => void;
  state: string;
  connection: string;
  body_bytes: number | null;
  isChunked: boolean;
  offset: number;
  end: number;
  execute(chunk: Buffer): number | Error;
  finish(): Error | undefined;
  reinitialize(type: string): void;
}

export type ResponseHead = {
  statusCode: number;
  versionMajor: number;
  versionMinor: number;
  headers: string[];
  shouldKeepAlive: boolean;
};

/** The inside of autocannon 9.0.0's HTTP client, as far as it is taken over. The version is pinned for this. */
export interface Client extends EventEmitter {
  conn: Socket;
  parser: Parser;
  timeout: number;
  destroyed: boolean;
  requestIterator: {
    resetted: boolean;
    currentRequest: Sendable | null;
    nextRequest(): void;
    recordBody(): void;
  };
  pipelinedRequests: {
    insertRequest(request: Sendable): void;
    addByteCount(count: number): void;
    terminateRequest(): Terminated;
    clear(): void;
  };
  timeoutTicker: { reschedule(ms: number): void; clear(): void };
  _connect(): void;
  _doRequest(): void;
  destroy(): void;
}
