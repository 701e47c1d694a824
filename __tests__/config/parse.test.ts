import { describe, expect, test } from '@jest/globals';
import { problemsOf, read, scenario } from './configs.ts';

const EXAMPLE = `
target:
  setup: npm ci && npm run build      # optional, once per checkout
  start: node dist/server.js
  stop: docker compose down
  url: http://127.0.0.1:\${PORT}
  env: { NODE_ENV: production }
  ready: { path: /health, timeout: 30s }
measure: { rounds: 5, max-rounds: 20, duration: 5s, warmup: 3s, budget: 10m }
scenarios:
  health:
    type: http
    requests: [GET /health, GET /ready]
    connections: 5
  mixed:
    type: http
    connections: 20
    timeout: 10s
    requests:
      - { name: validate, method: POST, path: /content/validate, json: { text: "hi" }, weight: 3 }
      - { name: generate, method: POST, path: /content/generate, json: { id: "\${uuid}" }, weight: 1, expect: { status: 201 } }
    criteria: { p95: +30% }
    limits: { p95: 3s, error-rate: 2%, rps: 10 }
  journey:
    type: http
    steps:
      - { method: POST, path: /content/generate, json: {}, capture: { id: $.id } }
      - { path: "/content/status/\${id}" }
criteria: { p95: +20%, rps: -15%, memory: +30%, error-rate: +5pp, time: +10% }
`;

describe('a whole config', () => {
  const config = read(EXAMPLE);

  test('is fully specified', () => {
    expect(config.target).toEqual({
      setup: 'npm ci && npm run build',
      start: 'node dist/server.js',
      stop: 'docker compose down',
      url: 'http://127.0.0.1:${PORT}',
      port: { type: 'free' },
      env: { NODE_ENV: 'production' },
      ready: { type: 'path', path: '/health', timeoutMs: 30_000 },
      memory: { type: 'tree' },
    });
    expect(config.measure).toEqual({
      rounds: 5,
      maxRounds: 20,
      durationMs: 5000,
      warmupMs: 3000,
      budgetMs: 600_000,
    });
    expect(config.scenarios.map(({ name }) => name)).toEqual(['health', 'mixed', 'journey']);
    expect(config).toMatchObject({ file: 'perf.yml', workingDirectory: '/work', secrets: [] });
  });

  test('has criteria of the scenario before those of the file before the defaults', () => {
    const mixed = config.scenarios[1];
    const texts = Object.fromEntries(mixed?.criteria.map(({ metric, fail }) => [metric, fail?.text]) ?? []);
    expect(texts).toEqual({ p95: '+30%', rps: '-15%', memory: '+30%', 'error-rate': '+5pp' });
    expect(mixed?.limits).toEqual([
      { metric: 'p95', fail: { bound: 3000, text: '3s' } },
      { metric: 'error-rate', fail: { bound: 0.02, text: '2%' } },
      { metric: 'rps', fail: { bound: 10, text: '10' } },
    ]);
  });

  test('is the same in JSON', () => {
    const text = JSON.stringify({
      target: { url: 'http://127.0.0.1:8080' },
      scenarios: { s: { type: 'http', requests: ['/'], criteria: { p95: { warn: '+10%', fail: '+20%' } } } },
    });
    expect(read(text).scenarios[0].criteria[0]).toMatchObject({
      warn: { text: '+10%' },
      fail: { text: '+20%' },
    });
  });
});

test('what is left out has a default', () => {
  const { target, measure, scenarios } = read(
    'target: { start: serve }\nscenarios: { s: { type: http, requests: [/] } }',
  );
  expect(target).toMatchObject({
    url: 'http://127.0.0.1:${PORT}',
    port: { type: 'free' },
    ready: { type: 'answer', timeoutMs: 30_000 },
    memory: { type: 'tree' },
  });
  expect(measure).toEqual({ rounds: 5, maxRounds: 20, durationMs: 5000, warmupMs: 3000, budgetMs: 600_000 });
  expect(scenarios[0]).toMatchObject({ connections: 10, mode: 'requests', maxErrors: 0.1, limits: [] });
  expect(scenarios[0].criteria.map(({ metric, fail }) => `${metric} ${fail?.text}`)).toEqual([
    'p95 +20%',
    'rps -15%',
    'error-rate +5pp',
    'memory +30%',
  ]);
});

describe('criteria', () => {
  const criteriaOf = (keys: string) =>
    read(scenario(`requests: [{ path: /a, name: a }, { path: /b, name: b }], ${keys}`)).scenarios[0].criteria;

  test('can be switched off', () => {
    expect(criteriaOf('criteria: { p95: off, rps: off }').map(({ metric }) => metric)).toEqual([
      'error-rate',
      'memory',
    ]);
  });

  test('may name a part, beside the whole', () => {
    expect(criteriaOf('criteria: { a: { p99: +50% } }')).toContainEqual({
      metric: 'p99',
      part: 'a',
      fail: { all: [{ type: 'relative', change: 0.5 }], text: '+50%' },
    });
    expect(
      criteriaOf('criteria: { a: { p95: +50% } }').filter(({ metric }) => metric === 'p95'),
    ).toHaveLength(2);
  });

  test('of the only part are those of the scenario', () => {
    const config = read(scenario('requests: [{ path: /a, name: a }], criteria: { a: { p95: +50% } }'));
    expect(config.scenarios[0].criteria.filter(({ metric }) => metric === 'p95')).toEqual([
      { metric: 'p95', fail: { all: [{ type: 'relative', change: 0.5 }], text: '+50%' } },
    ]);
  });

  test.each([
    ['criteria: { p96: +10% }', /criteria\.p96: unknown key "p96", did you mean "p9/],
    ['criteria: { p95: 20 }', /criteria\.p95: 20 has no unit/],
    ['criteria: { p95: +20 }', /criteria\.p95: \+20 has no unit/],
    ['criteria: { p95: [] }', /an empty list is not valid; expected an allowed change/],
    ['criteria: { p95: {} }', /an empty mapping is not valid/],
    ['criteria: { p95: { warn: +20%, fail: +10% } }', /warn: "\+20%" is not below the fail level/],
    ['criteria: { p95: { wran: +20% } }', /unknown key "wran", did you mean "warn"/],
    ['criteria: { c: { p95: +20% } }', /unknown key "c".* or a part \(a, b\)/],
    ['criteria: { a: { memory: +20% } }', /memory is of the whole scenario/],
    ['criteria: { rtt-p95: +20% }', /unknown key "rtt-p95"/],
    ['criteria: [p95]', /criteria: a list is not valid; expected a mapping of metrics/],
    ['limits: { p95: 200 }', /limits\.p95: 200 has no unit: write 200ms/],
    ['limits: { p95: +200ms }', /has a sign/],
    ['limits: { rps: 0 }', /can never be missed/],
    ['limits: { p95: 0ms }', /can never be kept/],
    ['limits: { error-rate: 0.02 }', /has no unit: write 0.02%/],
    ['limits: { error-rate: 101% }', /more than 100%/],
    ['limits: { rps: 5ms }', /expected a minimum for rps such as 10/],
    ['limits: { cpu: 70% }', /70% of one core is 0.7/],
    ['limits: { p95: { warn: 3s, fail: 2s } }', /never warns/],
    ['limits: { rps: { warn: 5, fail: 10 } }', /never warns/],
    ['limits: { p95: off }', /expected a maximum/],
  ])('%s is a problem', (keys, message) => {
    const [first, ...rest] = problemsOf(
      scenario(`requests: [{ path: /a, name: a }, { path: /b, name: b }], ${keys}`),
    );
    expect(first).toMatch(message);
    expect(first).toMatch(/^perf\.yml:3:\d+ scenarios\.s\./);
    expect(rest).toEqual([]);
  });
});

describe('problems', () => {
  test('are told all at once, in the order of the file, each with place, path, value and expected form', () => {
    const text = [
      'target:',
      '  strat: node server.js',
      '  url: ftp://x',
      '  env: { KEY: "${env:MISSING}" }',
      'measure: { duration: 5, rounds: 30, max-rounds: 20 }',
      'scenarios:',
      '  a:',
      '    type: http',
      '    requests: [get /x, "/${nope}"]',
      '    conections: 3',
      '    criteria: { rps: +10% }',
      '  b: { type: htpp }',
      '  c: { type: http }',
      'criteria: { p95: 20% }',
      'senarios: {}',
    ].join('\n');
    const starts = [
      'perf.yml:2:3 target.strat: unknown key "strat", did you mean "start"?',
      'perf.yml:3:8 target.url: "ftp://x" is not valid; expected an http or https URL',
      'perf.yml:4:15 target.env.KEY: "${env:MISSING}" needs MISSING, which is not set;',
      'perf.yml:5:22 measure.duration: 5 has no unit: write 5s; expected a duration from 100ms to 1h',
      'perf.yml:5:49 measure.max-rounds: 20 is less than rounds; expected at least the 30 rounds',
      'perf.yml:9:16 scenarios.a.requests[0]: "get /x" is not valid; expected a request such as "GET /health"',
      'perf.yml:9:24 scenarios.a.requests[1]: "/${nope}" has ${nope}, which is not known',
      'perf.yml:10:5 scenarios.a.conections: unknown key "conections", did you mean "connections"?',
      'perf.yml:11:22 scenarios.a.criteria.rps: "+10%" cannot be a regression',
      'perf.yml:12:14 scenarios.b.type: "htpp" is not a type, did you mean "http"?',
      'perf.yml:13:3 scenarios.c.requests: is missing; expected requests or steps',
      'perf.yml:14:18 criteria.p95: "20%" has no sign: write +20%',
      'perf.yml:15:1 senarios: unknown key "senarios", did you mean "scenarios"?',
    ];
    const found = problemsOf(text);
    expect(found.map((line, i) => line.slice(0, starts[i]?.length))).toEqual(starts);
  });

  test.each([
    ['', /the file is empty/],
    ['hello', /"hello" is not valid; expected a mapping/],
    ['- a', /a list is not valid; expected a mapping/],
    [
      'target: { url: "http://h:1" }\nscenarios: {}',
      /scenarios: an empty mapping is not valid; expected a mapping of at least one/,
    ],
    ['target: { url: "http://h:1" }', /scenarios: is missing/],
    ['target: { url: "http://h:1" }\nscenarios: { s: }', /scenarios\.s: null is not valid/],
    [
      'target: { url: "http://h:1" }\nscenarios: { s: { requests: [/] } }',
      /s\.type: is missing; expected a type/,
    ],
    [
      'target: { url: "http://h:1" }\nscenarios: { "a\\nb": { type: http, requests: [/] } }',
      /scenarios\["a\\nb"\]/,
    ],
    [
      'scenarios: { s: { type: http, requests: [/] } }',
      /target: is missing; expected a mapping with the keys setup/,
    ],
  ])('%j', (text, message) => {
    expect(problemsOf(text)[0]).toMatch(message);
  });

  test('hold nothing that a runner or a terminal obeys', () => {
    const [line = ''] = problemsOf(
      'target: { url: "##[error]x\\e[31m\\u202e\\n::error::y" }\nscenarios: { s: { type: http, requests: [/] } }',
    );
    expect(line).not.toContain('##[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

describe('target', () => {
  const target = (keys: string, env = {}) =>
    read(`target: { ${keys} }\nscenarios: { s: { type: http, requests: [/] } }`, env);

  test.each([
    ['url: "http://localhost:3000"', { type: 'fixed', port: 3000 }],
    ['url: "http://example.test/api"', { type: 'fixed', port: 80 }],
    ['url: "https://[::1]/"', { type: 'fixed', port: 443 }],
    ['start: serve, url: "http://[::1]:${PORT}/api"', { type: 'free' }],
    ['start: serve, url: "http://127.0.0.1:8080"', { type: 'fixed', port: 8080 }],
  ])('%s', (keys, port) => {
    expect(target(keys).target.port).toEqual(port);
  });

  test.each([
    ['url: "http://127.0.0.1:${PORT}"', /only a start command gets/],
    ['start: serve, url: "http://127.0.0.1:80${PORT}"', /elsewhere than as its port/],
    ['start: serve, url: "http://127.0.0.1/${PORT}"', /elsewhere than as its port/],
    ['url: "http://127.0.0.1:0"', /port 0/],
    ['url: "http://u:p@h"', /user or password/],
    ['url: "http://h?a=1"', /query or fragment/],
    ['url: "ws://h:1"', /WebSocket URL/],
    ['url: "localhost:3000"', /expected an http or https URL/],
    ['url: "http://h:${PROT}", start: x', /not known here/],
    ['{}', /./],
    ['url: "http://h:1", ready: { log: up }', /no start whose output/],
    ['start: x, ready: { log: up, path: / }', /cannot stand beside path/],
    ['start: " "', /expected a shell command/],
    ['start: x, ready: { timeout: 0s }', /expected a duration from 100ms/],
  ])('%s is a problem', (keys, message) => {
    expect(problemsOf(`target: { ${keys} }\nscenarios: { s: { type: http, requests: [/] } }`)[0]).toMatch(
      message,
    );
  });

  test('values of the environment are as written', () => {
    expect(target('start: x, env: { VERSION: 1.10, ON: true, BIG: 0x10, T: yes }').target.env).toEqual({
      VERSION: '1.10',
      ON: 'true',
      BIG: '0x10',
      T: 'yes',
    });
  });

  test('secrets are filled in, remembered, and kept off command lines', () => {
    const { target: read, secrets } = target(
      'start: "serve --key ${env:KEY}", env: { TOKEN: "t-${env:TOKEN}" }',
      {
        KEY: 'k3y',
        TOKEN: 't0ken',
      },
    );
    expect(read.start).toBe('serve --key ${KEY}');
    expect(read.env).toEqual({ TOKEN: 't-t0ken', KEY: 'k3y' });
    expect(secrets.sort()).toEqual(['k3y', 't0ken']);
  });

  test('shell variables of commands are left alone', () => {
    expect(target('start: "PORT=${PORT} serve ${HOME:-/}"').target.start).toBe(
      'PORT=${PORT} serve ${HOME:-/}',
    );
  });

  test('without variables at hand the templates stay', () => {
    const text =
      'target: { start: x, env: { A: "${env:A}" } }\nscenarios: { s: { type: http, requests: [/] } }';
    expect(read(text, null).target.env).toEqual({ A: '${env:A}' });
    expect(problemsOf(text, {})[0]).toMatch(/needs A, which is not set/);
  });
});

describe('measure', () => {
  const measure = (keys: string) =>
    `target: { url: "http://h:1" }\nmeasure: { ${keys} }\nscenarios: { s: { type: http, requests: [/] } }`;

  test('the maximum follows rounds, and rounds a small maximum', () => {
    expect(read(measure('rounds: 30')).measure).toMatchObject({ rounds: 30, maxRounds: 30 });
    expect(read(measure('max-rounds: 3')).measure).toMatchObject({ rounds: 3, maxRounds: 3 });
  });

  test.each([
    ['rounds: 0', /from 1 to 1000/],
    ['rounds: 2.5', /a whole number/],
    ['rounds: "5"', /"5" is not valid; expected a whole number/],
    ['duration: 5', /such as 250ms, 5s/],
    ['duration: 50ms', /from 100ms/],
    ['budget: 1s', /too short for a single round/],
  ])('%s is a problem', (keys, message) => {
    expect(problemsOf(measure(keys))[0]).toMatch(message);
  });
});
