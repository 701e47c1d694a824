import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { forkWorkflowText, workflowName, workflowText } from '../../src/init/workflow-file.ts';
import { houseRules, lintWorkflows } from '../workflows/lint.ts';

const options = { branch: 'main', within: '.', steps: [], unknown: [], forks: false };
const folders = ['.', 'apps/api', 'a b/c: "d" #e'];

test('all of them are sound, pinned and least privileged', () => {
  const texts = folders.flatMap((within) => [
    workflowText({ ...options, within }),
    workflowText({ ...options, within, forks: true }),
    forkWorkflowText({ after: workflowName(within), within }),
  ]);
  expect(lintWorkflows(texts)).toBe('');
  expect(texts.flatMap(houseRules)).toEqual([]);
});

describe.each(folders)('in %s', (within) => {
  test('the one for forks follows the one that measures, in the same folder', () => {
    const measure = parse(workflowText({ ...options, within, forks: true }));
    const publish = parse(forkWorkflowText({ after: measure.name, within }));
    expect(publish.on.workflow_run.workflows).toEqual([measure.name]);
    expect(publish.jobs.publish.steps).toHaveLength(1);
    const inputs = within === '.' ? undefined : { 'working-directory': within };
    expect(publish.jobs.publish.steps[0].with).toEqual(inputs);
    expect(measure.jobs.perf.steps.at(-1).with).toEqual(inputs);
  });
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
