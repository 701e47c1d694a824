import type { Distribution } from './distribution.ts';
import type { Environment } from './environment.ts';
import type { Metric } from './metric.ts';

export const RESULT_SCHEMA = 'perf-baseline/result';
export const RESULT_VERSION = 1;

export type NonEmpty<T> = [T, ...T[]];

/** A note on a result for its reader: a stable code, and a sentence that says what to do. */
export type Warning = { code: string; message: string };

/**
 * What was counted over a stretch of load: mergeable, so that slices make a round and rounds make a run.
 * `elapsedMs` is the time under load; `values` holds what cannot be merged (metrics of derivation `value`).
 * Counters and errors are events; `errors` splits the errors by kind (`timeout`, `reset`, `5xx` ...).
 */
export type Tally = {
  elapsedMs: number;
  counters: Record<string, number>;
  errors: Record<string, number>;
  distributions: Record<string, Distribution>;
  values: Record<string, number>;
};

/** From this share of a core on, a load generator's own queueing shows in the latencies. */
export const GENERATOR_LIMIT = 0.85;

/**
 * How busy the load generator was, as a share of a core; `limited` from GENERATOR_LIMIT on. `starved`: the share of
 * the time in which it had work and was given no core; absent where nobody watched.
 */
export type GeneratorLoad = { cpu: number; limited: boolean; starved?: number };

/** Where a memory figure comes from. Only like is compared with like. */
export type MemorySource = 'pss' | 'rss' | 'cgroup' | 'pid-file';

/** The target's process tree over a stretch of time. An absent figure was not measured, and `unmeasured` says why. */
export type Resources = {
  memory?: { peak: number; source: MemorySource };
  cpu?: { seconds: number; source: 'proc' | 'pidusage' };
  unmeasured?: string;
};

/**
 * One timed repetition of a scenario on one side. `block` counts fresh boots from 0; the two results of a
 * paired run use the same block numbers. `values` repeats what the metrics derive, for human readers.
 */
export type Round = {
  block: number;
  index: number;
  startedAt: string;
  durationMs: number;
  total: Tally;
  /** `invalid`: why a part has no figures in this round. */
  parts: { name: string; tally: Tally; invalid?: string }[];
  values: Record<string, number>;
  resources: Resources;
  generator: GeneratorLoad;
  /** The anchor's tally, when one was interleaved with this round. */
  anchor?: Tally;
  /** Latencies of this round say nothing: too many errors, nothing answered, generator at its limit. */
  invalid?: string;
  phase?: string;
  load?: { connections?: number; rate?: number };
};

export type FailureReason =
  | 'setup-failed'
  | 'start-failed'
  | 'not-ready'
  | 'port-in-use'
  | 'target-died'
  | 'nothing-answered'
  | 'only-errors'
  | 'generator-failed'
  | 'benchmark-failed'
  | 'budget-spent'
  | 'cancelled';

/** `detail` is one sentence; `log` a sanitised tail of the target's output. */
export type Failure = {
  reason: FailureReason;
  detail: string;
  exitCode?: number | null;
  signal?: string;
  log?: string;
};

export type ScenarioOutcome =
  | { status: 'measured'; rounds: NonEmpty<Round>; warnings: Warning[] }
  | { status: 'failed'; failure: Failure; rounds: Round[]; warnings: Warning[] };

/** `load` hashes the fields that make the load: results are comparable per scenario only when it is equal. */
export type ScenarioResult = {
  name: string;
  type: string;
  load: string;
  metrics: Metric[];
  /** Errors above this share make latencies invalid. */
  maxErrors: number;
  outcome: ScenarioOutcome;
};

export type Commit = { sha: string; ref?: string; dirty: boolean; committedAt?: string };

/** Which workflow run measured; absent in a terminal. */
export type Origin = {
  repository: string;
  event: string;
  workflow: string;
  runId: number;
  runNumber: number;
  runAttempt: number;
  job: string;
  url: string;
  /** The head commit of the pull request, when `commit` is its merge with the base. */
  headSha?: string;
};

export type StopReason = 'rounds' | 'conclusive' | 'budget' | 'cancelled' | 'failed';

/** Everything one run measured on one side. Version 1. */
export type Result = {
  schema: typeof RESULT_SCHEMA;
  version: typeof RESULT_VERSION;
  tool: { name: 'perf-baseline'; version: string };
  id: string;
  createdAt: string;
  series: string;
  commit: Commit | null;
  origin: Origin | null;
  environment: Environment;
  /** Equal on the two results of one paired run. */
  pairing: { id: string; side: 'baseline' | 'candidate' } | null;
  /** `looks`: of a paired run, the numbers of blocks at which it was judged; judging again uses the same. */
  sampling: { rounds: number; stopped: StopReason; loadMs: number; wallMs: number; looks?: number[] };
  scenarios: ScenarioResult[];
  warnings: Warning[];
  /** On a stored baseline: the verdict that its own commit was given. */
  verdict?: string;
};
