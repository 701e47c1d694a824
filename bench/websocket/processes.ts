import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { WebSocketScenario } from '../../src/domain/config.ts';
import type { StretchTally } from '../../src/domain/driver.ts';
import { createWebSocketDriver } from '../../src/scenarios/websocket/driver.ts';

export type Order = { url: string; connections: number; durationMs: number };

/** What a bench of the WebSocket generator starts: bundled in a folder of its own, all ended by `close`. */
export type Stage = {
  /** A server that echoes; gives its URL. */
  server(delayMs: number): Promise<string>;
  /** Another client, by the name of its file; gives what asks it for figures. */
  client<Figures>(name: string, execArgv?: string[]): (order: Order) => Promise<Figures>;
  /** This tool's generator, over one stretch; `warmupMs` of load on the same connections come first. */
  load(
    scenario: Partial<WebSocketScenario>,
    url: string,
    times: { warmupMs: number; durationMs: number },
  ): Promise<StretchTally>;
  /** What the profiled generator that ended last has found: a profile as V8 writes it. */
  profile(): Promise<string>;
  close(): Promise<void>;
};

const ENTRIES = {
  'echo-server': 'bench/websocket/echo-server.ts',
  'bare-client': 'bench/websocket/bare-client.ts',
  'plain-client': 'bench/websocket/plain-client.ts',
  generator: 'src/scenarios/websocket/generator.ts',
  'profiled-generator': 'bench/websocket/profiled-generator.ts',
};

/** `generator`: the tool's own, or the same under a profiler. */
export async function openStage(generator: 'generator' | 'profiled-generator' = 'generator'): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-baseline-bench-'));
  await build({
    entryPoints: ENTRIES,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const children: ChildProcess[] = [];
  const start = (name: string, args: string[], execArgv: string[]): ChildProcess => {
    const child = fork(join(folder, `${name}.mjs`), args, { execArgv });
    children.push(child);
    return child;
  };
  const driver = createWebSocketDriver({ generatorEntry: join(folder, `${generator}.mjs`) });
  return {
    server: async (delayMs) =>
      `http://127.0.0.1:${await answerOf(start('echo-server', [String(delayMs)], []))}`,
    client: <Figures>(name: string, execArgv: string[] = []) => {
      const child = start(name, [], execArgv);
      return (order: Order) => {
        child.send(order);
        return answerOf(child) as Promise<Figures>;
      };
    },
    load: async (changes, url, { warmupMs, durationMs }) => {
      const { signal } = new AbortController();
      const session = await driver.open({ ...PING, ...changes }, signal);
      const side = { name: 'candidate', checkout: '.', url, env: {} } as const;
      try {
        await session.run(side, { kind: 'slice', durationMs: warmupMs }, signal);
        return await session.run(side, { kind: 'slice', durationMs }, signal);
      } finally {
        await session.close();
      }
    },
    profile: () => readFile(join(folder, 'profile.json'), 'utf8'),
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a process ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}

const PING: WebSocketScenario = {
  type: 'websocket',
  name: 'bench',
  load: 'bench',
  criteria: [],
  limits: [],
  maxErrors: 0,
  path: '/',
  headers: {},
  subprotocols: [],
  connections: 10,
  timeoutMs: 10_000,
  inFlight: 1,
  send: {
    format: 'json',
    text: '{"type":"ping","id":"${counter}","text":"................................"}',
  },
  expect: { type: 'json', subset: { type: 'ping' } },
  id: { sent: '$.id', received: '$.id', required: true },
};
