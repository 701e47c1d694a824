import { describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../../src/domain/config.ts';
import { compileRequest } from '../../../src/scenarios/http/request-bytes.ts';
import { seededRandom } from '../../../src/scenarios/values.ts';
import { request } from './bench.ts';

const sent = (
  changes: Partial<HttpRequest>,
  url = 'http://host:8080',
  captured: Record<string, unknown> = {},
): { line: string; headers: string[]; body: string } => {
  const compiled = compileRequest(request(changes), new URL(url), new Set(Object.keys(captured)));
  const values = { random: seededRandom(1), counter: 1, captured: new Map(Object.entries(captured)) };
  const [head = '', body = ''] = compiled.render(values).toString().split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  return { line, headers, body };
};
const pathOf = (path: string, url?: string, captured?: Record<string, unknown>): string =>
  sent({ path }, url, captured).line.split(' ').slice(1, -1).join(' ');

describe('the path', () => {
  test.each([
    ['/x', 'http://h', '/x'],
    ['x', 'http://h', '/x'],
    ['/', 'http://h/base', '/base/'],
    ['', 'http://h/base', '/base'],
    ['', 'http://h', '/'],
    ['?a=1', 'http://h', '/?a=1'],
    ['?a=1', 'http://h/base/', '/base?a=1'],
    ['/x?a=1&b=%20', 'http://h/base/', '/base/x?a=1&b=%20'],
    ['/a b/ü', 'http://h', '/a%20b/%C3%BC'],
  ])('%j under %s is %s', (path, url, expected) => {
    expect(pathOf(path, url)).toBe(expected);
  });

  test('a captured identifier is one component', () => {
    expect(pathOf('/items/${id}', undefined, { id: 'a/b?c d' })).toBe('/items/a%2Fb%3Fc%20d');
    expect(pathOf('/items/${id}', undefined, { id: 'x HTTP/1.1\r\nEvil: 1' })).not.toMatch(/\s/);
    expect(pathOf('/items/${id}', undefined, { id: '\ud800' })).toBe('/items/%EF%BF%BD');
  });
});

describe('the head', () => {
  test('has what HTTP wants, unless it is given', () => {
    expect(sent({}).headers).toEqual(['Host: host:8080', 'Connection: keep-alive']);
    expect(sent({ headers: { host: 'other', Connection: 'close' } }).headers).toEqual([
      'host: other',
      'Connection: close',
    ]);
    expect(sent({ method: 'POST' }).headers).toContain('Content-Length: 0');
    expect(sent({ method: 'POST', body: 'ü' }).headers).toContain('Content-Length: 2');
    expect(sent({}, 'http://[::1]:80/').headers[0]).toBe('Host: [::1]');
  });

  test('user and password of the URL become basic authentication', () => {
    expect(sent({}, 'http://me:p%40ss@h').headers).toContain(
      `Authorization: Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    );
    const headers = { authorization: 'Bearer x' };
    expect(sent({ headers }, 'http://me:pw@h').headers.join()).not.toContain('Basic');
  });

  test('a value cannot start another header', () => {
    const headers = { authorization: 'Bearer ${token}' };
    const { headers: lines } = sent({ headers }, undefined, { token: 'a\r\nEvil: 1' });
    expect(lines).toContain('authorization: Bearer a Evil: 1');
    // U+010A would become a line feed in Latin-1.
    expect(sent({ headers }, undefined, { token: 'a\u010aEvil: 1' }).headers).toContain(
      'authorization: Bearer a Evil: 1',
    );
  });
});

describe('the body', () => {
  test('is escaped as its kind wants it', () => {
    const nasty = { v: 'a"&=é' };
    expect(sent({ method: 'POST', body: '{"v":"${v}"}' }, undefined, nasty).body).toBe('{"v":"a\\"&=é"}');
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(sent({ method: 'POST', headers: form, body: 'v=${v}' }, undefined, nasty).body).toBe(
      'v=a%22%26%3D%C3%A9',
    );
    const plain = { 'content-type': 'text/plain' };
    expect(sent({ method: 'POST', headers: plain, body: '"${v}"' }, undefined, nasty).body).toBe('"a"&=é"');
  });

  test('its length is that of the rendered bytes', () => {
    const { headers, body } = sent({ method: 'POST', body: '{"v":"${v}"}' }, undefined, { v: '€€' });
    expect(headers).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  });

  test('a request without values is constant', () => {
    const compiled = compileRequest(request({ path: '/${PORT}' }), new URL('http://h'), new Set());
    expect(compiled.constant).toBe(true);
  });
});
