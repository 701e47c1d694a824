import { describe, expect, test } from '@jest/globals';
import type { WebSocketScenario } from '../../src/domain/config.ts';
import type { Driver, RunningTarget } from '../../src/domain/driver.ts';
import type { Round } from '../../src/domain/result.ts';
import { lacksOpenFiles } from '../../src/measure/open-files.ts';
import { Recording } from '../../src/measure/recording.ts';
import { invalidity } from '../../src/measure/round.ts';
import { nothingMeasured } from '../../src/measure/unanswered.ts';
import { failureAction, failureText } from '../../src/report/failure-words.ts';
import { scenario } from '../scenarios/websocket/bench.ts';
import { tally } from './fakes.ts';

const any = { type: 'any' } as const;
const say = { format: 'text', text: 'hello' } as const;

const websocket = (changes: Partial<WebSocketScenario>): WebSocketScenario =>
  scenario({ name: 'chat', load: 'chat', timeoutMs: 1500, ...changes });

/** A round of 5 s in which nothing was as it should be. */
function round(counters: Record<string, number>, errors: Record<string, number>, confirmed = 0): Round {
  const failed = Object.values(errors).reduce((sum, count) => sum + count, 0);
  const ok = counters.ok ?? 0;
  return {
    block: 0,
    index: 0,
    startedAt: '',
    durationMs: 5000,
    total: {
      elapsedMs: 5000,
      counters: { ok, failed, finished: ok + failed, ...counters },
      errors,
      distributions: confirmed > 0 ? { confirm: tally(1, 5, confirmed).distributions.latency as never } : {},
      values: {},
    },
    parts: [],
    values: {},
    resources: {},
    generator: { cpu: 0, limited: false },
  };
}

describe('nothing that a WebSocket scenario waits for ever came', () => {
  const echo = { send: say, expect: any };
  const joins = { subscribe: say, confirm: any };
  test.each<[string, Partial<WebSocketScenario>, Round, string, string]>([
    [
      'silent',
      echo,
      round({ opened: 4, sent: 40 }, { timeout: 40 }),
      'nothing-answered',
      'no answer to `send` came back within 1.5 s (40 × timeout)',
    ],
    [
      'stops reading',
      echo,
      round({ opened: 4, sent: 40 }, { unread: 40 }),
      'nothing-answered',
      'no answer to `send` came back within 1.5 s: the server stopped reading what it was sent (40 × unread)',
    ],
    [
      'garbage',
      echo,
      round({ opened: 4, sent: 40 }, { mismatch: 40 }),
      'only-errors',
      'what came back after `send` was not what `expect` asks for (40 × mismatch)',
    ],
    [
      'drops before it answers',
      echo,
      round({ opened: 40, sent: 40 }, { 'close-1012': 40, unsent: 80 }),
      'nothing-answered',
      'no answer to `send` came back within 1.5 s: the server closed the connections with code 1012 (80 × unsent, 40 × close-1012)',
    ],
    [
      'never confirms',
      { ...joins, ...echo },
      round({ opened: 4, sent: 4 }, { timeout: 4, unsent: 9 }),
      'nothing-answered',
      'no confirmation came within 1.5 s of subscribing (9 × unsent, 4 × timeout)',
    ],
    [
      'never greets',
      { confirm: any },
      round({ opened: 4 }, { timeout: 4 }),
      'nothing-answered',
      'no confirmation came within 1.5 s of opening a connection (4 × timeout)',
    ],
    [
      'confirms something else',
      joins,
      round({ opened: 4, sent: 4 }, { mismatch: 4 }),
      'only-errors',
      'what came after subscribing was not what `confirm` asks for (4 × mismatch)',
    ],
    [
      'confirms, and pushes nothing',
      { ...joins, receive: any },
      round({ opened: 4, sent: 4 }, {}, 4),
      'nothing-answered',
      'nothing was pushed',
    ],
    [
      'passes nothing on',
      { ...joins, send: say, rate: 8, receive: any },
      round({ opened: 4, sent: 44 }, {}, 4),
      'nothing-answered',
      'nothing was pushed after 40 messages were sent',
    ],
    [
      'pushes other things',
      { receive: any },
      round({ opened: 4, unexpected: 7 }, {}),
      'only-errors',
      'nothing was pushed; 7 other messages came that `receive` does not match',
    ],
    [
      'pushes without a time',
      { receive: any, timestamp: '$.at' },
      round({ opened: 4 }, { timestamp: 7 }),
      'only-errors',
      'what was pushed holds no time of sending of this machine where `timestamp` says (7 × timestamp)',
    ],
    [
      'pushes what it says was sent at another time',
      { receive: any, timestamp: '$.at' },
      round({ opened: 4, outside: 7 }, {}),
      'only-errors',
      "7 messages were pushed, and none says that it was sent while this was measured: `timestamp` must be where the time of sending is, by this machine's clock",
    ],
    [
      'refuses the handshake',
      echo,
      round({}, { 'handshake-403': 9, unsent: 20 }),
      'only-errors',
      'no connection could be opened: the handshake was answered with status 403 instead of 101 (20 × unsent, 9 × handshake-403)',
    ],
    [
      'another subprotocol',
      { ...echo, subprotocols: ['chat.v2', 'chat.v1'] },
      round({}, { subprotocol: 9 }),
      'only-errors',
      'no connection could be opened: the server accepted none of the subprotocols that were offered (chat.v2, chat.v1) (9 × subprotocol)',
    ],
    [
      'nobody listens',
      echo,
      round({}, { refused: 9 }),
      'nothing-answered',
      'no connection could be opened: connections are refused (9 × refused)',
    ],
    [
      'never ends the handshake',
      echo,
      round({}, { timeout: 9 }),
      'nothing-answered',
      'no connection could be opened: the handshake was not answered within 1.5 s (9 × timeout)',
    ],
  ])('%s', (_, changes, measured, reason, detail) => {
    expect(nothingMeasured(websocket(changes), [measured])).toEqual({ reason, detail });
  });

  test('one answer is not nothing', () => {
    const measured = round({ opened: 4, ok: 1 }, { timeout: 40 });
    expect(nothingMeasured(websocket(echo), [measured])).toBeUndefined();
  });

  test.each(['nothing-answered', 'only-errors'] as const)(
    'what to do about %s speaks of WebSockets to them, and of requests to HTTP',
    (reason) => {
      const failure = { reason, detail: '' };
      const words = (type: string) => `${failureText(failure, type)} ${failureAction(failure, type)}`;
      expect(words('http')).toMatch(/requests/);
      expect(words('websocket')).not.toMatch(/request/);
      expect(words('websocket')).toMatch(/`subscribe`|`subprotocols`/);
    },
  );
});

describe('open files that a target may not open', () => {
  const target = (allowed: number | undefined, processes = 1) =>
    ({ openFiles: () => allowed && { allowed, processes } }) as RunningTarget;
  const many = websocket({ receive: any, connections: 400 });

  test('are told beforehand, with the command that raises the limit, in the first line too', () => {
    const failure = lacksOpenFiles(many, target(200));
    if (failure === undefined) throw new Error('it has room for 400');
    expect(failure.detail).toMatch(
      /^400 connections need .* the process that listens may open 200: .*ulimit -n 464/,
    );
    expect(failureText(failure, 'websocket')).toBe('too few files may be open for its connections');
    expect(failureAction(failure, 'websocket')).toMatch(/`ulimit -n 464`/);
  });

  test('several processes hold them together; where there is room, or no telling, nothing is said', () => {
    expect(lacksOpenFiles(many, target(390, 3))?.detail).toMatch(
      /the 3 processes that listen may open 390.*ulimit -n 198/,
    );
    expect(lacksOpenFiles(many, target(600, 3))).toBeUndefined();
    expect(lacksOpenFiles(many, target(408))).toBeUndefined();
    expect(lacksOpenFiles(many, target(undefined))).toBeUndefined();
  });
});

describe('the first line says what most failures are', () => {
  const words = (detail: string, type = 'websocket') => {
    const failure = { reason: 'nothing-answered', detail } as const;
    return `${failureText(failure, type)}. ${failureAction(failure, type)}`;
  };
  test.each([
    [
      '80 × unsent, 40 × close-4001',
      /^the server closed the connections with code 4001\. Look at what the server logs/,
    ],
    ['40 × close-1006', /^the server dropped the connections without a close code/],
    ['40 × reset, 3 × timeout', /^connections were reset in the handshake\. Check .*`path`/],
    ['40 × protocol', /^the server sent frames that break the protocol/],
    ['40 × unread', /^the server stopped reading what it was sent/],
    ['40 × refused', /^connections were refused/],
    ['40 × subprotocol', /subprotocol.*`subprotocols`/],
    ['40 × mismatch', /^what came is not what the scenario asks for/],
    ['40 × handshake-401', /^the handshake was answered with status 401 instead of 101/],
  ])('%s', (kinds, expected) => {
    expect(words(`nothing came (${kinds})`)).toMatch(expected);
  });

  test('where none stands out, or nothing came at all, that nothing came', () => {
    for (const kinds of ['40 × timeout', '4 × reset, 4 × close-1006', '40 × unsent', '4 × constructor'])
      expect(words(`nothing came (${kinds})`)).toMatch(/^what the scenario waits for never came/);
    expect(words('nothing was pushed')).toMatch(/^what the scenario waits for never came/);
    expect(words('no request was answered: 40 × refused', 'http')).toMatch(/^the target answered nothing/);
  });

  test('a socket that is cut in the handshake', () => {
    const cut = round({}, { reset: 9 });
    expect(nothingMeasured(websocket({ receive: any }), [cut])?.detail).toBe(
      'no connection could be opened: connections were reset in the handshake (9 × reset)',
    );
  });
});

describe('too many errors in a round', () => {
  test.each([
    ['close-1012', 'the server closed the connections with code 1012'],
    ['close-1006', 'the server dropped the connections without a close code'],
    ['unread', 'the server stopped reading'],
    ['timeout', 'nothing came within 1.5 s'],
    ['mismatch', 'what came was not what was expected'],
    ['handshake-503', 'the handshake was answered with status 503 instead of 101'],
  ])('%s', (kind, why) => {
    const measured = round({ opened: 9, ok: 60 }, { [kind]: 39, unsent: 1 });
    expect(invalidity(websocket({ receive: any }), measured).invalid).toBe(
      `40% of messages and connections failed, mostly because ${why}, more than max-errors (10%)`,
    );
  });
});

test('a round in which nothing was pushed, nor failed', () => {
  const measured = round({ opened: 4 }, {});
  expect(invalidity(websocket({ receive: any }), measured).invalid).toBe(
    'what the scenario waits for never came in this round',
  );
});

describe('a scenario that reconnects, where no connection is ever dropped', () => {
  const driver = { metrics: () => [] } as unknown as Driver;
  const warnings = (changes: Partial<WebSocketScenario>, ...dropped: number[]) => {
    const scenario = websocket(changes);
    const recording = new Recording([scenario], () => driver);
    for (const count of dropped) recording.add(scenario, round({ opened: 4, ok: 4, dropped: count }, {}));
    return recording.results({ reason: 'budget-spent', detail: '' })[0]?.outcome.warnings ?? [];
  };

  test('is told, by whom it was to be dropped', () => {
    expect(warnings({ reconnect: { by: 'server' } }, 0, 0)).toEqual([
      {
        code: 'never-dropped',
        message: expect.stringMatching(
          /the server dropped no connection in 10 s under load. .*measure.duration/,
        ),
      },
    ]);
    expect(warnings({ reconnect: { by: 'client', everyMs: 60_000 } }, 0)[0]?.message).toMatch(
      /no connection lived for the 60 s of reconnect.every in 5 s under load/,
    );
  });

  test('not beside a failure that says more', () => {
    const scenario = websocket({ reconnect: { by: 'server' } });
    const recording = new Recording([scenario], () => driver);
    recording.add(scenario, round({ dropped: 0 }, { refused: 9 }));
    const [result] = recording.results({ reason: 'budget-spent', detail: '' });
    expect(result?.outcome).toMatchObject({ status: 'failed', warnings: [] });
  });

  test('one that was dropped is enough, and where none should be there is nothing to tell', () => {
    expect(warnings({ reconnect: { by: 'server' } }, 0, 1)).toEqual([]);
    expect(warnings({ receive: any }, 0)).toEqual([]);
  });
});
