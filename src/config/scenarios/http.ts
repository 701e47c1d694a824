import type { BodyExpectation, HttpRequest, HttpScenario, StatusRange } from '../../domain/config.ts';
import { metricCatalogue } from '../../domain/metric-catalogue.ts';
import type { Path } from '../document.ts';
import { parseDuration, parseRate } from '../quantity.ts';
import { checkTemplates, isReservedName, mapTexts, textsOf } from '../templates.ts';
import { asciiPath, checkHeaders, writtenHeaders } from './headers.ts';
import { areCapturesUnsure, areNamesSure, wrongCaptures } from './http-left-out.ts';
import { httpKeys, type RawHttp, type RawRequest } from './http-schema.ts';
import type { ScenarioContext, ScenarioReader } from './scenario.ts';

type Fill = (text: string) => string;
type Entry = { raw: RawRequest; path: Path; name: string };

const DEFAULTS = { connections: 10, timeoutMs: 10_000, status: [{ from: 200, to: 399 }] };
const FRAMING = {
  names: /^(?:content-length|transfer-encoding)$/,
  why: 'no framing headers: the length follows from the body',
};

export const httpReader: ScenarioReader = {
  type: 'http',
  keys: httpKeys,
  read(shaped, context) {
    const raw = shaped as RawHttp;
    const { entries, mode } = entriesOf(raw, context);
    checkHeaders(raw.headers, [...context.path, 'headers'], [], FRAMING, context);
    checkRequests(entries, mode, context);
    const fields = fieldsOf(raw, entries, mode, context, (text) => context.environment.fill(text));
    const { requests, ...load } = fieldsOf(raw, entries, mode, context, (text) => text);
    return {
      fields,
      parts: areNamesSure(entries, mode, context) ? entries.map(({ name }) => name) : null,
      load: { ...load, requests: requests.map(({ name: _, ...request }) => request) },
    };
  },
};

function entriesOf(raw: RawHttp, { path, problems, lacks }: ScenarioContext) {
  const mode = raw.steps === undefined ? ('requests' as const) : ('steps' as const);
  const list = raw.steps ?? raw.requests;
  if (lacks('requests', 'steps'))
    problems.value([...path, 'requests'], 'requests or steps, with what to send');
  if (raw.steps !== undefined && raw.requests !== undefined)
    problems.value([...path, 'requests'], 'either requests or steps', 'cannot stand beside steps');
  const unnamed = (list ?? []).flatMap((item: string | RawRequest | null, index) =>
    item === null
      ? []
      : {
          raw: typeof item === 'string' ? fromShorthand(item) : withPath(item),
          path: [...path, mode, index],
        },
  );
  return { entries: named(unnamed), mode };
}

function fromShorthand(text: string): RawRequest {
  const [method, path] = text.split(' ');
  return path === undefined ? { path: text } : { method: method as string, path };
}

/** One whose path was wrong is read for its further problems. */
const withPath = (item: RawRequest): RawRequest => ({ ...item, path: item.path ?? '/' });

/** Requests without a name get method and path, and a number where that is taken. */
function named(entries: Omit<Entry, 'name'>[]): Entry[] {
  const taken = new Set(entries.flatMap(({ raw }) => raw.name ?? []));
  return entries.map((entry) => {
    if (entry.raw.name !== undefined) return { ...entry, name: entry.raw.name };
    const base = defaultName(entry.raw);
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} (${n})`;
    taken.add(name);
    return { ...entry, name };
  });
}

function defaultName(raw: RawRequest): string {
  const operation =
    raw.graphql?.['operation-name'] ?? /^\s*(?:query|mutation)\s+(\w+)/.exec(raw.graphql?.query ?? '')?.[1];
  const path = raw.path.length > 100 ? `${raw.path.slice(0, 100)}…` : raw.path;
  return [methodOf(raw), path, ...(operation === undefined ? [] : [operation])].join(' ');
}

function methodOf(raw: RawRequest): string {
  const hasBody = raw.json !== undefined || raw.body !== undefined || raw.graphql !== undefined;
  return raw.method ?? (hasBody ? 'POST' : 'GET');
}

function checkRequests(entries: Entry[], mode: 'requests' | 'steps', context: ScenarioContext): void {
  const { problems } = context;
  const metrics = metricCatalogue.http.scenario.map(({ name }) => name);
  const seen = new Set<string>();
  const captured: string[] | null = mode === 'steps' && areCapturesUnsure(context) ? null : [];
  for (const { raw, path, name } of entries) {
    if (raw.name !== undefined) {
      const at = [...path, 'name'];
      if (seen.has(name)) problems.value(at, 'a name of its own', 'is the name of another request');
      if (metrics.includes(name) || name === 'warn' || name === 'fail')
        problems.value(at, 'a name that is no metric', 'is a word of criteria and limits');
      if (name.includes('${env:')) problems.value(at, 'a name without ${env:…}, as reports show it');
      seen.add(name);
    }
    if (raw.method === 'CONNECT') problems.value([...path, 'method'], 'a method other than CONNECT');
    checkBody(raw, path, context);
    const { expect, capture, name: _, method: _m, headers, ...templated } = raw;
    checkTemplates(problems, templated, path, captured);
    context.environment.check(problems, templated.path, [...path, 'path'], {
      lines: false,
      templates: false,
    });
    const body = { json: raw.json, body: raw.body, graphql: raw.graphql };
    context.environment.check(problems, body, path, { lines: true, templates: false });
    checkHeaders(headers, [...path, 'headers'], captured, FRAMING, context);
    checkExpectation(raw, [...path, 'expect'], context);
    for (const key of Object.keys(capture ?? {})) {
      if (isReservedName(key))
        problems.key([...path, 'capture', key], [], 'another name: this one is built in');
      if (mode === 'steps') captured?.push(key);
    }
    if (mode === 'steps') captured?.push(...wrongCaptures(path.at(-1), context));
  }
}

function checkBody(raw: RawRequest, path: Path, { problems }: ScenarioContext): void {
  const given = (['json', 'body', 'graphql'] as const).filter((key) => raw[key] !== undefined);
  for (const extra of given.slice(1))
    problems.value([...path, extra], 'one of json, body and graphql', `cannot stand beside ${given[0]}`);
  if (raw.graphql !== undefined && methodOf(raw) !== 'POST')
    problems.value([...path, 'method'], 'POST, as graphql is sent');
  if (methodOf(raw) === 'HEAD' && raw.expect?.body !== undefined)
    problems.value([...path, 'expect', 'body'], 'no body to be expected: an answer to HEAD has none');
}

function checkExpectation(raw: RawRequest, path: Path, { problems, environment }: ScenarioContext): void {
  const { status, body } = raw.expect ?? {};
  const list = Array.isArray(status) ? status : status === undefined ? [] : [status];
  for (const [index, item] of list.entries()) {
    const { from, to } = statusRange(item);
    const at = [...path, 'status', ...(Array.isArray(status) ? [index] : [])];
    if (from > to) problems.value(at, 'a range from low to high');
  }
  if (body === undefined) return;
  environment.check(problems, body, [...path, 'body'], { lines: true, templates: false });
  if (typeof body === 'object' && 'matches' in body) {
    try {
      new RegExp(body.matches);
    } catch (error) {
      problems.value([...path, 'body', 'matches'], 'a regular expression', (error as Error).message);
    }
    return;
  }
  for (const [text, at] of textsOf(body, [...path, 'body'])) {
    const other = /\$\{(?!env:)[^}]*\}/.exec(text)?.[0];
    if (other !== undefined)
      problems.value(at, 'text without templates', `has ${other}: it is compared as written`);
  }
}

function fieldsOf(
  raw: RawHttp,
  entries: Entry[],
  mode: 'requests' | 'steps',
  { source, path }: ScenarioContext,
  fill: Fill,
): Omit<HttpScenario, 'name' | 'load' | 'criteria' | 'limits' | 'maxErrors'> {
  const timeoutMs = durationOf(raw.timeout) ?? DEFAULTS.timeoutMs;
  const written = (at: Path, headers: RawRequest['headers']) =>
    writtenHeaders(headers, [...at, 'headers'], source, fill);
  const shared = written(path, raw.headers);
  const requests = entries.map((entry): HttpRequest => {
    const own = written(entry.path, entry.raw.headers);
    const body = bodyOf(entry.raw, fill);
    return {
      name: entry.name,
      method: methodOf(entry.raw),
      path: asciiPath(fill(entry.raw.path)),
      headers: Object.fromEntries([...(body.headers ?? []), ...shared, ...own]),
      ...(body.text === undefined ? {} : { body: body.text }),
      weight: entry.raw.weight ?? 1,
      expect: expectOf(entry.raw, fill),
      timeoutMs: durationOf(entry.raw.timeout) ?? timeoutMs,
      capture: { ...entry.raw.capture },
    };
  });
  const rate = typeof raw.rate === 'string' ? parseRate(raw.rate) : raw.rate;
  return {
    type: 'http',
    connections: raw.connections ?? DEFAULTS.connections,
    ...(rate === undefined ? {} : { rate }),
    mode,
    requests,
  };
}

const durationOf = (text: string | undefined) => (text === undefined ? undefined : parseDuration(text));

function bodyOf(raw: RawRequest, fill: Fill): { text?: string; headers?: [string, string][] } {
  if (raw.body !== undefined) return { text: fill(raw.body) };
  const { graphql } = raw;
  const value =
    graphql === undefined
      ? raw.json
      : {
          query: graphql.query,
          ...(graphql.variables === undefined ? {} : { variables: graphql.variables }),
          ...(graphql['operation-name'] === undefined ? {} : { operationName: graphql['operation-name'] }),
        };
  if (value === undefined) return {};
  // Filled in before it becomes JSON text, so that a quote in a secret cannot break out of its string.
  return { text: JSON.stringify(mapTexts(value, fill)), headers: [['content-type', 'application/json']] };
}

function expectOf(raw: RawRequest, fill: Fill): HttpRequest['expect'] {
  const { status, body } = raw.expect ?? {};
  const list = Array.isArray(status) ? status : status === undefined ? [] : [status];
  const expected = body === undefined ? undefined : bodyExpectation(body, fill);
  return {
    status: list.length === 0 ? DEFAULTS.status.map((range) => ({ ...range })) : list.map(statusRange),
    ...(expected === undefined ? {} : { body: expected }),
    graphql: raw.graphql !== undefined,
  };
}

function bodyExpectation(
  body: NonNullable<NonNullable<RawRequest['expect']>['body']>,
  fill: Fill,
): BodyExpectation {
  if (typeof body === 'string') return { type: 'contains', text: fill(body) };
  if ('matches' in body) return { type: 'matches', pattern: fill(body.matches) };
  return { type: 'json', subset: mapTexts(body.json, fill) };
}

/** `201`, `2xx`, `2xx-3xx`, `200-299`: both ends included. */
function statusRange(item: number | string): StatusRange {
  const [low = '', high = low] = String(item).split('-');
  return { from: Number(low.replace('xx', '00')), to: Number(high.replace('xx', '99')) };
}
