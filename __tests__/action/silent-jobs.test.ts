import { expect, test } from '@jest/globals';
import { findSilentJobs, type ReportedJobs } from '../../src/action/silent-jobs.ts';

type Job = [name: string, conclusion: string];

/** What is made of a run with these jobs; null: they cannot be listed. */
function find(
  jobs: Job[] | null,
  reported: ReportedJobs['reported'],
  { conclusion = 'failure', fork = true, attempt = 1 } = {},
) {
  const paginate = async () => {
    if (jobs === null) throw Object.assign(new Error('Bad gateway'), { status: 502 });
    return jobs.map(([name, ended], id) => ({
      ...{ id, name, status: 'completed', conclusion: ended },
      run_attempt: attempt,
    }));
  };
  const client = { paginate, rest: { actions: {} } };
  const event = { type: 'workflow_run', fork, dependabot: false };
  const context = { repo: { owner: 'o', repo: 'r' }, log: { warning: () => {} }, event };
  const run = { id: 1, conclusion };
  return findSilentJobs(context as never, client as never, run as never, { reported, left: [] });
}

const fine = (title: string) => ({ title, fails: false });
const failed = (title: string) => ({ title, fails: true });

test('a leg that did not report is named', async () => {
  const found = await find(
    [
      ['perf (20)', 'success'],
      ['perf (22)', 'failure'],
    ],
    [fine('perf (20)')],
  );
  expect(found).toEqual({ lines: [expect.stringMatching(/`perf \(22\)` did not report/)], isMissing: true });
});

test.each<[string, Job[], ReportedJobs['reported']]>([
  ['a failure that its result explains, by any name', [['Perf', 'failure']], [failed('perf')]],
  ['a title with a folder behind the name', [['perf (20)', 'failure']], [failed('perf (20) services/api')]],
  ['a title that was cut off', [['perf (a long leg)', 'failure']], [failed('perf (a lo…')]],
])('nothing is missing: %s', async (_, jobs, reported) => {
  expect(await find(jobs, reported)).toEqual({ lines: [], isMissing: false });
});

test('a job of another name that ended without success is not explained by a result whose job succeeded', async () => {
  const found = await find(
    [
      ['Perf A', 'success'],
      ['Perf B', 'failure'],
    ],
    [fine('a')],
  );
  expect(found).toMatchObject({
    lines: [expect.stringMatching(/`Perf B` ended with failure/)],
    isMissing: true,
  });
});

test('a job that failed is not explained by a result of it that is fine', async () => {
  const found = await find([['perf', 'failure']], [fine('perf')]);
  expect(found).toEqual({
    lines: [expect.stringMatching(/`perf` ended with failure, and nothing that is known of it says why/)],
    isMissing: true,
  });
  expect(await find([['perf', 'cancelled']], [fine('perf services/api')])).toMatchObject({ isMissing: true });
});

test('nor in a run of the repository itself, but for its first attempt, where it may have been accepted', async () => {
  const ended = async (attempt: number) =>
    find([['perf', 'failure']], [fine('perf')], { fork: false, attempt });
  expect(await ended(2)).toMatchObject({ isMissing: true });
  expect(await ended(1)).toEqual({ lines: [], isMissing: false });
});

test.each<[string, Job[], ReportedJobs['reported']]>([
  [
    'one of several of it fails',
    [['perf', 'failure']],
    [fine('perf services/api'), failed('perf services/web')],
  ],
  ['one of another name does', [['perf', 'failure']], [fine('perf'), failed('by hand')]],
  [
    'another leg does',
    [
      ['perf (20)', 'failure'],
      ['perf (22)', 'success'],
    ],
    [failed('perf (20)'), fine('perf (22)')],
  ],
])('a job that failed is explained where %s', async (_, jobs, reported) => {
  expect(await find(jobs, reported)).toEqual({ lines: [], isMissing: false });
});

test('where jobs cannot be listed, a run that failed may lack one', async () => {
  expect(await find(null, [failed('perf')])).toMatchObject({ isMissing: true });
  expect(await find(null, [fine('perf')], { conclusion: 'success' })).toEqual({
    lines: [],
    isMissing: false,
  });
});
