import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { HttpRequest } from '../../domain/config.ts';
import { UsageError } from '../../domain/errors.ts';
import { parseJsonPath, readJsonPath } from '../json-path.ts';
import { containsJson } from '../json-subset.ts';

/** Kinds of error, as they are counted. `unsent`: of an open loop, never sent because nothing could be connected. */
export type ErrorKind =
  | 'connect'
  | 'reset'
  | 'lost'
  | 'timeout'
  | 'protocol'
  | '4xx'
  | '5xx'
  | 'status'
  | 'body'
  | 'graphql'
  | 'capture'
  | 'unsent';

export type Answer = { status: number; headers: readonly string[]; body: readonly Buffer[] };

/** Judges the answers to one request. `readsBody` says whether the bytes of the body need to be kept at all. */
export type Judge = {
  readsBody: boolean;
  /** The kind of error, or undefined for an expected answer, whose captures were then put into `captured`. */
  judge(answer: Answer, captured: Map<string, unknown>): ErrorKind | undefined;
};

/** Larger bodies are not kept for matching: they are unexpected. */
export const MAX_MATCHED_BODY = 32 * 1024 * 1024;

/** Compiles a request's expectations. Throws a UsageError for a pattern or JSON path that cannot be read. */
export function compileJudge(request: HttpRequest): Judge {
  const { expect } = request;
  const matches = compileBodyExpectation(request);
  const captures = Object.entries(request.capture).map(([name, path]) => ({
    name,
    path: parseJsonPath(path),
  }));
  const readsBody = matches !== undefined || expect.graphql || captures.length > 0;
  const statusExpected = (status: number): boolean =>
    expect.status.some(({ from, to }) => status >= from && status <= to);

  const judgeBody = (answer: Answer, captured: Map<string, unknown>): ErrorKind | undefined => {
    const text = bodyText(answer);
    if (text === undefined) return 'body';
    if (matches && !matches(text)) return 'body';
    if (!expect.graphql && captures.length === 0) return undefined;
    const json = parse(text);
    if (expect.graphql) {
      if (json === undefined || typeof json !== 'object' || json === null) return 'body';
      if (hasGraphqlErrors(json)) return 'graphql';
    }
    for (const { name, path } of captures) {
      const value = readJsonPath(json, path);
      if (value === undefined || value === null) return 'capture';
      captured.set(name, value);
    }
    return undefined;
  };

  return {
    readsBody,
    judge: (answer, captured) => {
      if (!statusExpected(answer.status)) return statusKind(answer.status);
      return readsBody ? judgeBody(answer, captured) : undefined;
    },
  };
}

function statusKind(status: number): ErrorKind {
  if (status >= 400 && status <= 499) return '4xx';
  if (status >= 500 && status <= 599) return '5xx';
  return 'status';
}

function compileBodyExpectation(request: HttpRequest): ((text: string) => boolean) | undefined {
  const { body } = request.expect;
  if (body === undefined) return undefined;
  switch (body.type) {
    case 'contains':
      return (text) => text.includes(body.text);
    case 'matches': {
      const pattern = compilePattern(request.name, body.pattern);
      return (text) => pattern.test(text);
    }
    case 'json':
      return (text) => {
        const json = parse(text);
        return json !== undefined && containsJson(json, body.subset);
      };
  }
}

function compilePattern(name: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new UsageError(`request "${name}": the pattern of expect.body.matches is no regular expression`);
  }
}

function hasGraphqlErrors(json: object): boolean {
  const answers = Array.isArray(json) ? json : [json];
  return answers.some((answer) => Array.isArray(answer?.errors) && answer.errors.length > 0);
}

/** The parsed text, or undefined when it is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** The body as UTF-8 text, decompressed; undefined when it cannot be, or is too long. Decoded once, as a whole. */
function bodyText(answer: Answer): string | undefined {
  const bytes = answer.body.length === 1 && answer.body[0] ? answer.body[0] : Buffer.concat(answer.body);
  if (bytes.length > MAX_MATCHED_BODY) return undefined;
  const encoding = headerOf(answer.headers, 'content-encoding').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return bytes.toString('utf8');
  const decode = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[
    encoding
  ];
  try {
    return decode?.(bytes, { maxOutputLength: MAX_MATCHED_BODY }).toString('utf8');
  } catch {
    return undefined;
  }
}

function headerOf(headers: readonly string[], name: string): string {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === name) return headers[i + 1] ?? '';
  }
  return '';
}
