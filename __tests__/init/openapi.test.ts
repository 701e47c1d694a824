import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { initOf, packageJson, placeOf, written } from './repositories.ts';

const found = (document: object | string) => {
  const { plan, config } = initOf(
    placeOf({
      'package.json': packageJson({ scripts: { start: 'node server.js' } }),
      'server.js': 'createServer(x).listen(process.env.PORT);\n',
      'openapi.json': typeof document === 'string' ? document : JSON.stringify(document),
    }),
  );
  const taken = config.replace(/^ {2}# (mixed:| {2}.*)$/gm, '  $1');
  for (const text of [config, taken]) parseConfig(text, { file: 'x.yml', workingDirectory: '.', env: {} });
  return {
    requests: plan.scenarios.filter(({ why }) => why !== 'a guess').flatMap((one) => one.requests),
    left: plan.left,
    notes: plan.service.notes,
    mixed: written(taken).scenarios.mixed?.requests,
  };
};
const api = (paths: object, more: object = {}) => ({ openapi: '3.0.0', paths, ...more });
const path = (name: string, more: object) => ({ name, in: 'path', required: true, ...more });

describe('an OpenAPI document', () => {
  test.each<[string, object, string]>([
    ['an example', path('id', { example: 7 }), 'GET /pets/7'],
    ['named examples', path('id', { examples: { a: { value: 'x y/#' } } }), 'GET /pets/x%20y%2F%23'],
    ['an example of the schema', path('id', { schema: { example: 8 } }), 'GET /pets/8'],
    ['a default', path('id', { schema: { default: 9 } }), 'GET /pets/9'],
    ['an enum', path('id', { schema: { enum: ['a', 'b'] } }), 'GET /pets/a'],
  ])('%s fills a path', (_, parameter, request) => {
    expect(found(api({ '/pets/{id}': { get: { parameters: [parameter] } } })).requests).toEqual([request]);
  });

  test('a query that is required is filled, or the operation is left', () => {
    const query = { name: 'q', in: 'query', required: true };
    const paths = {
      '/a': { get: { parameters: [{ ...query, example: 'x&y' }] } },
      '/b': { get: { parameters: [query] } },
      '/c/{id}': { get: { parameters: [path('id', {})] } },
    };
    expect(found(api(paths))).toMatchObject({
      requests: ['GET /a?q=x%26y'],
      left: ['GET /b (it needs a parameter)', 'GET /c/{id}'],
    });
  });

  test('what may end something or streams is left, and what changes something', () => {
    const stream = { responses: { 200: { content: { 'text/event-stream': {} } } } };
    const paths = {
      '/ok': { get: {} },
      '/logout': { get: {} },
      '/internal/x': { get: {} },
      '/e': { get: stream },
      '/pets/{id}': { delete: { parameters: [path('id', { example: 3 })] } },
    };
    expect(found(api(paths))).toMatchObject({
      requests: ['GET /ok'],
      left: [
        'GET /logout (its name says that it may end or remove something)',
        'GET /internal/x (its name says that it is not for everybody)',
        'GET /e (it streams without end)',
        'DELETE /pets/3',
      ],
    });
  });

  test('an example of a body is suggested', () => {
    const requestBody = { content: { 'application/json': { example: { name: 'Rex: #1', tags: ['a'] } } } };
    expect(found(api({ '/ok': { get: {} }, '/pets': { post: { requestBody } } }))).toMatchObject({
      left: ['POST /pets'],
      mixed: [{ path: '/pets', json: { name: 'Rex: #1', tags: ['a'] }, expect: { status: '2xx' } }],
    });
  });

  test('the header of a key is that of the document', () => {
    const components = { securitySchemes: { k: { type: 'apiKey', in: 'header', name: 'X-Key' } } };
    const get = { security: [{ k: [] }] };
    const { notes, left } = found(api({ '/ok': { get: {} }, '/a': { get }, '/b': { get } }, { components }));
    expect(notes).toEqual([
      // biome-ignore format: one sentence
      '2 GET operations of openapi.json need a key and are left out: headers: { X-Key: "${env:API_KEY}" } sends one',
    ]);
    expect(left).toEqual(['GET /a (it needs a key)', 'GET /b (it needs a key)']);
  });

  test.each([
    ['openapi: [\n', 'it is no valid YAML or JSON'],
    [
      `openapi: "3"\na: &a [x, x]\n${'bcdefghij'.replace(/./g, (b) => `${b}: &${b} [*${String.fromCharCode(b.charCodeAt(0) - 1)}, *${String.fromCharCode(b.charCodeAt(0) - 1)}, *${String.fromCharCode(b.charCodeAt(0) - 1)}]\n`)}paths: {}`,
      'its aliases expand without end',
    ],
  ])('that cannot be read is said (%#)', (text, why) => {
    expect(found(text).notes).toEqual([`openapi.json was not read: ${why}`]);
  });
});
