import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Files, initOf, packageJson, placeOf } from './repositories.ts';

const SERVICE: Files = {
  'package.json': packageJson({ scripts: { start: 'node server.js' } }),
  'server.js': 'x.listen(process.env.PORT)',
};
const notes = (files: Files, above: Files[] = [], within = '.') =>
  initOf(placeOf(files, above, within)).plan.service.notes;

describe('what a runner does not have is told', () => {
  test('a token of the registry', () => {
    const npmrc = '//registry.example/:_authToken=${NPM_TOKEN}\n';
    const note = expect.stringMatching(
      /^\.npmrc reads NPM_TOKEN .*env: \{ NPM_TOKEN: "\$\{\{ secrets\.NPM_TOKEN \}\}" \}/,
    );
    expect(notes({ ...SERVICE, '.npmrc': npmrc })).toEqual([note]);
    expect(notes(SERVICE, [{}, { '.npmrc': npmrc }], 'apps/api')).toEqual([note]);
    expect(notes({ ...SERVICE, '.npmrc': 'save-exact=true\n' })).toEqual([]);
  });

  test('the database of Prisma', () => {
    const schema = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n';
    expect(notes({ ...SERVICE, 'prisma/schema.prisma': schema })).toEqual([
      expect.stringMatching(/^prisma\/schema\.prisma reads DATABASE_URL .*target\.env.*migrate deploy/),
    ]);
  });

  test('the gems of a Procfile in Ruby', () => {
    const files = { Procfile: 'web: bundle exec puma -p $PORT\n', Gemfile: '', '.ruby-version': '3.4.1\n' };
    expect(notes(files)).toEqual([expect.stringMatching(/Gemfile.*setup: bundle install.*ruby\/setup-ruby/)]);
  });
});

describe('the version of the runtime', () => {
  const step = (files: Files, above: Files[] = [], within = '.') =>
    parse(initOf(placeOf(files, above, within)).workflow).jobs.perf.steps[1];
  const ci = (version: string) =>
    `jobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: ${version} }\n`;
  const file = '.github/workflows/ci.yml';

  test.each([
    ['22', '22'],
    ['"20.x"', '20.x'],
    ['lts/*', 'lts/*'],
    ['[22]', '24'],
    ['"${{ matrix.node }}"', '24'],
    ['"22 #"', '24'],
  ])('of Node is that of a workflow, where nothing else says it: %s', (version, expected) => {
    expect(step({ ...SERVICE, [file]: ci(version) }).with).toEqual({ 'node-version': expected });
    expect(step(SERVICE, [{}, { [file]: ci(version) }], 'apps/api').with).toEqual({
      'node-version': expected,
    });
  });

  test('of Node is that of a file before it', () => {
    expect(step({ ...SERVICE, '.nvmrc': '20', [file]: ci('22') }).with).toEqual({
      'node-version-file': '.nvmrc',
    });
    const { workflow } = initOf(placeOf({ ...SERVICE, [file]: ci('22') }));
    expect(workflow).toContain('# Node 22, as in .github/workflows/ci.yml');
  });

  test('of Node is the newest of a matrix', () => {
    const matrix = `jobs:\n  a:\n    strategy: { matrix: { node: [18, 22, 20] } }\n    steps:\n      - uses: actions/setup-node@v4\n        with: { node-version: "\${{ matrix.node }}" }\n`;
    expect(step({ ...SERVICE, [file]: matrix }).with).toEqual({ 'node-version': '22' });
  });
});
