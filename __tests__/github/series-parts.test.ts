import { expect, test } from '@jest/globals';
import { partsOfSeries, readSeries, titleOfSeries } from '../../src/github/series.ts';

const env = {
  GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/perf.yml@refs/heads/main',
  GITHUB_JOB: 'bench',
  RUNNER_OS: 'Linux',
};

test.each([
  ['auto null', '.', null],
  ['auto {"node":22,"os":"a | b"}', '.', null],
  ['auto {"node":22}', 'packages/api', 'perf/all.yml'],
  ['auto null', '.', 'other.yml'],
])('a key made here is read back: %s in %s with %s', (input, workingDirectory, config) => {
  const { key, title } = readSeries(input, env, { workingDirectory, config });
  expect(partsOfSeries(key)).toEqual({
    workflow: '.github/workflows/perf.yml',
    title,
    workingDirectory,
    config,
  });
  expect(titleOfSeries(key)).toBe(title);
});

test.each([
  'my own series',
  'a | b | c | d | e | f',
  '.github/w.yml | j | Linux | | /etc | ',
  '.github/w.yml | j | Linux | | . | ../../x.yml',
  '.github/w.yml | j | Linux | {bad | . | ',
])('another is its own title: %s', (key) => {
  expect(partsOfSeries(key)).toBeNull();
  expect(titleOfSeries(key)).toBe(key.trim());
});
