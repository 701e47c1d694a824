import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { WebSocketScenario } from '../../domain/config.ts';
import { GeneratorError } from '../../domain/driver.ts';
import { readOpenFilesLimit } from '../../processes/proc.ts';
import type { Share } from './side.ts';

/** What the machine has room for. `openFiles`: of one process, undefined where it cannot be told. */
export type Machine = { cores: number; openFiles: number | undefined; localPorts: number | undefined };

/** One process puts about 60,000 messages/s on a fast server; from half of that on, it had better be two. */
const MESSAGES_PER_PROCESS = 30_000;
const CONNECTIONS_PER_PROCESS = 5000;
/** A closed loop takes what it gets: from this many messages in flight on, one process would be the bottleneck. */
const IN_FLIGHT_PER_PROCESS = 64;
const MOST_PROCESSES = 16;
/** Files that a process has open besides its connections. */
const OTHER_FILES = 64;
/** Addresses of the loopback network that connections are spread over, where one has not ports enough. */
const LOCAL_ADDRESSES = 200;

/** This machine, as far as it can tell (the limits are those of Linux). */
export function thisMachine(): Machine {
  const [low, high] = readText('/proc/sys/net/ipv4/ip_local_port_range').split(/\s+/).map(Number);
  return {
    cores: availableParallelism(),
    openFiles: readOpenFilesLimit('self') ?? undefined,
    localPorts: low && high ? high - low + 1 : undefined,
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * How the connections of a scenario are divided among processes: as many as it takes and the machine has cores for beside the
 * target, and more where one may not open files enough for both sides of a pair. Throws a GeneratorError when no
 * number of processes can hold them.
 */
export function sharesOf(scenario: WebSocketScenario, machine: Machine): Share[] {
  const { connections, rate, inFlight, send } = scenario;
  const load =
    rate === undefined
      ? (send ? connections * inFlight : 0) / IN_FLIGHT_PER_PROCESS
      : rate / MESSAGES_PER_PROCESS;
  const wanted = Math.ceil(Math.max(load, connections / CONNECTIONS_PER_PROCESS));
  const room = Math.max(1, machine.cores - 1);
  const perProcess = Math.max(1, (machine.openFiles ?? Number.POSITIVE_INFINITY) - OTHER_FILES);
  const needed = Math.ceil((2 * connections) / perProcess);
  if (Math.ceil(connections / perProcess) > MOST_PROCESSES) {
    // So many that the target, which inherits the limit where it is started here, can hold them in one process.
    const files = connections + OTHER_FILES;
    throw new GeneratorError(
      `${connections} connections need as many open files and some more, and a process may open ${machine.openFiles} here: raise the limit (ulimit -n ${files}) in the shell that runs perf-baseline, or lower "connections"`,
    );
  }
  const ports = (machine.localPorts ?? Number.POSITIVE_INFINITY) * LOCAL_ADDRESSES;
  if (connections > ports)
    throw new GeneratorError(
      `${connections} connections need as many local ports, and there are ${ports}: widen net.ipv4.ip_local_port_range, or lower "connections"`,
    );
  const of = Math.min(connections, MOST_PROCESSES, Math.max(1, Math.min(wanted, room), needed));
  return Array.from({ length: of }, (_, index) => ({
    index,
    of,
    connections: Math.floor((connections - index - 1) / of) + 1,
  }));
}
