import type { Warning } from '../domain/result.ts';
import { runStopCommand } from './command.ts';
import type { OutputLog } from './output-log.ts';
import type { ProcessGroup } from './process-group.ts';

/*
 * A runner's cancel gives 7.5 s from SIGINT to SIGTERM and 2.5 s more to the kill: stop command, grace and the
 * last kill together have to fit into the first of these, with the report still to be written.
 */
const STOP_COMMAND_MS = 30_000;
const GRACE_MS = 5_000;
const HURRIED_STOP_COMMAND_MS = 3_000;
const HURRIED_GRACE_MS = 1_000;

export type StopPlan = {
  /** The target's own stop command. */
  command?: string;
  cwd: string;
  env: Record<string, string>;
  secrets: readonly string[];
  /** Aborted by a cancel: from then on there is little time. */
  hurry: AbortSignal;
  warn: (warning: Warning) => void;
};

const running = new Set<() => Promise<void>>();

/** A stop that runs once, however often it is asked for, and that `stopAllTargets` knows of until it is done. */
export function registerStop(stop: () => Promise<void>): () => Promise<void> {
  let stopped: Promise<void> | null = null;
  const once = () => {
    stopped ??= stop().finally(() => running.delete(once));
    return stopped;
  };
  running.add(once);
  return once;
}

/** Stops every target that still runs, side by side; for the way out after a cancel or a crash. */
export async function stopAllTargets(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()));
}

/** The stop command, SIGTERM to all of it, a grace, SIGKILL, until nothing is left. Never rejects. */
export async function stopTarget(group: ProcessGroup, log: OutputLog, plan: StopPlan): Promise<void> {
  const { command, cwd, env, secrets, hurry, warn } = plan;
  if (command !== undefined) {
    const limit = { ms: STOP_COMMAND_MS, hurry, hurryMs: HURRIED_STOP_COMMAND_MS };
    const problem = await runStopCommand(command, { cwd, env, log, secrets }, limit);
    if (problem !== null) {
      log.note(problem);
      warn({ code: 'stop-failed', message: `${problem}; what it should have ended may still run` });
    }
  }
  const gone = await group.end(GRACE_MS, { signal: hurry, graceMs: HURRIED_GRACE_MS });
  if (!gone) {
    const pids = group.family?.living().join(', ') ?? String(group.pid);
    warn({
      code: 'target-survived',
      message: `the target could not be ended, process ${pids} is still there; end it before the next run`,
    });
  }
  log.close();
}
