import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { saveBaseline } from '../../src/cli/save.ts';
import type { ScenarioResult } from '../../src/domain/result.ts';
import { result, scenario } from '../report/results.ts';
import { capturedIo } from './captured-io.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-save-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const measured = result([scenario('health', { ms: 10 })]);

test('a run that regressed is saved, and one line says so and names the file to remove', async () => {
  const io = capturedIo();
  expect(await saveBaseline(join(folder, 'kept'), measured, 'regressed', io)).toBeNull();
  const [saved = '', word = '', ...more] = io.said;
  const path = saved.replace('saved: ', '');
  expect(existsSync(path)).toBe(true);
  expect(word).toMatch(/verdict is regressed.*saved.*all the same.*remove /);
  expect(word.endsWith(path)).toBe(true);
  expect(word).not.toContain('\n');
  expect(more).toEqual([]);
});

test('a run of which nothing could be measured is no baseline', async () => {
  const io = capturedIo();
  const failed: ScenarioResult['outcome'] = {
    status: 'failed',
    failure: { reason: 'target-died', detail: 'it died' },
    rounds: [],
    warnings: [],
  };
  const nothing = { ...measured, scenarios: measured.scenarios.map((one) => ({ ...one, outcome: failed })) };
  expect(await saveBaseline(join(folder, 'none'), nothing, 'failed', io)).toBe('nothing could be measured');
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test('any other run is saved with one line', async () => {
  const io = capturedIo();
  await saveBaseline(join(folder, 'fine'), measured, 'unchanged', io);
  expect(io.said).toEqual([expect.stringMatching(/^saved: .*\.json$/)]);
});

test('a folder that cannot be written is the answer, not an error', async () => {
  writeFileSync(join(folder, 'taken'), '');
  const io = capturedIo();
  expect(await saveBaseline(join(folder, 'taken'), measured, 'regressed', io)).toMatch(/is a file/);
  expect(io.said).toEqual([]);
});
