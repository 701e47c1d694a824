import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { WebSocketScenario } from '../../../src/domain/config.ts';
import type { Side, Stretch, StretchTally } from '../../../src/domain/driver.ts';
import { deriveValues } from '../../../src/domain/tally.ts';
import { createWebSocketDriver } from '../../../src/scenarios/websocket/driver.ts';
import { bundleEntry } from '../bundle.ts';

export const never = new AbortController().signal;

export const ping = {
  send: { format: 'json', text: '{"type":"ping","id":"${counter}"}' },
  expect: { type: 'json', subset: { type: 'pong' } },
  id: { sent: '$.id', received: '$.id', required: false },
} as const;

export function scenario(changes: Partial<WebSocketScenario> = {}): WebSocketScenario {
  return {
    type: 'websocket',
    name: 'tried',
    load: 'tried',
    criteria: [],
    limits: [],
    maxErrors: 0.1,
    path: '/',
    headers: {},
    subprotocols: [],
    connections: 4,
    timeoutMs: 2000,
    inFlight: 1,
    ...changes,
  };
}

export function side(url: string, name: Side['name'] = 'candidate'): Side {
  return { name, checkout: '.', url, env: {} };
}

export type Peer = { socket: WebSocket; request: IncomingMessage; number: number };
export type Handler = (peer: Peer, text: string) => void;

/** Answers a ping as a well-behaved server does. */
export const pong: Handler = ({ socket }, text) => {
  const { id } = JSON.parse(text) as { id: string };
  socket.send(JSON.stringify({ type: 'pong', id }));
};

export type Server = { url: string; sockets: WebSocketServer; close(): Promise<void> };

/** A WebSocket server; `connected` is called with each new connection, `handle` with each message as text. */
export async function serve(
  handle: Handler,
  options: ServerOptions & { connected?: (peer: Peer) => void } = {},
): Promise<Server> {
  const { connected, ...rest } = options;
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, ...rest });
  let number = 0;
  sockets.on('connection', (socket, request) => {
    number += 1;
    const peer = { socket, request, number };
    socket.on('error', () => {});
    socket.on('message', (data) => handle(peer, data.toString()));
    connected?.(peer);
  });
  await new Promise((resolve) => sockets.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    sockets,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/** Starts servers as `serve` does, each of them closed after the test that started it. */
export function serversOfTests(): typeof serve {
  const servers: Server[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  return async (...args) => {
    const server = await serve(...args);
    servers.push(server);
    return server;
  };
}

/** Bundles the generator and gives what runs stretches of a scenario in a session of its own. */
export async function generator() {
  const driver = createWebSocketDriver({
    generatorEntry: await bundleEntry('src/scenarios/websocket/generator.ts'),
  });
  const loads = async (
    what: WebSocketScenario,
    url: string,
    stretches: Stretch[],
  ): Promise<StretchTally[]> => {
    const session = await driver.open(what, never);
    try {
      const tallies: StretchTally[] = [];
      for (const stretch of stretches) tallies.push(await session.run(side(url), stretch, never));
      return tallies;
    } finally {
      await session.close();
    }
  };
  return {
    driver,
    loads,
    load: async (what: WebSocketScenario, url: string, stretch: Partial<Stretch> = {}) => {
      const begun = performance.now();
      const [tally] = await loads(what, url, [{ kind: 'round', durationMs: 300, ...stretch }]);
      if (tally === undefined) throw new Error('no tally');
      return { ...tally, wallMs: performance.now() - begun };
    },
    valuesOf: (what: WebSocketScenario, tally: StretchTally): Record<string, number> =>
      deriveValues(driver.metrics(what), tally.total),
  };
}

/** What must hold of every tally, whatever the server did. */
export function balance({ total: { counters, errors } }: StretchTally): {
  finished: boolean;
  errors: boolean;
} {
  const kinds = Object.values(errors).reduce((sum, count) => sum + count, 0);
  return {
    finished: counters.finished === (counters.ok ?? 0) + (counters.failed ?? 0),
    errors: kinds === counters.failed,
  };
}

export const BALANCED = { finished: true, errors: true };
