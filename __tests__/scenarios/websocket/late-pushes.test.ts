import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { median } from 'simple-statistics';
import type { WebSocketScenario } from '../../../src/domain/config.ts';
import type { StretchTally } from '../../../src/domain/driver.ts';
import { generator, never, type Server, scenario, serversOfTests, side } from './bench.ts';

let bench: Awaited<ReturnType<typeof generator>>;
const up = serversOfTests();

beforeAll(async () => {
  bench = await generator();
});

const says = { send: { format: 'json', text: '{"type":"say"}' } } as const;
const said: Partial<WebSocketScenario> = { receive: { type: 'json', subset: { type: 'said' } } };

describe('between two slices', () => {
  const SLICE = { kind: 'slice', durationMs: 100 } as const;

  /** Three slices with pauses between them, in which the other side would have its turns. */
  async function slices(what: WebSocketScenario, url: string) {
    const session = await bench.driver.open(what, never);
    const tallies: StretchTally[] = [];
    try {
      for (let i = 0; i < 3; i += 1) {
        tallies.push(await session.run(side(url), SLICE, never));
        await sleep(400);
      }
    } finally {
      await session.close();
    }
    return tallies;
  }

  test('what is passed on late counts, with the time it took', async () => {
    const server = await up(({ socket }) => {
      // A little before it is read: on a busy machine what was sent last in a slice may be read after its end.
      const at = Date.now() - 60;
      setTimeout(() => socket.send(JSON.stringify({ type: 'said', at })), 250);
    });
    const what = scenario({ ...says, ...said, rate: 200, timestamp: '$.at' });
    const [first, second, third] = await slices(what, server.url);
    if (!first || !second || !third) throw new Error('three slices were asked for');
    expect(first.total.counters.messages).toBe(0);
    expect(second.total.counters.messages).toBe(first.total.counters.sent);
    expect(third.total.counters.messages).toBe(second.total.counters.sent);
    expect(bench.valuesOf(what, second)['delivery-p50']).toBeGreaterThan(300);
  });

  test('what the server pushes by itself does not: its time is not counted either', async () => {
    const server = await up(() => {}, {
      connected: ({ socket }) => {
        const push = () => socket.send(JSON.stringify({ type: 'said', at: Date.now() }));
        const timer = setInterval(push, 10);
        socket.once('close', () => clearInterval(timer));
      },
    });
    const what = scenario({ ...says, ...said, rate: 50, timestamp: '$.at' });
    for (const { total } of await slices(what, server.url)) {
      // 100 a second on each of four connections, and a slice is a tenth of a second: not what came in the pause.
      expect(total.counters.messages).toBeLessThan(100);
    }
  });
});

describe('after the last slice of a round', () => {
  const LAST = { kind: 'slice', durationMs: 200, last: true } as const;
  const late = (ms: number) => () =>
    up(({ socket }) => {
      const at = Date.now();
      setTimeout(() => socket.send(JSON.stringify({ type: 'said', at })), ms);
    });
  const timed = scenario({ ...says, ...said, rate: 100, timestamp: '$.at' });

  test('what is passed on late is waited for, and the wait is no time under load', async () => {
    const server = await late(400)();
    const tally = await bench.load(timed, server.url, LAST);
    expect(tally.total.counters.sent).toBe(20);
    expect(tally.total.counters.messages).toBe(20);
    expect(tally.total.elapsedMs).toBeLessThan(tally.wallMs - 390);
    expect(bench.valuesOf(timed, tally)['delivery-p50']).toBeGreaterThan(390);
  });

  test('as long as messages take there, so that a fast server is not waited for', async () => {
    const server = await late(0)();
    const [first, second] = await bench.loads(timed, server.url, [LAST, LAST]);
    expect([first?.total.counters.messages, second?.total.counters.messages]).toEqual([20, 20]);
    const wall = async (last: boolean) => {
      const walls: number[] = [];
      for (let i = 0; i < 3; i += 1)
        walls.push((await bench.load(timed, server.url, { ...LAST, last })).wallMs);
      return Math.min(...walls);
    };
    expect((await wall(true)) - (await wall(false))).toBeLessThan(700);
  });

  test('no longer than a second, nor than the timeout', async () => {
    const server = await late(5000)();
    const most = await bench.load(timed, server.url, LAST);
    expect(most.total.counters.messages).toBe(0);
    expect(most.wallMs).toBeGreaterThan(1150);
    const short = await bench.load({ ...timed, timeoutMs: 100 }, server.url, LAST);
    expect(short.wallMs).toBeLessThan(most.wallMs - 400);
  });

  test('what the server pushes by itself meanwhile is not counted', async () => {
    const asked: number[] = [];
    const pushed: number[] = [];
    const server = await up(
      ({ socket }) => {
        const at = Date.now();
        asked.push(at);
        setTimeout(() => socket.send(JSON.stringify({ type: 'said', at, asked: true })), 500);
      },
      {
        connected: ({ socket }) => {
          const push = () => {
            pushed.push(Date.now());
            socket.send(JSON.stringify({ type: 'said', at: Date.now() }));
          };
          const timer = setInterval(push, 10);
          socket.once('close', () => clearInterval(timer));
        },
      },
    );
    const { total } = await bench.load(timed, server.url, LAST);
    // At most the 20 late ones, and of its own accord what it pushed until a little after it was last asked.
    const until = (asked.at(-1) ?? 0) + 100;
    expect(total.counters.messages).toBeGreaterThan(0);
    expect(total.counters.messages).toBeLessThanOrEqual(20 + pushed.filter((at) => at < until).length);
  });

  test('without a timestamp nobody could tell, so nothing is waited for', async () => {
    const server = await late(400)();
    const tally = await bench.load(scenario({ ...says, ...said, rate: 100 }), server.url, LAST);
    expect(tally.total.counters.messages).toBe(0);
  });
});

describe('where nothing is sent, a message counts where it says it was sent', () => {
  /**
   * 100 a second on each connection from when it opens, each passed on `ms` later; `at` is what it says of when. A timer
   * that comes late pushes all that was due: how many there are does not depend on how busy the machine is.
   */
  const feed = (ms: number, at: (due: number) => unknown = (due) => due) =>
    up(() => {}, {
      connected: ({ socket }) => {
        let due = Date.now();
        const push = () => {
          for (; due <= Date.now(); due += 10) {
            const text = JSON.stringify({ type: 'said', at: at(due) });
            setTimeout(() => socket.send(text), ms);
          }
        };
        const timer = setInterval(push, 10);
        socket.once('close', () => clearInterval(timer));
      },
    });
  const listens = scenario({ ...said, timestamp: '$.at' });

  /** Three rounds of three slices of 200 ms, with pauses between them; messages a second of each round, and their delivery. */
  async function rounds(what: WebSocketScenario, server: Server, pauseMs = 100) {
    const session = await bench.driver.open(what, never);
    const told: { rate: number; delivery: number }[] = [];
    try {
      for (let round = 0; round < 3; round += 1) {
        let messages = 0;
        let elapsedMs = 0;
        let delivery = 0;
        for (const last of [false, false, true]) {
          const stretch = { kind: 'slice', durationMs: 200, last } as const;
          const tally = await session.run(side(server.url), stretch, never);
          messages += tally.total.counters.messages ?? 0;
          elapsedMs += tally.total.elapsedMs;
          delivery = Math.max(delivery, bench.valuesOf(what, tally)['delivery-p50'] ?? 0);
          await sleep(pauseMs);
        }
        told.push({ rate: messages / (elapsedMs / 1000), delivery });
      }
    } finally {
      await session.close();
    }
    return told;
  }

  test.each([60, 250])('%p ms later is not fewer, and says so', async (ms) => {
    const [fast, slow] = [await rounds(listens, await feed(0)), await rounds(listens, await feed(ms))];
    const rate = (told: typeof slow) => median(told.map((round) => round.rate));
    expect(rate(slow) / rate(fast)).toBeGreaterThan(0.9);
    expect(rate(slow) / rate(fast)).toBeLessThan(1.1);
    for (const { delivery } of slow) expect(delivery).toBeGreaterThan(ms - 5);
  });

  test('in a single stretch, as one side alone is measured', async () => {
    const last = { kind: 'round', durationMs: 300, last: true } as const;
    const rate = async (ms: number) => {
      const server = await feed(ms);
      const rates: number[] = [];
      for (let i = 0; i < 3; i += 1) {
        const { total, wallMs } = await bench.load(listens, server.url, last);
        rates.push((total.counters.messages ?? 0) / total.elapsedMs);
        expect(total.elapsedMs).toBeLessThan(wallMs - ms);
      }
      return median(rates);
    };
    const fast = await rate(0);
    expect(await rate(150)).toBeGreaterThan(0.9 * fast);
  });

  test('what was sent before the first stretch is in none, though it comes within', async () => {
    const server = await up(() => {}, {
      connected: ({ socket }) => {
        const at = Date.now() - 500;
        setTimeout(() => socket.send(JSON.stringify({ type: 'said', at })), 100);
      },
    });
    const { total } = await bench.load(listens, server.url, { last: true });
    expect(total.counters).toMatchObject({ messages: 0, ok: 0, failed: 0, outside: 4 });
    expect(total.distributions.delivery?.count).toBe(0);
  });

  test('whole seconds do not tell in which slice that was: what comes within counts', async () => {
    for (const at of [
      (due: number) => Math.floor(due / 1000),
      (due: number) => new Date(due).toISOString().replace(/\.\d+/, ''),
    ]) {
      const { total } = await bench.load(listens, (await feed(0, at)).url, { last: true });
      expect(total.counters.messages).toBeGreaterThan(60);
    }
  });
});
