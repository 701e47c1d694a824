import { stringify } from 'yaml';
import type { Plan } from './detect.ts';
import type { Finding } from './finding.ts';
import { leftExample, leftWords } from './left-out.ts';

/** What each key of the target is for, before what told its value. */
const MEANING = {
  setup: 'Run once per checkout',
  start: 'Starts the service',
  stop: 'Run after each boot',
  url: 'Where it answers (${PORT} would be a free port, exported to start as PORT)',
  ready: 'Measuring begins once this answers 2xx or 3xx',
};

/** So many routes are named in the comment of the config. */
const MOST_LEFT = 40;
const SCHEMA = 'https://raw.githubusercontent.com/org/perf-baseline/v1/schema/config.schema.json';

/** The text of the config for a plan: what was found with what told it, and in comments what could not be found out. */
export function configText(plan: Plan): string {
  const lines = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    '# What perf-baseline measures. Check it with `perf-baseline validate`, try it with `perf-baseline run`.',
    ...(plan.alone && plan.service.setup === undefined ? [] : ['target:']),
    ...(plan.alone ? aloneLines(plan) : targetLines(plan)).map((line) => `  ${line}`),
    '',
    'scenarios:',
    ...missing(plan, 'scenarios').map((line) => `  ${line}`),
    ...plan.scenarios.flatMap(({ name, requests, module, why }) => [
      `  ${scalar(name)}: # ${comment(why)}`,
      ...(module === undefined
        ? ['    type: http']
        : ['    type: micro', `    module: ${scalar(module)} # each function it exports is measured`]),
      ...(requests.length === 0 ? [] : ['    requests:']),
      ...requests.map((request) => `      - ${scalar(request)}`),
    ]),
    ...leftLines(plan).map((line) => `  ${line}`),
    ...plan.protocols.flatMap(({ example }) => example.map((line) => `  # ${commentLine(line)}`)),
    '',
    '# How long it takes: five rounds of 5 s for each scenario, more rounds where that leaves doubt. The defaults:',
    '# measure: { rounds: 5, max-rounds: 20, duration: 5s, warmup: 3s, budget: 10m }',
    '',
    '# Allowed changes and limits have defaults (p95 +20%, rps -15%, memory +30%, error-rate +5pp). To set your own:',
    '# criteria: { p95: "+20% and +2ms", memory: off }',
  ];
  return `${lines.join('\n')}\n`;
}

/** Of a library: what cannot be read, and how it is made ready. */
const aloneLines = (plan: Plan): string[] => {
  const { setup } = plan.service;
  return [
    ...missing(plan, 'start'),
    ...(setup === undefined ? [] : [reason('setup', setup), `setup: ${scalar(setup.value)}`]),
  ];
};

function targetLines(plan: Plan): string[] {
  const { setup, start, stop, notes } = plan.service;
  const found = (key: 'setup' | 'start' | 'stop' | 'url', finding: Finding<string> | undefined): string[] =>
    finding === undefined ? [] : [reason(key, finding), `${key}: ${scalar(finding.value)}`];
  return [
    ...notes.map((note) => `# Note: ${comment(note)}`),
    ...(start === undefined ? [] : found('setup', setup)),
    ...missing(plan, 'start'),
    ...(start === undefined && missing(plan, 'start').length > 0 ? ['# start: COMMAND'] : []),
    ...found('start', start),
    ...(start === undefined ? [] : found('stop', stop)),
    ...missing(plan, 'url'),
    ...found('url', plan.url),
    ...(plan.ready === null
      ? []
      : [reason('ready', plan.ready), `ready: { path: ${flow(plan.ready.value)}, timeout: 60s }`]),
  ];
}

/** A comment that says what a key is for, and what told its value. */
function reason(key: keyof typeof MEANING, { value, why }: Finding<string>): string {
  const meaning =
    key === 'url' && value.includes('${PORT}') ? MEANING.url.replace('would be', 'is') : MEANING[key];
  return `# ${meaning}: ${comment(why)}.`;
}

/** Routes for the author to write: nothing is sent with a body or a value that nobody has thought of. */
function leftLines({ left, bodies }: Plan): string[] {
  if (left.length === 0) return [];
  const example = leftExample(left, bodies).map((line) => `# ${commentLine(line)}`);
  return [
    `# Not measured yet, as only you know what they take: ${comment(leftWords(left, MOST_LEFT))}.`,
    ...(example.length === 0 ? [] : ['# An example, whose values are for you to correct:', ...example]),
  ];
}

const missing = ({ unknown }: Plan, key: string): string[] =>
  unknown.filter((one) => one.key === key).map(({ text }) => `# Could not be found out: ${comment(text)}.`);

/** A repository's text in a comment: on one line, whatever is in it. */
const comment = (text: string): string => commentLine(text).trim();

const commentLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

const scalar = (text: string): string => stringify(text, { lineWidth: 0, blockQuote: false }).trimEnd();

/** A text inside `{ }`, where fewer characters go without quotes. */
const flow = (text: string): string => (/^\/[\w./-]*$/.test(text) ? text : JSON.stringify(text));
