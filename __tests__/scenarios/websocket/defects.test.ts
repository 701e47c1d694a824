import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BALANCED, balance, generator, ping, pong, type Server, scenario, serve } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const closing: (() => Promise<unknown> | unknown)[] = [];

beforeAll(async () => {
  bench = await generator();
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function up(...args: Parameters<typeof serve>): Promise<Server> {
  const server = await serve(...args);
  closing.push(() => server.close());
  return server;
}

/** A server of raw bytes. */
async function raw(connected: (socket: Socket) => void): Promise<string> {
  const open = new Set<Socket>();
  const server = createTcpServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    connected(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('each way to fail has a word of its own', () => {
  test('nobody listens: refused, tried again with pauses', async () => {
    const server = await serve(() => {});
    await server.close();
    const tally = await bench.load(scenario(ping), server.url, { durationMs: 500 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(Object.keys(tally.total.errors)).toEqual(['refused']);
    expect(tally.total.errors.refused).toBeLessThan(60);
    expect(tally.total.counters).toMatchObject({ ok: 0, answered: 0, sent: 0 });
    expect(tally.total.values.connections).toBe(0);
  });

  test('a handshake that is refused: its status', async () => {
    const server = await up(pong, { verifyClient: (_info, done) => done(false, 403) });
    const tally = await bench.load(scenario(ping), server.url);
    expect(Object.keys(tally.total.errors)).toEqual(['handshake-403']);
    // It did answer: with an error, so that the scenario is "only errors", not "nothing answered".
    expect(tally.total.counters.answered).toBe(tally.total.counters.failed);
  });

  test('a subprotocol that is not chosen, an answer that is no HTTP, one that never comes', async () => {
    const server = await up(pong);
    const offered = await bench.load(scenario({ ...ping, subprotocols: ['chat'] }), server.url);
    expect(offered.total.counters.failed).toBe(0);
    const without = await up(pong, { handleProtocols: () => false });
    const none = await bench.load(scenario({ ...ping, subprotocols: ['chat'] }), without.url);
    expect(Object.keys(none.total.errors)).toEqual(['subprotocol']);
    expect(none.total.counters.answered).toBe(none.total.counters.failed);
    const nonsense = await raw((socket) => socket.on('data', () => socket.end('what?\r\n\r\n')));
    expect(Object.keys((await bench.load(scenario(ping), nonsense)).total.errors)).toEqual(['handshake']);
    const silent = await raw(() => {});
    const never = await bench.load(scenario({ ...ping, timeoutMs: 200 }), silent);
    expect(Object.keys(never.total.errors)).toEqual(['timeout']);
    expect(never.total.errors.timeout).toBeGreaterThanOrEqual(4);
    const cut = await raw((socket) => socket.on('data', () => socket.destroy()));
    expect(Object.keys((await bench.load(scenario(ping), cut)).total.errors)).toEqual(['reset']);
  });

  test('a dropped socket: its close code, what was in flight is lost, and the connection is opened again', async () => {
    const server = await up(pong, { connected: ({ socket }) => setTimeout(() => socket.close(1012), 150) });
    const tally = await bench.load(scenario(ping), server.url, { durationMs: 1500 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(Object.keys(tally.total.errors)).toEqual(['close-1012']);
    expect(tally.total.counters.lost).toBe(tally.total.errors['close-1012']);
    expect(tally.total.counters.opened).toBeGreaterThanOrEqual(8);
    expect(tally.total.counters.ok).toBeGreaterThan(10);
  });

  test('a dropped socket with nothing in flight counts too; one killed without a word is 1006', async () => {
    const server = await up(() => {}, {
      connected: ({ socket }) => setTimeout(() => socket.terminate(), 100),
    });
    const what = scenario({ receive: { type: 'any' } });
    const tally = await bench.load(what, server.url, { durationMs: 1000 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(Object.keys(tally.total.errors)).toEqual(['close-1006']);
    expect(tally.total.counters).toMatchObject({ ok: 0, lost: 0 });
    expect(tally.total.values.connections).toBeLessThan(4);
  });

  test('garbage where JSON is expected: a mismatch, at once', async () => {
    const server = await up(({ socket }) => socket.send('%%%'));
    const tally = await bench.load(scenario(ping), server.url);
    expect(balance(tally)).toEqual(BALANCED);
    expect(Object.keys(tally.total.errors)).toEqual(['mismatch']);
    expect(tally.total.counters.failed).toBeGreaterThan(20);
    expect(tally.total.counters).toMatchObject({ ok: 0, messages: 0 });
    expect(tally.total.counters.answered).toBe(tally.total.counters.failed);
    expect(bench.valuesOf(scenario(ping), tally)['rtt-p50']).toBeUndefined();
  });

  test('an answer with the right id and the wrong content: a mismatch, at once', async () => {
    const server = await up(({ socket }, text) => socket.send(text));
    const tally = await bench.load(scenario(ping), server.url);
    expect(Object.keys(tally.total.errors)).toEqual(['mismatch']);
    expect(tally.total.counters.failed).toBeGreaterThan(20);
  });

  test('something else instead of an answer: a mismatch, when the time for the answer is up', async () => {
    const server = await up(({ socket }) => socket.send('{"type":"error"}'));
    const tally = await bench.load(scenario({ ...ping, timeoutMs: 1000 }), server.url, {
      durationMs: 100,
    });
    expect(tally.total.errors).toEqual({ mismatch: 4 });
    expect(tally.total.counters).toMatchObject({ lost: 4, unexpected: 4 });
  });

  test('no answer: a timeout, which counts in the round trips at its timeout value', async () => {
    const server = await up((peer, text) => {
      if (Number(JSON.parse(text).id) % 10 !== 0) pong(peer, text);
    });
    const what = scenario({ ...ping, timeoutMs: 500 });
    const tally = await bench.load(what, server.url, { durationMs: 800 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(Object.keys(tally.total.errors)).toEqual(['timeout']);
    expect(tally.total.counters.lost).toBe(tally.total.errors.timeout);
    expect(bench.valuesOf(what, tally)['rtt-p99']).toBe(500);
    // Answers have ids, so that the connections could go on.
    expect(tally.total.counters.opened).toBe(4);
  });

  test('late answers with an id are told from wrong ones: the next timeout is still a timeout', async () => {
    let number = 0;
    const server = await up((peer, text) => {
      number += 1;
      // Every other one is late, from the second on: the first answer shows that answers hold the id.
      setTimeout(() => pong(peer, text), number % 2 === 0 ? 700 : 0);
    });
    const what = scenario({ ...ping, connections: 1, timeoutMs: 500 });
    const tally = await bench.load(what, server.url, { durationMs: 1800 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(Object.keys(tally.total.errors)).toEqual(['timeout']);
    expect(tally.total.counters.unexpected).toBeGreaterThan(0);
    expect(tally.total.counters.opened).toBe(1);
  });

  test('a late answer without an id is not taken for the answer to the next message', async () => {
    let first = true;
    const server = await up(({ socket }, text) => {
      const wait = first ? 1000 : 0;
      first = false;
      setTimeout(() => socket.send(text), wait);
    });
    const echo = {
      send: { format: 'text', text: 'a ${counter}' },
      expect: { type: 'contains', text: 'a ' },
    } as const;
    const tally = await bench.load(scenario({ ...echo, connections: 1, timeoutMs: 700 }), server.url, {
      durationMs: 1200,
    });
    expect(tally.total.errors).toEqual({ timeout: 1 });
    // The connection was out of step, and was replaced.
    expect(tally.total.counters).toMatchObject({ opened: 2, unexpected: 0 });
  });

  test('frames that are none: protocol', async () => {
    const server = await up(({ socket }) => {
      (socket as unknown as { _socket: Socket })._socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
    });
    const tally = await bench.load(scenario(ping), server.url);
    expect(balance(tally)).toEqual(BALANCED);
    expect(Object.keys(tally.total.errors)).toEqual(['protocol']);
  });

  test('confirmations: one that never comes, garbage, something else', async () => {
    const said = { type: 'json', subset: { type: 'said' } } as const;
    const what = scenario({ subscribe: ping.send, confirm: ping.expect, receive: said });
    const errors = async (handle: Parameters<typeof serve>[0], timeoutMs = 5000) => {
      const tally = await bench.load({ ...what, timeoutMs }, (await up(handle)).url, { durationMs: 100 });
      return Object.keys(tally.total.errors);
    };
    expect(await errors(() => {}, 500)).toEqual(['timeout']);
    expect(await errors(({ socket }) => socket.send('nope'))).toEqual(['mismatch']);
    expect(await errors(({ socket }) => socket.send('{"type":"joined"}'), 500)).toEqual(['mismatch']);
    expect(await errors(({ socket }) => socket.close(4001))).toEqual(['close-4001']);
  });
});

test('a server that stops reading: unread; what waits to be sent stays bounded', async () => {
  const server = await up(() => {}, {
    connected: ({ socket }) => (socket as unknown as { _socket: Socket })._socket.pause(),
  });
  const big = 'x'.repeat(200_000);
  const what = scenario({
    send: { format: 'json', text: `{"id":"\${counter}","text":"${big}"}` },
    expect: { type: 'json', subset: {} },
    id: ping.id,
    connections: 2,
    // 4 GB/s, if it were all kept.
    rate: 20_000,
    timeoutMs: 500,
  });
  const tally = await bench.load(what, server.url, { durationMs: 1000 });
  expect(balance(tally)).toEqual(BALANCED);
  expect(tally.total.counters.ok).toBe(0);
  expect(tally.total.errors.unread).toBeGreaterThan(0);
  expect(Object.keys(tally.total.errors).filter((kind) => !/^(unread|timeout|unsent)$/.test(kind))).toEqual(
    [],
  );
  // Socket buffers of some megabytes and 1 MiB of our own for each connection: a fast machine replaces more of them.
  const { sent = 0, tried = 0 } = tally.total.counters;
  expect(tried).toBeGreaterThan(0);
  expect((sent * big.length) / tried).toBeLessThan(40e6);
});
