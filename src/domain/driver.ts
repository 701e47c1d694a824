import type { Scenario } from './config.ts';
import type { Metric } from './metric.ts';
import type { GeneratorLoad, Resources, Tally } from './result.ts';

/** One of the two things measured: where it is checked out, and how to reach it. */
export type Side = {
  name: 'baseline' | 'candidate';
  checkout: string;
  url: string;
  /** Environment of the commands that run there. */
  env: Record<string, string>;
  /** Makes output of what runs there safe to print: its last lines, without secrets and workflow commands. */
  safe?: (output: string) => string;
};

/** A stretch of load to put on one side. A request belongs to the stretch it was sent in: stop sending, drain, count all. */
export type Stretch = {
  kind: 'warmup' | 'round' | 'slice';
  durationMs: number;
  /** The last one of its side in this round: nothing comes after it in which late messages could still count. */
  last?: boolean;
  /** For drivers of grain `process`, which warm up inside the process that is measured. */
  warmupMs?: number;
  /** Run this part alone, one of those that the session named. */
  part?: string;
};

export type StretchTally = {
  startedAt: string;
  total: Tally;
  /** One per part, in the order of the config; empty when the scenario has a single part. */
  parts: { name: string; tally: Tally; invalid?: string }[];
  generator: GeneratorLoad;
  /** Of several generator processes, each; `generator` is the busiest. */
  generators?: GeneratorLoad[];
  /** Why there are no figures at all. */
  invalid?: string;
  /** Why a figure of its own that is absent is. */
  unmeasured?: string;
};

/**
 * A generator process ready to load either side of one scenario. `run` rejects with a GeneratorError when the
 * generator itself broke, never because the target misbehaves: that is counted in the tally. An aborted signal
 * ends the stretch at once and rejects with a CancelledError.
 */
export interface Session {
  run(side: Side, stretch: Stretch, signal: AbortSignal): Promise<StretchTally>;
  /** Parts of a side that are processes of their own, so that the sides can take turns part by part. */
  parts?(side: Side, signal: AbortSignal): Promise<string[]>;
  /** Last output of what was run on a side, safe to print; absent: the target's is of interest. */
  logTail?(side: Side): string;
  close(): Promise<void>;
}

/** How one scenario type is driven. A new type is one file that exports one of these, and a line in the registry. */
export interface Driver<S extends Scenario = Scenario> {
  type: S['type'];
  /** How finely two sides may be interleaved. */
  interleave: 'slice' | 'round' | 'process';
  /** What a scenario of this type measures; the first ones are those a reader sees first. */
  metrics(scenario: S): Metric[];
  open(scenario: S, signal: AbortSignal): Promise<Session>;
}

export class GeneratorError extends Error {
  override name = 'GeneratorError';
}

/** How a target ended by itself. `log` is a sanitised tail of its output. */
export type TargetDeath = { exitCode: number | null; signal: string | null; log: string };

/** Figures of the target's process tree from `open` to `close`. */
export interface ResourceWindow {
  close(): Promise<WindowFigures>;
}

/** `halted`: a process of the target was stopped for a while (SIGSTOP, a debugger), and ran at other times. */
export type WindowFigures = Resources & { halted?: boolean };

/** How many files the processes that take the connections of a target may have open, all together. */
export type OpenFiles = { allowed: number; processes: number };

/** A booted and ready target. `death` resolves only when it ends without having been asked to. */
export interface RunningTarget {
  readonly url: string;
  readonly death: Promise<TargetDeath>;
  /** Peak memory from start to ready. */
  readonly boot: Resources;
  openWindow(): ResourceWindow;
  /** Absent, or undefined, where it is none that was started here, or where that cannot be told. */
  openFiles?(): OpenFiles | undefined;
  /** The last lines of its output, safe to print in a runner's log. */
  logTail(): Promise<string>;
  /** Runs the stop command, signals the whole group, waits, kills; nothing of it survives. Idempotent. */
  stop(): Promise<void>;
}
