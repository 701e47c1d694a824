import { expect, test } from '@jest/globals';
import { findSilentJobs, type ReportedJobs } from '../../src/action/silent-jobs.ts';

type Job = [name: string, conclusion: string];

/** What is made of a run with these jobs; null: they cannot be listed. */
function find(jobs: Job[] | null, reported: ReportedJobs['reported'], conclusion = 'failure') {
  const paginate = async () => {
    if (jobs === null) throw Object.assign(new Error('Bad gateway'), { status: 502 });
    return jobs.map(([name, ended], id) => ({ id, name, status: 'completed', conclusion: ended }));
  };
  const client = { paginate, rest: { actions: {} } };
  const context = { repo: { owner: 'o', repo: 'r' }, log: { warning: () => {} } };
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

test('where jobs cannot be listed, a run that failed may lack one', async () => {
  expect(await find(null, [failed('perf')])).toMatchObject({ isMissing: true });
  expect(await find(null, [fine('perf')], 'success')).toEqual({ lines: [], isMissing: false });
});
