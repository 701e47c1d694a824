import { expect, test } from '@jest/globals';
import { reproductionOf } from '../../src/action/reproduction.ts';

const USED = { GITHUB_ACTION_REPOSITORY: 'org/perf-baseline', GITHUB_ACTION_REF: 'v1' };
const config = { file: '.github/perf-baseline.yml', workingDirectory: '.' };

test('a report of the action says how to repeat it with the version that the workflow uses', () => {
  expect(reproductionOf(config, USED, '0ba5e00')).toBe(
    'npx github:org/perf-baseline#v1 run --config .github/perf-baseline.yml --base 0ba5e00',
  );
  expect(reproductionOf(config, {}, null)).toBe('npx perf-baseline run --config .github/perf-baseline.yml');
});

test('paths are relative to the checkout and to the working directory, and quoted', () => {
  const there = { file: 'the api/perf.yml', workingDirectory: 'the api' };
  expect(reproductionOf(there, USED, null)).toBe(
    "npx github:org/perf-baseline#v1 run --working-directory 'the api' --config perf.yml",
  );
});

test('inputs are not shown: they may hold a secret', () => {
  expect(reproductionOf({ ...config, file: null }, USED, null)).toBeNull();
});
