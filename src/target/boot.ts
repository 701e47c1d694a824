import path from 'node:path';
import type { Target } from '../domain/config.ts';
import type { RunningTarget } from '../domain/driver.ts';
import { CancelledError, TargetError } from '../domain/errors.ts';
import type { Failure, Warning } from '../domain/result.ts';
import { listenerPids, listeningPorts, readStat } from '../processes/proc.ts';
import { type CommandContext, exitWords, outputSettled } from './command.ts';
import { commandEnvironment, fillPort } from './command-environment.ts';
import { watchForDeath } from './death.ts';
import { openFilesOf } from './open-files.ts';
import { OutputLog } from './output-log.ts';
import { addressOf, freePorts, isTaken } from './ports.ts';
import { type ProcessGroup, spawnGroup } from './process-group.ts';
import { type Readiness, waitUntilReady } from './readiness.ts';
import { quoteCommand, safeSentence } from './safe-log.ts';
import { registerStop, type StopPlan, stopTarget } from './stop.ts';
import { type Sampler, samplerFor } from './tree.ts';

/** How long after a command's end with 0 a daemon that left no trace may take to listen. */
const OUT_OF_SIGHT_MS = 2000;

export type BootOptions = CommandContext & {
  /** Where `${PORT}` is free in the config: the port to use, one of `freePorts`. Absent: one is found. */
  port?: number;
  /** Aborted when there is no time left to stop gently (the runner's cancel); absent: `signal`. */
  hurry?: AbortSignal;
  /** Told what went wrong while stopping; it fails nothing. */
  warn?: (warning: Warning) => void;
};

/**
 * Starts a target and waits until it is ready; one without `start` is only waited for. Throws a TargetError
 * (`start-failed`, `not-ready`, `port-in-use`) or a CancelledError, and then nothing of it is left.
 */
export async function bootTarget(target: Target, options: BootOptions): Promise<RunningTarget> {
  if (options.signal.aborted) throw new CancelledError('cancelled before the target was started');
  const port = await portOf(target, options.port);
  const url = fillPort(target.url, port);
  return target.start === undefined
    ? attachToRunning(target, url, options)
    : startTarget(target, target.start, url, port, options);
}

async function portOf(target: Target, given: number | undefined): Promise<number | null> {
  if (target.port.type === 'fixed') return target.port.port;
  if (given !== undefined) return given;
  if (target.start === undefined) {
    const detail =
      'the url has a ${PORT}, but there is no start command to listen on it; write the port of the running service';
    throw new TargetError({ reason: 'start-failed', detail });
  }
  return (await freePorts(1))[0] ?? null;
}

async function startTarget(
  target: Target,
  start: string,
  url: string,
  port: number | null,
  options: BootOptions,
): Promise<RunningTarget> {
  const { checkout, secrets, signal, name = 'target' } = options;
  const address = addressOf(url);
  const isInUse = await isTaken(address, signal);
  if (signal.aborted) throw new CancelledError('cancelled before the target was started');
  if (isInUse) throw new TargetError(portInUse(address.port));
  const log = new OutputLog(path.join(options.logDir, `${name}.log`), secrets);
  const ready = fillReady(target.ready, port);
  const line = ready.type === 'log' ? log.contains(ready.text) : null;
  const own = Object.entries(target.env).map(([key, value]) => [key, fillPort(value, port)]);
  const env = commandEnvironment(options.env, {
    ...(port === null ? {} : { PORT: String(port) }),
    ...Object.fromEntries(own),
  });
  const command = fillPort(start, port);
  const plan: StopPlan = {
    ...(target.stop === undefined ? {} : { command: fillPort(target.stop, port) }),
    cwd: checkout,
    env,
    secrets,
    hurry: options.hurry ?? signal,
    warn: options.warn ?? (() => {}),
  };
  let group: ProcessGroup;
  try {
    group = await spawnGroup(command, { cwd: checkout, env, log });
  } catch (error) {
    log.close();
    throw error;
  }
  const stop = registerStop(() => stopTarget(group, log, plan));
  let foreign: string | null = null;
  const sampler = samplerFor(target.memory, checkout, group, () => foreign);
  const bootWindow = sampler.openWindow(true);
  try {
    const patience = giveUpOn(group, signal, target.stop !== undefined);
    const readiness = await waitUntilReady(ready, url, line?.seen ?? null, patience.signal);
    patience.dismiss();
    line?.dismiss();
    if (signal.aborted) throw new CancelledError('cancelled while the target was starting');
    if (patience.ended() || readiness.status !== 'ready') {
      await outputSettled(group);
      const quoted = quoteCommand(target.shownStart ?? command, secrets);
      const given = { command: quoted, port: address.port, ownPort: target.env.PORT, secrets };
      throw new TargetError(bootFailure(readiness, ready.timeoutMs, group, log, given));
    }
    // With a stop command the user has said who ends the service: what is not in the tree is not ours to kill.
    const owned = group.family?.listensOn(address.port, target.stop === undefined) ?? true;
    if (target.memory.type === 'tree' && !owned) {
      foreign = `no process of the start command listens on port ${address.port} (a container?); name the service's process with target.memory: { pid-file: FILE }`;
    }
    const boot = await bootWindow.close();
    const death = watchForDeath({ address, log, group, endsByDesign: target.stop !== undefined });
    return {
      url,
      boot: foreign === null ? boot : { unmeasured: foreign },
      death: death.promise,
      openWindow: () => sampler.openWindow(),
      openFiles: () => openFilesOf(group.family, address.port),
      logTail: async () => log.tail(),
      stop: () => {
        death.dismiss();
        return stop();
      },
    };
  } catch (error) {
    await bootWindow.close();
    // A daemon out of sight may listen by now, and would be left behind.
    if (target.stop === undefined) group.family?.listensOn(address.port, true);
    await stop();
    throw error;
  }
}

async function attachToRunning(target: Target, url: string, options: BootOptions): Promise<RunningTarget> {
  const { signal, checkout } = options;
  const ready = fillReady(target.ready, null);
  if (ready.type === 'log') {
    const detail =
      'ready.log needs a start command whose output can be read; use ready.path for a running target';
    throw new TargetError({ reason: 'not-ready', detail });
  }
  const readiness = await waitUntilReady(ready, url, null, signal);
  if (signal.aborted) throw new CancelledError('cancelled while waiting for the target');
  if (readiness.status === 'late') {
    const detail = `${url} was not ready within ${ready.timeoutMs / 1000} s: ${readiness.lastSeen}; there is no start command, so start the service before, or add target.start`;
    throw new TargetError({ reason: 'not-ready', detail: safeSentence(detail, options.secrets) });
  }
  const foreign =
    target.memory.type === 'tree'
      ? 'the target was already running; name its process with target.memory: { pid-file: FILE }'
      : null;
  const sampler: Sampler = samplerFor(target.memory, checkout, null, () => foreign);
  const boot = await sampler.openWindow().close();
  const death = watchForDeath({ address: addressOf(url), log: null, group: null, endsByDesign: true });
  return {
    url,
    boot,
    death: death.promise,
    openWindow: () => sampler.openWindow(),
    logTail: async () => '',
    stop: async () => death.dismiss(),
  };
}

function fillReady(ready: Target['ready'], port: number | null): Target['ready'] {
  return ready.type === 'log' ? { ...ready, text: fillPort(ready.text, port) } : ready;
}

/** Ends the wait on a cancel, and when the command ended and cannot come to answer any more. */
function giveUpOn(group: ProcessGroup, cancel: AbortSignal, endsByDesign: boolean) {
  const controller = new AbortController();
  const onCancel = () => controller.abort();
  // An abort that came while the command was being spawned fires no event any more.
  if (cancel.aborted) onCancel();
  else cancel.addEventListener('abort', onCancel, { once: true });
  let ended = false;
  let lonely: NodeJS.Timeout | null = null;
  void group.exited.then(({ code }) => {
    let lastSign = performance.now();
    const check = () => {
      // A command that ends with 0 may have put its service into the background, even out of our sight.
      if (code === 0 && group.isAlive()) lastSign = performance.now();
      if (code === 0 && performance.now() - lastSign < OUT_OF_SIGHT_MS) return;
      ended = true;
      controller.abort();
      if (lonely !== null) clearInterval(lonely);
    };
    if (code === 0 && endsByDesign) return;
    check();
    if (!ended) lonely = setInterval(check, 200);
  });
  return {
    signal: controller.signal,
    ended: () => ended,
    dismiss: () => {
      cancel.removeEventListener('abort', onCancel);
      if (lonely !== null) clearInterval(lonely);
    },
  };
}

/** What the group was given. `command`: as a message quotes it. `ownPort`: the PORT that the config gives it. */
type Given = { command: string; port: number; ownPort: string | undefined; secrets: readonly string[] };

function bootFailure(
  readiness: Readiness,
  timeoutMs: number,
  group: ProcessGroup,
  log: OutputLog,
  { command, port, ownPort, secrets }: Given,
): Failure {
  const tail = log.tail();
  const { exit } = group;
  const shown = { ...(tail === '' ? {} : { log: tail }) };
  const ending =
    exit === null ? {} : { exitCode: exit.code, ...(exit.signal === null ? {} : { signal: exit.signal }) };
  if (readiness.status === 'late') {
    const hint = listenHint(group, port, ownPort);
    const detail = `start ${command} was not ready within ${timeoutMs / 1000} s: ${readiness.lastSeen}${hint}`;
    return { reason: 'not-ready', detail: safeSentence(detail, secrets), ...ending, ...shown };
  }
  const advice =
    exit?.code === 0
      ? '; if it starts the service in the background, set target.stop to the command that ends it'
      : '';
  const detail = `start ${command} ${exit === null ? 'ended' : exitWords(exit)} before it was ready${advice}`;
  return { reason: 'start-failed', detail, ...ending, ...shown };
}

/** The most frequent cause of a target that never gets ready: it listens, but elsewhere. */
function listenHint(group: ProcessGroup, port: number, ownPort: string | undefined): string {
  const ports = group.family === null ? [] : listeningPorts(group.family.living());
  if (ports.length === 0) return '';
  if (ports.includes(port)) return ` (it does listen on port ${port})`;
  return ports.some((one) => String(one) === ownPort)
    ? `; it listens on port ${ownPort}, which target.env gives it as PORT: leave that out, and it is given ${port}`
    : `; it listens on port ${ports.join(', ')}, not on ${port}: let it listen on \${PORT}, or correct the url`;
}

function portInUse(port: number): Failure {
  const pids = process.platform === 'linux' ? listenerPids(port) : [];
  const owners = pids.map((pid) => `process ${pid} (${readStat(pid)?.name ?? 'gone'})`).join(', ');
  const who = owners === '' ? 'another process' : owners;
  const detail = `port ${port} was in use before the target was started: ${who} listens on it; stop it, or write \${PORT} in target.url to be given a free one`;
  return { reason: 'port-in-use', detail };
}
