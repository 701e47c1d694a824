import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
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

test.each(files)('links of %s lead somewhere', (file) => {
  const folder = file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : '';
  const targets = [...read(file).matchAll(/\]\(([^)#]+)(?:#[\w-]+)?\)/g)].map(([, target = '']) => target);
  const missing = targets.filter(
    (target) => !target.includes('://') && !existsSync(`${root}/${folder}${target}`),
  );
  expect(missing).toEqual([]);
});
