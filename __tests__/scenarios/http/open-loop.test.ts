import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { median } from 'simple-statistics';
import type { StretchTally } from '../../../src/domain/driver.ts';
import { deriveValues } from '../../../src/domain/tally.ts';
import { calmest } from '../calmest.ts';
import { lateness } from '../lateness.ts';
import { balance, generator, rawServer, request, scenario } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const servers: http.Server[] = [];

beforeAll(async () => {
  bench = await generator();
});

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const valuesOf = (tally: StretchTally): Record<string, number> =>
  deriveValues(bench.driver.metrics(scenario()), tally.total);

describe('an open loop', () => {
  test('sends at its rate, spread evenly, below the capacity of the target', async () => {
    const at: number[] = [];
    const url = await serve((_incoming, answer) => {
      at.push(performance.now());
      setTimeout(() => answer.end(), 5);
    });
    const tally = await bench.load(scenario({ rate: 200, connections: 10 }), url, { durationMs: 1000 });
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    expect(tally.total.counters).toMatchObject({ sent: 200, ok: 200, failed: 0 });
    expect(tally.total.elapsedMs).toBeGreaterThanOrEqual(1000);
    expect(valuesOf(tally).rps).toBeCloseTo(200_000 / tally.total.elapsedMs, 3);
    expect(valuesOf(tally).p50).toBeGreaterThan(4);
    // autocannon's own rate is a burst at the start of each second: late by half a second in the median.
    expect(median(lateness(at, 5))).toBeLessThan(250);
  });

  test('a stall of 200 ms shows in full: everything that was due in it waited', async () => {
    let stalledAt = Number.NEGATIVE_INFINITY;
    const url = await serve((_incoming, answer) => {
      const now = performance.now();
      // The next load begins long after the last one's stall.
      if (now > stalledAt + 1000) stalledAt = now + 300;
      const left = stalledAt + 200 - now;
      if (now >= stalledAt && left > 0) setTimeout(() => answer.end(), left);
      else answer.end();
    });
    // Two connections: a closed loop would see two slow answers of hundreds, and a p95 of a millisecond.
    const what = scenario({ rate: 200, connections: 2 });
    const tally = await calmest(
      () => bench.load(what, url, { durationMs: 1000 }),
      (loaded) => valuesOf(loaded).p50 ?? 0,
    );
    expect(tally.total.counters).toMatchObject({ sent: 200, ok: 200 });
    const values = valuesOf(tally);
    // 40 of 200 were due in the stall, waiting 0 to 200 ms, evenly: a fifth of all, so p90 is half of it.
    expect(values.p90).toBeGreaterThan(70);
    expect(values.p90).toBeLessThan(0.9 * (values.p99 ?? 0));
    expect(values.p95).toBeGreaterThan(120);
    expect(values.p99).toBeGreaterThan(170);
    expect(values.p50).toBeLessThan((values.p90 ?? 0) / 2);
    expect(tally.total.counters.behind).toBeGreaterThan(25);
    const closed = await bench.load(scenario({ connections: 2 }), url, { durationMs: 500 });
    expect(valuesOf(closed).p90).toBeLessThan(70);
  });

  test('says that it fell behind, with the rate that it reached', async () => {
    const url = await serve((_incoming, answer) => {
      setTimeout(() => answer.end(), 20);
    });
    const what = scenario({ rate: 200, connections: 1, requests: [request({ timeoutMs: 30_000 })] });
    const tally = await bench.load(what, url, { durationMs: 500 });
    expect(tally.total.counters).toMatchObject({ sent: 100, ok: 100 });
    expect(tally.total.counters.behind).toBeGreaterThan(90);
    // One connection at 20 ms: 50/s at most. The 100th request was due at 0.5 s and was sent at about 2 s.
    expect(valuesOf(tally).rps).toBeLessThan(55);
    expect(valuesOf(tally).max).toBeGreaterThan(1400);
  });

  test('what waits longer than its timeout is a timeout, sent or not, and the stretch ends', async () => {
    const server = await rawServer(() => {});
    const what = scenario({ rate: 100, connections: 2, requests: [request({ timeoutMs: 300 })] });
    const tally = await bench.load(what, server.url, { durationMs: 500 });
    await server.close();
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    expect(tally.total.counters).toMatchObject({ ok: 0, failed: 50 });
    expect(tally.total.errors.timeout).toBe(50);
    expect(valuesOf(tally).p50).toBe(300);
    expect(tally.wallMs).toBeLessThan(500 + 300 + 1500);
  });

  test('a refusing server fails every request that was due', async () => {
    const server = await rawServer(() => {});
    await server.close();
    const tally = await bench.load(scenario({ rate: 100, connections: 2 }), server.url, { durationMs: 500 });
    expect(balance(tally)).toEqual({ finished: true, errors: true, parts: true });
    expect(tally.total.counters.sent).toBe(0);
    expect(tally.total.errors.unsent).toBe(50);
    expect(tally.total.errors.connect).toBeLessThan(40);
    expect(valuesOf(tally)['error-rate']).toBe(1);
  });

  test('a server that closes each connection is served at the rate all the same', async () => {
    const url = await serve((_incoming, answer) => {
      answer.setHeader('Connection', 'close');
      answer.end();
    });
    const tally = await bench.load(scenario({ rate: 100, connections: 4 }), url, { durationMs: 500 });
    expect(tally.total.counters).toMatchObject({ sent: 50, ok: 50, failed: 0 });
  });
});
