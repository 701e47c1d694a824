import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { parseDuration, parsePercentage, parseRate } from '../../src/config/quantity.ts';
import { parseCondition } from '../../src/config/threshold.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import { compileJudge } from '../../src/scenarios/http/judgement.ts';
import { parseJsonPath, readJsonPath } from '../../src/scenarios/json-path.ts';
import { containsJson } from '../../src/scenarios/json-subset.ts';
import { compileJson, compileText, seededRandom } from '../../src/scenarios/values.ts';
import { nothing, type Parser } from './check.ts';
import { hostileJson, hostileText, mutatedJson, mutatedText } from './hostile.ts';

const EXAMPLE = readFileSync(join('examples', 'service', 'perf-baseline.yml'), 'utf8');
const DOCUMENT = {
  target: { start: 'node server.js', url: 'http://127.0.0.1:${PORT}', env: { A: 'b' }, ready: { path: '/' } },
  measure: { rounds: 5, 'max-rounds': 20, duration: '5s', warmup: '3s', budget: '10m' },
  scenarios: {
    one: {
      type: 'http',
      connections: 5,
      requests: ['GET /a', { method: 'POST', path: '/b', json: { a: 1 } }],
    },
    two: {
      type: 'http',
      steps: [{ path: '/', capture: { id: '$.id' } }, { path: '/${id}' }],
      limits: { p95: '3s' },
    },
  },
  criteria: { p95: '+20% and +2ms', rps: { warn: '-10%', fail: '-15%' }, 'error-rate': '+5pp' },
};

/** A config or its problems; what is accepted can be compiled too. */
function readConfigText(text: string): string {
  const config = parseConfig(text, { file: 'perf.yml', workingDirectory: '.', env: { A: 'a' } });
  for (const scenario of config.scenarios)
    if (scenario.type === 'http') for (const request of scenario.requests) compileJudge(request);
  return '';
}

const metrics = [...metricCatalogue.http.scenario, ...metricCatalogue.micro.scenario];
const change = fc.stringMatching(
  /^[+-]?[0-9.]{0,20} ?(%|pp|ms|s|MB|\/s|cores)?( and [+-][0-9]{1,3}(%|ms))?$/,
);

function readAmounts([text, metric]: [string, (typeof metrics)[number]]): string {
  for (const number of [parseDuration(text), parsePercentage(text), parseRate(text)])
    if (number !== undefined && !(Number.isFinite(number) && number >= 0))
      throw new Error(`read as ${number}`);
  const parsed = parseCondition(text, metric);
  if (!('value' in parsed)) return parsed.expected;
  for (const { change } of parsed.value.all)
    if (!Number.isFinite(change)) throw new Error(`read as ${change}`);
  return '';
}

function readPathAndTemplate([text, json]: [string, string]): string {
  const value: unknown = JSON.parse(json);
  const values = { random: seededRandom(1), counter: 1, captured: new Map<string, unknown>([['a', value]]) };
  compileText(text, new Set(['a'])).render(values);
  compileJson(json, new Set(['a'])).render(values);
  containsJson(value, value);
  readJsonPath(value, parseJsonPath(text));
  return '';
}

const words = fc.constantFrom(
  ...[
    'run',
    'compare',
    'report',
    'validate',
    'help',
    '--help',
    '-h',
    '--version',
    '--config',
    '-c',
    '--only',
    '--',
  ],
  ...[
    '--format',
    '--format=json',
    '--save',
    '--base',
    '--baseline',
    '--fail-on',
    '-o',
    '--url',
    '--start',
    '--no-save',
  ],
);

export const configParsers = [
  {
    name: 'config: YAML',
    share: 10,
    input: fc.oneof(mutatedText(EXAMPLE), hostileText),
    read: readConfigText,
  },
  { name: 'config: JSON', share: 10, input: mutatedJson(DOCUMENT), read: readConfigText },
  {
    name: 'thresholds and quantities',
    share: 12,
    input: fc.tuple(fc.oneof(hostileText, change), fc.constantFrom(...metrics)),
    read: readAmounts,
  },
  {
    name: 'JSON paths, templates, captured values',
    share: 12,
    input: fc.tuple(
      fc.oneof(
        hostileText,
        hostileText.map((text) => `$.a${text}`),
      ),
      hostileJson,
    ),
    read: readPathAndTemplate,
  },
  {
    name: 'command line',
    share: 8,
    input: fc.array(fc.oneof(words, hostileText), { maxLength: 6 }),
    read: (argv: string[]) => nothing(parseCommandLine(argv)),
  },
] as unknown as Parser<never>[];
