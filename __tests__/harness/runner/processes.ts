import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export type Orphan = { pid: number; command: string };

/** Processes whose environment holds `NAME=value`: what a step left behind, however it was detached. */
export function processesWith(name: string, value: string): Orphan[] {
  const found: Orphan[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (!readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0').includes(`${name}=${value}`)) continue;
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      found.push({ pid: Number(entry), command });
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
  return found;
}

/**
 * What is left after so many looks since the main process ended; it is killed then. A killed process needs a moment to go, and
 * on a machine that stood still the time of a moment is over before it has had one.
 */
export async function reapOrphans(name: string, value: string, looks = 50): Promise<Orphan[]> {
  let left = processesWith(name, value);
  for (let look = 1; left.length > 0 && look < looks; look += 1) {
    await sleep(20);
    left = processesWith(name, value);
  }
  for (const orphan of left) {
    try {
      process.kill(orphan.pid, 'SIGKILL');
    } catch {
      // Gone between the look and the kill.
    }
  }
  return left;
}

/** Whether any process has one of these texts in its arguments, where everybody on the machine can read them. */
function inArguments(secrets: readonly string[]): string | undefined {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (secrets.some((secret) => command.includes(secret))) return command.replaceAll('\0', ' ').trim();
    } catch {
      // It has ended meanwhile.
    }
  }
  return undefined;
}

/** When to ask a process to end: after so many ms, once its output matches, or once a promise resolves. */
export type SignalAfter = number | RegExp | Promise<unknown>;
export type SignalStep = { signal: NodeJS.Signals; afterMs: number };

export type Ended = {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  durationMs: number;
  /** ms from the first signal to the end; undefined when none was sent. */
  stoppedAfterMs?: number;
  orphans: Orphan[];
  /** Command lines in which a watched secret was seen. */
  exposed: string[];
};

export type Started = {
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment; nothing is inherited. */
  env: Record<string, string>;
  /** Variable of `env` that marks every process of this run. */
  marker: string;
  onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
  signalAfter?: SignalAfter | undefined;
  /** Sent one after the other until it ends; `afterMs` counts from the step before. */
  signals: readonly SignalStep[];
  timeoutMs: number;
  /** Texts that must be in no process's arguments; looked for every 20 ms. */
  watchFor?: readonly string[] | undefined;
};

/** Runs a process to its end, with stdin closed. Rejects when it outlives `timeoutMs`; it and all its own are killed. */
export async function runProcess(options: Started): Promise<Ended> {
  const started = performance.now();
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const trigger = new Signaller(child, options.signals);
  let output = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (text: string) => {
      options.onOutput(stream, text);
      if (!(options.signalAfter instanceof RegExp)) return;
      output += text;
      if (options.signalAfter.test(output)) trigger.pull();
    });
  }
  if (typeof options.signalAfter === 'number') trigger.pullAfter(options.signalAfter);
  else if (options.signalAfter instanceof Promise)
    options.signalAfter.then(
      () => trigger.pull(),
      () => {},
    );
  const ending = new Promise<Pick<Ended, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const value = options.env[options.marker] ?? '';
  const exposed = new Set<string>();
  const watch = setInterval(() => {
    const seen = options.watchFor === undefined ? undefined : inArguments(options.watchFor);
    if (seen !== undefined) exposed.add(seen);
  }, 20);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, options.timeoutMs);
  const ended = await ending.finally(() => {
    clearTimeout(timer);
    clearInterval(watch);
    trigger.release();
  });
  const durationMs = performance.now() - started;
  const stoppedAfterMs = trigger.sinceFirst();
  const orphans = await reapOrphans(options.marker, value);
  await outputClosed(child);
  if (late)
    throw new Error(
      `${options.command} ${options.args.join(' ')} did not end within ${options.timeoutMs} ms`,
    );
  const stopped = stoppedAfterMs === undefined ? {} : { stoppedAfterMs };
  return { ...ended, durationMs, ...stopped, orphans, exposed: [...exposed] };
}

/** Everything printed has been read; an orphan that held the pipes has been killed by now. */
async function outputClosed(child: ChildProcess): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  const closed = streams.map((stream) =>
    stream.closed ? Promise.resolve() : new Promise<void>((resolve) => stream.once('close', () => resolve())),
  );
  await Promise.race([Promise.all(closed), sleep(1000, undefined, { ref: false })]);
  for (const stream of streams) stream.destroy();
}

class Signaller {
  readonly #child: ChildProcess;
  readonly #steps: readonly SignalStep[];
  readonly #timers: NodeJS.Timeout[] = [];
  #first: number | undefined;

  constructor(child: ChildProcess, steps: readonly SignalStep[]) {
    this.#child = child;
    this.#steps = steps;
  }

  pullAfter(ms: number): void {
    this.#timers.push(setTimeout(() => this.pull(), ms));
  }

  pull(): void {
    if (this.#first !== undefined || this.#child.exitCode !== null) return;
    this.#first = performance.now();
    let at = 0;
    for (const step of this.#steps) {
      at += step.afterMs;
      if (at === 0) this.#child.kill(step.signal);
      else this.#timers.push(setTimeout(() => this.#child.kill(step.signal), at));
    }
  }

  sinceFirst(): number | undefined {
    return this.#first === undefined ? undefined : performance.now() - this.#first;
  }

  release(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
