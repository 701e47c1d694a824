import { describe, expect, test } from '@jest/globals';
import type { HttpRequest, HttpScenario } from '../../src/domain/config.ts';
import { firstHttp, problemsOf, read, scenario } from './configs.ts';

const http = (keys: string, env = {}): HttpScenario => read(scenario(keys), env).scenarios[0] as HttpScenario;
const requestsOf = (keys: string, env = {}): HttpRequest[] => http(keys, env).requests;
const requestOf = (keys: string, env = {}): HttpRequest | undefined =>
  requestsOf(`requests: [${keys}]`, env)[0];

test('a request in short has every default', () => {
  expect(requestOf('GET /health')).toEqual({
    name: 'GET /health',
    method: 'GET',
    path: '/health',
    headers: {},
    weight: 1,
    expect: { status: [{ from: 200, to: 399 }], graphql: false },
    timeoutMs: 10_000,
    capture: {},
  });
  expect(requestOf('/health')).toMatchObject({ method: 'GET', path: '/health', name: 'GET /health' });
  expect(requestOf('DELETE /x?a=1&b=%20')).toMatchObject({ method: 'DELETE', path: '/x?a=1&b=%20' });
});

describe('bodies', () => {
  test('json is sent by POST as JSON', () => {
    expect(requestOf('{ path: /x, json: { a: [1, "${uuid}"] } }')).toMatchObject({
      method: 'POST',
      body: '{"a":[1,"${uuid}"]}',
      headers: { 'content-type': 'application/json' },
    });
    expect(requestOf('{ path: /x, json: null }')).toMatchObject({ body: 'null' });
  });

  test('body is sent as written', () => {
    const request = requestOf(
      '{ method: PUT, path: /x, body: "a=${counter}", headers: { Content-Type: text/plain } }',
    );
    expect(request).toMatchObject({
      method: 'PUT',
      body: 'a=${counter}',
      headers: { 'content-type': 'text/plain' },
    });
    expect(requestOf('{ path: /x, body: "" }')).toMatchObject({ body: '', method: 'POST' });
  });

  test('graphql is a POST that answers without errors', () => {
    const request = requestOf(
      '{ path: /graphql, graphql: { query: "query Q($id: ID!) { a(id: $id) }", variables: { id: "${uuid}" } } }',
    );
    expect(request).toMatchObject({ name: 'POST /graphql Q', method: 'POST', expect: { graphql: true } });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      query: 'query Q($id: ID!) { a(id: $id) }',
      variables: { id: '${uuid}' },
    });
  });

  test('a secret cannot break out of its JSON string', () => {
    const request = requestOf('{ path: /x, json: { key: "${env:KEY}" } }', {
      KEY: 'a", "admin": true, "b": "',
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({ key: 'a", "admin": true, "b": "' });
  });
});

test('headers of the scenario go with each request; those of a request win', () => {
  const [a, b] = requestsOf(
    'headers: { Accept: a/b, X-N: 007 }, requests: [/a, { path: /b, headers: { accept: c/d } }]',
  );
  expect(a?.headers).toEqual({ accept: 'a/b', 'x-n': '007' });
  expect(b?.headers).toEqual({ accept: 'c/d', 'x-n': '007' });
});

test('names are those given, or method and path, told apart', () => {
  expect(
    requestsOf('requests: [/a, /a, { path: /b, name: GET /a }, POST /a]').map(({ name }) => name),
  ).toEqual(['GET /a (2)', 'GET /a (3)', 'GET /a', 'POST /a']);
});

test.each([
  ['201', [{ from: 201, to: 201 }]],
  ['2xx', [{ from: 200, to: 299 }]],
  ['2xx-3xx', [{ from: 200, to: 399 }]],
  ['200-204', [{ from: 200, to: 204 }]],
  [
    '[200, 404, 5xx]',
    [
      { from: 200, to: 200 },
      { from: 404, to: 404 },
      { from: 500, to: 599 },
    ],
  ],
])('status %s', (status, ranges) => {
  expect(requestOf(`{ path: /, expect: { status: ${status} } }`)?.expect.status).toEqual(ranges);
});

test('a body is expected by text, pattern or subset', () => {
  const body = (text: string) => requestOf(`{ path: /, expect: { body: ${text} } }`)?.expect.body;
  expect(body('ok')).toEqual({ type: 'contains', text: 'ok' });
  expect(body('{ matches: "^o.k$" }')).toEqual({ type: 'matches', pattern: '^o.k$' });
  expect(body('{ json: { a: [1] } }')).toEqual({ type: 'json', subset: { a: [1] } });
});

test('timeouts of requests, of the scenario, and the default', () => {
  const [a, b] = requestsOf('timeout: 2s, requests: [/a, { path: /b, timeout: 500ms }]');
  expect([a?.timeoutMs, b?.timeoutMs]).toEqual([2000, 500]);
});

test('rates are per second', () => {
  expect(firstHttp(read(scenario('rate: 600/m, requests: [/]'))).rate).toBe(10);
  expect(firstHttp(read(scenario('rate: 200, requests: [/]'))).rate).toBe(200);
  expect(read(scenario('requests: [/]')).scenarios[0]).not.toHaveProperty('rate');
});

test('a path is sent in ASCII', () => {
  expect(requestOf('{ path: "/caf\u00e9/${env:NAME}" }', { NAME: 'a b' })?.path).toBe('/caf%C3%A9/a%20b');
});

test('steps use what earlier ones captured', () => {
  const [, second] = requestsOf(
    'steps: [{ path: /a, capture: { id: "$.items[0].id" } }, { path: "/b/${id}", headers: { x: "${id}" } }]',
  );
  expect(second).toMatchObject({ path: '/b/${id}', name: 'GET /b/${id}' });
  expect(http('steps: [/a]').mode).toBe('steps');
});

test.each([
  ['requests: [/], steps: [/]', /cannot stand beside steps/],
  ['connections: 5', /requests: is missing/],
  ['requests: []', /at least one of the requests/],
  ['requests: [5]', /5 is not valid/],
  ['requests: [{ path: /, weight: 0 }]', /from 1 to 1000/],
  ['requests: [{ path: x }]', /starts with \//],
  ['requests: ["GET http://h/"]', /expected a request/],
  ['requests: [{ method: get, path: / }]', /in capitals/],
  ['requests: [{ method: CONNECT, path: / }]', /method such as GET/],
  ['requests: [{ path: /, jsno: 1 }]', /did you mean "json"/],
  ['requests: [{ path: /, json: 1, body: x }]', /cannot stand beside json/],
  ['requests: [{ path: /, method: GET, graphql: { query: "{a}" } }]', /POST, as graphql/],
  ['requests: [{ path: /, name: p95 }]', /word of criteria and limits/],
  ['requests: [{ path: /, name: a }, { path: /, name: a }]', /name of another request/],
  ['requests: [{ path: /, headers: { Content-Length: 5 } }]', /no framing headers/],
  ['requests: [{ path: /, headers: { "a b": x } }]', /a header name: letters, digits/],
  ['requests: [{ path: /, headers: { a: "x\\ny" } }]', /without control characters/],
  ['requests: [{ path: /, headers: { a: x, A: y } }]', /each header once/],
  ['requests: [{ path: /, expect: { status: 99 } }]', /from 100 to 599/],
  ['requests: [{ path: /, expect: { status: 6xx } }]', /a status such as/],
  ['requests: [{ path: /, expect: { status: 3xx-2xx } }]', /from low to high/],
  ['requests: [{ path: /, expect: { body: { matches: "(" } } }]', /regular expression/],
  ['requests: [{ path: /, expect: { body: "${uuid}" } }]', /compared as written/],
  ['requests: [{ path: /, capture: { id: $.id } }]', /unknown key "capture"/],
  ['steps: [{ path: "/${id}" }, { path: /, capture: { id: $.id } }]', /\$\{id\}, which is not known/],
  ['steps: [{ path: /, capture: { uuid: $.id } }]', /this one is built in/],
  ['steps: [{ path: /, capture: { id: id } }]', /a JSON path/],
  ['steps: [{ path: /, weight: 2 }]', /unknown key "weight"/],
  ['requests: ["/${uid}"]', /did you mean \$\{uuid\}/],
  ['requests: ["/${int:1}"]', /two integers/],
  ['requests: ["/${int:9:1}"]', /two integers/],
  ['requests: ["/${pick:}"]', /nothing to pick/],
  ['requests: ["/${PORT}"]', /only known in target/],
  ['requests: ["/${uuid"]', /not closed/],
  ['requests: [/], rate: 0', /a rate above 0/],
  ['requests: [/], rate: fast', /a rate above 0/],
  ['requests: [/], max-errors: 0.1', /a percentage from/],
  ['requests: [/], connections: 0', /from 1 to 10000/],
])('%s is a problem', (keys, message) => {
  expect(problemsOf(scenario(keys))[0]).toMatch(message);
});

test.each([
  ['headers: { a: "${env:V}" }', 'a\nb', /line break/],
  ['body: "${env:V}"', '${uuid}', /read as a template/],
])('a variable that cannot stand in %s', (key, value, message) => {
  expect(problemsOf(scenario(`requests: [{ path: /, ${key} }]`), { V: value })[0]).toMatch(message);
});

describe('the hash of the load', () => {
  const load = (keys: string, env = {}) => read(scenario(keys), env).scenarios[0].load;
  const base = load('requests: [{ path: /a, json: { k: "${env:K}" } }]', { K: 'one' });

  test.each([
    ['another secret', 'requests: [{ path: /a, json: { k: "${env:K}" } }]', { K: 'two' }],
    [
      'criteria and limits',
      'requests: [{ path: /a, json: { k: "${env:K}" } }], criteria: { p95: off }, limits: { rps: 1 }, max-errors: 5%',
      { K: '' },
    ],
    [
      'a default written out',
      'connections: 10, timeout: 10000ms, requests: [{ method: POST, path: /a, weight: 1, json: { k: "${env:K}" } }]',
      { K: '' },
    ],
    ['the name of a part', 'requests: [{ name: n, path: /a, json: { k: "${env:K}" } }]', { K: '' }],
  ])('does not change with %s', (_, keys, env) => {
    expect(load(keys, env)).toBe(base);
  });

  test.each([
    ['connections', 'connections: 11, requests: [{ path: /a, json: { k: "${env:K}" } }]'],
    ['a rate', 'rate: 5/s, requests: [{ path: /a, json: { k: "${env:K}" } }]'],
    ['a timeout', 'timeout: 9s, requests: [{ path: /a, json: { k: "${env:K}" } }]'],
    ['a path', 'requests: [{ path: /b, json: { k: "${env:K}" } }]'],
    ['a body', 'requests: [{ path: /a, json: { k: "${env:K}!" } }]'],
    ['a header', 'headers: { x: y }, requests: [{ path: /a, json: { k: "${env:K}" } }]'],
    ['steps', 'steps: [{ path: /a, json: { k: "${env:K}" } }]'],
  ])('changes with %s', (_, keys) => {
    expect(load(keys, { K: 'one' })).not.toBe(base);
  });

  test('changes with the length of a round', () => {
    const text = `measure: { duration: 6s }\n${scenario('requests: [{ path: /a, json: { k: "${env:K}" } }]')}`;
    expect(read(text, { K: 'one' }).scenarios[0].load).not.toBe(base);
  });
});
