import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * Below the ranges from which systems take the local ports of outgoing connections (Linux 32768-60999, macOS and
 * Windows from 49152): a port handed to a target must not be taken by the load generator before the target binds
 * it. All have five digits, so that the two sides of a pair send headers of equal length.
 */
const LOWEST = 20_000;
const HIGHEST = 32_767;

/**
 * `count` different TCP ports, free on all addresses when asked, all of five digits. Never one that another run on this machine was
 * given and has not ended since, listened to or not (Linux only).
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let attempt = 0; ports.size < count; attempt++) {
    if (attempt > 200 + 10 * count) throw new Error(`no free TCP port between ${LOWEST} and ${HIGHEST}`);
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (!ports.has(port) && (await isFree(port)) && (await claim(port))) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  // A listener on one address leaves the wildcard free on some systems, so ask it too.
  if ((await knock({ host: '127.0.0.1', port })) === 'open') return false;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Of the greatest length that there is: some releases of Node pad what is shorter, and others do not. */
const claimOf = (port: number): string => `\0perf-baseline-port-${port}`.padEnd(108, '-');

/**
 * Between the draw of a port and its target's listening lies a boot, in which another job on the machine may draw the same. A socket
 * in Linux's abstract namespace tells it: of nobody's files or ports, and gone with this process however it ends.
 */
function claim(port: number): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(true);
  return new Promise((resolve) => {
    const server = createServer();
    // Where there are no such sockets, nobody can be asked.
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'EADDRINUSE'));
    server.listen(claimOf(port), () => resolve(true)).unref();
  });
}

export type Address = { host: string; port: number };

/** Where a URL is served; brackets of IPv6 hosts taken off. */
export function addressOf(url: string): Address {
  const { hostname, port, protocol } = new URL(url);
  const fallback = protocol === 'https:' || protocol === 'wss:' ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? fallback : Number(port) };
}

/**
 * How long a port may stay open after its service was stopped: the kernel closes it with the last thread of a process, which
 * may come long after the process counts as gone where the machine is crowded; a container's forwarder takes its time too.
 */
const LETTING_GO_MS = 5000;

/**
 * Whether something goes on accepting connections there: not for a moment only, as what was just stopped may. Once aborted, what
 * it does at that moment.
 */
export async function isTaken(address: Address, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + LETTING_GO_MS;
  while ((await knock(address)) === 'open') {
    if (signal.aborted || performance.now() >= deadline) return true;
    await sleep(50);
  }
  return false;
}

/** Whether something accepts TCP connections there: `closed` only when it was refused outright. */
export function knock(address: Address, timeoutMs = 1000): Promise<'open' | 'closed' | 'unclear'> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, timeout: timeoutMs });
    const settle = (answer: 'open' | 'closed' | 'unclear') => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle('open'));
    socket.once('timeout', () => settle('unclear'));
    socket.once('error', (error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }) => {
      const causes = error.errors ?? [error];
      settle(causes.every(({ code }) => code === 'ECONNREFUSED') ? 'closed' : 'unclear');
    });
  });
}
