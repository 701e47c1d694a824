import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../domain/config.ts';
import { CancelledError, TargetError } from '../domain/errors.ts';
import { commandEnvironment } from './command-environment.ts';
import { OutputLog } from './output-log.ts';
import { type Exit, type ProcessGroup, spawnGroup } from './process-group.ts';
import { quoteCommand } from './safe-log.ts';

export type CommandContext = {
  /** Where the command runs. */
  checkout: string;
  /** The caller's environment; what is the action's alone is taken out. */
  env: NodeJS.ProcessEnv;
  /** Folder of the log files; made when it does not exist. */
  logDir: string;
  signal: AbortSignal;
  /** Values to mask in everything that is written or shown. */
  secrets: readonly string[];
  /** Start of the log files' names, to tell sides and boots apart. */
  name?: string;
};

/** What a setup left running (a database, say) lives until `dispose`. */
export type Setup = { log: string | null; dispose(): Promise<void> };

/**
 * Runs the target's setup to its end, in its own process group; nothing when it has none. Throws a TargetError
 * (`setup-failed`) with the exit code and the tail of its output, or a CancelledError.
 */
export async function runSetup(target: Target, context: CommandContext): Promise<Setup> {
  const { setup } = target;
  if (setup === undefined) return { log: null, dispose: async () => {} };
  const { checkout, env, logDir, signal, secrets, name = 'target' } = context;
  if (signal.aborted) throw new CancelledError('cancelled before setup');
  const log = new OutputLog(path.join(logDir, `${name}-setup.log`), secrets);
  let group: ProcessGroup | null = null;
  const dispose = async () => {
    await group?.end(2000, { signal, graceMs: 500 });
    log.close();
  };
  try {
    group = await spawnGroup(setup, { cwd: checkout, env: commandEnvironment(env, target.env), log });
    const exit = await exitOrAbort(group, signal);
    if (exit === 'aborted') throw new CancelledError('cancelled during setup');
    await outputSettled(group);
    if (exit.code !== 0) {
      throw new TargetError({
        reason: 'setup-failed',
        detail: `setup ${quoteCommand(setup, secrets)} ${exitWords(exit)}`,
        exitCode: exit.code,
        ...(exit.signal === null ? {} : { signal: exit.signal }),
        log: log.tail(),
      });
    }
    return { log: log.file, dispose };
  } catch (error) {
    await dispose();
    if (error instanceof TargetError && error.failure.reason === 'start-failed') {
      throw new TargetError({ ...error.failure, reason: 'setup-failed' });
    }
    throw error;
  }
}

/** `exited with code 3`, `was ended by SIGSEGV`. */
export function exitWords(exit: Exit): string {
  return exit.signal === null ? `exited with code ${exit.code}` : `was ended by ${exit.signal}`;
}

/** Waits for the command itself, not for what it started. */
export async function exitOrAbort(group: ProcessGroup, signal: AbortSignal): Promise<Exit | 'aborted'> {
  if (signal.aborted) return 'aborted';
  let onAbort = () => {};
  const aborted = new Promise<'aborted'>((resolve) => {
    onAbort = () => resolve('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
  });
  const exit = await Promise.race([group.exited, aborted]);
  signal.removeEventListener('abort', onAbort);
  return exit;
}

/** The last output of a command arrives a moment after its end; a grandchild may hold the pipe for ever. */
export async function outputSettled(group: ProcessGroup): Promise<void> {
  await Promise.race([group.outputEnded, sleep(300)]);
}

/** Runs a stop command. Resolves to what went wrong, in words, or null. */
export async function runStopCommand(
  command: string,
  options: { cwd: string; env: Record<string, string>; log: OutputLog; secrets: readonly string[] },
  limit: { ms: number; hurry: AbortSignal; hurryMs: number },
): Promise<string | null> {
  const { secrets, ...spawning } = options;
  let group: ProcessGroup;
  try {
    group = await spawnGroup(command, spawning);
  } catch (error) {
    return `stop ${quoteCommand(command, secrets)} could not be run: ${(error as Error).message}`;
  }
  const started = performance.now();
  while (group.exit === null) {
    const allowed = limit.hurry.aborted ? Math.min(limit.ms, limit.hurryMs) : limit.ms;
    if (performance.now() - started > allowed) break;
    await Promise.race([group.exited, sleep(50)]);
  }
  const { exit } = group;
  await outputSettled(group);
  await group.end(500, { signal: limit.hurry, graceMs: 200 });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (exit === null) return `stop ${quoteCommand(command, secrets)} did not end within ${seconds} s`;
  return exit.code === 0 ? null : `stop ${quoteCommand(command, secrets)} ${exitWords(exit)}`;
}
