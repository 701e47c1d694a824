import type { Parser, ResponseHead, Sendable, Terminated } from './client.ts';
import { type Answer, MAX_MATCHED_BODY } from './judgement.ts';
import type { CompiledRequest } from './side.ts';

/** One request and what has come of its answer so far. Times are those of `performance.now()`. */
export class Exchange implements Answer {
  readonly part: number;
  readonly request: CompiledRequest;
  readonly start: number;
  status = 0;
  headers: string[] = [];
  readonly body: Buffer[] = [];
  /** The answer broke the rules of HTTP. */
  violated = false;
  /** The connection is of no use after this answer. */
  closing = false;
  #bodyLength = 0;

  constructor(sent: Sendable, request: CompiledRequest, start: number) {
    this.part = sent.part;
    this.request = request;
    this.start = start;
  }

  /** Takes the head of an answer; returns whether it has no body. */
  takeHead(parser: Parser, head: ResponseHead): boolean {
    this.status = head.statusCode;
    this.headers = head.headers;
    if (this.interim) return true;
    const bodiless = this.request.bodiless || head.statusCode === 204 || head.statusCode === 304;
    const length = parser.body_bytes;
    if (length !== null && !(length >= 0)) this.violated = true;
    // The parser takes an answer without a length for one that ends with the connection, also where it has no body.
    const persists =
      head.shouldKeepAlive ||
      (bodiless &&
        head.versionMajor === 1 &&
        head.versionMinor === 1 &&
        !parser.connection.includes('close'));
    this.closing = !persists || head.statusCode === 101 || this.violated;
    return bodiless || head.statusCode === 101 || this.violated;
  }

  /** Keeps a piece of the body as bytes, if anyone will read it: text cut in the middle of a character is spoilt. */
  takeBody(piece: Buffer): void {
    if (!this.request.judge.readsBody) return;
    // The piece that makes it too long is kept, so that the judge sees it.
    if (this.#bodyLength <= MAX_MATCHED_BODY) this.body.push(piece);
    this.#bodyLength += piece.length;
  }

  /** More bytes came than the answer has: the next answer would be read from them. */
  takeExcess(): void {
    this.violated = true;
    this.closing = true;
  }

  /** 100 Continue, 103 Early Hints: the answer is yet to come. */
  get interim(): boolean {
    return this.status >= 100 && this.status < 200 && this.status !== 101;
  }

  /** As autocannon's client wants it when the message is complete. */
  terminated(): Terminated {
    return {
      req: { part: this.part, requestBuffer: NOTHING },
      headers: { statusCode: this.status, headers: this.headers },
      body: '',
      bytes: 0,
      duration: performance.now() - this.start,
    };
  }
}

const NOTHING = Buffer.alloc(0);

/** Makes a client's parser tell the current exchange; `complete`, the client's own handler, hears of whole answers only. */
export function readInto(parser: Parser, current: () => Exchange | null): void {
  const { kOnHeadersComplete, kOnBody, kOnMessageComplete } = parser.constructor;
  const complete = parser[kOnMessageComplete];
  parser[kOnHeadersComplete] = (head) => current()?.takeHead(parser, head) ?? true;
  parser[kOnBody] = (chunk, start, length) => current()?.takeBody(chunk.subarray(start, start + length));
  parser[kOnMessageComplete] = () => {
    const exchange = current();
    if (!exchange || exchange.interim) return;
    if (parser.offset < parser.end) {
      parser.offset = parser.end;
      exchange.takeExcess();
    }
    complete();
  };
}
