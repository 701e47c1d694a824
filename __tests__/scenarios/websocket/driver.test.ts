import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { mergeTallies } from '../../../src/domain/tally.ts';
import { BALANCED, balance, generator, never, ping, pong, scenario, serversOfTests, side } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const up = serversOfTests();

beforeAll(async () => {
  bench = await generator();
});

describe('send and expect, in a closed loop', () => {
  test('measures round trips, connections and messages per second', async () => {
    const server = await up((peer, text) => setTimeout(() => pong(peer, text), 5));
    const tally = await bench.load(scenario(ping), server.url, { durationMs: 500 });
    expect(balance(tally)).toEqual(BALANCED);
    const { counters, distributions } = tally.total;
    expect(counters).toMatchObject({ failed: 0, lost: 0, opened: 4, unexpected: 0 });
    expect(counters.ok).toBe(counters.sent);
    expect(counters.messages).toBe(counters.sent);
    expect(distributions.rtt?.count).toBe(counters.sent);
    expect(distributions.connect?.count).toBe(4);
    const values = bench.valuesOf(scenario(ping), tally);
    expect(values['rtt-p50']).toBeGreaterThan(4.5);
    expect(values['rtt-p50']).toBeLessThan(30);
    expect(values.connections).toBeCloseTo(4, 5);
    // Little's law: what is in flight is the rate times the round trip.
    const mean = (distributions.rtt?.type === 'histogram' ? distributions.rtt.sum : 0) / (counters.sent ?? 1);
    expect((values.messages ?? 0) * (mean / 1000)).toBeGreaterThan(3.5);
    expect((values.messages ?? 0) * (mean / 1000)).toBeLessThan(4.1);
  });

  test('only has metrics that the scenario can have', () => {
    const names = (changes: object) => bench.driver.metrics(scenario(changes)).map(({ name }) => name);
    expect(names(ping)).toEqual(
      'rtt-p50 rtt-p90 rtt-p95 rtt-p99 rtt-p999 messages connect-p50 connect-p95 connect-p99 sent lost connections error-rate connection-errors memory cpu'.split(
        ' ',
      ),
    );
    expect(names({ receive: { type: 'any' } })).not.toContain('rtt-p95');
    expect(names({ receive: { type: 'any' }, timestamp: '$.at' })).toContain('delivery-p99');
    expect(names({ confirm: ping.expect })).toContain('confirm-p95');
    expect(names({ reconnect: { by: 'server' } })).toContain('reconnect-p50');
  });

  test('keeps as many in flight as it may, and tells answers in any order apart by their id', async () => {
    let most = 0;
    let now = 0;
    const server = await up((peer, text) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(
        () => {
          now -= 1;
          pong(peer, text);
        },
        2 + (Number(JSON.parse(text).id) % 3) * 10,
      );
    });
    const what = scenario({ ...ping, connections: 2, inFlight: 3 });
    const tally = await bench.load(what, server.url);
    expect(most).toBe(6);
    expect(tally.total.counters).toMatchObject({ failed: 0, unexpected: 0 });
    const values = bench.valuesOf(what, tally);
    // By their order, the answers of 2, 12 and 22 ms would all have read alike.
    expect(values['rtt-p90']).toBeGreaterThan(20);
    expect(tally.total.distributions.rtt).toMatchObject({ type: 'histogram' });
    expect(
      tally.total.distributions.rtt?.type === 'histogram' && tally.total.distributions.rtt.min,
    ).toBeLessThan(10);
  });

  test('an id of another name, one that only some have, and one of the server are understood', async () => {
    const renamed = await up(({ socket }, text) =>
      socket.send(`{"re":${JSON.parse(text).id},"type":"pong"}`),
    );
    const required = { ...ping, id: { sent: '$.id', received: '$.re', required: true } };
    expect((await bench.load(scenario(required), renamed.url)).total.counters).toMatchObject({
      failed: 0,
      unexpected: 0,
    });
    const without = await up(({ socket }) => socket.send('{"type":"pong"}'));
    expect((await bench.load(scenario(ping), without.url)).total.counters).toMatchObject({
      failed: 0,
      unexpected: 0,
    });
    const own = await up(({ socket }) => socket.send(`{"type":"pong","id":"${Math.random()}"}`));
    expect((await bench.load(scenario(ping), own.url)).total.counters).toMatchObject({
      failed: 0,
      unexpected: 0,
    });
  });

  test.each([
    ['a text', { type: 'contains', text: 'pong ${counter}' }],
    ['a regular expression', { type: 'matches', pattern: '^pong \\d+$' }],
  ] as const)('answers are matched by %s, binary frames as UTF-8', async (_, expected) => {
    const server = await up(({ socket, number }, text) =>
      socket.send(
        number % 2 === 0 ? Buffer.from(text.replace('ping', 'pong')) : text.replace('ping', 'pong'),
      ),
    );
    const what = scenario({
      send: { format: 'text', text: 'ping ${counter}' },
      expect: expected,
      inFlight: 2,
    });
    const tally = await bench.load(what, server.url);
    expect(tally.total.counters).toMatchObject({ failed: 0, unexpected: 0 });
    expect(tally.total.counters.ok).toBeGreaterThan(20);
  });

  test('offers subprotocols, headers and a path with values, each connection its own', async () => {
    const seen = new Set<string>();
    const server = await up(pong, {
      connected: ({ request, socket }) =>
        seen.add([request.url, request.headers['x-user'], socket.protocol].join(' ')),
      handleProtocols: (offered) => (offered.has('b') ? 'b' : false),
    });
    const what = scenario({
      ...ping,
      path: '/ws?n=${counter}',
      headers: { 'x-user': 'u${int:7:7}' },
      subprotocols: ['a', 'b'],
    });
    const tally = await bench.load(what, `${server.url}/base/`);
    expect(tally.total.counters.failed).toBe(0);
    expect(seen.size).toBe(4);
    for (const one of seen) expect(one).toMatch(/^\/base\/ws\?n=\d+ u7 b$/);
  });

  test('wss, whoever signed the certificate', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'perf-baseline-tls-'));
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=somebody-else.test', '-days', '2', '-nodes'];
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-keyout',
      key,
      '-out',
      certificate,
    ];
    execFileSync('openssl', ['req', '-x509', ...made, ...subject], { stdio: 'ignore' });
    const secure = createServer({ key: await readFile(key), cert: await readFile(certificate) });
    const sockets = new WebSocketServer({ server: secure });
    sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data.toString())));
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const echo = {
      send: { format: 'text', text: 'hello' },
      expect: { type: 'contains', text: 'hello' },
    } as const;
    const { port } = secure.address() as AddressInfo;
    const tally = await bench.load(scenario(echo), `https://127.0.0.1:${port}`);
    expect(tally.total.counters.failed).toBe(0);
    expect(tally.total.counters.ok).toBeGreaterThan(10);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    secure.close();
    await rm(folder, { recursive: true });
  });

  test('late answers, pushes and other traffic are not taken for answers', async () => {
    const server = await up((peer, text) => {
      peer.socket.send('{"type":"said","text":"hello"}');
      pong(peer, text);
      pong(peer, text);
    });
    const tally = await bench.load(scenario(ping), server.url);
    expect(balance(tally)).toEqual(BALANCED);
    expect(tally.total.counters.failed).toBe(0);
    expect(tally.total.counters.ok).toBe(tally.total.counters.sent);
    expect(tally.total.counters.unexpected).toBeGreaterThan(tally.total.counters.sent ?? 0);
  });
});

describe('a session', () => {
  test('holds its connections from slice to slice, and opens them anew for the first one that counts', async () => {
    const server = await up(pong);
    const slice = { kind: 'slice', durationMs: 100 } as const;
    const tallies = await bench.loads(scenario(ping), server.url, [
      { kind: 'warmup', durationMs: 100 },
      { kind: 'warmup', durationMs: 100 },
      slice,
      slice,
      slice,
    ]);
    expect(tallies.map(({ total }) => total.counters.opened)).toEqual([4, 0, 4, 0, 0]);
    const total = mergeTallies(tallies.slice(2).map((tally) => tally.total));
    expect(total.counters.ok).toBe(total.counters.sent);
    expect(total.distributions.connect?.count).toBe(4);
  });

  test('holds the connections of both sides apart', async () => {
    const [a, b] = [await up(pong), await up(pong)];
    const session = await bench.driver.open(scenario(ping), never);
    try {
      for (const [url, name] of [
        [a.url, 'baseline'],
        [b.url, 'candidate'],
        [b.url, 'candidate'],
        [a.url, 'baseline'],
      ] as const)
        await session.run(side(url, name), { kind: 'slice', durationMs: 50 }, never);
      expect([a.sockets.clients.size, b.sockets.clients.size]).toEqual([4, 4]);
    } finally {
      await session.close();
    }
  });

  test('several processes are one load: connections divided, counts added, ids their own', async () => {
    const ids = new Set<string>();
    let twice = 0;
    const server = await up((peer, text) => {
      const { id } = JSON.parse(text) as { id: string };
      if (ids.has(id)) twice += 1;
      ids.add(id);
      pong(peer, text);
    });
    const many = await import('../../../src/scenarios/websocket/driver.ts');
    const { bundleEntry } = await import('../bundle.ts');
    const driver = many.createWebSocketDriver({
      generatorEntry: await bundleEntry('src/scenarios/websocket/generator.ts'),
      machine: () => ({ cores: 8, openFiles: 70, localPorts: undefined }),
    });
    // Six files each beside the generator's own: two sides of seven connections need three processes.
    const session = await driver.open(scenario({ ...ping, connections: 7, rate: 300 }), never);
    try {
      const tally = await session.run(side(server.url), { kind: 'round', durationMs: 500 }, never);
      expect(balance(tally)).toEqual(BALANCED);
      expect(server.sockets.clients.size).toBe(7);
      expect(tally.total.counters).toMatchObject({ opened: 7, failed: 0 });
      expect(tally.total.counters.sent).toBeGreaterThanOrEqual(150);
      expect(tally.total.counters.sent).toBeLessThan(160);
      expect(twice).toBe(0);
      expect(tally.total.values.connections).toBeCloseTo(7, 5);
      expect(tally.total.elapsedMs).toBeLessThan(1000);
    } finally {
      await session.close();
    }
  });

  test('an aborted stretch ends at once, and leaves no process', async () => {
    const server = await up(() => {});
    const session = await bench.driver.open(scenario({ ...ping, timeoutMs: 60_000 }), never);
    const abort = new AbortController();
    const running = session.run(side(server.url), { kind: 'round', durationMs: 60_000 }, abort.signal);
    setTimeout(() => abort.abort(), 200);
    await expect(running).rejects.toMatchObject({ name: 'CancelledError' });
    await session.close();
    const gone = performance.now();
    while (server.sockets.clients.size > 0 && performance.now() - gone < 5000)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.sockets.clients.size).toBe(0);
  });
});
