import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Result } from '../../src/domain/result.ts';
import { pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import type { Run, Scopes } from '../harness/github/records.ts';
import type { Files } from '../harness/workspace.ts';
import { Chat } from './chat.ts';
import { job } from './jobs.ts';
import {
  measuredRun,
  PUBLISHING,
  publishWithCheck,
  resultOfPull,
  storeBaselines,
  upload,
} from './measurements.ts';
import { QUICK, serviceFiles } from './service.ts';

const MINUTE = 60_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString().replace(/\.\d+/, '');

let chat: Chat;
beforeEach(async () => {
  chat = await Chat.begin();
});
afterEach(async () => {
  chat.hub.assertClean();
  await chat.close();
});

const publish = async (run: Run, inputs: Record<string, string> = {}) =>
  publishWithCheck(chat.hub, await workflowRunEvent(chat.hub, run), inputs);

describe('an acceptance is of what was to be seen when it was written', () => {
  test('not of a commit that was uploaded by then, and reported afterwards', async () => {
    const { hub, pull } = chat;
    await hub.world.push(hub.repository, 'topic', { 'b.txt': '1' });
    const run = measuredRun(hub, pull);
    upload(hub, run, resultOfPull(run, 900)).createdAt = ago(2 * MINUTE);
    const comment = chat.comment('keeper', '/perf-baseline accept because twice as slow is fine');
    comment.createdAt = ago(MINUTE);
    await publish(run);
    await chat.hear(comment);
    expect(chat.answer()).toContain('Your comment is older than the report');
    expect(chat.conclusion()).toBe('failure');
  });

  test('not of a later attempt that is not reported yet', async () => {
    const { hub, run } = chat;
    hub.world.rerun(run);
    hub.world.completeRun(run, 'success');
    const origin: Result['origin'] = { ...resultOfPull(run, 1).origin, runAttempt: 2 } as Result['origin'];
    upload(hub, run, resultOfPull(run, 900, { origin })).createdAt = ago(2 * MINUTE);
    await chat.say('keeper', '/perf-baseline accept because twice as slow is fine');
    expect(chat.answer()).toContain('is of attempt 2, which is not reported yet');
    expect(chat.report()).toMatch(/^### ❌ /m);
  });
});

test('a revoke holds for the commit that it was written about, though another one is the head by then', async () => {
  const { hub, pull } = chat;
  await publish(chat.run);
  const { sha } = pull.head;
  await chat.say('keeper', '/perf-baseline accept because meant');
  expect(chat.conclusion()).toBe('success');
  const revoke = chat.comment('keeper', '/perf-baseline revoke');
  await hub.world.push(hub.repository, 'topic', { 'b.txt': '1' });
  await chat.hear(revoke);
  expect(chat.answer()).toContain('Taken back by @keeper');
  await hub.repository.git.run(['update-ref', 'refs/heads/topic', sha]);
  await hub.world.syncPulls();
  const again = measuredRun(hub, pull);
  upload(hub, again, resultOfPull(again, 20));
  await publish(again);
  expect(chat.conclusion()).toBe('failure');
});

describe('a command lets nothing pass that it cannot judge as the job did', () => {
  const OFF = 'criteria: { rps: off, p95: off, memory: off, error-rate: off }';
  const limited = (limits: string) =>
    serviceFiles({
      measure: QUICK,
      scenarios: `  work: { type: http, connections: 24, requests: [GET /work], limits: { ${limits} } }`,
      more: OFF,
    });
  const OWN: Scopes = { ...PUBLISHING, checks: 'write', contents: 'write' };
  const measure = async (files: Files, inputs: Record<string, string> = {}) => {
    const { hub, pull } = chat;
    await hub.world.push(hub.repository, 'topic', files);
    return job(hub, await pullRequestEvent(hub, pull), {
      inputs: { compare: 'stored', check: 'true', ...inputs },
      permissions: OWN,
    });
  };

  test('what the merge with the base is held to, and the head alone is not', async () => {
    const { hub } = chat;
    await hub.world.push(hub.repository, 'main', limited('p90: 1ms, p50: 1ms'));
    await measure({ 'b.txt': '1' });
    expect(chat.report()).toContain('2 of 2 limits exceeded');
    await chat.say('keeper', '/perf-baseline accept work p90 because p90 alone');
    expect(chat.report()).toMatch(/1 of 2 limits exceeded/);
    expect(chat.conclusion()).toBe('failure');
  });

  test('a config and a series of their own', async () => {
    const { '.github/perf-baseline.yml': config = '', 'server.mjs': server = '' } = limited('p50: 1ms');
    await storeBaselines(chat.hub, 10, { series: 'api' });
    await measure(
      { 'server.mjs': server, 'perf/api.yml': config },
      { config: 'perf/api.yml', series: 'api', 'comment-key': 'api' },
    );
    expect(chat.conclusion()).toBe('failure');
    await chat.say('keeper', '/perf-baseline accept');
    expect(chat.answer()).toContain('cannot be found here');
    await chat.say('keeper', '/perf-baseline revoke');
    expect(chat.conclusion()).toBe('failure');
  });

  test('baselines that are not where it looks', async () => {
    const { git } = chat.hub.repository;
    await git.run(['update-ref', '-d', 'refs/heads/perf-baseline']);
    const before = chat.report();
    await chat.say('keeper', '/perf-baseline revoke');
    expect(chat.report()).toBe(before);
  });
});
