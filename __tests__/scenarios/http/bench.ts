import type { AddressInfo } from 'node:net';
import net from 'node:net';
import type { HttpRequest, HttpScenario } from '../../../src/domain/config.ts';
import type { Side, Stretch, StretchTally } from '../../../src/domain/driver.ts';
import { createHttpDriver } from '../../../src/scenarios/http/driver.ts';
import { bundleEntry } from '../bundle.ts';

export const never = new AbortController().signal;

export function request(changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    name: 'GET /',
    method: 'GET',
    path: '/',
    headers: {},
    weight: 1,
    expect: { status: [{ from: 200, to: 399 }], graphql: false },
    timeoutMs: 2000,
    capture: {},
    ...changes,
  };
}

export function scenario(changes: Partial<HttpScenario> = {}): HttpScenario {
  return {
    type: 'http',
    name: 'tried',
    load: 'tried',
    criteria: [],
    limits: [],
    maxErrors: 0.1,
    connections: 2,
    mode: 'requests',
    requests: [request()],
    ...changes,
  };
}

export function side(url: string, name: Side['name'] = 'candidate'): Side {
  return { name, checkout: '.', url, env: {} };
}

/** A server of raw sockets: `answer` is called with each piece of what a client sends. */
export async function rawServer(
  answer: (socket: net.Socket, text: string, connection: number) => void,
): Promise<{ url: string; connections: () => number; close: () => Promise<void> }> {
  const open = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    const mine = connections;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    socket.on('data', (chunk) => answer(socket, chunk.toString('latin1'), mine));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Bundles the generator and gives what runs stretches of a scenario in a session of its own. */
export async function generator() {
  const generatorEntry = await bundleEntry('src/scenarios/http/generator.ts');
  const driver = createHttpDriver({ generatorEntry });
  return {
    driver,
    load: async (
      what: HttpScenario,
      url: string,
      stretch: Partial<Stretch> = {},
    ): Promise<StretchTally & { wallMs: number }> => {
      const session = await driver.open(what, never);
      try {
        const begun = performance.now();
        const tally = await session.run(side(url), { kind: 'round', durationMs: 300, ...stretch }, never);
        return { ...tally, wallMs: performance.now() - begun };
      } finally {
        await session.close();
      }
    },
  };
}

/** What must hold of every tally, whatever the server did. */
export function balance(tally: StretchTally): { finished: boolean; errors: boolean; parts: boolean } {
  const { counters, errors } = tally.total;
  const kinds = Object.values(errors).reduce((sum, count) => sum + count, 0);
  const parts = tally.parts.reduce((sum, part) => sum + (part.tally.counters.finished ?? 0), 0);
  return {
    finished: counters.finished === (counters.ok ?? 0) + (counters.failed ?? 0),
    errors: kinds === counters.failed,
    parts: tally.parts.length === 0 || parts === counters.finished,
  };
}
