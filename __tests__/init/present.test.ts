import { describe, expect, test } from '@jest/globals';
import { measuringSpot, publishingSpot, usesOf } from '../../src/init/present.ts';
import { forkWorkflowText, workflowName, workflowText } from '../../src/init/workflow-file.ts';

const FILE = '.github/workflows/perf-baseline.yml';
const FORKS = '.github/workflows/perf-baseline-forks.yml';
const step = (inputs: string) =>
  `on: pull_request\njobs: { a: { strategy: { matrix: { dir: [x, "y/z"], include: [{ dir: w }] } }, steps: [{ uses: acme/perf-baseline@v1, with: { ${inputs} } }] } }`;
const folders = (text: string) => usesOf([{ file: 'a.yml', text }]).flatMap((use) => use.folders);
const options = { branch: 'main', steps: [], unknown: [], forks: false };
const ours = (within: string, file = FILE) => ({
  file,
  text: workflowText({ ...options, name: workflowName(within), within }),
});
const forks = (within: string, file = FORKS) => ({
  file,
  text: forkWorkflowText({ after: workflowName(within), within }),
});

describe('the folders that a workflow measures', () => {
  test.each([
    ['', ['.']],
    ['working-directory: ./apps/api/', ['apps/api']],
    ['config: apps/api/.github/perf-baseline.yml', ['apps/api']],
    ['config: other.yml', ['.']],
    ['working-directory: "${{ matrix.dir }}"', ['x', 'y/z', 'w']],
    ['working-directory: "svc/${{ matrix.dir }}"', ['svc/x', 'svc/y/z', 'svc/w']],
    ['working-directory: "${{ inputs.dir }}"', [null]],
    ['working-directory: "${{ matrix.gone }}"', [null]],
  ])('with { %s }', (inputs, found) => expect(folders(step(inputs))).toEqual(found));

  test.each([
    '',
    'null',
    '[]',
    'jobs: 1',
    'jobs: { a: { steps: [1, { run: x }] } }',
    'name: Mine',
    ': : :',
    '# uses: a/perf-baseline@v1',
  ])('none: %j', (text) => expect(folders(text)).toEqual([]));

  test('cannot be told of what is no YAML', () => {
    expect(folders('jobs: [\n  - uses: acme/perf-baseline@v1\n')).toEqual([null]);
  });
});

describe('where the workflow of a folder goes', () => {
  const foreign = { file: FILE, text: 'name: Mine\non: push\njobs: { a: { steps: [{ run: echo hi }] } }' };

  test('has the usual name where that is free', () => {
    expect(measuringSpot('.', [{ ...foreign, file: 'ci.yml' }])).toEqual({ file: FILE, status: 'free' });
  });

  test('is nowhere, where one measures it already, whatever its name', () => {
    const found = measuringSpot('apps/api', [foreign, ours('apps/api', 'speed.yaml')]);
    expect(found).toMatchObject({ file: 'speed.yaml', serves: true, name: 'Performance (apps/api)' });
  });

  test('is not one that is ours in name only', () => {
    expect(measuringSpot('.', [foreign])).toMatchObject({
      file: FILE,
      serves: false,
      why: expect.stringMatching(/does not use perf-baseline.*rename it.*add this job/),
    });
  });

  test('is one of its own beside that of another folder', () => {
    expect(measuringSpot('svc/b', [ours('svc/a')])).toEqual({
      file: '.github/workflows/perf-baseline-svc-b.yml',
      status: 'free',
    });
    const taken = measuringSpot('svc-b', [
      ours('svc/a'),
      ours('svc/b', '.github/workflows/perf-baseline-svc-b.yml'),
    ]);
    expect(taken).toMatchObject({
      serves: false,
      why: expect.stringMatching(/another folder, and not svc-b/),
    });
  });

  test('may be one whose folders only a run can tell', () => {
    const any = { file: FILE, text: step('working-directory: "${{ inputs.x }}"') };
    expect(measuringSpot('b', [any])).toMatchObject({
      serves: true,
      why: expect.stringMatching(/see that b/),
    });
  });

  test('is not what publishes or answers', () => {
    const chat = { file: 'chat.yml', text: step('').replace('pull_request', '[issue_comment]') };
    expect(measuringSpot('.', [forks('.'), chat])).toEqual({ file: FILE, status: 'free' });
  });
});

describe('where what publishes for forks goes', () => {
  test('is of its own for each folder, and one follows a workflow once', () => {
    const a = forks('svc/a');
    expect(publishingSpot('svc/a', workflowName('svc/a'), [])).toEqual({ file: FORKS, status: 'free' });
    expect(publishingSpot('svc/a', workflowName('svc/a'), [a])).toMatchObject({ file: FORKS, serves: true });
    expect(publishingSpot('svc/b', workflowName('svc/b'), [a])).toMatchObject({
      file: '.github/workflows/perf-baseline-svc-b-forks.yml',
      status: 'free',
    });
  });

  test('is said where one follows for another folder, or is none', () => {
    const after = workflowName('svc/a');
    const wrong = { file: FORKS, text: forkWorkflowText({ after, within: 'svc/b' }) };
    expect(publishingSpot('svc/a', after, [wrong])).toMatchObject({
      serves: false,
      why: expect.stringMatching(/config of svc\/b.*would have to be svc\/a/),
    });
    expect(publishingSpot('.', 'Performance', [{ file: FORKS, text: 'name: x' }])).toMatchObject({
      serves: false,
      why: expect.stringMatching(/does not use perf-baseline/),
    });
  });
});
