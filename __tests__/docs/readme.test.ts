import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parseCommandLine } from '../../src/cli/arguments.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { houseRules, lintWorkflows } from '../workflows/lint.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = [
  'README.md',
  'docs/adopt.md',
  'examples/service/README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
];
const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8');

const snippets = files.flatMap((file) =>
  [...read(file).matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => ({ file, text })),
);
const workflows = snippets.filter(({ text }) => /^jobs:/m.test(text));
const configs = snippets.filter(({ text }) => !/^jobs:/m.test(text));

test('the tables of the README are current (node scripts/generate-readme.mjs --write)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-readme.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

test('workflows in the documentation are sound, pinned and least privileged', () => {
  expect(workflows.length).toBeGreaterThan(1);
  expect(lintWorkflows(workflows.map(({ text }) => text))).toBe('');
  expect(workflows.flatMap(({ text }) => houseRules(text))).toEqual([]);
});

describe('configs in the documentation are read without a problem', () => {
  test.each(configs)('$file, %#', ({ file, text }) => {
    const config = parseConfig(text, { file, workingDirectory: '.', env: { API_TOKEN: 'x' } });
    expect(config.scenarios.length).toBeGreaterThan(0);
  });

  test('there are some', () => {
    expect(configs.length).toBeGreaterThan(2);
  });
});

describe('command lines in the documentation', () => {
  const called = /^\s*(?:npx \S*perf-baseline(?:#\w+)?|node dist\/cli\.js) ([^#\n]+)/gm;
  const lines = [...files, 'examples/chat/README.md', 'examples/micro/README.md'].flatMap((file) =>
    [...read(file).matchAll(called)].map(([, words = '']) => ({ file, words: words.trim() })),
  );

  test.each(lines)('$file: $words', ({ words }) => {
    expect(parseCommandLine(words.split(/\s+/))).toMatchObject({ type: 'command' });
  });

  test('there are some, and each says where npx gets it from', () => {
    expect(lines.length).toBeGreaterThan(8);
    expect(read('README.md')).not.toContain('npx perf-baseline');
  });
});

test('every published schema is in the README', () => {
  for (const file of readdirSync(`${root}/schema`)) expect(read('README.md')).toContain(`(schema/${file})`);
});

test.each(files)('links of %s lead somewhere', (file) => {
  const folder = file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : '';
  const targets = [...read(file).matchAll(/\]\(([^)#]+)(?:#[\w-]+)?\)/g)].map(([, target = '']) => target);
  const missing = targets.filter(
    (target) => !target.includes('://') && !existsSync(`${root}/${folder}${target}`),
  );
  expect(missing).toEqual([]);
});
