import { describe, expect, test } from '@jest/globals';
import { choiceOf, choiceWords } from '../../src/init/choice.ts';
import { type Files, packageJson, REPOSITORIES, treeOf } from './repositories.ts';

const inFolder = (folder: string, files: Files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const node = (folder: string, scripts: Record<string, string>, name = folder) =>
  inFolder(folder, {
    'package.json': packageJson({ name, scripts }),
    'server.js': 'app.listen(process.env.PORT)',
  });
const start = { start: 'node server.js' };
const choose = (files: Files) => choiceOf(treeOf(files));

describe('the folder that is measured where the root has no service', () => {
  test.each<[string, Files, string]>([
    ['the only one', node('backend', start), 'backend'],
    ['in Python', inFolder('backend', REPOSITORIES.fastapi), 'backend'],
    [
      'beside a page',
      { ...node('api', start), ...node('web', { dev: 'vite', preview: 'vite preview' }) },
      'api',
    ],
    [
      'beside React',
      { ...node('backend', start), ...node('frontend', { start: 'react-scripts start' }) },
      'backend',
    ],
    ['beside examples', { ...node('svc', start), ...node('examples/server', start) }, 'svc'],
  ])('%s', (_, files, folder) => {
    expect(choose(files)).toMatchObject({ folder: { value: folder } });
  });

  test.each([
    'yarn workspace users start',
    'yarn workspace "users" run start',
    'npm start -w users',
    'npm run start --workspace=services/users',
    'pnpm --filter users start',
    'pnpm -F ./services/users... start',
    'turbo run start --filter=users',
    'nx serve users',
  ])('the one that the root starts: %s', (script) => {
    const files = {
      'package.json': packageJson({ scripts: { start: script } }),
      ...node('services/orders', start, 'orders'),
      ...node('services/users', start, 'users'),
    };
    expect(choose(files)).toEqual({
      folder: { value: 'services/users', why: 'the script "start" of package.json starts it' },
    });
  });

  test('is one of several, and the command for each is said', () => {
    const choice = choose({ ...node('b c', start), ...node('a', start) });
    expect(choice).toMatchObject({ among: [{ value: 'a' }, { value: 'b c' }] });
    if (choice === null || !('among' in choice)) throw new Error('no choice');
    const words = choiceWords(choice.among, (folder) => `init --working-directory ${folder}`).split('\n');
    expect(words.slice(1)).toEqual([
      expect.stringContaining('init --working-directory a '),
      expect.stringContaining("init --working-directory 'b c' "),
    ]);
  });

  test.each<[string, Files]>([
    ['nothing', {}],
    ['pages', node('web', { dev: 'vite' })],
    ['examples', node('examples/server', start)],
    ['what cannot be started', { 'lib/package.json': '{"scripts":{"dev":""}}' }],
  ])('is none of %s', (_, files) => expect(choose(files)).toBeNull());
});
