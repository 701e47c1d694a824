import { setTimeout as sleep } from 'node:timers/promises';
import { listenerPids, listPids, type ProcessStat, readCgroup, readEnviron, readStat } from './proc.ts';

/** Every process of a spawned command carries this variable, so that those that left its process group can be found. */
export const MARKER = 'PERF_BASELINE_TARGET';

const KILL_MS = 2000;

/** Forward a port into a container or namespace: their memory says nothing about the service, their life is not ours. */
const FORWARDERS = /^(docker-proxy|rootlesskit|rootlessport|conmon|pasta|slirp4netns)/;

/**
 * All processes that come from one spawned command, on Linux. Descent by parent finds the ordinary ones, the
 * process group those whose parent ended, and a marker in the environment those that daemonised:
 *
 *     sh ── npm ── node ── worker       parent
 *      └─── (ended) ── node             group
 *      └─── (ended) ── setsid node      marker
 *
 * A process is looked at once, when its pid is first seen, so that a scan costs one listing of /proc and a few
 * reads for what is new. Who belongs stays known until it is gone, whatever becomes of its parent.
 */
export class Family {
  readonly #root: number;
  readonly #marker: string;
  readonly #bornAt: number;
  /** pid to start time: a pid alone may be reused. */
  readonly #members = new Map<number, number>();
  #strangers = new Set<number>();

  /** `id` is the marker's value; without one, only the descendants of `root` belong. */
  constructor(root: number, id: string | null) {
    this.#root = root;
    this.#marker = id === null ? '' : `${MARKER}=${id}\0`;
    const stat = readStat(root);
    this.#bornAt = stat?.started ?? Number.POSITIVE_INFINITY;
    if (stat !== null) this.#members.set(root, stat.started);
  }

  /** Members of the moment, zombies included (their CPU time is not yet with their parent). */
  scan(): ProcessStat[] {
    const present: ProcessStat[] = [];
    for (const [pid, started] of this.#members) {
      const stat = readStat(pid);
      if (stat !== null && stat.started === started) present.push(stat);
      else this.#members.delete(pid);
    }
    const strangers = new Set<number>();
    let unknown: number[] = [];
    for (const pid of listPids()) {
      if (this.#members.has(pid)) continue;
      if (this.#strangers.has(pid)) strangers.add(pid);
      else unknown.push(pid);
    }
    // A child may have a lower pid than its parent once pids wrap around: repeat until nothing is added.
    for (let added = true; added && unknown.length > 0; ) {
      added = false;
      const rest: number[] = [];
      for (const pid of unknown) {
        const stat = readStat(pid);
        if (stat === null) continue;
        if (this.#isOurs(stat)) {
          this.#members.set(pid, stat.started);
          present.push(stat);
          added = true;
        } else rest.push(pid);
      }
      unknown = rest;
    }
    // During exec the environment reads empty for a moment: such a process is looked at again.
    for (const pid of unknown) if (readEnviron(pid) !== '' || isKernelThread(pid)) strangers.add(pid);
    this.#strangers = strangers;
    return present;
  }

  /** Members that still run, zombies left out. */
  living(): number[] {
    return this.scan()
      .filter(({ state }) => state !== 'Z' && state !== 'X')
      .map(({ pid }) => pid);
  }

  /** Sends a signal to all that run: the group, and those that left it. Returns whether there was anyone to send it to. */
  signal(signal: NodeJS.Signals): boolean {
    // The group first: it takes in children that fork between the scan and the signal. Its number is free for
    // reuse once it is empty, so it is only used while a member of it is alive.
    const members = this.scan().filter(({ state }) => state !== 'Z' && state !== 'X');
    if (members.some(({ group }) => group === this.#root)) trySignal(-this.#root, signal);
    for (const { pid, group } of members) if (group !== this.#root) trySignal(pid, signal);
    return members.length > 0;
  }

  /** SIGKILL until nothing is left. False when something outlived it for two seconds (stuck in the kernel, or another user's). */
  async kill(): Promise<boolean> {
    const started = performance.now();
    while (this.signal('SIGKILL')) {
      if (performance.now() - started >= KILL_MS) return false;
      await sleep(5);
    }
    return true;
  }

  /**
   * Whether a member listens on the port. With `adopt`, a daemon that wiped its environment (nginx does) is taken
   * in when it is the listener, runs in our control group, and was started after our command.
   */
  listensOn(port: number, adopt: boolean): boolean {
    const members = this.scan();
    const pids = members.map(({ pid }) => pid);
    if (listenerPids(port, pids).length > 0) return true;
    const cgroup = readCgroup('self');
    for (const pid of adopt ? listenerPids(port) : []) {
      const stat = readStat(pid);
      if (stat === null || FORWARDERS.test(stat.name) || stat.started < this.#bornAt) continue;
      if (pid === process.pid || cgroup === null || readCgroup(pid) !== cgroup) continue;
      this.#members.set(pid, stat.started);
      this.#strangers.clear();
    }
    return listenerPids(port, this.living()).length > 0;
  }

  #isOurs(stat: ProcessStat): boolean {
    if (this.#members.has(stat.parent)) return true;
    if (this.#marker === '') return false;
    if (stat.group === this.#root) return true;
    const environ = readEnviron(stat.pid);
    return environ?.includes(this.#marker) ?? false;
  }
}

/** Whether there is such a process (or group, where negative) that may be sent this signal, and now was; 0 only asks. */
export function trySignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isKernelThread(pid: number): boolean {
  return pid === 2 || readStat(pid)?.parent === 2;
}
