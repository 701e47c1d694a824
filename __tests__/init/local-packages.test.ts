import { expect, test } from '@jest/globals';
import { type Files, initOf, packageJson, placeOf, written } from './repositories.ts';

const tsc = { build: 'tsc' };
const ROOT: Files = {
  'package.json': packageJson({
    workspaces: ['apps/*', './packages/**', '!packages/old'],
    devDependencies: { typescript: '5' },
  }),
  'package-lock.json': '{}',
  'packages/util/package.json': packageJson({
    name: '@acme/util',
    scripts: tsc,
    dependencies: { '@acme/core': '*', '@acme/plain': '*' },
  }),
  'packages/in/core/package.json': packageJson({
    name: '@acme/core',
    scripts: tsc,
    dependencies: { '@acme/util': '*' },
  }),
  'packages/plain/package.json': packageJson({ name: '@acme/plain' }),
  'packages/old/package.json': packageJson({ name: '@acme/old', scripts: tsc }),
};
const API: Files = {
  'package.json': packageJson({
    name: '@acme/api',
    scripts: { ...tsc, start: 'node dist/index.js' },
    dependencies: { '@acme/util': '*', '@acme/old': '*', fastify: '5' },
  }),
};
const setup = (root: Files, api = API, within = 'apps/api') =>
  written(initOf(placeOf(api, [{}, root], within)).config).target.setup;
const { 'package-lock.json': _, ...unlocked } = ROOT;
const lockedBy = (file: string): Files => ({ ...unlocked, [file]: '' });

test.each<[string, Files, string]>([
  [
    'npm',
    ROOT,
    'npm --prefix ../.. ci && npm --prefix ../../packages/in/core run build && npm --prefix ../../packages/util run build && npm run build',
  ],
  [
    'npm, without a lock file',
    unlocked,
    'npm --prefix ../.. install && npm --prefix ../../packages/in/core run build && npm --prefix ../../packages/util run build && npm run build',
  ],
  [
    'pnpm',
    {
      ...lockedBy('pnpm-lock.yaml'),
      'package.json': packageJson({}),
      'pnpm-workspace.yaml': 'packages: ["apps/*", "packages/**"]',
    },
    'pnpm install --frozen-lockfile && pnpm --filter @acme/api^... run build && pnpm run build',
  ],
  [
    'yarn',
    lockedBy('yarn.lock'),
    'yarn install --frozen-lockfile && yarn workspace @acme/core run build && yarn workspace @acme/util run build && yarn run build',
  ],
])('what a package of a workspace depends on is built before it, by %s', (_, root, expected) => {
  expect(setup(root)).toBe(expected.replace('@acme/api^...', "'@acme/api^...'"));
});

test('what the root alone has is installed for a package without dependencies', () => {
  const bare = { 'package.json': packageJson({ scripts: { ...tsc, start: 'node dist/index.js' } }) };
  expect(setup(unlocked, bare)).toBe('npm --prefix ../.. install && npm run build');
});

test('a package that no pattern names, or with a lock file of its own, is on its own', () => {
  expect(setup(ROOT, API, 'tools/api')).toBe('npm ci && npm run build');
  expect(setup(ROOT, { ...API, 'package-lock.json': '{}' })).toBe('npm ci && npm run build');
});

test.each(['[', '{"workspaces":1}', '{"workspaces":[1,null]}', '{"workspaces":{"packages":"x"}}'])(
  'a root that holds %s is no workspace',
  (text) => expect(setup({ ...ROOT, 'package.json': text })).toBe('npm ci && npm run build'),
);

test('the package manager may be stated at the root alone', () => {
  const root = {
    'package.json': packageJson({ packageManager: 'pnpm@9.7.0' }),
    'pnpm-workspace.yaml': 'packages: [apps/*]',
  };
  const plain = { 'package.json': packageJson({ scripts: { ...tsc, start: 'node dist/index.js' } }) };
  expect(setup(root, plain)).toBe('pnpm run build');
  expect(
    setup(
      { ...root, 'package.json': packageJson({ packageManager: 'pnpm@9', devDependencies: { a: '1' } }) },
      plain,
    ),
  ).toBe('pnpm install && pnpm run build');
});
