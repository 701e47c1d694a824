import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { HttpScenario, Scenario } from '../domain/config.ts';
import type { Driver, Session } from '../domain/driver.ts';
import type { LiveAnchor } from './live.ts';

const scenario: HttpScenario = {
  type: 'http',
  name: 'anchor',
  load: 'anchor-1',
  criteria: [],
  limits: [],
  maxErrors: 0,
  mode: 'requests',
  connections: 4,
  requests: [
    {
      name: 'anchor',
      method: 'GET',
      path: '/',
      headers: {},
      weight: 1,
      expect: { status: [{ from: 200, to: 200 }], graphql: false },
      timeoutMs: 10_000,
      capture: {},
    },
  ],
};

/** Warms the anchor's code up before its first slice counts; no longer than the target is loaded in two rounds. */
const WARM_UP_MS = { most: 1000, least: 100 };

/**
 * Starts the anchor in a process of its own, warmed up, and the session that loads it. Rejects when either
 * cannot start. `close` ends both.
 */
export async function startAnchor(
  serverEntry: string,
  driverOf: (scenario: Scenario) => Driver,
  roundMs: number,
  signal: AbortSignal,
): Promise<LiveAnchor & { close(): Promise<void> }> {
  const child = fork(serverEntry, [], {
    env: {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const side = { name: 'candidate', checkout: '', env: {} } as const;
  let session: Session | undefined;
  const close = async () => {
    await session?.close();
    child.kill('SIGKILL');
  };
  try {
    const url = `http://127.0.0.1:${await portOf(child, signal)}`;
    session = await driverOf(scenario).open(scenario, signal);
    const durationMs = Math.min(WARM_UP_MS.most, Math.max(WARM_UP_MS.least, 2 * roundMs));
    await session.run({ ...side, url }, { kind: 'warmup', durationMs }, signal);
    return { side: { ...side, url }, session, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The port that the server says it listens on. */
async function portOf(child: ChildProcess, signal: AbortSignal): Promise<number> {
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('the anchor server did not start');
  });
  const [{ port }] = (await Promise.race([once(child, 'message', { signal }), ended])) as [{ port: number }];
  ended.catch(() => {});
  return port;
}
