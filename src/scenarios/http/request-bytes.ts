import type { HttpRequest } from '../../domain/config.ts';
import { compileJson, compileText, plainText, type Template, type ValueSource } from '../values.ts';

/** Renders the bytes of one request of a scenario, for one target. */
export type RequestBytes = { constant: boolean; render(values: ValueSource): Buffer };

/**
 * Compiles a request for the target at `url`: its base path goes in front of the request's path, its user and
 * password become basic authentication. `captures` names the values that earlier steps capture.
 */
export function compileRequest(request: HttpRequest, url: URL, captures: ReadonlySet<string>): RequestBytes {
  const path = compilePath(request.path, url, captures);
  const headers = compileHeaders(request, url, captures);
  const body = compileBody(request, captures);
  const sendsLength = request.body !== undefined || /^(?:POST|PUT|PATCH)$/i.test(request.method);
  const ownLength = hasHeader(request, 'content-length') || hasHeader(request, 'transfer-encoding');
  const render = (values: ValueSource): Buffer => {
    const content = Buffer.from(body.render(values));
    let head = `${request.method} ${path.render(values)} HTTP/1.1\r\n${headers.render(values)}`;
    if (sendsLength && !ownLength) head += `Content-Length: ${content.length}\r\n`;
    return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), content]);
  };
  return { constant: path.constant && headers.constant && body.constant, render };
}

/** A value is one component of the path, percent-encoded: an identifier with a slash must not become another route. */
function compilePath(path: string, url: URL, captures: ReadonlySet<string>): Template {
  const base = url.pathname.replace(/\/+$/, '');
  const joined = `${base}${/^[/?]/.test(path) || path === '' ? '' : '/'}${path}`;
  const absolute = joined.startsWith('/') ? joined : `/${joined}`;
  return compileText(absolute, captures, () => (value) => percentEncode(plainText(value)), encodeIllegal);
}

/** Percent-encodes what may not stand in a request line (blanks, controls, other than ASCII), and nothing else. */
function encodeIllegal(text: string): string {
  return text.replace(/[^\x21-\x7e]/gu, (character) => percentEncode(character));
}

/** As encodeURIComponent, but a lone surrogate becomes U+FFFD instead of an exception. */
function percentEncode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

function hasHeader(request: HttpRequest, name: string): boolean {
  return Object.keys(request.headers).some((key) => key.toLowerCase() === name);
}

function contentType(request: HttpRequest): string {
  const entry = Object.entries(request.headers).find(([key]) => key.toLowerCase() === 'content-type');
  return entry?.[1].toLowerCase() ?? '';
}

/** Heads are sent in Latin-1. A line break in a value, or a character that ends up as one, would start another header. */
const oneLine = (value: unknown): string => plainText(value).replace(/[^\t\x20-\x7e\x80-\xff]+/g, ' ');

function compileHeaders(request: HttpRequest, url: URL, captures: ReadonlySet<string>): Template {
  const lines = Object.entries(request.headers).map(
    ([name, value]) => `${oneLine(name)}: ${oneLine(value)}\r\n`,
  );
  if (!hasHeader(request, 'host')) lines.unshift(`Host: ${url.host}\r\n`);
  if (!hasHeader(request, 'connection')) lines.push('Connection: keep-alive\r\n');
  if (url.username !== '' && !hasHeader(request, 'authorization')) {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    lines.push(`Authorization: Basic ${Buffer.from(credentials).toString('base64')}\r\n`);
  }
  return compileText(lines.join(''), captures, () => oneLine);
}

function compileBody(request: HttpRequest, captures: ReadonlySet<string>): Template {
  const text = request.body ?? '';
  const type = contentType(request);
  if (type.includes('json') || (type === '' && isJson(text))) return compileJson(text, captures);
  if (type.includes('x-www-form-urlencoded')) {
    return compileText(text, captures, () => (value) => percentEncode(plainText(value)));
  }
  return compileText(text, captures);
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
