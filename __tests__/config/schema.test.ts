import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { problemsOf, read, scenario } from './configs.ts';

const validate = new Ajv({ strict: false, allErrors: true }).compile(configJsonSchema());
const websocket = (keys: string): string => scenario(keys).replace('type: http', 'type: websocket');
const isValid = (text: string): boolean => validate(parse(text, { merge: true }));

test('the published schema is current (node scripts/generate-schema.mjs --write)', () => {
  const published = readFileSync(new URL('../../schema/config.schema.json', import.meta.url), 'utf8');
  // Not a diff of thousands of lines, should they differ.
  expect(published === `${JSON.stringify(configJsonSchema(), null, 2)}\n`).toBe(true);
});

describe('the schema accepts what the reader accepts', () => {
  test.each([
    scenario(
      'requests: [/, GET /a, { path: /b, json: { a: 1 }, weight: 3, expect: { status: [200, 4xx], body: ok } }]',
    ),
    scenario(
      'steps: [{ path: /, capture: { id: "$.a[-1][\'b c\']" } }, { path: "/${id}", timeout: 1s }], rate: 5/s',
    ),
    scenario(
      'requests: [{ path: /g, graphql: { query: "{ a }", variables: {} } }], max-errors: 5%, headers: { a: 1 }',
    ),
    scenario(
      'requests: [{ path: /a, name: a }, /b], criteria: { p95: { warn: +10%, fail: "+20% and +2ms" }, rps: off, a: { p99: +5% } }',
    ),
    scenario(
      'requests: [/], limits: { p95: 3s, rps: 10, cpu: 1.5 cores, memory: { warn: 512MB, fail: 1GiB } }, rate: 100',
    ),
    'target: { start: x, stop: y, setup: z, env: { A: 1, B: true }, ready: { log: up, timeout: 5s }, memory: { pid-file: p } }\nmeasure: { rounds: 3, max-rounds: 4, duration: 1s, warmup: 0s, budget: 1h }\nscenarios: { "Ä b": { type: http, requests: [/] } }\ncriteria: { time: +10%, lost: +5, rtt-p95: off }',
    websocket(
      'path: /ws, connections: 100, ramp: 5s, send: { type: ping, id: "${counter}" }, expect: { type: pong }',
    ),
    websocket(
      'send: x, expect: { matches: y }, in-flight: 4, subprotocols: [a], headers: { a: 1 }, timeout: 1s',
    ),
    websocket(
      'send: { n: "${uuid}" }, expect: { json: {} }, id: { sent: $.n, received: "$[\'re\']" }, rate: 5/s',
    ),
    websocket(
      'subscribe: [1], confirm: ok, receive: true, timestamp: $.at, reconnect: { every: 2s }, connect-rate: 5',
    ),
    websocket('reconnect: { by: server }, limits: { reconnect-p95: 2s, connections: 9 }'),
  ])('%#', (text) => {
    expect(read(text).scenarios).toHaveLength(1);
    expect([isValid(text), validate.errors]).toEqual([true, null]);
  });

  test.each([
    'examples/service/perf-baseline.yml',
    'examples/service/perf-baseline.demo.yml',
    'examples/micro/perf-baseline.yml',
    'examples/chat/perf-baseline.yml',
  ])('%s', (file) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(read(text).scenarios.length).toBeGreaterThan(0);
    expect([isValid(text), validate.errors]).toEqual([true, null]);
  });
});

test.each([
  scenario('requests: [get /]'),
  scenario('requests: [/], conections: 5'),
  scenario('requests: [/], criteria: { p95: 20% }'),
  scenario('requests: [/], limits: { p95: fast }'),
  scenario('requests: [/], timeout: 5'),
  'target: { url: "http://h:1" }\nscenarios: {}',
  'target: { url: "http://h:1" }\nscenarios: { s: { type: nope } }',
])('the schema sees the plain mistakes too: %#', (text) => {
  expect(problemsOf(text)).toHaveLength(1);
  expect(isValid(text)).toBe(false);
});
