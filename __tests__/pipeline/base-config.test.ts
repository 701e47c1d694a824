import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DEFAULT_FILE, readConfig } from '../../src/config/read.ts';
import { readBaseConfig } from '../../src/pipeline/base-config.ts';

const configOf = (start: string, limit: string) =>
  `target: { start: ${start}, url: 'http://127.0.0.1:3000' }
scenarios: { work: { type: http, requests: [GET /] } }
criteria: { p95: '${limit}' }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'base-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What is read for the base's side where the candidate has a config and the base this one, or none. */
async function readBeside(base: string | null) {
  const [candidate, before] = [join(folder, 'candidate'), join(folder, 'base')];
  await write(candidate, configOf('node new.js', '+20%'));
  await mkdir(before);
  if (base !== null) await write(before, base);
  const config = await readConfig({ workingDirectory: candidate, env: {} });
  return await readBaseConfig(config, before, {});
}

async function write(directory: string, config: string): Promise<void> {
  const file = join(directory, DEFAULT_FILE);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, config);
}

test('the base is started by its own config, and criteria that differ are told', async () => {
  const { target, changes, warnings } = await readBeside(configOf('node old.js', '+30%'));
  expect(target.start).toBe('node old.js');
  expect(changes).toEqual([expect.objectContaining({ metric: 'p95', from: 'fail +30%', to: 'fail +20%' })]);
  expect(warnings).toEqual([]);
});

test('a base that has no config yet is started by the new one, which is no fault', async () => {
  const { target, warnings } = await readBeside(null);
  expect(target.start).toBe('node new.js');
  expect(warnings.map(({ message }) => message)).toEqual([
    `The base commit does not have ${DEFAULT_FILE} yet, so this commit's config starts and measures both.`,
  ]);
});

test('a base whose config cannot be used is told with the reason', async () => {
  const { target, warnings } = await readBeside('target: [');
  expect(target.start).toBe('node new.js');
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^The base commit has no usable config of its own, .*\(.+\)\.$/),
  ]);
});

test('a config outside the checkout is told as that, whatever lies beside the base', async () => {
  const candidate = join(folder, 'candidate');
  await write(folder, configOf('node new.js', '+20%'));
  await mkdir(candidate);
  const config = await readConfig({ file: join('..', DEFAULT_FILE), workingDirectory: candidate, env: {} });
  const { warnings } = await readBaseConfig(config, join(folder, 'base', 'deeper'), {});
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/no usable config of its own, .*\(its config is outside the checkout\)\.$/),
  ]);
});
