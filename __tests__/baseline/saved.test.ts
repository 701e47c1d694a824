import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { encodeBaseline } from '../../src/baseline/codec.ts';
import { fileStore, savedHistory } from '../../src/baseline/file.ts';
import { baselineNames, SERIES_FILE, seriesFolder, WINDOW_FILE } from '../../src/baseline/layout.ts';
import { resultOf } from './samples.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saved-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ids = async (path: string) => (await savedHistory(path)).entries.map(({ result }) => result.id);

test('every series of a folder, newest first', async () => {
  const store = fileStore({ path: folder });
  await store.append(resultOf(1));
  await store.append(resultOf(3));
  await store.append(resultOf(2, { series: 'another' }));
  expect(await ids(folder)).toEqual(['result-3', 'result-2', 'result-1']);
});

test('a checkout of the branch, whose other files are passed over', async () => {
  for (const n of [1, 2]) {
    const result = resultOf(n);
    const series = join(folder, seriesFolder(result.series));
    mkdirSync(series, { recursive: true });
    writeFileSync(join(series, baselineNames(result)[0]), encodeBaseline(result));
    writeFileSync(join(series, SERIES_FILE), '{"series":"x"}');
    writeFileSync(join(series, WINDOW_FILE), 'cut off');
  }
  writeFileSync(join(folder, 'README.md'), '# Baselines');
  expect(await ids(folder)).toEqual(['result-2', 'result-1']);
  expect((await savedHistory(folder)).unreadable).toEqual([]);
});

test('corrupt is told, absent is nothing, and one file is its own history', async () => {
  expect(await savedHistory(join(folder, 'none'))).toEqual({ entries: [], unreadable: [] });
  const { location } = await fileStore({ path: folder }).append(resultOf(1));
  expect(await ids(location)).toEqual(['result-1']);
  writeFileSync(join(folder, 'bad.json'), '{"schema":"perf-baseline/result","version":1');
  expect(await savedHistory(folder)).toMatchObject({
    entries: [{ result: { id: 'result-1' } }],
    unreadable: [{ reason: 'corrupt' }],
  });
});
