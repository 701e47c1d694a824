import { stringify } from 'yaml';
import type { Plan } from './detect.ts';

const SCHEMA = 'https://raw.githubusercontent.com/org/perf-baseline/v1/schema/config.schema.json';

/** The text of the config for a plan: what was found with what told it, and in comments what could not be found out. */
export function configText(plan: Plan): string {
  const lines = [
    `# yaml-language-server: $schema=${SCHEMA}`,
    '# What perf-baseline measures. Check it with `npx perf-baseline validate`, try it with `npx perf-baseline run`.',
    'target:',
    ...targetLines(plan).map((line) => `  ${line}`),
    '',
    'scenarios:',
    ...missing(plan, 'scenarios').map((line) => `  ${line}`),
    ...plan.scenarios.flatMap(({ name, requests, why }) => [
      `  ${scalar(name)}: # ${comment(why)}`,
      '    type: http',
      '    requests:',
      ...requests.map((request) => `      - ${scalar(request)}`),
    ]),
    '',
    '# Allowed changes and limits have defaults (p95 +20%, rps -15%, memory +30%, error-rate +5pp). To set your own:',
    '# criteria: { p95: "+20% and +2ms", memory: off }',
  ];
  return `${lines.join('\n')}\n`;
}

function targetLines(plan: Plan): string[] {
  const { setup, start, stop, notes } = plan.service;
  const found = (key: string, finding: { value: string; why: string } | undefined): string[] =>
    finding === undefined ? [] : [`# ${comment(finding.why)}`, `${key}: ${scalar(finding.value)}`];
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
      : [`# ${comment(plan.ready.why)}`, `ready: { path: ${flow(plan.ready.value)}, timeout: 60s }`]),
  ];
}

const missing = ({ unknown }: Plan, key: string): string[] =>
  unknown.filter((one) => one.key === key).map(({ text }) => `# Could not be found out: ${comment(text)}.`);

/** A repository's text in a comment: on one line, whatever is in it. */
const comment = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const scalar = (text: string): string => stringify(text, { lineWidth: 0, blockQuote: false }).trimEnd();

/** A text inside `{ }`, where fewer characters go without quotes. */
const flow = (text: string): string => (/^\/[\w./-]*$/.test(text) ? text : JSON.stringify(text));
