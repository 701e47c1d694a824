import { describe, expect, test } from '@jest/globals';
import type { WebSocketScenario } from '../../src/domain/config.ts';
import { problemsOf, read } from './configs.ts';

const config = (keys: string): string =>
  `target: { url: "http://127.0.0.1:3000" }\nscenarios:\n  s: { type: websocket, ${keys} }\n`;

function websocket(keys: string, env = {}): WebSocketScenario {
  const [first] = read(config(keys), env).scenarios;
  if (first.type !== 'websocket') throw new Error(`of type ${first.type}`);
  return first;
}

test('the short form has every default', () => {
  const found = websocket('path: /ws, send: { type: ping, id: "${counter}" }, expect: { type: pong }');
  const { load: _, ...rest } = found;
  expect(rest).toMatchObject({
    type: 'websocket',
    path: '/ws',
    headers: {},
    subprotocols: [],
    connections: 10,
    timeoutMs: 10_000,
    send: { format: 'json', text: '{"type":"ping","id":"${counter}"}' },
    expect: { type: 'json', subset: { type: 'pong' } },
    id: { sent: "$['id']", received: "$['id']", required: false },
    inFlight: 1,
    maxErrors: 0.1,
  });
  expect(found).not.toHaveProperty('rate');
  expect(found.criteria.map(({ metric, fail }) => `${metric} ${fail?.text}`)).toEqual([
    'rtt-p95 +20%',
    'messages -15%',
    'error-rate +5pp',
    'connection-errors +5pp',
    'memory +30%',
  ]);
});

describe('default criteria hold for what the scenario measures, and for nothing else', () => {
  const alone = ['error-rate +5pp', 'memory +30%'];
  // Beside messages, errors of connections would not be seen; without any they are what `error-rate` counts.
  const beside = ['error-rate +5pp', 'connection-errors +5pp', 'memory +30%'];
  test.each([
    [
      'subscribe: x, confirm: y, receive: true',
      ['messages -15%', 'confirm-p50 +20% and +5ms', 'confirm-p95 +20%', ...beside],
    ],
    ['send: x, rate: 5/s, receive: true, timestamp: $.at', ['messages -15%', 'delivery-p95 +20%', ...beside]],
    ['reconnect: { by: server }', ['reconnect-p95 +20%', ...alone]],
    ['receive: true', ['messages -15%', ...beside]],
  ])('%s', (keys, own) => {
    const found = websocket(keys).criteria.map(({ metric, fail }) => `${metric} ${fail?.text}`);
    expect(found).toEqual(own);
  });

  test('each can be switched off', () => {
    const { criteria } = websocket('reconnect: { by: server }, criteria: { reconnect-p95: off }');
    expect(criteria.map(({ metric }) => metric)).toEqual(['error-rate', 'memory']);
  });
});

describe('messages and patterns', () => {
  test('text stays text, anything else is JSON', () => {
    expect(websocket('send: "a ${uuid}", expect: b').send).toEqual({ format: 'text', text: 'a ${uuid}' });
    expect(websocket('send: [1, { a: null }], expect: b').send).toEqual({
      format: 'json',
      text: '[1,{"a":null}]',
    });
  });

  test.each([
    ['pong', { type: 'contains', text: 'pong' }],
    ['{ matches: "^p.+g$" }', { type: 'matches', pattern: '^p.+g$' }],
    ['{ type: pong, n: [1] }', { type: 'json', subset: { type: 'pong', n: [1] } }],
    ['{ json: { matches: x } }', { type: 'json', subset: { matches: 'x' } }],
    ['{ matches: x, type: y }', { type: 'json', subset: { matches: 'x', type: 'y' } }],
    ['{ json: [1] }', { type: 'json', subset: [1] }],
    ['{}', { type: 'json', subset: {} }],
  ])('%s', (written, expected) => {
    expect(websocket(`send: x, expect: ${written}`).expect).toEqual(expected);
    expect(websocket(`receive: ${written}`).receive).toEqual(expected);
    expect(websocket(`confirm: ${written}`).confirm).toEqual(expected);
  });

  test('true receives anything', () => {
    expect(websocket('receive: true').receive).toEqual({ type: 'any' });
  });

  test('secrets are filled in, and do not change the hash of the load', () => {
    const keys =
      'send: { key: "${env:K}" }, expect: "${env:K}", headers: { authorization: "Bearer ${env:K}" }';
    const one = websocket(keys, { K: 'a", "b": "' });
    expect(JSON.parse(one.send?.text ?? '')).toEqual({ key: 'a", "b": "' });
    expect(one.headers).toEqual({ authorization: 'Bearer a", "b": "' });
    expect(websocket(keys, { K: 'other' }).load).toBe(one.load);
    expect(websocket(`${keys}, connections: 11`, { K: 'x' }).load).not.toBe(one.load);
  });
});

describe('ids', () => {
  test.each([
    ['send: { a: { id: "${uuid}" } }, expect: {}', "$['a']['id']", "$['a']['id']", false],
    ['send: { n: "${counter}", user-id: "${counter}" }, expect: {}', "$['user-id']", "$['user-id']", false],
    ['send: { n: "${counter}" }, expect: { data: { re: "${counter}" } }', "$['n']", "$['data']['re']", true],
    ['send: { n: "${counter}" }, expect: { json: { re: "${counter}" } }', "$['n']", "$['re']", true],
    ['send: { n: "${counter}" }, expect: pong, id: $.n', '$.n', '$.n', true],
    ['send: { n: "${counter}" }, expect: {}, id: { sent: $.n, received: $.re }', '$.n', '$.re', true],
    ['send: [{ "a.b": "${uuid}" }], expect: {}, id: "$[0][\'a.b\']"', "$[0]['a.b']", "$[0]['a.b']", true],
    ['send: { a: ["${uuid}"] }, expect: {}, id: "$.a[-1]"', '$.a[-1]', '$.a[-1]', true],
    ['send: { n: "${uuid}", t: "to ${uuid}" }, expect: {}, id: $.t', '$.t', '$.t', true],
  ])('%s', (keys, sent, received, required) => {
    expect(websocket(keys).id).toEqual({ sent, received, required });
  });

  test('the template that stands for the id is no part of what is expected', () => {
    expect(websocket('send: { n: "${uuid}" }, expect: { re: "${uuid}", ok: true }').expect).toEqual({
      type: 'json',
      subset: { ok: true },
    });
  });

  test('without a value of its own, or without an answer, there is none', () => {
    expect(websocket('send: { n: 1, t: "x ${counter}" }, expect: {}')).not.toHaveProperty('id');
    expect(websocket('send: { id: "${uuid}" }, rate: 5, receive: true')).not.toHaveProperty('id');
  });
});

test('opening, pacing and dropping', () => {
  expect(websocket('receive: true, connections: 100, ramp: 5s').connectRate).toBe(20);
  expect(websocket('receive: true, connect-rate: 600/m').connectRate).toBe(10);
  expect(websocket('send: x, expect: x, rate: 200/s').rate).toBe(200);
  expect(websocket('send: x, expect: x, in-flight: 8').inFlight).toBe(8);
  expect(websocket('reconnect: { by: server }').reconnect).toEqual({ by: 'server' });
  expect(websocket('reconnect: { every: 2s }').reconnect).toEqual({ by: 'client', everyMs: 2000 });
  expect(websocket('reconnect: { by: client, every: 2s }').reconnect).toEqual({
    by: 'client',
    everyMs: 2000,
  });
  expect(websocket('receive: true, subprotocols: [a, b.v1]').subprotocols).toEqual(['a', 'b.v1']);
});

describe('problems', () => {
  test.each([
    ['connections: 5', /s\.send: is missing; expected something to do/],
    ['send: { a: 1 }', /s\.expect: is missing; expected what the answer to send is like/],
    ['send: x, receive: true', /s\.rate: is missing; expected a rate/],
    ['subscribe: x', /s\.confirm: is missing; expected what confirms subscribe/],
    ['receive: true, expect: foo', /s\.send: is missing; expected the message that is answered so/],
    ['receive: true, rate: 5', /s\.send: is missing; expected the message to send at this rate/],
    ['confirm: x, timestamp: $.at', /s\.receive: is missing; expected which messages hold the timestamp/],
    ['send: x, expect: x, rate: 5, in-flight: 2', /s\.in-flight: 2 cannot stand beside rate/],
    ['receive: true, ramp: 1s, connect-rate: 5', /s\.ramp: "1s" cannot stand beside connect-rate/],
    ['receive: { matches: "(" }', /s\.receive\.matches: "\(" Invalid regular expression/],
    ['receive: { matches: 5 }', /s\.receive\.matches: 5 is not valid; expected a regular expression/],
    [
      'receive: { a: "${counter}" }',
      /s\.receive\.a: "\$\{counter\}" has \$\{counter\}: it is compared as written/,
    ],
    ['send: x, expect: "${uuid}"', /s\.expect: "\$\{uuid\}" has \$\{uuid\}: it is compared as written/],
    ['send: { a: "${uuid}" }, expect: { a: "${counter}" }', /which no value in send is/],
    ['send: { a: "${uuid}" }, expect: [ "${uuid}" ]', /s\.expect: a list is not valid/],
    ['send: { a: "${uuid}" }, expect: { a: [ "${uuid}" ] }', /within a list/],
    [
      'send: { a: "${uuid}" }, expect: { a: "${uuid}", b: "${uuid}" }',
      /s\.expect\.b: .*there is an id already/,
    ],
    [
      'send: { a: "${uuid}" }, expect: { a: "${uuid}", b: "x ${uuid}" }',
      /s\.expect\.b: .*compared as written/,
    ],
    ['send: x, expect: x, id: $.a', /s\.id: "\$\.a" has no place in text/],
    [
      'send: { a: 1 }, expect: x, id: $.a',
      /s\.send: a mapping is not valid; expected a value of its own for the id/,
    ],
    [
      'send: { a: "${uuid}" }, expect: x, id: $.b',
      /s\.id: "\$\.b" leads to none in send; expected where send has a value of its own for each message, such as \$\['a'\]/,
    ],
    [
      'send: { a: "${uuid}", b: 1 }, expect: x, id: { sent: $.b, received: $.a }',
      /s\.id\.sent: "\$\.b" leads to none in send/,
    ],
    ['send: x, expect: x, id: a', /s\.id: "a" is not valid; expected a JSON path such as \$\.id/],
    ['send: "${nope}", expect: x', /s\.send: "\$\{nope\}" has \$\{nope\}, which is not known/],
    ['receive: true, path: ws', /s\.path: "ws" is not valid/],
    ['receive: true, headers: { Upgrade: x }', /unknown key "Upgrade".*no header of the handshake itself/],
    ['receive: true, headers: { Sec-WebSocket-Protocol: x }', /subprotocols have a key of their own/],
    ['receive: true, subprotocols: [a, a]', /s\.subprotocols\[1\]: "a" is offered already/],
    ['receive: true, subprotocols: [a b]', /s\.subprotocols\[0\]: "a b" is not valid/],
    ['reconnect: { by: server, every: 2s }', /unknown key "every"/],
    ['reconnect: { by: client }', /s\.reconnect\.every: is missing; expected a duration/],
    ['reconnect: { by: nobody }', /expected server, or client with every: 2s/],
    ['reconnect: { by: client, every: 5 }', /s\.reconnect\.every: 5 has no unit: write 5s; expected/],
    ['reconnect: { every: "5" }', /s\.reconnect\.every: "5" has no unit: write 5s; expected/],
    ['receive: true, timeout: 5000', /s\.timeout: 5000 has no unit: write 5000ms; expected/],
    ['reconnect: client', /expected \{ by: server \}, or \{ by: client, every: 2s \}/],
    [
      'receive: true, limits: { rtt-p95: 5ms }',
      /unknown key "rtt-p95"; expected a metric \(messages, connect-p50/,
    ],
    ['receive: true, criteria: { messages: +10% }', /s\.criteria\.messages/],
    ['receive: true, conections: 5', /unknown key "conections", did you mean "connections"\?/],
  ])('%s', (keys, expected) => {
    const problems = problemsOf(config(keys));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
    expect(problems[0]).toMatch(/^perf\.yml:3:\d+ scenarios\.s\./);
  });

  test('all of them at once', () => {
    expect(problemsOf(config('send: null, path: x, rate: fast, receive: { a: "${x}" }'))).toHaveLength(4);
  });
});
