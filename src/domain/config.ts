import type { Criterion, Limit } from './criterion.ts';

/** A request of an HTTP scenario after reading: every default filled in. Templates (`${uuid}`) stay text until sent. */
export type HttpRequest = {
  name: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
  weight: number;
  expect: { status: StatusRange[]; body?: BodyExpectation; graphql: boolean };
  timeoutMs: number;
  /** JSON paths whose values later steps use as `${name}`. */
  capture: Record<string, string>;
};

export type StatusRange = { from: number; to: number };
export type BodyExpectation =
  | { type: 'contains'; text: string }
  | { type: 'matches'; pattern: string }
  | { type: 'json'; subset: unknown };

type ScenarioBase = {
  name: string;
  /** Hash of the fields that make the load: never criteria, limits or comments. */
  load: string;
  criteria: Criterion[];
  limits: Limit[];
  maxErrors: number;
};

export type HttpScenario = ScenarioBase & {
  type: 'http';
  connections: number;
  /** Open loop: requests per second over all connections; absent: closed loop. */
  rate?: number;
  /** `steps` run in order on each connection, `requests` by weight. */
  mode: 'requests' | 'steps';
  requests: HttpRequest[];
};

/** A message to send: `text` is a template, of JSON or of plain text. */
export type OutgoingMessage = { format: 'json' | 'text'; text: string };

/** What a received message must be. A binary frame is read as UTF-8. */
export type MessagePattern = BodyExpectation | { type: 'any' };

/**
 * Where a message's id stands, as JSON paths: in what was sent, and in its answer. `required`: an answer without it
 * answers nothing; otherwise, where answers hold no id, they are taken in the order of what was sent.
 */
export type MessageId = { sent: string; received: string; required: boolean };

/** Sockets that are held open, and what goes over them. */
export type WebSocketScenario = ScenarioBase & {
  type: 'websocket';
  path: string;
  headers: Record<string, string>;
  subprotocols: string[];
  connections: number;
  /** Connections opened per second, over all; absent: as fast as they open, a few at a time. */
  connectRate?: number;
  /** For the handshake, a confirmation and an answer, each. */
  timeoutMs: number;
  send?: OutgoingMessage;
  expect?: MessagePattern;
  id?: MessageId;
  /** Open loop: messages per second over all connections; absent: closed loop. */
  rate?: number;
  /** Closed loop: messages on their way at a time, per connection. */
  inFlight: number;
  /** Sent once on each connection as soon as it is open. */
  subscribe?: OutgoingMessage;
  /** What the server says when a connection is subscribed. */
  confirm?: MessagePattern;
  /** Messages that the server pushes. */
  receive?: MessagePattern;
  /** JSON path of the time at which a pushed message was sent. */
  timestamp?: string;
  /** Who drops the sockets; absent: nobody, and a dropped one is an error. */
  reconnect?: { by: 'server' } | { by: 'client'; everyMs: number };
};

/** What a micro-benchmark runs: the functions that a module exports, or a program. */
export type Benchmark =
  | {
      type: 'module';
      /** Relative to the working directory. */
      module: string;
      /** Exports to measure; empty: all that can be. */
      bench: string[];
      /** Every case is measured with each of these; empty: once, without input. */
      inputs: { name: string; value: unknown }[];
      /** Calls under way at a time, of an asynchronous function. */
      concurrency: number;
    }
  | { type: 'command'; command: string; env: Record<string, string> };

export type MicroScenario = ScenarioBase & {
  type: 'micro';
  /** Longest that a single call, a setup, or a run of the command may take. */
  timeoutMs: number;
  run: Benchmark;
};

/** Configured kinds discriminate on `type`; a new scenario type joins here. */
export type Scenario = HttpScenario | WebSocketScenario | MicroScenario;

export type Target = {
  setup?: string;
  start?: string;
  /** `start` as reports quote it, where it may hold a secret. */
  shownStart?: string;
  stop?: string;
  /** As written; `${PORT}` is filled in at boot when `port` is `free`. Empty when it is `none`. */
  url: string;
  /** `none`: there is no service, only micro-benchmarks that bring processes of their own. */
  port: { type: 'free' } | { type: 'fixed'; port: number } | { type: 'none' };
  env: Record<string, string>;
  ready:
    | { type: 'path'; path: string; timeoutMs: number }
    | { type: 'log'; text: string; timeoutMs: number }
    | { type: 'answer'; timeoutMs: number };
  memory: { type: 'tree' } | { type: 'pid-file'; path: string };
};

export type Measure = {
  rounds: number;
  maxRounds: number;
  durationMs: number;
  warmupMs: number;
  budgetMs: number;
};

/** The config after reading: everything present, nothing to guess. `secrets` are values of `${env:NAME}`, to be masked. */
export type Config = {
  file: string | null;
  workingDirectory: string;
  target: Target;
  measure: Measure;
  scenarios: [Scenario, ...Scenario[]];
  secrets: string[];
};
