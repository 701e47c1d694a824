import { describe, expect, test } from '@jest/globals';
import { problemsOf, scenario } from './configs.ts';

/** Where each problem is, and what it is about. */
const pathsOf = (text: string): string[] =>
  problemsOf(text).map((line) => line.replace(/^perf\.yml:\d+:\d+ (\S+?): .*$/, '$1'));

describe('what else is wrong is told beside a value of the wrong form', () => {
  test.each([
    [
      'in the same request',
      'requests: [{ path: "/${uid}", json: {}, body: x, weight: many }]',
      ['requests[0].path', 'requests[0].body', 'requests[0].weight'],
    ],
    [
      'in a request without a path',
      'requests: [{ json: { id: "${uid}" }, body: x }]',
      ['requests[0].json.id', 'requests[0].body', 'requests[0].path'],
    ],
    [
      'in another request, and in criteria and limits',
      'requests: [{ name: a, path: /, timeout: 5 }, "/${uid}"], criteria: { b: { p95: +1% } }, limits: { c: { p95: 1s } }',
      ['requests[0].timeout', 'requests[1]', 'criteria.b', 'limits.c'],
    ],
    [
      'in steps, of names that no step captures',
      'connections: 0, steps: [{ path: /, capture: { id: x } }, "/${id}", "/${uid}"]',
      ['connections', 'steps[0].capture.id', 'steps[2]'],
    ],
    ['where requests are missing', 'connections: many', ['connections', 'requests']],
    [
      'in what is expected',
      'requests: [{ path: "/${uid}", graphql: { variables: {} }, body: x, expect: { status: [1], body: { matches: 1 } } }]',
      [
        'requests[0].path',
        'requests[0].graphql.query',
        'requests[0].expect.status[0]',
        'requests[0].expect.body.matches',
      ],
    ],
  ])('%s', (_, keys, paths) => {
    expect(new Set(pathsOf(scenario(keys)))).toEqual(new Set(paths.map((path) => `scenarios.s.${path}`)));
  });

  test('in the target', () => {
    const text = [
      'target: { start: x, url: "http://example.test:1", ready: { path: /, log: up, timeout: 5 }, env: { A: "\\0", B: [] } }',
      'scenarios: { s: { type: http, requests: [/] } }',
    ].join('\n');
    expect(new Set(pathsOf(text))).toEqual(
      new Set(['target.url', 'target.ready.log', 'target.ready.timeout', 'target.env.A', 'target.env.B']),
    );
  });

  test('in a WebSocket scenario', () => {
    const text =
      'target: { url: "http://127.0.0.1:1" }\nscenarios: { s: { type: websocket, connections: many, in-flight: 2, criteria: { a: { rtt-p95: +1% } } } }';
    expect(new Set(pathsOf(text))).toEqual(
      new Set(['scenarios.s.connections', 'scenarios.s.send', 'scenarios.s.criteria.a']),
    );
  });
});

describe('nothing is told that goes away when the cause is mended', () => {
  test.each([
    [
      'a name that is wrong',
      'requests: [{ name: "", path: / }], criteria: { home: { p95: +1% } }',
      ['requests[0].name'],
    ],
    [
      'a misspelt name',
      'requests: [{ nam: home, path: / }], limits: { home: { p95: 1s } }',
      ['requests[0].nam'],
    ],
    [
      'a path that names its request',
      'requests: [{ path: home }], limits: { "GET /home": { p95: 1s } }',
      ['requests[0].path'],
    ],
    ['a misspelt capture', 'steps: [{ path: /, captures: { id: $.id } }, "/${id}"]', ['steps[0].captures']],
    ['a step that is wrong as a whole', 'steps: [5, "/${id}"]', ['steps[0]']],
    ['misspelt requests', 'request: [/], criteria: { home: { p95: +1% } }', ['request']],
  ])('%s', (_, keys, paths) => {
    expect(pathsOf(scenario(keys))).toEqual(paths.map((path) => `scenarios.s.${path}`));
  });

  test('a misspelt start', () => {
    const text = 'target: { strat: x, url: "http://127.0.0.1:${PORT}", ready: { log: up } }';
    expect(pathsOf(`${text}\nscenarios: { s: { type: http, requests: [/] } }`)).toEqual(['target.strat']);
  });
});

test('a key that is there twice is told beside what else is wrong', () => {
  const text =
    'target: { strat: node server.js }\nscenarios:\n  a: { type: http, requests: [GET /] }\nscenarios: {}\n';
  const told = problemsOf(text);
  expect(told).toContainEqual(expect.stringMatching(/^perf\.yml:1:.*did you mean "start"/));
  expect(told).toContainEqual(expect.stringMatching(/^perf\.yml:4:.*the key is there twice/));
});
