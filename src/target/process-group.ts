import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { TargetError } from '../domain/errors.ts';
import { Family, MARKER, trySignal } from '../processes/family.ts';
import type { OutputLog } from './output-log.ts';
import { openOutputPipe } from './output-pipe.ts';

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type SpawnOptions = {
  cwd: string;
  env: Record<string, string>;
  log: OutputLog;
};

const live = new Set<ProcessGroup>();

/** A shell command in a process group of its own, and all that comes from it. */
export class ProcessGroup {
  readonly pid: number;
  /** Null where the system has no /proc. */
  readonly family: Family | null;
  /** When the command itself ended; what it started may go on. */
  readonly exited: Promise<Exit>;
  /** When the last writer of its output has let go. */
  readonly outputEnded: Promise<void>;
  exit: Exit | null = null;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, pid: number, id: string, outputEnded: Promise<void>) {
    this.#child = child;
    this.pid = pid;
    this.family = process.platform === 'linux' ? new Family(pid, id) : null;
    this.outputEnded = outputEnded;
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.exit = { code, signal };
        resolve(this.exit);
      });
    });
  }

  /** Whether anything of it still runs. */
  isAlive(): boolean {
    if (this.family !== null) return this.family.living().length > 0;
    if (process.platform === 'win32') return this.exit === null;
    return trySignal(-this.pid, 0);
  }

  /** Sends a signal to the group and to those that left it. Returns whether there was anyone to send it to. */
  signal(signal: NodeJS.Signals): boolean {
    if (process.platform === 'win32') return this.#taskkill();
    if (this.family === null) return trySignal(-this.pid, signal);
    return this.family.signal(signal);
  }

  /**
   * SIGTERM, a grace, SIGKILL until nothing is left. `hurry` cuts the grace short once it is aborted. Returns
   * false when something outlived even SIGKILL for two seconds (a process stuck in the kernel, or another user's).
   */
  async end(graceMs: number, hurry: { signal: AbortSignal; graceMs: number }): Promise<boolean> {
    this.signal('SIGTERM');
    const started = performance.now();
    while (this.isAlive()) {
      const grace = hurry.signal.aborted ? Math.min(graceMs, hurry.graceMs) : graceMs;
      if (performance.now() - started >= grace) break;
      await sleep(20);
    }
    const killing = performance.now();
    while (this.isAlive() && performance.now() - killing < 2000) {
      this.signal('SIGKILL');
      await sleep(20);
    }
    const gone = !this.isAlive();
    if (gone) this.release();
    return gone;
  }

  /** Kills all of it without waiting: the last thing a process does before it exits. */
  killNow(): void {
    // Twice: what forked while the first list was being read.
    if (this.signal('SIGKILL')) this.signal('SIGKILL');
    this.release();
  }

  /** No longer ours to kill at exit. */
  release(): void {
    live.delete(this);
    this.#child.removeAllListeners('error');
    this.#child.on('error', () => {});
  }

  #taskkill(): boolean {
    try {
      execFileSync('taskkill', ['/pid', String(this.pid), '/T', '/F'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }
}

/** Starts a command through the system's shell, its output going to the log. Throws a TargetError (`start-failed`). */
export async function spawnGroup(command: string, options: SpawnOptions): Promise<ProcessGroup> {
  const { cwd, log } = options;
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw new TargetError({
      reason: 'start-failed',
      detail: `the working directory ${cwd} does not exist; correct working-directory`,
    });
  }
  const id = randomUUID();
  const env = { ...options.env, [MARKER]: id };
  const shell = shellFor(command);
  const pipe = openOutputPipe();
  const output = pipe?.writer ?? 'pipe';
  let child: ChildProcess;
  try {
    child = spawn(shell.file, shell.args, {
      cwd,
      env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', output, output],
      windowsHide: true,
      windowsVerbatimArguments: process.platform === 'win32',
    });
  } catch (error) {
    // A NUL in a variable or in the command. The reader, left open, would keep this process from ending.
    pipe?.reader.destroy();
    throw new TargetError({
      reason: 'start-failed',
      detail: `the command cannot be run: ${(error as Error).message}`,
    });
  } finally {
    if (pipe !== null) closeSync(pipe.writer);
  }
  const { pid } = child;
  if (pid === undefined) {
    pipe?.reader.destroy();
    const cause = await new Promise<Error>((resolve) => child.once('error', resolve));
    throw new TargetError({
      reason: 'start-failed',
      detail: `${shell.file} cannot be run: ${cause.message}`,
    });
  }
  child.on('error', () => {});
  const streams = [pipe?.reader, child.stdout, child.stderr].filter((stream) => stream != null);
  const ended = streams.map(
    (stream) => new Promise<void>((resolve) => stream.once('close', () => resolve())),
  );
  const outputEnded = Promise.all(ended).then(() => {});
  const group = new ProcessGroup(child, pid, id, outputEnded);
  for (const stream of streams) log.drain(stream);
  if (live.size === 0) guardExit();
  live.add(group);
  return group;
}

function shellFor(command: string): { file: string; args: string[] } {
  if (process.platform === 'win32') {
    return { file: process.env.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${command}"`] };
  }
  return { file: '/bin/sh', args: ['-c', command] };
}

let guarded = false;

/** Whatever way this process ends, short of SIGKILL, it takes its targets along. */
function guardExit(): void {
  if (guarded) return;
  guarded = true;
  process.on('exit', killAllGroups);
}

/** Kills, at once and without waiting, every command that still runs. */
function killAllGroups(): void {
  for (const group of live) group.killNow();
}
