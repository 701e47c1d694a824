import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { issueCommentEvent, pullRequestEvent } from '../harness/events.ts';
import type { Pull } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { job } from './jobs.ts';
import { CHATTING, WORKFLOW, withoutCheckout } from './measurements.ts';
import { QUICK, serviceFiles } from './service.ts';

/*
 * A workflow of two jobs, one of which is lost before its first word, and another workflow that has reported all.
 */
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
const measuring = {
  inputs: { check: 'true', compare: 'stored' },
  permissions: { ...CHATTING, contents: 'write' },
} as const;

async function begin() {
  const event = await pullRequestEvent(hub, pull);
  const jobs = ['measure (20)', 'measure (22)'];
  const run = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run, jobs });
  await job(hub, event, { ...measuring, run, matrix: { node: 20 }, legs: 2 });
  expect(checks()).toEqual([expect.objectContaining({ status: 'in_progress' })]);
  return { event, run };
}

const another = (event: Awaited<ReturnType<typeof begin>>['event'], name: string) =>
  job(hub, event, { ...measuring, workflow: { name, path: '.github/workflows/other.yml' } });

test('is waited for, whatever another workflow of its name has reported', async () => {
  const { event, run } = await begin();
  expect(run.workflow).toMatchObject({ path: WORKFLOW });
  await another(event, run.workflow.name);
  expect(checks()).toEqual([expect.objectContaining({ status: 'in_progress' })]);
  expect(checks()[0]?.output.title).toMatch(/1 of 2 jobs have reported/);
  hub.assertClean();
});

test('is waited for no more once its run has ended and somebody asks, nor by who writes afterwards', async () => {
  const { event, run } = await begin();
  const ask = async () => {
    const comment = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline status');
    await withoutCheckout(hub, await issueCommentEvent(hub, pull, comment), {
      workflow: { name: 'Performance chat', path: '.github/workflows/chat.yml' },
      job: 'chat',
      permissions: CHATTING,
    });
  };
  run.status = 'in_progress';
  await ask();
  expect(checks()).toEqual([expect.objectContaining({ status: 'in_progress' })]);
  hub.world.completeRun(run, 'failure');
  await ask();
  expect(checks()).toEqual([expect.objectContaining({ status: 'completed', conclusion: 'cancelled' })]);
  expect(checks()[0]?.output.title).toMatch(/1 of 2 jobs have reported, and the run has ended/);
  await another(event, 'Other');
  expect(checks()).toEqual([expect.objectContaining({ status: 'completed', conclusion: 'cancelled' })]);
  hub.assertClean();
});
