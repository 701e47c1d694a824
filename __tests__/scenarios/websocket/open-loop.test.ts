import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { median } from 'simple-statistics';
import { calmest } from '../calmest.ts';
import { lateness } from '../lateness.ts';
import { BALANCED, balance, generator, never, ping, pong, scenario, serversOfTests, side } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const up = serversOfTests();

beforeAll(async () => {
  bench = await generator();
});

describe('an open loop', () => {
  test('sends at its rate, over all connections in turn, however long answers take', async () => {
    const by = new Map<number, number>();
    const at: number[] = [];
    const server = await up((peer, text) => {
      at.push(performance.now());
      by.set(peer.number, (by.get(peer.number) ?? 0) + 1);
      setTimeout(() => pong(peer, text), 100);
    });
    // Four connections that waited for their answers could send 40 a second.
    const what = scenario({ ...ping, rate: 200 });
    const tally = await bench.load(what, server.url, { durationMs: 1000 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(tally.total.counters).toMatchObject({ sent: 200, ok: 200, failed: 0 });
    expect([...by.values()]).toEqual([50, 50, 50, 50]);
    const values = bench.valuesOf(what, tally);
    expect(tally.total.elapsedMs).toBeGreaterThanOrEqual(1000);
    expect(values.messages).toBeCloseTo(200_000 / tally.total.elapsedMs, 3);
    expect(values['rtt-p50']).toBeGreaterThan(99);
    // Four that waited for their answers would fall behind by 4 s in the end.
    expect(values['rtt-p50']).toBeLessThan(1000);
    expect(median(lateness(at, 5))).toBeLessThan(250);
  });

  test('a stall of 200 ms shows in full: everything that was due in it waited', async () => {
    let stalledAt = Number.NEGATIVE_INFINITY;
    const server = await up((peer, text) => {
      const now = performance.now();
      // The next load begins long after the last one's stall.
      if (now > stalledAt + 1000) {
        stalledAt = now + 300;
        setTimeout(() => {
          // The whole server stands still, as in a long garbage collection: it reads nothing.
          const end = performance.now() + 200;
          while (performance.now() < end);
        }, 300);
      }
      pong(peer, text);
    });
    const what = scenario({ ...ping, connections: 2, rate: 200 });
    const tally = await calmest(
      () => bench.load(what, server.url, { durationMs: 1000 }),
      (loaded) => bench.valuesOf(what, loaded)['rtt-p50'] ?? 0,
    );
    expect(tally.total.counters).toMatchObject({ sent: 200, ok: 200 });
    const values = bench.valuesOf(what, tally);
    // 40 of 200 were due in the stall, waiting 0 to 200 ms, evenly: a fifth of all, so p90 is half of it.
    expect(values['rtt-p90']).toBeGreaterThan(70);
    expect(values['rtt-p95']).toBeGreaterThan(120);
    expect(values['rtt-p99']).toBeGreaterThan(170);
    expect(values['rtt-p50']).toBeLessThan((values['rtt-p90'] ?? 0) / 2);
  });

  test('the same stall hides in a closed loop: two slow answers of many', async () => {
    let stalled = false;
    const server = await up((peer, text) => {
      if (!stalled) {
        stalled = true;
        setTimeout(() => {
          const end = performance.now() + 200;
          while (performance.now() < end);
        }, 300);
      }
      pong(peer, text);
    });
    const what = scenario({ ...ping, connections: 2 });
    const tally = await bench.load(what, server.url, { durationMs: 1000 });
    expect(bench.valuesOf(what, tally)['rtt-p90']).toBeLessThan(70);
  });

  test('what waits for a connection that takes no more counts from when it was due, and is said', async () => {
    const server = await up(({ socket }) => socket.close(1011));
    const what = scenario({ ...ping, connections: 1, rate: 100, timeoutMs: 1000 });
    const tally = await bench.load(what, server.url, { durationMs: 500 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(tally.total.counters).toMatchObject({ ok: 0, finished: tally.total.counters.failed });
    expect(tally.total.counters.failed).toBeGreaterThanOrEqual(50);
    expect(tally.total.errors['close-1011']).toBeGreaterThan(0);
  });

  test('without an answer to wait for, messages go out at the rate, and what comes back is pushed', async () => {
    let echoed = 0;
    const server = await up(({ socket }, text) => {
      socket.send(text);
      echoed += 1;
    });
    const what = scenario({
      send: { format: 'json', text: '{"type":"say","n":"${counter}"}' },
      rate: 100,
      receive: { type: 'json', subset: { type: 'say' } },
    });
    const session = await bench.driver.open(what, never);
    try {
      const first = await session.run(side(server.url), { kind: 'slice', durationMs: 500 }, never);
      expect(first.total.counters).toMatchObject({ sent: 50, failed: 0 });
      while (echoed < 50) await sleep(10);
      await sleep(200);
      // What came back after the end counts in the next slice, in which one is sent.
      const second = await session.run(side(server.url), { kind: 'slice', durationMs: 10 }, never);
      const messages = (first.total.counters.messages ?? 0) + (second.total.counters.messages ?? 0);
      expect(messages).toBeGreaterThanOrEqual(50);
      expect(messages).toBeLessThanOrEqual(51);
    } finally {
      await session.close();
    }
  });

  test('a server that never answers ends the stretch with its timeouts', async () => {
    const server = await up(() => {});
    const what = scenario({ ...ping, rate: 100, timeoutMs: 700 });
    const tally = await bench.load(what, server.url, { durationMs: 500 });
    expect(balance(tally)).toEqual(BALANCED);
    expect(tally.total.counters).toMatchObject({ ok: 0, failed: 50 });
    expect(tally.total.errors.timeout).toBe(50);
    expect(bench.valuesOf(what, tally)['rtt-p50']).toBe(700);
    expect(tally.wallMs).toBeLessThan(500 + 700 + 2000);
  });
});
