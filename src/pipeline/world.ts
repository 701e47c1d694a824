import type { Scenario } from '../domain/config.ts';
import type { Driver } from '../domain/driver.ts';
import type { Random } from '../measure/order.ts';
import type { Progress } from '../measure/progress.ts';

/** What a run needs from outside. The entries make one; tests make another. */
export type World = {
  env: NodeJS.ProcessEnv;
  /** Fires when the run is to stop (SIGINT, SIGTERM). */
  signal: AbortSignal;
  progress: Progress;
  random: Random;
  now(): Date;
  newId(): string;
  /** A folder of this run's own: logs, checkouts, the result until it is asked for elsewhere. */
  workDir: string;
  driverOf(scenario: Scenario): Driver;
  /** The anchor's server, started as a process of its own. */
  anchorEntry: string;
};
