import { beforeAll, describe, expect, test } from '@jest/globals';
import { generator, type Handler, ping, pong, scenario, serve } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;

beforeAll(async () => {
  bench = await generator();
});

/** What was counted of connections in one stretch. */
async function counted(
  handle: Handler,
  options: Parameters<typeof serve>[1] = {},
  changes: Parameters<typeof scenario>[0] = {},
) {
  const server = await serve(handle, options);
  try {
    const of = scenario({ ...ping, timeoutMs: 1000, ...changes });
    const { total } = await bench.load(of, server.url, { durationMs: 1500 });
    const { tried, unkept } = total.counters;
    return { tried, unkept };
  } finally {
    await server.close();
  }
}

describe('connections are counted apart from messages, each once', () => {
  test('all hold', async () => {
    expect(await counted(pong)).toEqual({ tried: 4, unkept: 0 });
  });

  test('a handshake that is refused, and tried again', async () => {
    let asked = 0;
    const verifyClient = () => {
      asked += 1;
      return asked % 4 !== 0;
    };
    // Of four lanes one is refused, and opened at the fifth attempt.
    expect(await counted(pong, { verifyClient })).toEqual({ tried: 5, unkept: 1 });
  });

  test('one that is dropped unasked, and one that is dropped on purpose', async () => {
    const connected = ({ socket, number }: Parameters<Handler>[0]) => {
      if (number === 1) setTimeout(() => socket.close(1012), 200);
    };
    expect(await counted(pong, { connected })).toEqual({ tried: 5, unkept: 1 });
    const meant = { reconnect: { by: 'server' } } as const;
    expect(await counted(pong, { connected }, meant)).toEqual({ tried: 5, unkept: 0 });
  });

  test('one that is never answered, however many of its messages are lost', async () => {
    const mute: Handler = (peer, text) => {
      if (peer.number !== 1) pong(peer, text);
    };
    const id = { ...ping.id, required: true };
    expect(await counted(mute, {}, { id })).toEqual({ tried: 4, unkept: 1 });
  });

  test('a message that is lost among others is no connection that is', async () => {
    let heard = 0;
    const forgetful: Handler = (peer, text) => {
      heard += 1;
      if (heard !== 100) pong(peer, text);
    };
    expect(await counted(forgetful)).toEqual({ tried: 4, unkept: 0 });
  });
});
