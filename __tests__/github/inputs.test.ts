import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RunEvent } from '../../src/github/event.ts';
import { InputError, readInputs } from '../../src/github/inputs.ts';
import { readSeries, shortHash } from '../../src/github/series.ts';

const sha = 'a'.repeat(40);
const push: RunEvent = {
  type: 'push',
  ref: 'refs/heads/main',
  branch: 'main',
  sha,
  onDefaultBranch: true,
  before: null,
  deleted: false,
};
const pullRequest: RunEvent = {
  type: 'pull_request',
  action: 'opened',
  number: 1,
  base: { sha, ref: 'main' },
  head: { sha, ref: 'x', repoId: 1, owner: 'o' },
  fork: false,
  dependabot: false,
};

function read(inputs: Record<string, string>, event: RunEvent = push) {
  const env = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  return readInputs({ GITHUB_WORKFLOW: 'Perf', ...env }, { event, defaultBranch: 'main' });
}

function problems(inputs: Record<string, string>, event: RunEvent = push) {
  try {
    read(inputs, event);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe('inputs', () => {
  test('have the documented defaults, also when they are given empty', () => {
    const defaults = {
      config: null,
      start: null,
      url: null,
      workingDirectory: '.',
      token: null,
      compare: 'auto',
      baselineStore: 'branch',
      baselineBranch: 'perf-baseline',
      baselinePath: null,
      updateBaseline: 'auto',
      series: '',
      comment: 'auto',
      commentKey: 'Perf',
      failOn: 'regression',
      failOnExplicit: false,
      uploadResult: true,
      check: false,
      legs: 1,
    };
    expect(read({})).toEqual(defaults);
    expect(read({ compare: '', 'fail-on': ' ', 'working-directory': '', 'upload-result': '' })).toEqual(
      defaults,
    );
  });

  test('are read as written', () => {
    const inputs = read({
      config: 'perf/bench.yml',
      'working-directory': 'services/api',
      'github-token': 'ghs_a.b.c',
      compare: 'paired',
      'baseline-store': 'file',
      'baseline-path': '.baselines',
      'update-baseline': 'always',
      comment: 'on-alert',
      'comment-key': 'api',
      'fail-on': 'never',
      'upload-result': 'False',
    });
    expect(inputs).toMatchObject({
      config: 'perf/bench.yml',
      workingDirectory: 'services/api',
      token: 'ghs_a.b.c',
      compare: 'paired',
      baselineStore: 'file',
      baselinePath: '.baselines',
      updateBaseline: 'always',
      comment: 'on-alert',
      commentKey: 'api',
      failOn: 'never',
      failOnExplicit: true,
      uploadResult: false,
    });
  });

  test('that are wrong are all told at once, with name, value and what is expected', () => {
    const found = problems({
      compare: 'sometimes',
      'fail-on': 'Regression',
      'upload-result': 'yes',
      url: 'localhost:8080',
      'working-directory': '../other',
      'baseline-branch': 'refs/heads/x',
    });
    expect(found.map(({ name }) => name).sort()).toEqual([
      'baseline-branch',
      'compare',
      'fail-on',
      'upload-result',
      'url',
      'working-directory',
    ]);
    expect(found.find(({ name }) => name === 'compare')?.message).toBe(
      "input `compare` is 'sometimes'; expected one of auto, stored, paired, none",
    );
    for (const { name, value, message } of found) {
      expect(message).toContain(`\`${name}\` is '${value}'`);
      expect(message).toContain('expected ');
    }
  });

  test.each([
    ['update-baseline', { 'update-baseline': 'always' }, /never become a baseline/],
    ['start', { start: 'node x.js' }, /`url` beside it/],
    ['config', { config: 'x.yml', url: 'http://127.0.0.1:1/' }, /either `config`/],
    ['baseline-path', { 'baseline-store': 'file' }, /folder of the baselines/],
    ['baseline-path', { 'baseline-path': 'x' }, /baseline-store: file/],
    ['baseline-branch', { 'baseline-branch': 'main' }, /default branch/],
    ['baseline-branch', { 'baseline-branch': '--force' }, /begins with/],
    ['url', { url: 'ftp://x/' }, /not measured/],
    ['url', { url: 'http://user:secret@x/' }, /credentials/],
    ['config', { config: '/etc/passwd' }, /absolute/],
    ['config', { config: 'a/../../b' }, /leads out/],
    ['legs', { legs: '0' }, /a whole number from 1 on/],
    ['fail_on', { fail_on: 'never' }, /expected `fail-on`/],
    ['threshold', { threshold: '5' }, /no such input/],
  ])('%s: %j on a pull request', (name, inputs, words) => {
    const found = problems(inputs as Record<string, string>, pullRequest);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ name, message: words });
  });

  test('update-baseline: always stores nothing where it would not be found again', () => {
    const inputs = { 'update-baseline': 'always', 'baseline-store': 'artifact' };
    const schedule: RunEvent = {
      ...{ type: 'schedule', ref: 'refs/heads/main', branch: 'main' },
      ...{ onDefaultBranch: true, sha },
    };
    expect(problems(inputs, schedule)).toMatchObject([
      { name: 'update-baseline', message: /runs of pushes only/ },
    ]);
    expect(problems(inputs)).toEqual([]);
    expect(problems({ 'update-baseline': 'always' }, schedule)).toEqual([]);
  });

  test('update-baseline: always is fine elsewhere, and so is a url with a free port', () => {
    expect(problems({ 'update-baseline': 'always' })).toEqual([]);
    const port = '$' + '{PORT}';
    expect(problems({ start: 'node x.js', url: `http://127.0.0.1:${port}/health` })).toEqual([]);
  });

  test('a path may begin with the workspace, and may not look as if it did', () => {
    const paths = (folder: string) =>
      readInputs(
        { GITHUB_WORKSPACE: '/w/shop/', 'INPUT_WORKING-DIRECTORY': folder },
        { event: push, defaultBranch: 'main' },
      ).workingDirectory;
    expect(paths('/w/shop/services/api')).toBe('services/api');
    expect(paths('/w/shop')).toBe('.');
    expect(paths('/w/shop//')).toBe('.');
    expect(() => paths('/w/shop-other')).toThrow(InputError);
    expect(() => paths('/w/shop/../other')).toThrow(InputError);
  });

  test('the token is never shown', () => {
    const found = problems({ 'github-token': 'ghs_secret', compare: 'x', github_token: '' });
    expect(JSON.stringify(found)).not.toContain('ghs_secret');
  });

  test('of any text never do anything but pass or fail with problems', () => {
    const name = fc.constantFrom(
      'config',
      'url',
      'baseline-branch',
      'working-directory',
      'compare',
      'series',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'binary' })), (inputs) => {
        for (const problem of problems(inputs)) expect(problem.message).not.toContain('\n');
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('the series', () => {
  const env = {
    GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/perf.yml@refs/heads/feature',
    GITHUB_WORKFLOW: 'Perf',
    GITHUB_JOB: 'bench',
    RUNNER_OS: 'Linux',
  };
  const parts = { workingDirectory: '.', config: null };
  const key = (input: string, changes = {}, more = {}) =>
    readSeries(input, { ...env, ...changes }, { ...parts, ...more }).key;

  test('of a job names workflow file, job, system and the values of its matrix', () => {
    expect(readSeries('auto {"node":"20","os":"ubuntu-latest"}', env, parts)).toEqual({
      key: '.github/workflows/perf.yml | bench | Linux | {"node":"20","os":"ubuntu-latest"} | . |',
      title: 'bench (20, ubuntu-latest)',
    });
    expect(readSeries('auto null', env, parts)).toEqual({
      key: '.github/workflows/perf.yml | bench | Linux | | . |',
      title: 'bench',
    });
    expect(readSeries('', env, parts)).toEqual(readSeries('auto null', env, parts));
  });

  test('is the same on every branch, for every order of the matrix, and for the default config written out', () => {
    const one = key('auto {"a":1,"b":{"c":2,"d":3}}');
    expect(key('auto {\n  "b": {"d":3,"c":2},\n  "a": 1\n}')).toBe(one);
    expect(
      key('auto {"a":1,"b":{"c":2,"d":3}}', {
        GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/perf.yml@refs/pull/1/merge',
      }),
    ).toBe(one);
    expect(key('', {}, { config: './.github/perf-baseline.yml', workingDirectory: './' })).toBe(key(''));
  });

  test('differs with each of its parts', () => {
    const keys = [
      key(''),
      key('auto {"a":1}'),
      key('auto {"a":"1"}'),
      key('', { GITHUB_JOB: 'other' }),
      key('', { RUNNER_OS: 'macOS' }),
      key('', { GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/other.yml@x' }),
      key('', {}, { workingDirectory: 'api' }),
      key('', {}, { config: 'api' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(keys.map(shortHash)).size).toBe(keys.length);
  });

  test('written by the author is the key itself', () => {
    expect(readSeries(' api on\nlarge runner ', env, parts)).toEqual({
      key: 'api on large runner',
      title: 'api on large runner',
    });
    expect(readSeries('automatic', env, parts).key).toBe('automatic');
  });

  test('with a default that is no matrix is an error', () => {
    expect(() => readSeries('auto {"a":', env, parts)).toThrow(/series/);
    expect(() => readSeries('auto [1]', env, parts)).toThrow(/series/);
  });

  test('has a title that is never long', () => {
    const { title } = readSeries(`auto {"a":"${'x'.repeat(300)}"}`, env, parts);
    expect([...title]).toHaveLength(80);
    expect(title.endsWith('…')).toBe(true);
  });
});
