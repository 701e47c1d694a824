import type { HistogramDistribution } from '../../domain/distribution.ts';
import type { Figures } from './measure.ts';
import type { Stage } from './words.ts';

/** What a process is asked to do, once. Durations in ms. */
export type Job =
  | { type: 'list'; module: string; bench: string[]; inputs: { name: string; value: unknown }[] }
  | {
      type: 'case';
      module: string;
      bench: string[];
      inputs: { name: string; value: unknown }[];
      part: string;
      concurrency: number;
      warmupMs: number;
      durationMs: number;
    }
  | { type: 'command'; command: string; warmupMs: number; durationMs: number };

/** A job, from the process with this id. */
export type Order = { job: Job; parent: number };

/**
 * Figures of the runs of a command: wall time in ns, CPU time in ns a run, both less those of an empty command; peak bytes of
 * a run. `unmeasured` says why one that is absent is.
 */
export type CommandFigures = {
  elapsedMs: number;
  runs: number;
  time: HistogramDistribution;
  cpuTime?: number;
  memory?: number;
  unmeasured?: string;
};

export type Answer =
  | { type: 'parts'; names: string[] }
  | { type: 'figures'; figures: Figures }
  | { type: 'command'; figures: CommandFigures }
  /** `text` begins with the word for what is wrong. */
  | { type: 'unmeasurable'; text: string };

/** `alive` is sent while a benchmark goes on, so that one that hangs is told from one that takes its time, and where. */
export type FromRunner = { type: 'alive'; stage: Stage } | Answer;
