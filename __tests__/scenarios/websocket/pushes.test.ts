import { beforeAll, describe, expect, test } from '@jest/globals';
import { median } from 'simple-statistics';
import type { WebSocketScenario } from '../../../src/domain/config.ts';
import { lateness } from '../lateness.ts';
import { BALANCED, balance, generator, type Peer, ping, pong, scenario, serversOfTests } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const up = serversOfTests();

beforeAll(async () => {
  bench = await generator();
});

const join: Partial<WebSocketScenario> = {
  subscribe: { format: 'json', text: '{"type":"join","room":"${int:1:1}"}' },
  confirm: { type: 'json', subset: { type: 'joined', room: '1' } },
};
const said: Partial<WebSocketScenario> = { receive: { type: 'json', subset: { type: 'said' } } };

/** Confirms after a while, then pushes at a pace. */
const chat =
  (confirmMs: number, push: (peer: Peer) => void, everyMs = 10) =>
  (peer: Peer, text: string) => {
    const { room } = JSON.parse(text) as { room: string };
    setTimeout(() => {
      peer.socket.send(JSON.stringify({ type: 'joined', room }));
      const timer = setInterval(() => push(peer), everyMs);
      peer.socket.once('close', () => clearInterval(timer));
    }, confirmMs);
  };

describe('subscriptions', () => {
  test('the time to the confirmation, and what is pushed afterwards', async () => {
    let pushed = 0;
    const server = await up(
      chat(40, ({ socket }) => {
        socket.send('{"type":"said"}');
        pushed += 1;
      }),
    );
    const what = scenario({ ...join, ...said });
    const tally = await bench.load(what, server.url, { durationMs: 1000 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(tally.total.counters).toMatchObject({ sent: 4, failed: 0, opened: 4, unexpected: 0 });
    const values = bench.valuesOf(what, tally);
    expect(values['confirm-p50']).toBeGreaterThan(39);
    expect(tally.total.distributions.confirm?.count).toBe(4);
    expect(tally.total.counters.messages).toBeGreaterThan(0);
    expect(tally.total.counters.messages).toBeLessThanOrEqual(pushed);
    // The time to the confirmation is none under load.
    expect(tally.total.elapsedMs).toBeLessThan(tally.wallMs - 40);
  });

  test('a late confirmation shows there, and nowhere else', async () => {
    const push = ({ socket }: Peer) => socket.send('{"type":"said"}');
    const what = scenario({ ...join, ...said });
    const late = await bench.load(what, (await up(chat(300, push))).url, { durationMs: 400 });
    const values = bench.valuesOf(what, late);
    expect(values['confirm-p50']).toBeGreaterThan(299);
    expect(values['connect-p50']).toBeLessThan(200);
    expect(late.total.counters.failed).toBe(0);
    expect(late.total.values.connections).toBeCloseTo(4, 5);
  });

  test('a greeting is a confirmation that nobody asked for', async () => {
    const server = await up(pong, {
      connected: ({ socket }) => setTimeout(() => socket.send('{"type":"welcome"}'), 20),
    });
    const what = scenario({ ...ping, confirm: { type: 'json', subset: { type: 'welcome' } } });
    const tally = await bench.load(what, server.url);
    expect(tally.total.counters.failed).toBe(0);
    expect(tally.total.counters.ok).toBeGreaterThan(20);
    expect(bench.valuesOf(what, tally)['confirm-p50']).toBeGreaterThan(10);
  });
});

describe('delivery', () => {
  test.each([
    ['milliseconds', () => Date.now() - 25],
    ['seconds', () => (Date.now() - 25) / 1000],
    ['microseconds, as text', () => String((Date.now() - 25) * 1000)],
    ['ISO 8601', () => new Date(Date.now() - 25).toISOString()],
  ])('the time since the timestamp in the message, in %s', async (_, at) => {
    const server = await up(chat(0, ({ socket }) => socket.send(JSON.stringify({ type: 'said', at: at() }))));
    const what = scenario({ ...join, ...said, timestamp: '$.at' });
    const tally = await bench.load(what, server.url);
    expect(tally.total.counters.failed).toBe(0);
    const values = bench.valuesOf(what, tally);
    expect(values['delivery-p50']).toBeGreaterThan(24);
    expect(values['delivery-p50']).toBeLessThan(80);
  });

  test.each([['none'], ['yesterday'], [Date.now() + 3_600_000]])(
    'a timestamp such as %p is an error',
    async (at) => {
      const server = await up(chat(0, ({ socket }) => socket.send(JSON.stringify({ type: 'said', at }))));
      const tally = await bench.load(scenario({ ...join, ...said, timestamp: '$.at' }), server.url);
      expect(balance(tally)).toEqual(BALANCED);
      expect(Object.keys(tally.total.errors)).toEqual(['timestamp']);
    },
  );
});

describe('reconnecting', () => {
  test('the server drops the sockets: the time until each is open, and subscribed, again', async () => {
    const server = await up(
      chat(30, ({ socket }) => socket.send('{"type":"said"}')),
      { connected: ({ socket }) => setTimeout(() => socket.close(1012), 150) },
    );
    const what = scenario({ ...join, ...said, reconnect: { by: 'server' } });
    const tally = await bench.load(what, server.url, { durationMs: 1800 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(tally.total.counters.failed).toBe(0);
    expect(tally.total.counters.dropped).toBeGreaterThanOrEqual(8);
    expect(tally.total.distributions.reconnect?.count).toBe(tally.total.counters.dropped);
    const values = bench.valuesOf(what, tally);
    expect(values['reconnect-p50']).toBeGreaterThan(30);
    expect(values['reconnect-p50']).toBeGreaterThan(values['connect-p50'] ?? 0);
  });

  test('the client drops the sockets, after the answers it waits for, evenly over time', async () => {
    const closed: number[] = [];
    const server = await up((peer, text) => setTimeout(() => pong(peer, text), 5), {
      connected: ({ socket }) => socket.once('close', (code) => closed.push(code)),
    });
    const what = scenario({ ...ping, reconnect: { by: 'client', everyMs: 200 } });
    const tally = await bench.load(what, server.url, { durationMs: 2000 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(tally.total.counters).toMatchObject({ failed: 0, lost: 0 });
    // Four connections, every 200 ms, for 2 s.
    expect(tally.total.counters.dropped).toBeGreaterThanOrEqual(20);
    expect(tally.total.counters.dropped).toBeLessThanOrEqual(41);
    expect(tally.total.distributions.reconnect?.count).toBe(tally.total.counters.dropped);
    expect(closed.filter((code) => code === 1000).length).toBeGreaterThanOrEqual(20);
  });

  test('a server that accepts and drops at once is not tried without a pause', async () => {
    let connections = 0;
    const server = await up(() => {}, {
      connected: ({ socket }) => {
        connections += 1;
        socket.close(1013);
      },
    });
    const what = scenario({ receive: { type: 'any' }, reconnect: { by: 'server' } });
    await bench.load(what, server.url, { durationMs: 500 });
    expect(connections).toBeLessThan(100);
  });
});

describe('opening', () => {
  test('at a rate, the connections are opened evenly, before the time under load begins', async () => {
    const at: number[] = [];
    const server = await up(pong, { connected: () => at.push(performance.now()) });
    const tally = await bench.load(scenario({ ...ping, connections: 20, connectRate: 20 }), server.url, {
      durationMs: 100,
    });
    expect(at).toHaveLength(20);
    // All at once, they would be late by 475 ms in the median, against one that is on time.
    expect(median(lateness(at, 50))).toBeLessThan(240);
    expect(tally.total.elapsedMs).toBeLessThan(tally.wallMs - 940);
    expect(tally.total.counters.opened).toBe(20);
  });

  test('a server that holds fewer connections than asked for', async () => {
    let open = 0;
    const server = await up(pong, {
      verifyClient: (_info, done) => {
        open += 1;
        done(open <= 6, 503);
      },
    });
    const tally = await bench.load(scenario({ ...ping, connections: 10 }), server.url);
    expect(tally.total.values.connections).toBeCloseTo(6, 1);
    expect(Object.keys(tally.total.errors)).toEqual(['handshake-503']);
    expect(tally.total.counters.ok).toBeGreaterThan(20);
  });
});
