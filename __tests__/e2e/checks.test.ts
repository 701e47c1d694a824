import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mergeGroupEvent, pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import type { Pull, Scopes } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { job } from './jobs.ts';
import { measuredRun, publishWithCheck, resultOfPull, storeBaselines, upload } from './measurements.ts';
import { QUICK, serviceFiles } from './service.ts';

const CHECKING: Scopes = { contents: 'write', 'pull-requests': 'write', actions: 'read', checks: 'write' };
const inputs = { check: 'true', compare: 'stored' };

let hub: GitHubStandIn;
let pull: Pull;
beforeEach(async () => {
  const scenarios = `  work:
    type: http
    connections: 24
    requests: [GET /work]
    limits:
      p50: 1ms
`;
  const files = { 'README.md': '# service\n', ...serviceFiles({ scenarios, measure: QUICK }) };
  hub = await startGitHub({ files });
  await hub.world.push(hub.repository, 'topic', { 'a.txt': '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'topic' });
});
afterEach(() => hub.close());

const checks = () => hub.repository.checkRuns;
const lineOf = async (text: string) => {
  const blob = await hub.repository.git.run(['show', 'refs/heads/main:.github/perf-baseline.yml']);
  return (
    blob
      .toString()
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
};

describe('the check run', () => {
  test('of a pull request fails with annotations on the config’s lines', async () => {
    const ran = await job(hub, await pullRequestEvent(hub, pull), { inputs, permissions: CHECKING });
    expect(ran.exitCode).toBe(1);
    expect(checks()).toHaveLength(1);
    expect(checks()[0]).toMatchObject({
      name: 'perf-baseline',
      headSha: pull.head.sha,
      status: 'completed',
      conclusion: 'failure',
    });
    expect(checks()[0]?.output.annotations).toEqual([
      expect.objectContaining({
        path: '.github/perf-baseline.yml',
        start_line: await lineOf('p50: 1ms'),
        annotation_level: 'failure',
        title: expect.stringMatching(/limit exceeded/),
      }),
    ]);
    expect(checks()[0]?.output.summary).toMatch(/limit/);
    hub.assertClean();
  });

  test('of a merge group is one for all of its jobs, and needs no pull request', async () => {
    const event = await mergeGroupEvent(hub, pull);
    const run = hub.world.createRun(hub.repository, { event: 'merge_group', ...event.run });
    for (const node of [20, 22]) {
      const leg = { run, matrix: { node }, legs: 2 };
      const ran = await job(hub, event, { inputs, permissions: CHECKING, ...leg });
      expect(ran.exitCode).toBe(1);
    }
    expect(checks()).toHaveLength(1);
    expect(checks()[0]).toMatchObject({ headSha: event.sha, conclusion: 'failure' });
    expect(checks()[0]?.output.summary).toMatch(/2 of 2 series/);
    expect(hub.repository.comments).toHaveLength(0);
    hub.assertClean();
  });

  test.each(['pull_request', 'merge_group'])(
    'of a matrix is not green before all of its legs have reported: %s',
    async (name) => {
      const fine = serviceFiles({ measure: QUICK });
      await hub.world.push(hub.repository, 'topic', fine);
      const event =
        name === 'pull_request' ? await pullRequestEvent(hub, pull) : await mergeGroupEvent(hub, pull);
      const run = hub.world.createRun(hub.repository, { event: name, ...event.run });
      const leg = (node: number) =>
        job(hub, event, { inputs, permissions: CHECKING, run, matrix: { node }, legs: 2 });
      const first = await leg(20);
      expect(first.exitCode).toBe(0);
      expect(first.log).toMatch(/check run: in progress, not all of 2 jobs/);
      expect(checks()).toEqual([
        expect.objectContaining({
          status: 'in_progress',
          conclusion: null,
          externalId: expect.stringMatching(new RegExp(`^[0-9a-f]{8}:${run.id}:2$`)),
        }),
      ]);
      expect(checks()[0]?.output.title).toMatch(/1 of 2 jobs have reported/);
      await leg(22);
      // Both are first measurements: nothing was shown to be fine.
      expect(checks()).toEqual([expect.objectContaining({ status: 'completed', conclusion: 'neutral' })]);
      hub.assertClean();
    },
  );

  test('of a run with a leg that never reported is not green, and does not wait for it', async () => {
    await hub.world.push(hub.repository, 'topic', serviceFiles({ measure: QUICK }));
    const event = await pullRequestEvent(hub, pull);
    const jobs = ['measure (20)', 'measure (22)'];
    const run = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run, jobs });
    await job(hub, event, { inputs, permissions: CHECKING, run, matrix: { node: 20 }, legs: 2 });
    hub.world.completeRun(run, 'cancelled');
    for (const one of run.jobs) one.conclusion = one.name === 'measure (20)' ? 'success' : 'cancelled';
    await publishWithCheck(hub, await workflowRunEvent(hub, run));
    expect(checks()).toEqual([expect.objectContaining({ status: 'completed', conclusion: 'cancelled' })]);
  });

  test('of two workflows that know nothing of each other holds what both found', async () => {
    const fine = serviceFiles({ measure: QUICK })['.github/perf-baseline.yml'] ?? '';
    await hub.world.push(hub.repository, 'topic', { '.github/fine.yml': fine });
    const event = await pullRequestEvent(hub, pull);
    await job(hub, event, { inputs, permissions: CHECKING });
    const workflow = { name: 'Other', path: '.github/workflows/other.yml' };
    const other = { inputs: { ...inputs, config: '.github/fine.yml' }, permissions: CHECKING, workflow };
    expect((await job(hub, event, other)).exitCode).toBe(0);
    expect(hub.repository.comments).toHaveLength(2);
    expect(checks()).toEqual([expect.objectContaining({ conclusion: 'failure' })]);
    expect(checks()[0]?.output.title).toMatch(/1 regressed/);
    hub.assertClean();
  });

  test.each([
    ['cancelled', { measure: '{ rounds: 1, max-rounds: 1, duration: 60s, warmup: 0s }' }, /measuring work/],
    ['failure', { target: '  setup: exit 3' }, undefined],
  ])(
    'of a matrix with a leg that reports nothing does not wait for it: %s',
    async (conclusion, options, after) => {
      const broken = serviceFiles(options)['.github/perf-baseline.yml'] ?? '';
      await hub.world.push(hub.repository, 'topic', {
        ...serviceFiles({ measure: QUICK }),
        '.github/broken.yml': broken,
      });
      const event = await pullRequestEvent(hub, pull);
      const run = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run });
      const leg = { permissions: CHECKING, run, legs: 2 };
      await job(hub, event, { ...leg, inputs, matrix: { node: 20 } });
      expect(checks()).toEqual([expect.objectContaining({ status: 'in_progress' })]);
      const ended = await job(hub, event, {
        ...leg,
        inputs: { ...inputs, config: '.github/broken.yml' },
        matrix: { node: 22 },
        ...(after && { signalAfter: after }),
      });
      expect(ended.exitCode).not.toBe(0);
      expect(checks()).toEqual([expect.objectContaining({ status: 'completed', conclusion })]);
    },
  );

  test('without its permission is told, and costs nothing else', async () => {
    const ran = await job(hub, await pullRequestEvent(hub, pull), {
      inputs,
      permissions: { ...CHECKING, checks: 'read' },
    });
    expect(ran.annotations.map(({ message }) => message).join('\n')).toMatch(/checks: write/);
    expect(hub.repository.comments).toHaveLength(1);
    expect(ran.outputs.verdict).toBe('regressed');
  });

  test('of a fork is written by the workflow that publishes', async () => {
    const fork = await hub.world.fork(hub.repository, 'stranger');
    await hub.world.push(fork, 'idea', { 'b.txt': '1' });
    const theirs = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
    await storeBaselines(hub, 10);
    const run = measuredRun(hub, theirs);
    upload(hub, run, resultOfPull(run, 30));
    const ran = await publishWithCheck(hub, await workflowRunEvent(hub, run));
    expect(ran.exitCode).toBe(0);
    expect(checks()).toEqual([expect.objectContaining({ headSha: theirs.head.sha, conclusion: 'failure' })]);
    hub.assertClean();
  });
});
