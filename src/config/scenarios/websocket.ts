import type { MessagePattern, OutgoingMessage, WebSocketScenario } from '../../domain/config.ts';
import { websocketMetrics } from '../../domain/metric-catalogue.ts';
import type { Path } from '../document.ts';
import { parseDuration, parseRate } from '../quantity.ts';
import { checkTemplates, mapTexts, textsOf } from '../templates.ts';
import { asciiPath, checkHeaders, writtenHeaders } from './headers.ts';
import type { ScenarioContext, ScenarioReader } from './scenario.ts';
import { isUniqueTemplate, readId, withoutId } from './websocket-id.ts';
import { type RawPattern, type RawWebSocket, websocketKeys } from './websocket-schema.ts';

type Fill = (text: string) => string;
type Fields = Omit<WebSocketScenario, 'name' | 'load' | 'criteria' | 'limits' | 'maxErrors'>;

const DEFAULTS = { path: '/', connections: 10, timeoutMs: 10_000, inFlight: 1 };
const STAGES = ['send', 'subscribe', 'confirm', 'receive', 'reconnect'] as const;
const HANDSHAKE = {
  names: /^(?:connection|upgrade|content-length|transfer-encoding|sec-websocket-.*)$/,
  why: 'no header of the handshake itself; subprotocols have a key of their own',
};

export const websocketReader: ScenarioReader = {
  type: 'websocket',
  keys: websocketKeys,
  read(shaped, context) {
    const raw = shaped as RawWebSocket;
    checkStages(raw, context);
    checkOpening(raw, context);
    checkMessages(raw, context);
    for (const key of ['expect', 'confirm', 'receive'] as const) checkPattern(raw, key, context);
    const fields = fieldsOf(raw, context, (text) => context.environment.fill(text));
    return {
      fields,
      parts: [],
      metrics: websocketMetrics(fields),
      load: fieldsOf(raw, context, (text) => text),
    };
  },
};

/** Keys that mean nothing without another, or against it. */
function checkStages(raw: RawWebSocket, { path, problems, lacks }: ScenarioContext): void {
  const needs = (key: keyof RawWebSocket, other: keyof RawWebSocket, why: string): void => {
    if (raw[key] !== undefined && lacks(other)) problems.value([...path, other], why);
  };
  const excludes = (key: keyof RawWebSocket, other: keyof RawWebSocket, expected: string): void => {
    if (raw[key] !== undefined && raw[other] !== undefined)
      problems.value([...path, key], expected, `cannot stand beside ${other}`);
  };
  if (lacks(...STAGES))
    problems.value([...path, 'send'], 'something to do: send, subscribe, receive or reconnect');
  needs('expect', 'send', 'the message that is answered so');
  needs('rate', 'send', 'the message to send at this rate');
  needs('in-flight', 'send', 'the message to have in flight');
  needs('id', 'expect', 'what the answer with the id is like');
  needs('timestamp', 'receive', 'which messages hold the timestamp, or true for all');
  if (raw.send !== undefined && lacks('expect')) {
    if (lacks('receive')) problems.value([...path, 'expect'], 'what the answer to send is like');
    else
      needs('send', 'rate', 'a rate, such as 200/s: without an answer to wait for, nothing else paces send');
  }
  if (raw.subscribe !== undefined && lacks(...STAGES.filter((stage) => stage !== 'subscribe')))
    problems.value([...path, 'confirm'], 'what confirms subscribe: nothing else would be measured');
  excludes('in-flight', 'rate', 'either in-flight (closed loop) or rate (open loop)');
  excludes('ramp', 'connect-rate', 'either ramp or connect-rate');
}

function checkOpening(raw: RawWebSocket, context: ScenarioContext): void {
  const { path, problems, environment } = context;
  if (raw.path !== undefined) {
    checkTemplates(problems, raw.path, [...path, 'path'], []);
    environment.check(problems, raw.path, [...path, 'path'], { lines: false, templates: false });
  }
  checkHeaders(raw.headers, [...path, 'headers'], [], HANDSHAKE, context);
  const offered = (raw.subprotocols ?? []).filter((name) => name !== null);
  for (const [index, name] of offered.entries())
    if (offered.indexOf(name) !== index)
      problems.value([...path, 'subprotocols', index], 'each subprotocol once', 'is offered already');
}

function checkMessages(raw: RawWebSocket, { path, problems, environment }: ScenarioContext): void {
  for (const key of ['send', 'subscribe'] as const) {
    checkTemplates(problems, raw[key], [...path, key], []);
    environment.check(problems, raw[key], [...path, key], { lines: true, templates: false });
  }
}

function checkPattern(
  raw: RawWebSocket,
  key: 'expect' | 'confirm' | 'receive',
  context: ScenarioContext,
): void {
  const { path, problems, environment } = context;
  const pattern = raw[key];
  if (pattern === undefined || pattern === true) return;
  const at = [...path, key];
  environment.check(problems, pattern, at, { lines: true, templates: false });
  const regex = regexOf(pattern);
  if (regex !== undefined) {
    if (typeof regex !== 'string') problems.value([...at, 'matches'], 'a regular expression');
    else checkRegex(regex, [...at, 'matches'], problems);
    return;
  }
  if (key === 'expect' && !isIdUnsure(raw, context)) readId(raw, path, problems);
  for (const [text, place] of textsOf(pattern, at)) {
    const other = /\$\{(?!env:)[^}]*\}/.exec(text)?.[0];
    const told =
      key === 'expect' && (typeof pattern === 'string' ? other === '${counter}' : isUniqueTemplate(text));
    if (other !== undefined && !told)
      problems.value(place, 'text without templates', `has ${other}: it is compared as written`);
  }
}

/** Whether something of what tells the id was written, but wrong. */
function isIdUnsure(raw: RawWebSocket, { leftOut, lacks }: ScenarioContext): boolean {
  return (['send', 'expect', 'id'] as const).some(
    (key) => leftOut.some(([first]) => first === key) || (raw[key] === undefined && !lacks(key)),
  );
}

function checkRegex(regex: string, at: Path, problems: ScenarioContext['problems']): void {
  try {
    new RegExp(regex);
  } catch (error) {
    problems.value(at, 'a regular expression', (error as Error).message);
  }
}

/** Of a mapping that has `matches` and nothing else. */
function regexOf(pattern: RawPattern): unknown {
  const keys = typeof pattern === 'object' ? Object.keys(pattern) : [];
  return keys.length === 1 && keys[0] === 'matches' ? (pattern as { matches: unknown }).matches : undefined;
}

function fieldsOf(raw: RawWebSocket, { source, path }: ScenarioContext, fill: Fill): Fields {
  const connections = raw.connections ?? DEFAULTS.connections;
  const rampMs = durationOf(raw.ramp);
  const connectRate = rampMs === undefined ? rateOf(raw['connect-rate']) : (connections * 1000) / rampMs;
  const rate = rateOf(raw.rate);
  const id = readId(raw, path, undefined);
  const expect = raw.expect === undefined ? undefined : patternOf(withoutId(raw), fill);
  return {
    type: 'websocket',
    path: asciiPath(fill(raw.path ?? DEFAULTS.path)),
    headers: Object.fromEntries(writtenHeaders(raw.headers, [...path, 'headers'], source, fill)),
    subprotocols: (raw.subprotocols ?? []).filter((name) => name !== null),
    connections,
    ...(connectRate === undefined ? {} : { connectRate }),
    timeoutMs: durationOf(raw.timeout) ?? DEFAULTS.timeoutMs,
    ...(raw.send === undefined ? {} : { send: messageOf(raw.send, fill) }),
    ...(expect === undefined ? {} : { expect }),
    ...(id === undefined ? {} : { id }),
    ...(rate === undefined ? {} : { rate }),
    inFlight: raw['in-flight'] ?? DEFAULTS.inFlight,
    ...(raw.subscribe === undefined ? {} : { subscribe: messageOf(raw.subscribe, fill) }),
    ...(raw.confirm === undefined ? {} : { confirm: patternOf(raw.confirm, fill) }),
    ...(raw.receive === undefined
      ? {}
      : { receive: raw.receive === true ? { type: 'any' as const } : patternOf(raw.receive, fill) }),
    ...(raw.timestamp === undefined ? {} : { timestamp: raw.timestamp }),
    ...(raw.reconnect === undefined ? {} : { reconnect: reconnectOf(raw.reconnect) }),
  };
}

const durationOf = (text: string | undefined) => (text === undefined ? undefined : parseDuration(text));
const rateOf = (value: string | number | undefined) => (typeof value === 'string' ? parseRate(value) : value);

function reconnectOf(raw: NonNullable<RawWebSocket['reconnect']>): NonNullable<Fields['reconnect']> {
  return 'every' in raw ? { by: 'client', everyMs: parseDuration(raw.every) ?? 0 } : { by: 'server' };
}

/** Filled in before it becomes JSON text, so that a quote in a secret cannot break out of its string. */
function messageOf(raw: NonNullable<RawWebSocket['send']>, fill: Fill): OutgoingMessage {
  if (typeof raw === 'string') return { format: 'text', text: fill(raw) };
  return { format: 'json', text: JSON.stringify(mapTexts(raw, fill)) };
}

function patternOf(raw: RawPattern, fill: Fill): MessagePattern {
  if (typeof raw === 'string') return { type: 'contains', text: fill(raw) };
  const regex = regexOf(raw);
  if (regex !== undefined) return { type: 'matches', pattern: fill(String(regex)) };
  const keys = Object.keys(raw);
  const subset = keys.length === 1 && keys[0] === 'json' ? (raw as { json: unknown }).json : raw;
  return { type: 'json', subset: mapTexts(subset, fill) };
}
