import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { HttpRequest } from '../../../src/domain/config.ts';
import { UsageError } from '../../../src/domain/errors.ts';
import { type Answer, compileJudge } from '../../../src/scenarios/http/judgement.ts';
import { request } from './bench.ts';

const any = [{ from: 100, to: 599 }];
const answer = (body: string | Buffer, status = 200, headers: string[] = []): Answer => ({
  status,
  headers,
  body: [Buffer.from(body)],
});
const judged = (
  changes: Partial<HttpRequest>,
  given: Answer,
): [string | undefined, Record<string, unknown>] => {
  const captured = new Map<string, unknown>();
  const kind = compileJudge(request(changes)).judge(given, captured);
  return [kind, Object.fromEntries(captured)];
};

describe('the status', () => {
  test.each([
    [200, undefined],
    [399, undefined],
    [404, '4xx'],
    [500, '5xx'],
    [101, 'status'],
    [600, 'status'],
  ])('%d by default', (status, kind) => {
    expect(judged({}, answer('', status))[0]).toBe(kind);
  });

  test('an expected 404 is no error, an unexpected 200 is one', () => {
    const expect404 = { expect: { status: [{ from: 404, to: 404 }], graphql: false } };
    expect(judged(expect404, answer('', 404))[0]).toBeUndefined();
    expect(judged(expect404, answer('', 200))[0]).toBe('status');
  });
});

describe('the body', () => {
  test.each([
    [{ type: 'contains' as const, text: 'needle' }, 'hay needle', undefined],
    [{ type: 'contains' as const, text: 'needle' }, 'hay', 'body'],
    [{ type: 'matches' as const, pattern: '^a+$' }, 'aaa', undefined],
    [{ type: 'matches' as const, pattern: '^a+$' }, 'aab', 'body'],
    [{ type: 'json' as const, subset: { ok: true } }, '{"ok":true,"more":1}', undefined],
    [{ type: 'json' as const, subset: { ok: true } }, '{"ok":false}', 'body'],
    [{ type: 'json' as const, subset: {} }, 'not JSON', 'body'],
    [{ type: 'json' as const, subset: {} }, '', 'body'],
  ])('%j on %j', (body, text, kind) => {
    expect(judged({ expect: { status: any, graphql: false, body } }, answer(text))[0]).toBe(kind);
  });

  test('a compressed body is read, a broken one is unexpected', () => {
    const expectation = {
      expect: { status: any, graphql: false, body: { type: 'contains', text: 'é' } },
    } as const;
    const changes = { expect: { ...expectation.expect, status: [...any] } };
    expect(judged(changes, answer(gzipSync('é'), 200, ['Content-Encoding', 'gzip']))[0]).toBeUndefined();
    expect(
      judged(changes, answer(deflateSync('é'), 200, ['content-encoding', 'deflate']))[0],
    ).toBeUndefined();
    expect(judged(changes, answer('é', 200, ['content-encoding', 'gzip']))[0]).toBe('body');
    expect(judged(changes, answer('é', 200, ['content-encoding', 'zip']))[0]).toBe('body');
  });

  test('is only kept when something is to be read from it', () => {
    expect(compileJudge(request()).readsBody).toBe(false);
    expect(compileJudge(request({ capture: { id: '$.id' } })).readsBody).toBe(true);
  });
});

describe('GraphQL', () => {
  const graphql = { expect: { status: any, graphql: true } };
  test.each([
    ['{"data":{}}', undefined],
    ['{"data":null,"errors":[{"message":"no"}]}', 'graphql'],
    ['{"data":{},"errors":[]}', undefined],
    ['[{"data":{}},{"errors":[{}]}]', 'graphql'],
    ['<html>', 'body'],
  ])('%s', (text, kind) => {
    expect(judged(graphql, answer(text))[0]).toBe(kind);
  });
});

describe('captures', () => {
  test('are put aside for later steps', () => {
    const capture = { id: '$.id', name: '$.items[0]' };
    expect(judged({ capture }, answer('{"id":0,"items":["x"]}'))).toEqual([undefined, { id: 0, name: 'x' }]);
  });

  test.each(['{}', '{"id":null}', 'no JSON'])('one that is not in %s fails the request', (text) => {
    expect(judged({ capture: { id: '$.id' } }, answer(text))[0]).toBe('capture');
  });

  test('nothing is captured from an unexpected answer', () => {
    expect(judged({ capture: { id: '$.id' } }, answer('{"id":1}', 500))).toEqual(['5xx', {}]);
  });

  test('a path or pattern that cannot be read is the config’s mistake', () => {
    expect(() => compileJudge(request({ capture: { id: 'id' } }))).toThrow(UsageError);
  });
});
