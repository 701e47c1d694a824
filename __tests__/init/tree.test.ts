import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readTree, sources } from '../../src/init/tree.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tree-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
}

test('the files of a folder, without code of others, builds, tests and hidden folders', () => {
  write(
    'server.js',
    '.nvmrc',
    '.github/x.yml',
    '.cache/x.js',
    'node_modules/a/i.js',
    'dist/i.js',
    'test/i.js',
    'api/spec/openapi.yaml',
  );
  expect([...readTree(folder).paths].sort()).toEqual([
    '.github/x.yml',
    '.nvmrc',
    'api/spec/openapi.yaml',
    'server.js',
  ]);
  expect(readTree(folder, 1).paths).toEqual(['.nvmrc', 'server.js']);
});

test('links are not followed, and what cannot be read is nothing', () => {
  write('real/a.js');
  symlinkSync(folder, join(folder, 'loop'));
  symlinkSync('/etc/passwd', join(folder, 'link.js'));
  const tree = readTree(folder);
  expect(tree.paths).toEqual(['real/a.js']);
  expect(tree.read('gone')).toBeNull();
  expect(readTree(join(folder, 'gone')).paths).toEqual([]);
});

test('a file of more than 2 MB is not read', () => {
  writeFileSync(join(folder, 'big.js'), 'x'.repeat(2_000_001));
  expect(readTree(folder).read('big.js')).toBeNull();
});

test('sources come with those named first, then from the outside in, without tests', () => {
  write('lib/deep/a.js', 'b.js', 'c.test.js', 'lib/d.ts', 'README.md', 'types.d.ts');
  expect([...sources(readTree(folder), ['lib/d.ts', 'gone.js'])].map(({ path }) => path)).toEqual([
    'lib/d.ts',
    'b.js',
    'lib/deep/a.js',
  ]);
});
