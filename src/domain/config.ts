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

/** Configured kinds discriminate on `type`; a new scenario type joins here. */
export type Scenario = HttpScenario;

export type Target = {
  setup?: string;
  start?: string;
  stop?: string;
  /** As written; `${PORT}` is filled in at boot when `port` is `free`. */
  url: string;
  port: { type: 'free' } | { type: 'fixed'; port: number };
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
