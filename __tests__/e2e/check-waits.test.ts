import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { issueCommentEvent, mergeGroupEvent, pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import type { Pull, Run } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { job, killedJob } from './jobs.ts';
import {
  CHATTING,
  measuredRun,
  publishWithCheck,
  resultOfPull,
  storeBaselines,
  upload,
  WORKFLOW,
  withoutCheckout,
} from './measurements.ts';
import { QUICK, serviceFiles } from './service.ts';

let hub: GitHubStandIn;
let pull: Pull;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles({ measure: QUICK }) } });
  hub.world.setPermission(hub.repository, 'keeper', 'write');
  await hub.world.push(hub.repository, 'topic', { 'a.txt': '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'topic' });
});
afterEach(() => hub.close());

const checks = () => hub.repository.checkRuns;
const WAITS = [expect.objectContaining({ status: 'in_progress' })];
const CANCELLED = [expect.objectContaining({ status: 'completed', conclusion: 'cancelled' })];

const inputs = { check: 'true', compare: 'stored' };
const permissions = { ...CHATTING, contents: 'write' } as const;

async function ask(where = pull) {
  const comment = hub.world.comment(hub.repository, where.number, 'keeper', '/perf-baseline status');
  await withoutCheckout(hub, await issueCommentEvent(hub, where, comment), {
    workflow: { name: 'Performance chat', path: '.github/workflows/chat.yml' },
    job: 'chat',
    permissions: CHATTING,
  });
}

describe('a leg that was lost before its first word', () => {
  async function begin(more: Record<string, string> = {}) {
    const event = await pullRequestEvent(hub, pull);
    const jobs = ['measure (20)', 'measure (22)'];
    const run = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run, jobs });
    await job(hub, event, {
      ...{ run, permissions, matrix: { node: 20 }, legs: 2 },
      inputs: { ...inputs, ...more },
    });
    run.status = 'in_progress';
    expect(checks()).toEqual(WAITS);
    return { event, run };
  }
  const another = (event: Awaited<ReturnType<typeof begin>>['event'], name: string) =>
    job(hub, event, { inputs, permissions, workflow: { name, path: '.github/workflows/other.yml' } });

  test('is waited for, whatever another workflow of its name has reported', async () => {
    const { event, run } = await begin();
    expect(run.workflow).toMatchObject({ path: WORKFLOW });
    await another(event, run.workflow.name);
    expect(checks()).toEqual(WAITS);
    expect(checks()[0]?.output.title).toMatch(/1 of 2 jobs have reported/);
    hub.assertClean();
  });

  test('is waited for no more once its run has ended and somebody asks, nor by who writes afterwards', async () => {
    const { event, run } = await begin();
    await ask();
    expect(checks()).toEqual(WAITS);
    hub.world.completeRun(run, 'failure');
    await ask();
    expect(checks()).toEqual(CANCELLED);
    expect(checks()[0]?.output.title).toMatch(/1 of 2 jobs have reported, and the run has ended/);
    await another(event, 'Other');
    expect(checks()).toEqual(CANCELLED);
    hub.assertClean();
  });

  test('is waited for no more where there is no comment either', async () => {
    const { run } = await begin({ comment: 'never' });
    hub.world.completeRun(run, 'failure');
    await ask();
    expect(checks()).toEqual(CANCELLED);
    hub.assertClean();
  });

  test('of a merge group is waited for no more once its run has ended', async () => {
    const event = await mergeGroupEvent(hub, pull);
    const run = hub.world.createRun(hub.repository, { event: 'merge_group', ...event.run });
    await job(hub, event, { run, inputs, permissions, matrix: { node: 20 }, legs: 2 });
    expect(checks()).toEqual(WAITS);
    hub.world.completeRun(run, 'failure');
    await publishWithCheck(hub, await workflowRunEvent(hub, run));
    expect(checks()).toEqual(CANCELLED);
    hub.assertClean();
  });
});

test('a workflow that is at work is waited for, until its run has ended', async () => {
  const event = await pullRequestEvent(hub, pull);
  const slow = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run });
  await killedJob(hub, event, {
    ...{ run: slow, permissions, inputs: { ...inputs, comment: 'never' } },
    workflow: { name: 'Slow', path: '.github/workflows/slow.yml' },
  });
  slow.status = 'in_progress';
  expect(checks()).toEqual(WAITS);
  await job(hub, event, { inputs, permissions });
  expect(checks()).toEqual(WAITS);
  expect(checks()[0]?.output.title).toMatch(/measuring/);
  hub.world.completeRun(slow, 'failure');
  await ask();
  expect(checks()).toEqual(CANCELLED);
});

test('two workflows that begin at once end with one check run of both', async () => {
  const event = await pullRequestEvent(hub, pull);
  let open = () => {};
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrived = 0;
  const arrive = () => {
    arrived += 1;
    if (arrived === 2) open();
    return both;
  };
  const begun = hub.fault({
    match: { route: /checks\/create/ },
    kind: { type: 'before', run: arrive },
    times: 2,
  });
  const names = ['Performance', 'Other'];
  await Promise.all(
    names.map((name) =>
      job(hub, event, {
        ...{ inputs, permissions },
        workflow: { name, path: `.github/workflows/${name.toLowerCase()}.yml` },
      }),
    ),
  );
  expect(begun.struck).toBe(2);
  expect(checks()).toEqual([
    expect.objectContaining({ conclusion: 'neutral', output: expect.objectContaining({ title: 'moved' }) }),
    expect.objectContaining({ conclusion: 'neutral', output: expect.objectContaining({ title: '2 new' }) }),
  ]);
  hub.assertClean();
});

test('a check run that was begun is ended though its last write is refused', async () => {
  const event = await pullRequestEvent(hub, pull);
  const refused = hub.fault({ match: { route: /checks\/update/ }, kind: { type: 'status', status: 422 } });
  await job(hub, event, { inputs, permissions });
  expect(refused.struck).toBe(1);
  expect(checks()).toEqual([expect.objectContaining({ status: 'completed' })]);
});

test('who opens a pull request of the same head writes nothing into its check', async () => {
  await storeBaselines(hub, 10);
  const own = measuredRun(hub, pull);
  upload(hub, own, resultOfPull(own, 10));
  await publishWithCheck(hub, await workflowRunEvent(hub, own));
  const before = structuredClone(checks());
  expect(before).toEqual([expect.objectContaining({ status: 'completed' })]);
  const fork = await hub.world.fork(hub.repository, 'stranger');
  await fork.git.run(['update-ref', 'refs/heads/copy', pull.head.sha]);
  const copy = await hub.world.openPull(hub.repository, { head: 'copy', from: fork });
  const theirs: Run = measuredRun(hub, copy);
  upload(hub, theirs, resultOfPull(theirs, 40));
  const ran = await publishWithCheck(hub, await workflowRunEvent(hub, theirs));
  expect(ran.log).toMatch(new RegExp(`check run is left alone: \\w{7} is the head of #${pull.number} too`));
  expect(hub.repository.comments.filter(({ number }) => number === copy.number)).toHaveLength(1);
  await ask(copy);
  expect(checks()).toEqual(before);
  hub.assertClean();
});
