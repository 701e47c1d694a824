import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { forkWorkflowText, workflowName, workflowText } from '../../src/init/workflow-file.ts';
import { houseRules, lintWorkflows } from '../workflows/lint.ts';

const options = { name: 'Performance', branch: 'main', within: '.', steps: [], unknown: [], forks: false };
const folders = ['.', 'apps/api', 'a b/c: "d" #e'];

test('all of them are sound, pinned and least privileged', () => {
  const texts = folders.flatMap((within) => [
    workflowText({ ...options, name: workflowName(within), within }),
    workflowText({ ...options, name: workflowName(within), within, forks: true }),
    forkWorkflowText({ after: workflowName(within), within }),
  ]);
  expect(lintWorkflows(texts)).toBe('');
  expect(texts.flatMap(houseRules)).toEqual([]);
});

describe.each(folders)('in %s', (within) => {
  test('the one for forks follows the one that measures, in the same folder', () => {
    const measure = parse(workflowText({ ...options, name: workflowName(within), within, forks: true }));
    const publish = parse(forkWorkflowText({ after: measure.name, within }));
    expect(publish.on.workflow_run.workflows).toEqual([measure.name]);
    expect(publish.jobs.publish.steps).toHaveLength(1);
    const inputs = within === '.' ? undefined : { 'working-directory': within };
    expect(publish.jobs.publish.steps[0].with).toEqual(inputs);
    expect(measure.jobs.perf.steps.at(-1).with).toEqual(inputs);
  });
});

test('the name is none that another workflow has, nor is its group', () => {
  const name = workflowName('.', ['CI', 'Performance']);
  expect(name).toBe('perf-baseline');
  expect(workflowName('apps/api', ['Performance'])).toBe('Performance (apps/api)');
  expect(workflowName('.', ['Performance', name, workflowName('.', ['Performance', name])])).toMatch(/4$/);
  const { concurrency } = parse(workflowText({ ...options, name }));
  expect(concurrency.group).toBe('${{ github.workflow }}-${{ github.ref }}');
});

test('a branch with characters of YAML, and what is unknown in the heading', () => {
  const text = workflowText({ ...options, branch: 'feature/#1: x', unknown: ['the branch: y'] });
  expect(parse(text).on.push.branches).toEqual(['feature/#1: x']);
  expect(text).toMatch(
    /^# Pull requests are compared[^\n]*\n# Could not be found out: the branch: y\.\nname: Performance\n/,
  );
});

test('a branch is no pattern, and the words are about it', () => {
  const text = workflowText({ ...options, branch: '!c++' });
  expect(parse(text).on.push.branches).toEqual(['\\!c\\+\\+']);
  expect(lintWorkflows([text])).toBe('');
  for (const forks of [false, true]) {
    const trunk = workflowText({ ...options, branch: 'trunk', forks });
    expect(trunk).toContain('on a push to trunk;');
    expect(trunk).not.toMatch(/\bmain\b/);
  }
});
