import type { WebSocketScenario } from '../../domain/config.ts';
import { type JsonPath, parseJsonPath } from '../json-path.ts';
import { compileText, plainText, seededRandom, type Template, type ValueSource } from '../values.ts';
import { compileExpectation, type Expectation } from './in-flight.ts';
import { compileMessage, type Message } from './message.ts';
import { compilePattern, type Pattern } from './pattern.ts';

/** One generator process among several: it holds every `of`-th connection, from `index` on. */
export type Share = { index: number; of: number; connections: number };

const NONE: ReadonlySet<string> = new Set();

/** A value in a path is one component of it; a value in a header must not start another. */
const inPath = () => (value: unknown) => encodeURIComponent(Buffer.from(plainText(value)).toString());
const inHeader = () => (value: unknown) => plainText(value).replace(/[^\t\x20-\x7e\x80-\xff]+/g, ' ');

/** Room for a large message; a server that sends more without end must not fill the memory. */
const MAX_PAYLOAD = 32 * 1024 * 1024;

/** From this many connections to one address on, the local ports of one address may run out. */
const PER_ADDRESS = 20_000;

/**
 * A scenario compiled for one side. The values of its messages go on from stretch to stretch. Throws a UsageError for a
 * pattern or JSON path that cannot be read.
 */
export class CompiledSide {
  readonly scenario: WebSocketScenario;
  readonly share: Share;
  readonly send: Message | undefined;
  readonly expectation: Expectation | undefined;
  readonly subscribe: Message | undefined;
  readonly confirm: Pattern | undefined;
  readonly receive: Pattern | undefined;
  readonly timestamp: JsonPath | undefined;
  readonly #url: URL;
  readonly #path: Template;
  readonly #headers: readonly (readonly [name: string, value: Template])[];
  readonly #random = seededRandom(0x9e3779b9);
  #counter: number;

  constructor(scenario: WebSocketScenario, url: string, share: Share) {
    const { send, subscribe, confirm, receive, timestamp } = scenario;
    this.scenario = scenario;
    this.share = share;
    this.send = send && compileMessage(send, scenario.id);
    this.expectation = compileExpectation(scenario);
    this.subscribe = subscribe && compileMessage(subscribe);
    this.confirm = confirm && compilePattern(confirm, 'confirm');
    this.receive = receive && compilePattern(receive, 'receive');
    this.timestamp = timestamp === undefined ? undefined : parseJsonPath(timestamp);
    this.#url = new URL(url);
    this.#url.protocol = this.#url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#path = compileText(`${this.#url.pathname.replace(/\/+$/, '')}${scenario.path}`, NONE, inPath);
    this.#headers = Object.entries(scenario.headers).map(([name, value]) => [
      name,
      compileText(value, NONE, inHeader),
    ]);
    // Processes count past each other, so that an id is one message's, whoever sent it.
    this.#counter = share.index + 1 - share.of;
  }

  /** Values for the next message, or the next handshake. */
  values(): ValueSource {
    this.#counter += this.share.of;
    return { random: this.#random, counter: this.#counter, captured: new Map() };
  }

  /** Where, and how, connection `lane` of this share is opened. */
  handshake(lane: number) {
    const values = this.values();
    const url = new URL(this.#url);
    const path = this.#path.render(values);
    const query = path.indexOf('?');
    url.pathname = query === -1 ? path : path.slice(0, query);
    url.search = query === -1 ? '' : path.slice(query);
    return {
      url,
      protocols: this.scenario.subprotocols,
      options: {
        headers: Object.fromEntries(this.#headers.map(([name, value]) => [name, value.render(values)])),
        // What a browser offers, but no server under load should do: compressing costs ten times the message.
        perMessageDeflate: false,
        maxPayload: MAX_PAYLOAD,
        followRedirects: false,
        // A service under test has a certificate of its own making: whom it speaks for is not what is measured.
        rejectUnauthorized: false,
        ...this.#localAddress(lane),
      },
    };
  }

  #localAddress(lane: number): { localAddress?: string } {
    const loopback = /^(?:127\.\d+\.\d+\.\d+|localhost)$/.test(this.#url.hostname);
    if (!loopback || this.scenario.connections <= PER_ADDRESS) return {};
    const connection = lane * this.share.of + this.share.index;
    return { localAddress: `127.0.0.${2 + Math.floor(connection / PER_ADDRESS)}` };
  }
}
