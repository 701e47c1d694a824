import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeFolder } from '../../src/baseline/make-folder.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'make-folder-'));
});
afterAll(() => rmSync(root, { recursive: true }));

test('makes it and those above it, and is content with what is there', async () => {
  const path = join(root, 'a/b/c');
  await makeFolder(path);
  expect(existsSync(path)).toBe(true);
  await makeFolder(path);
  symlinkSync(path, join(root, 'link'));
  await makeFolder(join(root, 'link'));
});

test('a file in the way is an error', async () => {
  writeFileSync(join(root, 'file'), '');
  await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(root, 'file/x/y'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a file system that takes no folders is an error, at once', async () => {
  await expect(makeFolder('/proc/x/y/z')).rejects.toMatchObject({ code: 'ENOENT' });
});
