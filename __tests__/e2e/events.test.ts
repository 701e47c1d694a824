import { afterEach, describe, expect, test } from '@jest/globals';
import {
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowDispatchEvent,
} from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import type { Files } from '../harness/workspace.ts';
import { baselineFiles, inParallel, job, openPull, said } from './jobs.ts';
import { serviceFiles } from './service.ts';

let hub: GitHubStandIn;
afterEach(async () => {
  await hub.close();
});

/** Compared, and nothing of it that one short round could decide. */
const UNDECIDED = { more: 'criteria: { p95: off, rps: off, memory: off }' };
const STORED = { compare: 'stored' };

/** A service whose limit no machine can keep: a regression that no noise can hide. */
const exceeding = (): Files =>
  serviceFiles({
    scenarios: '  work: { type: http, connections: 4, requests: [GET /work], limits: { rps: 10000000 } }',
    measure: '{ rounds: 3, max-rounds: 3, duration: 100ms, warmup: 0s }',
  });

describe('a push to the default branch', () => {
  test('that regresses is stored and warned of; it fails only when fail-on is written', async () => {
    hub = await startGitHub({ files: exceeding() });
    const silent = await job(hub, await pushEvent(hub), { inputs: STORED });
    expect(silent).toMatchObject({ exitCode: 0, outputs: { verdict: 'regressed' } });
    expect(silent.annotations).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        message: expect.stringMatching(/stored all the same; set fail-on/),
      }),
    );
    expect(await baselineFiles(hub)).toHaveLength(1);

    await hub.world.push(hub.repository, 'main', { 'README.md': 'next' });
    const explicit = await job(hub, await pushEvent(hub), { inputs: { ...STORED, 'fail-on': 'regression' } });
    expect(explicit).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed' } });
    expect(await baselineFiles(hub)).toHaveLength(2);

    await hub.world.push(hub.repository, 'main', { 'README.md': 'and next' });
    const never = await job(hub, await pushEvent(hub), {
      inputs: { ...STORED, 'update-baseline': 'never', 'fail-on': 'never' },
    });
    expect(never).toMatchObject({ exitCode: 0, outputs: { verdict: 'regressed' } });
    expect(await baselineFiles(hub)).toHaveLength(2);
    expect(hub.repository.comments).toEqual([]);
    hub.assertClean();
  });

  test('a push to another branch measures, and stores nothing', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    await hub.world.push(hub.repository, 'topic', { 'README.md': 'other' });
    const result = await job(hub, await pushEvent(hub, { branch: 'topic' }), { inputs: STORED });
    expect(result).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(await hub.repository.git.refs('refs/heads/perf-baseline')).toEqual([]);
  });
});

describe('a pull request', () => {
  test('of a fork: summary and artifact, no comment, nothing stored, and no failure of its own', async () => {
    hub = await startGitHub({ files: serviceFiles(UNDECIDED) });
    await job(hub, await pushEvent(hub), { inputs: STORED });
    const fork = await hub.world.fork(hub.repository, 'stranger');
    await hub.world.push(fork, 'idea', { 'README.md': 'mine' });
    const pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
    const result = await job(hub, await pullRequestEvent(hub, pull), { inputs: STORED });
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'success' });
    expect(['unchanged', 'inconclusive']).toContain(result.outputs.verdict);
    expect(result.annotations).toContainEqual(
      expect.objectContaining({ level: 'notice', message: expect.stringMatching(/may not comment/) }),
    );
    expect(result.outputs['comment-url']).toBe('');
    expect(result.summary).toContain('`work`');
    expect(hub.repository.artifacts).toHaveLength(2);
    expect(hub.repository.comments).toEqual([]);
    expect(await baselineFiles(hub)).toHaveLength(1);
    hub.assertClean();
  });

  test('that exceeds a limit: fail-on decides about the step, comment about the comment', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    const pull = await openPull(hub, 'change', exceeding());
    const event = await pullRequestEvent(hub, pull);
    const [never, silent] = await Promise.all([
      job(hub, event, { inputs: { compare: 'none', 'fail-on': 'never', comment: 'on-alert' } }),
      job(hub, event, { inputs: { compare: 'none', 'fail-on': 'inconclusive', comment: 'never' } }),
    ]);
    expect(never).toMatchObject({ exitCode: 0, outputs: { verdict: 'regressed' } });
    expect(never.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', title: 'work: limit exceeded' }),
    );
    expect(silent).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed' } });
    expect(silent.outputs['comment-url']).toBe('');
    expect(hub.repository.comments).toHaveLength(1);
    hub.assertClean();
  });

  test('that is fine begins no comment with on-alert, but updates the one there is', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    const inputs = { compare: 'none', comment: 'on-alert' };
    const pull = await openPull(hub, 'change', { 'README.md': 'better' });
    const fine = await job(hub, await pullRequestEvent(hub, pull), { inputs });
    expect(fine).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(hub.repository.comments).toEqual([]);
    await hub.world.push(hub.repository, 'change', exceeding());
    await job(hub, await pullRequestEvent(hub, pull, { action: 'synchronize' }), { inputs });
    expect(hub.repository.comments[0]?.body).toContain('❌');
    await hub.world.push(hub.repository, 'change', serviceFiles());
    await job(hub, await pullRequestEvent(hub, pull, { action: 'synchronize' }), { inputs });
    expect(hub.repository.comments).toHaveLength(1);
    expect(hub.repository.comments[0]?.body).not.toContain('❌');
    hub.assertClean();
  });

  test('is compared with what is asked for: paired, stored, none', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    const pull = await openPull(hub, 'change', { 'README.md': 'better' });
    const event = await pullRequestEvent(hub, pull);
    const base = await hub.repository.git.resolve('main');
    await inParallel(['paired', 'stored', 'none'], async (compare) => {
      const result = await job(hub, event, { inputs: { compare, comment: 'never' } });
      const sha = compare === 'paired' ? base : '';
      expect([compare, result.exitCode, result.outputs['baseline-sha']]).toEqual([compare, 0, sha]);
      if (compare !== 'paired') expect(result.outputs.verdict).toBe('new');
    });
    const refused = await job(hub, event, { inputs: { 'update-baseline': 'always' } });
    expect(refused.exitCode).toBe(1);
    expect(said(refused)).toMatch(/update-baseline.*always.*pull request/);
    hub.assertClean();
  });
});

describe('other events', () => {
  test('merge_group, schedule and workflow_dispatch measure and report; only `always` makes them a baseline', async () => {
    hub = await startGitHub({ files: serviceFiles(UNDECIDED) });
    await job(hub, await pushEvent(hub), { inputs: STORED });
    const pull = await openPull(hub, 'change', { 'README.md': 'better' });
    const events = [
      await mergeGroupEvent(hub, pull),
      await scheduleEvent(hub),
      await workflowDispatchEvent(hub),
    ];
    await inParallel(events, async (event) => {
      const result = await job(hub, event, { inputs: STORED });
      expect([event.name, result.exitCode]).toEqual([event.name, 0]);
      expect(['unchanged', 'inconclusive']).toContain(result.outputs.verdict);
      expect(result.summary).toContain('`work`');
    });
    expect(hub.repository.comments).toEqual([]);
    expect(await baselineFiles(hub)).toHaveLength(1);
    await job(hub, await scheduleEvent(hub), { inputs: { ...STORED, 'update-baseline': 'always' } });
    expect(await baselineFiles(hub)).toHaveLength(2);
    hub.assertClean();
  });
});
