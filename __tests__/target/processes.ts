import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listPids, readEnviron, readStat } from '../../src/processes/proc.ts';

const service = path.join(import.meta.dirname, 'service.mjs');

/** argv of the stand-in service. */
export function commandOf(...args: string[]): string[] {
  return [process.execPath, service, ...args];
}

/** The same as a shell command. */
export function startOf(...args: string[]): string {
  return commandOf(...args)
    .map((arg) => `"${arg}"`)
    .join(' ');
}

/** Asks the service for a path, over a connection that ends with it. */
export async function ask({ url }: { url: string }, what: string): Promise<void> {
  await (await fetch(`${url}${what}`, { headers: { connection: 'close' } })).text();
}

/** Living processes whose environment holds the canary: `PID name state`. */
export function survivors(canary: string): string[] {
  return listPids().flatMap((pid) => {
    if (!readEnviron(pid)?.includes(canary)) return [];
    const stat = readStat(pid);
    return stat === null || stat.state === 'Z' ? [] : [`${pid} ${stat.name} ${stat.state}`];
  });
}

export async function untilTrue(condition: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('it did not come true in time');
    await sleep(20);
  }
}
