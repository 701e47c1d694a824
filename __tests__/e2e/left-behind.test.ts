import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { issueCommentEvent, workflowRunEvent } from '../harness/events.ts';
import type { Pull, Repository, Run } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import {
  CHATTING,
  measuredRun,
  resultOfPull,
  storeBaselines,
  upload,
  withoutCheckout,
} from './measurements.ts';
import { serviceFiles } from './service.ts';
import { leaveUnfinished } from './unfinished.ts';

let hub: GitHubStandIn;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles() } });
});
afterEach(async () => {
  hub.assertClean();
  await hub.close();
});

const publish = async (run: Run, action: 'requested' | 'completed' = 'completed') =>
  withoutCheckout(hub, await workflowRunEvent(hub, run, { action }));
const report = ({ number }: Pull) =>
  hub.repository.comments.find((one) => one.number === number && one.body.includes('perf-baseline:comment'))
    ?.body ?? '';

describe('"measuring…" of a job that lost its machine', () => {
  const MEASURING = 'Measuring…';
  const begin = async (): Promise<Pull> => {
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '1' });
    return hub.world.openPull(hub.repository, { head: 'topic' });
  };
  /** The comment as the job left it. */
  const leave = (pull: Pull, run: Run) => {
    leaveUnfinished(hub, pull, run);
    expect(report(pull)).toContain(MEASURING);
  };

  test('ends where the head has moved on, and nothing runs for it', async () => {
    const pull = await begin();
    const run = measuredRun(hub, pull);
    leave(pull, run);
    await hub.world.push(hub.repository, 'topic', { 'a.txt': 'in conflict' });
    await publish(run);
    expect(report(pull)).not.toContain(MEASURING);
    expect(report(pull)).toContain('Never reported');
  });

  test('ends in a pull request that was closed, with another one opened from its branch', async () => {
    const pull = await begin();
    const run = measuredRun(hub, pull);
    leave(pull, run);
    pull.state = 'closed';
    await hub.world.openPull(hub.repository, { head: 'topic' });
    await publish(run);
    expect(report(pull)).not.toContain(MEASURING);
    expect(report(pull)).toContain('Never reported');
  });

  test('ends in each of two pull requests of its branch, of which it can be either', async () => {
    const pull = await begin();
    const run = measuredRun(hub, pull);
    leave(pull, run);
    await hub.world.push(hub.repository, 'release', { 'b.txt': '1' });
    await hub.world.openPull(hub.repository, { head: 'topic', base: 'release' });
    const ran = await publish(run);
    expect(ran.log).toMatch(/several pull requests have the head/);
    expect(report(pull)).not.toContain(MEASURING);
    expect(report(pull)).toContain('Never reported');
  });

  test('ends when somebody asks, though a later attempt has ended before it said a word', async () => {
    const pull = await begin();
    const run = measuredRun(hub, pull);
    leave(pull, run);
    hub.world.rerun(run);
    hub.world.completeRun(run, 'failure');
    hub.world.setPermission(hub.repository, 'keeper', 'write');
    const comment = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline status');
    await withoutCheckout(hub, await issueCommentEvent(hub, pull, comment), { permissions: CHATTING });
    expect(report(pull)).not.toContain(MEASURING);
    expect(report(pull)).toContain('Never reported');
  });

  test('of another run stays', async () => {
    const pull = await begin();
    const [before, run] = [measuredRun(hub, pull), measuredRun(hub, pull)];
    leave(pull, run);
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '2' });
    const body = report(pull);
    await publish(before);
    expect(report(pull)).toBe(body);
  });
});

describe('that the latest commit of a fork is being measured', () => {
  const REMARK = /the latest commit, is being measured/;
  let fork: Repository;
  let pull: Pull;
  let second: Run;
  beforeEach(async () => {
    fork = await hub.world.fork(hub.repository, 'stranger');
    await hub.world.push(fork, 'idea', { 'a.txt': '1' });
    pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
    await storeBaselines(hub, 10);
    const first = measuredRun(hub, pull);
    upload(hub, first, resultOfPull(first, 10));
    await publish(first);
  });
  const pushSecond = async () => {
    await hub.world.push(fork, 'idea', { 'a.txt': '2' });
    second = measuredRun(hub, pull);
    second.status = 'in_progress';
    await publish(second, 'requested');
    expect(report(pull)).toMatch(REMARK);
  };

  test('is not said any more once there is a later one, which nothing runs for', async () => {
    await pushSecond();
    await hub.world.push(fork, 'idea', { 'a.txt': '3' });
    hub.world.completeRun(second, 'success');
    upload(hub, second, resultOfPull(second, 10));
    await publish(second);
    expect(report(pull)).not.toMatch(REMARK);
    expect(report(pull)).toContain('not at the latest commit');
  });

  test('is not said any more once the head is an older one again, which is the latest then', async () => {
    const { sha } = pull.head;
    await pushSecond();
    await fork.git.run(['update-ref', 'refs/heads/idea', sha]);
    await hub.world.syncPulls();
    hub.world.completeRun(second, 'cancelled');
    await publish(second);
    expect(report(pull)).not.toMatch(REMARK);
    expect(report(pull)).not.toContain('not at the latest commit');
  });
});
