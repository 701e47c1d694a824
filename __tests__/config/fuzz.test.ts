import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseConfig } from '../../src/config/parse.ts';
import { parseDuration, parsePercentage, parseRate } from '../../src/config/quantity.ts';
import { parseCondition } from '../../src/config/threshold.ts';
import { ConfigError } from '../../src/domain/errors.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';

/** PERF_BASELINE_FUZZ sets the number of inputs of each kind, for a long run. */
const numRuns = Number(process.env.PERF_BASELINE_FUZZ ?? 600);
const EXAMPLE = readFileSync(new URL('../../examples/service/perf-baseline.yml', import.meta.url), 'utf8');

/** Reads it, and checks what must hold of any text: a config or a ConfigError, soon, with nothing broken outside. */
function readAny(text: string): 'config' | 'problems' {
  const started = process.cpuUsage();
  let outcome: 'config' | 'problems' = 'config';
  try {
    parseConfig(text, { file: 'f', workingDirectory: '.', env: { A: 'a' } });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    outcome = 'problems';
    expect(error.problems.length).toBeGreaterThan(0);
    // A line break or an escape could start a workflow command.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    const active = /[\u0000-\u001f\u2028\u2029]|##\[/;
    const broken = error.problems.filter(
      ({ line, column, message }) => !(line > 0) || !(column > 0) || active.test(message),
    );
    expect(broken).toEqual([]);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2);
  return outcome;
}

const words = [
  ...[
    'target',
    'start',
    'url',
    'env',
    'ready',
    'measure',
    'scenarios',
    'type',
    'http',
    'requests',
    'steps',
    'path',
  ],
  ...[
    'criteria',
    'limits',
    'p95',
    'warn',
    'fail',
    'off',
    'capture',
    'json',
    'graphql',
    'expect',
    'status',
    'name',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '<<',
    '${env:A}',
    '${uuid}',
    '${PORT}',
    '+20%',
    '5s',
  ],
];
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...words),
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.constantFrom(null, true, false, '/', 'GET /', '2xx', '#[error]##[x', '\u202e\r\n::error::'),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.string()), tie('any'), { maxKeys: 5 }),
  ),
})).any;

describe('no text breaks the reader', () => {
  test('any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readAny(text)),
      { numRuns },
    );
  });

  test('YAML punctuation', () => {
    const bits = fc.constantFrom(
      ...words,
      ...': |- |\n|  |[|]|{|}|,|&a |*a|"|\'|#|!!|! |? |\t|---|%|~|>|@|`|\\|0|1.5'.split('|'),
      '|',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 80 }), (parts) => void readAny(parts.join(''))),
      { numRuns },
    );
  });

  test('an example with pieces cut, doubled and replaced', () => {
    let accepted = 0;
    const edit = fc.tuple(
      fc.nat(EXAMPLE.length),
      fc.nat(30),
      fc.oneof(fc.constantFrom(...words, '', '\n', ': ', '"'), fc.string()),
    );
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        let text = EXAMPLE;
        for (const [at, length, put] of edits) text = text.slice(0, at) + put + text.slice(at + length);
        if (readAny(text) === 'config') accepted += 1;
      }),
      { numRuns },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  test('any values at the places where something is expected', () => {
    const place = fc.constantFrom(
      ...[
        'target',
        'target.url',
        'target.env',
        'target.ready',
        'measure',
        'scenarios',
        'scenarios.s',
        'criteria',
      ],
      ...[
        'requests',
        'requests.0',
        'steps',
        'headers',
        'criteria',
        'limits',
        'rate',
        'timeout',
        'max-errors',
      ].map((k) => `scenarios.s.${k}`),
    );
    fc.assert(
      fc.property(place, value, (where, put) => {
        const root: Record<string, unknown> = {
          target: { start: 'x' },
          scenarios: { s: { type: 'http', requests: ['/'] } },
        };
        const path = where.split('.');
        const last = path.pop() ?? '';
        const parent = path.reduce((at, key) => at[key] as Record<string, unknown>, root);
        parent[last] = put;
        readAny(JSON.stringify(root));
      }),
      { numRuns },
    );
  });
});

test('no text breaks the small grammars, and what they give is finite', () => {
  const metrics = [...metricCatalogue.http.scenario, ...metricCatalogue.micro.scenario];
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[+-]?[0-9.]{0,20} ?(%|pp|ms|s|MB|\/s|cores)?( and [+-][0-9]{1,3}(%|ms))?$/),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(...metrics), (written, metric) => {
      for (const number of [parseDuration(written), parsePercentage(written), parseRate(written)])
        expect(number === undefined || (Number.isFinite(number) && number >= 0)).toBe(true);
      const parsed = parseCondition(written, metric);
      if (!('value' in parsed)) return;
      for (const { change } of parsed.value.all) {
        expect(Number.isFinite(change)).toBe(true);
        expect(Math.sign(change)).toBe(metric.better === 'lower' ? 1 : -1);
      }
    }),
    { numRuns: numRuns * 5 },
  );
});
