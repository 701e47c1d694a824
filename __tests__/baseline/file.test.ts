import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeResult } from '../../src/baseline/codec.ts';
import { fileStore } from '../../src/baseline/file.ts';
import { UsageError } from '../../src/domain/errors.ts';
import { resultOf, SERIES } from './samples.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'perf-baseline-file-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const query = { series: SERIES, limit: 20 };
const ids = async (path: string, limit = 20) =>
  (await fileStore({ path }).history({ series: SERIES, limit })).entries.map((entry) => entry.result.id);

describe('a folder of baselines', () => {
  test('is created when first saved to, and read newest first', async () => {
    const path = join(root, 'deep', 'er');
    expect(await fileStore({ path }).history(query)).toEqual({ entries: [], unreadable: [] });
    for (const n of [2, 1, 3]) await fileStore({ path }).append(resultOf(n));
    const { entries, unreadable } = await fileStore({ path }).history(query);
    expect(unreadable).toEqual([]);
    expect(entries.map((entry) => entry.result)).toEqual([resultOf(3), resultOf(2), resultOf(1)]);
    expect(entries[0]?.location.startsWith(path)).toBe(true);
    expect(await ids(path, 2)).toEqual(['result-3', 'result-2']);
  });

  test('keeps series apart', async () => {
    await fileStore({ path: root }).append(resultOf(1));
    await fileStore({ path: root }).append(resultOf(2, { series: 'another' }));
    expect(await ids(root)).toEqual(['result-1']);
  });

  test('saves a result once however often it is told to, by many at once', async () => {
    const store = fileStore({ path: root });
    const stored = await Promise.all(Array.from({ length: 16 }, () => store.append(resultOf(1))));
    expect(new Set(stored.map((s) => s.location)).size).toBe(1);
    expect(await readdir(root)).toHaveLength(1);
  });

  test('never overwrites another result under the same name', async () => {
    const store = fileStore({ path: root });
    const { location } = await store.append(resultOf(1));
    await writeFile(location, encodeResult(resultOf(9)));
    await expect(store.append(resultOf(1))).rejects.toThrow(/holds another result/);
    expect(await readFile(location, 'utf8')).toBe(encodeResult(resultOf(9)));
  });

  test('takes plain and gzipped results put there by hand, and passes over other JSON', async () => {
    await writeFile(join(root, 'main.json'), encodeResult(resultOf(1)));
    await writeFile(join(root, 'older.json.gz'), gzipSync(encodeResult(resultOf(0))));
    await writeFile(join(root, 'copy.json'), encodeResult(resultOf(1)));
    await writeFile(join(root, 'package.json'), '{"name":"x"}');
    await writeFile(join(root, 'notes.txt'), 'hello');
    expect(await fileStore({ path: root }).history(query)).toMatchObject({
      entries: [{ result: { id: 'result-1' } }, { result: { id: 'result-0' } }],
      unreadable: [],
    });
  });

  test('tells of a truncated and of a newer baseline, by name and reason', async () => {
    const store = fileStore({ path: root });
    const { location } = await store.append(resultOf(1));
    await truncate(location, 100);
    await writeFile(join(root, 'cut.json'), '{"schema":');
    await writeFile(join(root, 'new.json'), '{"schema":"perf-baseline/result","version":9}');
    const { entries, unreadable } = await store.history(query);
    expect(entries).toEqual([]);
    expect(unreadable.map(({ reason }) => reason)).toEqual(['corrupt', 'corrupt', 'newer']);
    expect(unreadable[0]?.detail).toContain(location);
  });

  test('follows no symbolic link out of it', async () => {
    const outside = join(root, 'outside.json');
    await writeFile(outside, encodeResult(resultOf(1)));
    const path = join(root, 'in');
    await mkdir(path);
    await symlink(outside, join(path, 'link.json'));
    await expect(fileStore({ path }).history(query)).rejects.toThrow(/link\.json is a symbolic link/);
  });
});

describe('a single file', () => {
  test('is the history, whatever its series', async () => {
    const path = join(root, 'result.json');
    await writeFile(path, encodeResult(resultOf(4, { series: 'somewhere else' })));
    expect(await ids(path)).toEqual(['result-4']);
  });

  test('that is no result is corrupt, whatever else it is', async () => {
    const path = join(root, 'package.json');
    await writeFile(path, '{"name":"x"}');
    const { entries, unreadable } = await fileStore({ path }).history(query);
    expect(entries).toEqual([]);
    expect(unreadable).toMatchObject([{ location: path, reason: 'corrupt' }]);
  });

  test('cannot be saved into', async () => {
    const path = join(root, 'result.json');
    await writeFile(path, 'x');
    await expect(fileStore({ path }).append(resultOf(1))).rejects.toThrow(
      /is a file, and baselines are saved in a folder/,
    );
    await expect(fileStore({ path: join(path, 'below') }).append(resultOf(1))).rejects.toThrow(UsageError);
  });
});

test('a full disk leaves nothing behind and says so', async () => {
  const full = async (path: string, flags: string, mode: number) => {
    const file = await open(path, flags, mode);
    file.writeFile = async () => {
      await file.write('{"schema":');
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    return file;
  };
  const store = fileStore({ path: root, open: full });
  await expect(store.append(resultOf(1))).rejects.toThrow(/cannot save .*\.json: the disk is full/);
  expect(await readdir(root)).toEqual([]);
});
