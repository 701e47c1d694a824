import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../../src/domain/config.ts';
import type { Stretch, StretchTally } from '../../../src/domain/driver.ts';
import { deriveValue } from '../../../src/domain/tally.ts';
import { balance, generator, rawServer, request, scenario } from './bench.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

let bench: Awaited<ReturnType<typeof generator>>;
const servers: Awaited<ReturnType<typeof rawServer>>[] = [];

beforeAll(async () => {
  bench = await generator();
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(answer: Parameters<typeof rawServer>[0]) {
  const server = await rawServer(answer);
  servers.push(server);
  return server;
}

/** Load of two connections, for 300 ms if nothing else is said, on a server of raw sockets. */
async function tried(
  answer: Parameters<typeof rawServer>[0],
  changes: Partial<HttpRequest> = {},
  stretch: Partial<Stretch> = {},
) {
  const server = await serve(answer);
  const tally = await bench.load(scenario({ requests: [request(changes)] }), server.url, stretch);
  expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
  return { ...tally, ...tally.total, connections: server.connections() };
}

function metric(tally: StretchTally, name: string): number | undefined {
  const found = bench.driver.metrics(scenario()).find((candidate) => candidate.name === name);
  return found && deriveValue(found, tally.total);
}

describe('connections that end', () => {
  test('a FIN after every tenth answer loses requests, and says so; the others keep their latency', async () => {
    const served = new Map<number, number>();
    const tally = await tried(
      (socket, _text, connection) => {
        const n = (served.get(connection) ?? 0) + 1;
        served.set(connection, n);
        if (n === 10) socket.end(OK);
        else socket.write(OK);
      },
      {},
      { durationMs: 1500 },
    );
    const { ok = 0, sent, finished, failed } = tally.counters;
    expect(ok).toBeGreaterThan(19);
    expect(finished).toBe(sent);
    // The request that crossed the FIN: at most one for each connection that ended.
    expect(failed).toBeLessThanOrEqual(tally.connections);
    expect(Object.keys(tally.errors).filter((kind) => kind !== 'lost' && kind !== 'reset')).toEqual([]);
    expect(tally.connections).toBeGreaterThanOrEqual(Math.floor(ok / 10));
    expect(tally.distributions.latency).toMatchObject({ count: ok });
    expect(metric(tally, 'p50')).toBeLessThan(100);
  });

  test('a FIN in the middle of an answer is a lost request', async () => {
    const tally = await tried((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
    expect(tally.counters.ok).toBe(0);
    expect(tally.errors.lost).toBe(tally.counters.failed);
    expect(metric(tally, 'p95')).toBeUndefined();
  });

  test('"Connection: close" is no error, and connecting is not in the latency', async () => {
    const tally = await tried((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok');
    });
    expect(tally.counters.failed).toBe(0);
    expect(tally.counters.ok).toBeGreaterThan(4);
    expect(tally.counters.ok).toBe(tally.counters.sent);
    expect(metric(tally, 'p50')).toBeLessThan(100);
  });

  test('a body that ends with the connection is a whole answer', async () => {
    const tally = await tried((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nuntil the end'), {
      expect: {
        status: [{ from: 200, to: 200 }],
        graphql: false,
        body: { type: 'contains', text: 'the end' },
      },
    });
    expect(tally.counters.failed).toBe(0);
    expect(tally.counters.ok).toBeGreaterThan(4);
  });

  test('a reset is counted as such, and does not make it spin', async () => {
    const tally = await tried((socket) => socket.resetAndDestroy());
    expect(tally.counters.ok).toBe(0);
    expect(tally.errors.reset).toBe(tally.counters.failed);
    // 300 ms of two connections that back off 10, 20, 40, ... ms.
    expect(tally.connections).toBeLessThan(40);
    expect(metric(tally, 'rps')).toBe(0);
  });

  test('a refusing server: connect errors, few of them, nothing fast', async () => {
    const server = await rawServer(() => {});
    await server.close();
    const tally = await bench.load(scenario(), server.url);
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    const { counters, errors } = tally.total;
    expect(counters.sent).toBe(0);
    expect(errors.connect).toBe(counters.failed);
    expect(counters.failed).toBeGreaterThanOrEqual(4);
    expect(counters.failed).toBeLessThan(40);
    expect(metric(tally, 'rps')).toBe(0);
    expect(metric(tally, 'error-rate')).toBe(1);
    expect(metric(tally, 'p95')).toBeUndefined();
    expect(tally.wallMs).toBeLessThan(2000);
  });

  test('a server that dies in mid-run: what it answered counts, and the time it did not', async () => {
    let answers = 0;
    const server = await serve((socket) =>
      setTimeout(() => {
        answers += 1;
        socket.write(OK);
        if (answers === 40) setTimeout(() => server.close(), 20);
      }, 5),
    );
    const tally = await bench.load(scenario(), server.url, { durationMs: 1500 });
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    expect(tally.total.counters.ok).toBeGreaterThan(4);
    expect(tally.total.errors.connect).toBeGreaterThan(0);
    expect(tally.total.elapsedMs).toBeGreaterThan(1400);
    expect(tally.total.distributions.latency).toMatchObject({ count: tally.total.counters.ok });
    expect(metric(tally, 'p50')).toBeLessThan(100);
  });
});

describe('answers without a body', () => {
  test.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n'],
    ['HEAD', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['HEAD', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 1234\r\n\r\n'],
    ['DELETE', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'],
    ['DELETE', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ])('%s %j ends with its head, and the connection goes on', async (method, answer) => {
    const tally = await tried((socket) => socket.write(answer), { method }, { durationMs: 1000 });
    expect(tally.counters.failed).toBe(0);
    expect(tally.counters.ok).toBeGreaterThan(9);
    expect(tally.connections).toBe(2);
  });

  test('100 and 103 are not the answer', async () => {
    const tally = await tried((socket) => {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
      setTimeout(() => socket.write(OK), 20);
    });
    expect(tally.counters.failed).toBe(0);
    expect(tally.counters.ok).toBe(tally.counters.sent);
    expect(metric(tally, 'p50')).toBeGreaterThan(15);
  });

  test('a redirect is an answer like any other, and is not followed', async () => {
    const paths = new Set<string>();
    const tally = await tried((socket, text) => {
      paths.add(text.split(' ')[1] ?? '');
      socket.write('HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n');
    });
    expect(tally.counters.failed).toBe(0);
    expect([...paths]).toEqual(['/']);
  });
});

describe('answers that never end', () => {
  test.each([
    ['nothing at all', ''],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-'],
    ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'],
    ['half a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
  ])('%s: timeouts count, at their value, and the stretch ends', async (_what, piece) => {
    const server = await serve((socket) => {
      if (piece) socket.write(piece);
    });
    const tally = await bench.load(scenario({ requests: [request({ timeoutMs: 200 })] }), server.url, {
      durationMs: 1000,
    });
    const { counters, errors, elapsedMs } = tally.total;
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    expect(counters.ok).toBe(0);
    expect(errors).toEqual({ timeout: counters.sent });
    // More than the first of each of the two connections.
    expect(counters.sent).toBeGreaterThan(2);
    expect(metric(tally, 'p50')).toBe(200);
    expect(metric(tally, 'rps')).toBe(0);
    expect(elapsedMs).toBeGreaterThanOrEqual((200 * (counters.sent ?? 0)) / 2 - 1);
    expect(tally.wallMs).toBeLessThan(1000 + 200 + 1500);
  });

  test('after a timeout in mid-body the next answers are read right', async () => {
    let stalled = false;
    const tally = await tried(
      (socket) => {
        if (stalled) return socket.write(OK);
        stalled = true;
        return socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
      },
      { timeoutMs: 1000 },
      { durationMs: 2000 },
    );
    expect(tally.errors).toEqual({ timeout: 1 });
    expect(tally.counters.ok).toBeGreaterThan(9);
  });
});

describe('answers that are none', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a header without an end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok'],
    ['more than was asked for', OK + OK],
    ['a body where none may be', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok'],
  ])('%s is a protocol error, never a fast answer', async (_what, answer) => {
    const tally = await tried((socket) => socket.write(answer));
    expect(tally.counters.ok).toBe(0);
    expect(tally.errors).toEqual({ protocol: tally.counters.failed });
    expect(tally.counters.failed).toBeGreaterThan(0);
    expect(metric(tally, 'p95')).toBeUndefined();
  });

  test('a switch of protocols is an unexpected status', async () => {
    const tally = await tried((socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
    });
    expect(tally.counters.ok).toBe(0);
    expect(tally.errors).toEqual({ status: tally.counters.failed });
  });
});

describe('answers in pieces', () => {
  test('chunks, trailers and head byte by byte', async () => {
    const answer =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n';
    const tally = await tried(
      async (socket) => {
        socket.setNoDelay(true);
        for (const character of answer) {
          socket.write(character);
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
      {
        expect: {
          status: [{ from: 200, to: 200 }],
          graphql: false,
          body: { type: 'matches', pattern: '^abcde$' },
        },
      },
      { durationMs: 1000 },
    );
    expect(tally.errors).toEqual({});
    expect(tally.counters.ok).toBeGreaterThan(10);
  });

  test('a character that is cut in two is still one character', async () => {
    const body = Buffer.from('{"name":"Zoë 🌍"}');
    const head = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
    const tally = await tried(
      (socket) => {
        socket.setNoDelay(true);
        socket.write(Buffer.concat([head, body.subarray(0, 12)]));
        // One after the other: on a crowded machine the later of two timers may fire first.
        setTimeout(() => {
          socket.write(body.subarray(12, 16));
          setTimeout(() => socket.write(body.subarray(16)), 5);
        }, 5);
      },
      {
        expect: {
          status: [{ from: 200, to: 200 }],
          graphql: false,
          body: { type: 'json', subset: { name: 'Zoë 🌍' } },
        },
      },
    );
    expect(tally.errors).toEqual({});
    expect(tally.counters.ok).toBeGreaterThan(2);
    expect(tally.counters.bytes).toBe((tally.counters.ok ?? 0) * (head.length + body.length));
  });
});
