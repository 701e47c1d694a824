import { describe, expect, test } from '@jest/globals';
import { type Knobs, PING, run, withChat } from './chat-service.ts';

const ONCE = '{ rounds: 1, max-rounds: 1, duration: 400ms, warmup: 100ms, budget: 60s }';

/** Joins a room, says things there and hears them, without an answer of its own. */
const ROOMS = `
  rooms:
    type: websocket
    path: /chat
    connections: 4
    timeout: 500ms
    subscribe: { type: join, room: lobby }
    confirm: { type: joined }
    rate: 50/s
    send: { type: say, text: hello }
    receive: { type: said }
    timestamp: $.at`;
const NAMED = PING.replace('timeout: 1s', 'subprotocols: [chat.v2, chat.v1]');

describe('a chat that fails has an outcome of its own, in words that speak of WebSockets', () => {
  test.each<[string, Knobs, string, string, RegExp]>([
    [
      'refuses the handshake',
      { REFUSE: 403 },
      PING,
      'only-errors',
      /^no connection could be opened: the handshake was answered with status 403 .*\(\d+ × handshake-403\)$/,
    ],
    [
      'sends garbage',
      { GARBAGE: 1 },
      PING,
      'only-errors',
      /^what came back after `send` was not what `expect` asks for \(\d+ × mismatch\)$/,
    ],
    [
      'stops reading',
      { DEAF: 1 },
      PING,
      'nothing-answered',
      /^no answer to `send` came back within 1 s \(\d+ × timeout\)$/,
    ],
    [
      'confirms too late',
      { CONFIRM_MS: 5000 },
      ROOMS,
      'nothing-answered',
      /^no confirmation came within 0.5 s of subscribing \(/,
    ],
    [
      'pushes nothing',
      { PASS_ON_MS: 9000 },
      ROOMS,
      'nothing-answered',
      /^nothing was pushed after \d+ messages were sent$/,
    ],
    [
      'accepts no subprotocol',
      { NO_PROTO: 1 },
      NAMED,
      'only-errors',
      /none of the subprotocols that were offered \(chat\.v2, chat\.v1\) \(\d+ × subprotocol\)$/,
    ],
  ])('%s', async (_, knobs, scenarios, reason, detail) => {
    await withChat({ knobs, scenarios, measure: ONCE }, async (workspace) => {
      const { report, exitCode } = await run(workspace);
      expect([report.verdict, exitCode]).toEqual(['failed', 3]);
      const [only] = report.scenarios;
      expect(only?.failure).toMatchObject({ reason });
      expect(only?.failure?.detail).toMatch(detail);
      expect(only?.failure?.detail).not.toMatch(/request/);
    });
  });

  test('drops connections: errors by close code, and round trips that say nothing', async () => {
    await withChat({ knobs: { DROP_MS: 40, PONG_MS: 20 }, measure: ONCE }, async (workspace) => {
      const { report } = await run(workspace);
      const [ping] = report.scenarios;
      expect(ping?.status).toBe('measured');
      const total = ping?.parts[0];
      expect(Object.keys(total?.errors ?? {})).toEqual(['close-1012']);
      expect(total?.counters.lost).toBe(total?.errors['close-1012']);
      expect(total?.values['error-rate']).toBeGreaterThan(0.1);
    });
  });
});
