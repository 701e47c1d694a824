import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { isScalar, parseDocument, visit } from 'yaml';
import { houseRules } from '../workflows/lint.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const workflows = ['.github/workflows', 'examples/workflows'].flatMap((folder) =>
  readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`),
);
const documents = ['README.md', ...readdirSync(new URL('docs', root)).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);
const shown = documents.flatMap((file) =>
  [...read(file).matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map(
    ([, text = ''], i) => [`${file}, snippet ${i + 1}`, text] as const,
  ),
);
const all = [...workflows.map((file) => [file, read(file)] as const), ...shown];

/** Every scalar under a key of this name. */
function valuesOf(text: string, name: string): string[] {
  const found: string[] = [];
  visit(parseDocument(text), {
    Pair(_, { key, value }) {
      if (isScalar(key) && key.value === name && isScalar(value)) found.push(String(value.value));
    },
  });
  return found;
}

test.each(all)('%s: no cache is shared with anybody, and no privileged checkout', (_, text) => {
  expect(valuesOf(text, 'uses').filter((uses) => /cache/i.test(uses))).toEqual([]);
  for (const key of ['cache', 'cache-dependency-path', 'package-manager-cache'])
    expect(valuesOf(text, key).filter((value) => value !== 'false')).toEqual([]);
  const privileged = /^\s*(workflow_run|issue_comment|pull_request_target):/m.test(text);
  if (privileged)
    expect(valuesOf(text, 'uses').filter((uses) => uses.startsWith('actions/checkout'))).toEqual([]);
});

test.each(shown.filter(([, text]) => text.includes('runs-on:')))(
  '%s: what is documented keeps to the rules of what is shipped',
  (_, text) => {
    expect(houseRules(text).filter((problem) => !/reason|no permissions/.test(problem))).toEqual([]);
  },
);

test('dependencies are pinned, come from the lock file, and run nothing when they are installed', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const ranges = Object.entries({ ...dependencies, ...devDependencies } as Record<string, string>);
  expect(ranges.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(ranges.filter(([name]) => /cache/.test(name))).toEqual([]);
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  expect(read('.ci/run')).toMatch(/npm ci/);
  expect(read('.ci/run')).not.toMatch(/npm (i|install)\b/);
});
