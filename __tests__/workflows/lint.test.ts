import { readdirSync, readFileSync } from 'node:fs';
import { validateAction } from '@actions/languageservice/validate-action';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { houseRules, lintWorkflows } from './lint.ts';

const root = new URL('../../', import.meta.url);
const files = ['.github/workflows', 'examples/workflows'].flatMap((folder) =>
  readdirSync(new URL(folder, root)).map((name) => `${folder}/${name}`),
);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

test('every workflow is sound', () => {
  expect(files.length).toBeGreaterThan(5);
  expect(lintWorkflows(files.map(read))).toBe('');
});

describe('the rules of the house', () => {
  test.each(files)('%s', (file) => {
    expect(houseRules(read(file))).toEqual([]);
  });
});

test('what the workflow for forks has commented out for a required check is sound too', () => {
  const text = read('examples/workflows/forks-publish.yml')
    .replace(/# (checks: write )/, '$1')
    .replace(/^ +# Where .*Add to `with`:$/m, '        with:')
    .replace(/^( +)# {3}(?=check: |legs: )/gm, '$1  ');
  const { permissions, jobs } = parse(text);
  expect(permissions.checks).toBe('write');
  expect(jobs.publish.steps[0].with).toEqual({ check: true, legs: 2 });
  expect(lintWorkflows([text])).toBe('');
  expect(houseRules(text)).toEqual([]);
});

test('the linter and the rules see what they are there for', () => {
  const bad = `on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-24.04
    permissions:
      contents: write
    steps:
      - uses: a/b@v1
      - run: echo \${{ github.head_ref }}
`;
  expect(lintWorkflows([bad])).toMatch(/untrusted/);
  expect(houseRules(bad)).toEqual([
    'pull_request_target',
    'contents: a permission without its reason',
    'a/b@v1: not pinned by SHA with its version in a comment',
    '${{ }} in a run',
    'no permissions',
  ]);
});

/** As much of an editor's document as the language service asks for. It keeps what it parsed by name. */
function documentOf(name: string, text: string) {
  const lines = text.split('\n');
  return {
    uri: `file:///${name}/action.yml`,
    languageId: 'yaml',
    version: 1,
    lineCount: lines.length,
    getText: () => text,
    getEOLCharacters: () => '\n',
    getLineRange: (line: number) => ({
      start: { line, character: 0 },
      end: { line, character: lines[line]?.length ?? 0 },
    }),
    positionAt: (offset: number) => {
      const before = text.slice(0, offset).split('\n');
      return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    },
    offsetAt: ({ line, character }: { line: number; character: number }) =>
      lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, character),
  };
}

test('action.yml is a sound action', async () => {
  expect(await validateAction(documentOf('ours', read('action.yml')))).toEqual([]);
  const broken = 'name: x\nruns: { using: node24 }\n';
  expect((await validateAction(documentOf('broken', broken))).length).toBeGreaterThan(0);
});
