import type { Metric } from '../domain/metric.ts';
import type { Comparison, LimitOutcome } from '../domain/verdict.ts';
import { estimate, magnitude, written } from './quantity.ts';
import { code, plain, prose } from './untrusted.ts';

/** How one format prints names that strangers chose, and sentences that may hold such names. */
export type Voice = {
  medium: 'markdown' | 'terminal';
  name(text: string): string;
  prose(text: string): string;
  /** Something to type: a key of the config, a command. */
  literal(text: string): string;
};

export const markdownVoice: Voice = {
  medium: 'markdown',
  name: (t) => code(t),
  prose,
  literal: (t) => code(t, 300),
};
export const plainVoice: Voice = {
  medium: 'terminal',
  name: (t) => plain(t, 80),
  prose: (t) => plain(t),
  literal: (t) => plain(t, 300),
};

/** Where a row belongs: scenario and, when it names one, part. */
export function place(row: { scenario: string; part?: string }, voice: Voice): string {
  return row.part === undefined
    ? voice.name(row.scenario)
    : `${voice.name(row.scenario)} › ${voice.name(row.part)}`;
}

/** `mixed` p95 */
function subject(row: { scenario: string; part?: string; metric: Metric }, voice: Voice): string {
  return `${place(row, voice)} ${metricName(row.metric.name, voice)}`;
}

/** The tool's own metric names need no code span; anything else is a stranger's. */
export function metricName(name: string, voice: Voice): string {
  return /^[a-z][a-z0-9-]{0,30}$/.test(name) ? name : voice.name(name);
}

/** "`mixed` p50, p95; `health` p95": metrics by where they belong, of at most `most` places. */
export function subjects(
  rows: readonly { scenario: string; part?: string; metric: Metric }[],
  voice: Voice,
  most = 3,
): string {
  const places = new Map<string, string[]>();
  for (const row of rows) {
    const where = place(row, voice);
    const named = places.get(where) ?? [];
    const name = metricName(row.metric.name, voice);
    // Two limits on one metric, of the scenario and of its part or at two levels, are about one thing.
    if (!named.includes(name)) places.set(where, [...named, name]);
  }
  const texts = [...places].map(([where, metrics]) => `${where} ${metrics.join(', ')}`);
  if (texts.length === rows.length) return list(texts, most);
  const rest = texts.length - most;
  return `${texts.slice(0, most).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

const PLURALS: Record<string, string> = { rps: 'requests per second', messages: 'messages per second' };

/** "`mixed` p95 is 34% slower (29% to 40%)", in the words of the metric's unit. */
export function changeSentence(row: Comparison, voice: Voice): string {
  if (row.change === null) return `${subject(row, voice)} changed`;
  const { size, interval } = magnitude(row.change, row.metric.unit);
  const more = row.change.center > 0;
  const where = place(row, voice);
  const range = interval === null ? '' : ` (${interval})`;
  const { name, unit } = row.metric;
  switch (unit) {
    case 'ms':
    case 'ns':
      return `${subject(row, voice)} is ${size} ${more ? 'slower' : 'faster'}${range}`;
    case '1/s':
      return Object.hasOwn(PLURALS, name)
        ? `${where} handles ${size} ${more ? 'more' : 'fewer'} ${PLURALS[name]}${range}`
        : `${subject(row, voice)} is ${size} ${more ? 'higher' : 'lower'}${range}`;
    case 'bytes':
      return `${where} takes ${size} ${more ? 'more' : 'less'} ${name === 'memory' ? 'memory' : metricName(name, voice)}${range}`;
    case 'fraction':
      return name === 'error-rate' || name === 'connection-errors'
        ? `${where} has ${size} ${more ? 'more' : 'fewer'} ${name === 'error-rate' ? 'errors' : 'connections that fail'}${range}`
        : `${subject(row, voice)} is ${size} ${more ? 'higher' : 'lower'}${range}`;
    case 'cores':
      return `${where} takes ${size} ${more ? 'more' : 'less'} CPU${range}`;
    case 'count':
      return `${subject(row, voice)} is ${size} ${more ? 'higher' : 'lower'}${range}`;
  }
}

/** "`mixed` p95 is 213 ±4 ms, at most 200 ms allowed". */
export function limitSentence(row: LimitOutcome, voice: Voice): string {
  return `${subject(row, voice)} is ${estimate(row.candidate, row.metric.unit)}, ${bound(row)} allowed`;
}

/** "at most 200 ms" or "at least 10/s": the metric's direction makes a limit a maximum or a minimum. */
export function bound(row: LimitOutcome): string {
  return `${row.metric.better === 'lower' ? 'at most' : 'at least'} ${written(row.bound, row.metric.unit)}`;
}

/** `a`, `a and b`, `a, b and 2 more`. */
export function list(items: string[], most = 3): string {
  const unique = [...new Set(items)];
  const shown = unique.slice(0, most);
  const rest = unique.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
