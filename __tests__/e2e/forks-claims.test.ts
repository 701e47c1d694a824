import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Result } from '../../src/domain/result.ts';
import { parseSections } from '../../src/github/comment-body.ts';
import { workflowRunEvent } from '../harness/events.ts';
import type { Pull, Run } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import {
  measuredRun,
  PUBLISHING,
  publishWithCheck,
  resultOfPull,
  seriesOf,
  storeBaselines,
  upload,
  withoutCheckout,
} from './measurements.ts';
import { serviceFiles } from './service.ts';

/* What the uploads of a fork say that decides what is asked of GitHub, and how much. */

let hub: GitHubStandIn;
let pull: Pull;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n\nhello: [', ...serviceFiles() } });
  const fork = await hub.world.fork(hub.repository, 'stranger');
  await hub.world.push(fork, 'idea', { 'a.txt': '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
});
afterEach(() => hub.close());

const publish = async (run: Run, more: Parameters<typeof withoutCheckout>[2] = {}) =>
  withoutCheckout(hub, await workflowRunEvent(hub, run), more);

const told = (ran: Awaited<ReturnType<typeof publish>>) =>
  ran.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);

test.each(['README.md', 'docs', 'server.mjs', `${'x'.repeat(300)}.yml`, 'package.json'])(
  'a leg whose series names %s as its config: the others are published, and it is named',
  async (config) => {
    await hub.world.push(hub.repository, 'main', {
      'docs/a.md': 'x',
      'package.json': '{ "name": "service" }',
    });
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10));
    const series = seriesOf().replace(/\|[^|]*$/, `| ${config}`);
    const forged = upload(hub, run, resultOfPull(run, 10, { series }));
    const ran = await publish(run);
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(told(ran)).toEqual([
      expect.stringMatching(`^Refused: artifact ${forged.name} of run \\d+ is refused: its series names`),
    ]);
    expect(ran.annotations.filter(({ level }) => level === 'error')).toEqual([]);
    expect(parseSections(hub.repository.comments[0]?.body ?? '').map(({ title }) => title)).toEqual([
      'not reported',
      'measure',
    ]);
    hub.assertClean();
  },
);

test('a config of the base branch that nobody had to name must be sound', async () => {
  await hub.world.push(hub.repository, 'main', { '.github/perf-baseline.yml': 'scenarios: [' });
  const run = measuredRun(hub, pull);
  upload(hub, run, resultOfPull(run, 10));
  const ran = await publish(run);
  expect(ran.exitCode).toBe(1);
  expect(ran.annotations).toContainEqual(
    expect.objectContaining({ level: 'error', file: '.github/perf-baseline.yml' }),
  );
  expect(hub.repository.comments).toHaveLength(0);
});

test('more results than a matrix has legs: what was left out is told, and GitHub is not asked without end', async () => {
  const run = measuredRun(hub, pull);
  for (let i = 0; i < 310; i++)
    upload(hub, run, resultOfPull(run, 10, { series: `series ${i}`, scenarios: [] }));
  hub.requests.length = 0;
  const ran = await publishWithCheck(hub, await workflowRunEvent(hub, run));
  expect(ran.exitCode).toBe(0);
  expect(hub.repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['cancelled']);
  expect(told(ran).filter((line) => !line.includes('was not measured'))).toEqual([
    expect.stringMatching(/^Refused: run \d+ has uploaded 310 results, .* the other 246 were left out$/),
    'And 57 more: the summary of this job has them all.',
  ]);
  expect(hub.requests.filter(({ host }) => host === 'api').length).toBeLessThan(150);
  // And what is said of the whole run.
  expect(parseSections(hub.repository.comments[0]?.body ?? '')).toHaveLength(64 + 1);
  hub.assertClean();
});

test('more refusals than GitHub shows notices of a step: the last one says how many more there are, and where', async () => {
  const run = measuredRun(hub, pull);
  for (let i = 0; i < 40; i++)
    upload(hub, run, resultOfPull(run, 10, { series: `series ${i}`, origin: null }));
  const ran = await publish(run);
  const refused = /Refused: artifact \S+ of run \d+ is refused/g;
  expect(told(ran).join('\n').match(refused)).toHaveLength(8);
  expect(told(ran).slice(8)).toEqual(['And 32 more: the summary of this job has them all.']);
  expect(ran.summary.match(refused)).toHaveLength(40);
  expect(ran.log.match(refused)?.length).toBeGreaterThanOrEqual(32);
  hub.assertClean();
});

test.each<[string, string, string, RegExp]>([
  ['of another workflow does not speak', 'Nightly', 'new', /another workflow has stored/],
  ['of the workflow that ran speaks', 'Performance', 'regressed', /❌/],
])('under a series that was written by hand, a baseline %s', async (_, workflow, verdict, words) => {
  await storeBaselines(hub, 10, { series: 'load test', workflow });
  const run = measuredRun(hub, pull);
  upload(hub, run, resultOfPull(run, 20, { series: 'load test' }));
  const ran = await publish(run);
  expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict } });
  expect(hub.repository.comments[0]?.body).toMatch(words);
  hub.assertClean();
});

test.each<[string, (result: Result) => Result]>([
  ['it', (result) => ({ ...result, sampling: { ...result.sampling, stopped: 'cancelled' } })],
  [
    'a scenario of it',
    (result) => ({
      ...result,
      scenarios: result.scenarios.map(({ outcome, ...scenario }) => ({
        ...scenario,
        outcome: {
          ...{ status: 'failed', rounds: outcome.rounds, warnings: [] },
          failure: { reason: 'cancelled', detail: 'x' },
        },
      })),
    }),
  ],
])('that %s was cancelled is for GitHub to say: it makes no heading', async (_, cancelled) => {
  await storeBaselines(hub, 10);
  const run = measuredRun(hub, pull);
  upload(hub, run, resultOfPull(run, 40, { series: seriesOf({ node: 22 }) }));
  upload(hub, run, cancelled(resultOfPull(run, 40)));
  const ran = await publishWithCheck(hub, await workflowRunEvent(hub, run));
  expect(told(ran)).toEqual([
    expect.stringMatching(/^Refused: .* says that it was cancelled, and what is cancelled uploads nothing$/),
  ]);
  expect(hub.repository.comments[0]?.body).not.toMatch(/Cancelled before/);
  expect(hub.repository.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['cancelled']);
  hub.assertClean();
});

test('what a result calls its verdict is repeated only where it is one', async () => {
  const run = measuredRun(hub, pull);
  upload(
    hub,
    run,
    resultOfPull(run, 10, { series: 'a\n::error::b', verdict: 'fine\n\n## @everyone ::error::x' }),
  );
  const ran = await publish(run);
  expect(told(ran)).toEqual([
    expect.stringMatching(
      /^The result of a .*b says something that is no verdict of itself; judged anew it is new$/,
    ),
  ]);
  expect(ran.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  expect(ran.log + ran.summary).not.toContain('## @everyone');
  hub.assertClean();
});

test('by the default criteria nothing passes that its own job has failed', async () => {
  await hub.close();
  hub = await startGitHub({ files: { 'README.md': '# service\n' } });
  const fork = await hub.world.fork(hub.repository, 'stranger');
  await hub.world.push(fork, 'idea', { 'a.txt': '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
  await storeBaselines(hub, 10);
  const checked = { permissions: { ...PUBLISHING, checks: 'write' as const }, inputs: { check: 'true' } };
  for (const [verdict, conclusion] of [
    ['unchanged', 'neutral'],
    ['regressed', 'failure'],
  ] as const) {
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 10, { verdict }));
    await publish(run, checked);
    expect(hub.repository.checkRuns.at(-1)?.conclusion).toBe(conclusion);
  }
  hub.assertClean();
});
