import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CancelledError } from '../../domain/errors.ts';
import { cutStart } from '../../processes/cut-text.ts';
import { Family, MARKER, trySignal } from '../../processes/family.ts';
import { OutputText } from '../../processes/output-text.ts';
import type { Answer, FromRunner, Job, Order } from './job.ts';
import type { Stage } from './words.ts';

export type RunnerOptions = {
  /** The bundled runner.ts. */
  entry: URL | string;
  /** Where it runs, and with what environment: its `node` is the one that PATH names. */
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Longest without a sign of life. */
  timeoutMs: number;
  signal: AbortSignal;
};

/** How it went; `output` is the end of what was printed, as it was written. */
export type Ended = { output: string } & (
  | { status: 'answered'; answer: Answer }
  | { status: 'hung'; stage: Stage }
  | { status: 'ended'; code: number | null; signal: NodeJS.Signals | null; stage: Stage }
  | { status: 'unstarted'; reason: string }
);

const TAIL = 20_000;
/** Starting node and telling it what to do takes a moment, also on a busy machine. */
const START_MS = 10_000;
/** The last of what was printed may arrive a moment after the end. */
const OUTPUT_MS = 200;

/** `family`: all that came from it; null where the system has no /proc, and its group must do. */
type Running = { child: ChildProcess; family: Family | null };

const live = new Set<Running>();

/**
 * Has one job done by a process of its own, and kills it afterwards with all that it started, what left its process group
 * included. Rejects with a CancelledError on abort; whatever the benchmark does is in what it gives.
 */
export async function runJob(job: Job, options: RunnerOptions): Promise<Ended> {
  const { signal } = options;
  if (signal.aborted) throw new CancelledError('cancelled before the benchmark was started');
  const running = start(job, options);
  live.add(running);
  if (live.size === 1) process.once('exit', killAll);
  const output = tailOf(running.child);
  let how: Outcome;
  try {
    how = await outcome(running.child, job, options);
  } finally {
    await finish(running);
  }
  return { ...how, output: output() };
}

/** The end of what a process prints, at the time it is asked for. */
function tailOf({ stdout, stderr }: ChildProcess): () => string {
  let tail = '';
  const add = (text: string): void => {
    tail = cutStart(tail + text, TAIL);
  };
  const texts = [stdout, stderr].map((stream) => {
    const text = new OutputText();
    stream?.on('data', (chunk: Buffer) => add(text.write(chunk)));
    return text;
  });
  return () => {
    for (const text of texts) add(text.end());
    return tail;
  };
}

type Outcome = Ended extends infer E ? (E extends Ended ? Omit<E, 'output'> : never) : never;

function outcome(child: ChildProcess, job: Job, { timeoutMs, signal }: RunnerOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let stage: Stage = job.type === 'command' ? 'runs' : 'loading';
    const wait = (ms: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => settle({ status: 'hung', stage }), ms);
    };
    const abort = (): void => {
      clearTimeout(timer);
      reject(new CancelledError('cancelled while a benchmark was measured'));
    };
    const settle = (how: Outcome): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(how);
    };
    signal.addEventListener('abort', abort, { once: true });
    wait(timeoutMs + START_MS);
    child.on('message', (message: FromRunner) => {
      if (message.type !== 'alive') return settle({ status: 'answered', answer: message });
      stage = message.stage;
      wait(timeoutMs);
    });
    child.on('error', (error) => settle({ status: 'unstarted', reason: error.message }));
    // An answer sent just before the end may still be on its way: 'close' comes after the channel's last message.
    child.on('exit', (code, how) => {
      setTimeout(() => settle({ status: 'ended', code, signal: how, stage }), 100);
    });
    const order: Order = { job, parent: process.pid };
    if (child.connected) child.send(order, () => {});
  });
}

function start(job: Job, { entry, cwd, env }: RunnerOptions): Running {
  const path = entry instanceof URL ? fileURLToPath(entry) : entry;
  const id = randomUUID();
  const child = fork(path, [], {
    cwd,
    env: { ...env, [MARKER]: id },
    execPath: nodeOf(env.PATH ?? '') ?? process.execPath,
    execArgv: job.type === 'command' ? [] : ['--expose-gc'],
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const family = process.platform === 'linux' && child.pid !== undefined ? new Family(child.pid, id) : null;
  return { child, family };
}

/** The node that a shell would run: native modules were built for it. */
function nodeOf(path: string): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

async function finish(running: Running): Promise<void> {
  const { child, family } = running;
  const gone = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const exited = gone ? undefined : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (family === null) killNow(running);
  else await family.kill();
  await exited;
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const ended = streams.map(
    (stream) => stream.closed || new Promise((resolve) => stream.once('close', resolve)),
  );
  // What could not be killed may hold the pipes for ever.
  await Promise.race([Promise.all(ended), sleep(OUTPUT_MS)]);
  for (const stream of streams) stream.destroy();
  live.delete(running);
  if (live.size === 0) process.off('exit', killAll);
}

/** Without waiting: the last thing this process does. */
function killNow({ child, family }: Running): void {
  if (child.pid === undefined) return;
  // Twice: what forked while the first list was being read.
  if (family?.signal('SIGKILL')) family.signal('SIGKILL');
  if (family !== null) return;
  if (process.platform === 'win32') child.kill('SIGKILL');
  else trySignal(-child.pid, 'SIGKILL');
}

function killAll(): void {
  for (const running of live) killNow(running);
}
