import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseSections } from '../../src/github/comment-body.ts';
import { pullRequestEvent, pushEvent, workflowRunEvent } from '../harness/events.ts';
import type { Pull } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { inParallel, job, killedJob } from './jobs.ts';
import { withoutCheckout } from './measurements.ts';
import { serviceFiles } from './service.ts';

let hub: GitHubStandIn;
let pull: Pull;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles() } });
  await hub.world.push(hub.repository, 'topic', { 'a.txt': '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'topic' });
});
afterEach(() => hub.close());

const inputs = { compare: 'stored' };
const body = () => hub.repository.comments[0]?.body ?? '';
const titles = () => parseSections(body()).map(({ title }) => title);
/** Requests to the API that counts against the hourly limit. */
const spent = () => hub.requests.filter(({ host }) => host === 'api').length;

describe('several jobs', () => {
  test('of one matrix end in one comment with a section each, whoever is last', async () => {
    const event = await pullRequestEvent(hub, pull);
    const run = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run });
    await inParallel([18, 20, 22, 24], async (node) => {
      const ran = await job(hub, event, { run, inputs, matrix: { node } });
      expect(ran.exitCode).toBe(0);
    });
    expect(hub.repository.comments).toHaveLength(1);
    expect(titles()).toEqual(['measure (18)', 'measure (20)', 'measure (22)', 'measure (24)']);
    expect(body()).not.toContain('Measuring');
    expect(body()).toMatch(/of 4 series/);
    hub.assertClean();
  });

  test('a leg needs at most twelve requests', async () => {
    await job(hub, await pushEvent(hub), { inputs });
    await job(hub, await pullRequestEvent(hub, pull), { inputs });
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '2' });
    hub.requests.length = 0;
    await job(hub, await pullRequestEvent(hub, pull, { action: 'synchronize' }), { inputs });
    console.info(`requests of a leg: ${spent()}`, hub.counts());
    expect(spent()).toBeLessThanOrEqual(12);
  });

  test('of other commits than the newest never look current', async () => {
    const before = await pullRequestEvent(hub, pull);
    await job(hub, before, { inputs, matrix: { node: 20 } });
    await job(hub, before, { inputs, matrix: { node: 22 } });
    const old = pull.head.sha.slice(0, 7);
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '2' });
    await job(hub, await pullRequestEvent(hub, pull, { action: 'synchronize' }), {
      inputs,
      matrix: { node: 22 },
    });
    expect(titles()).toEqual(['measure (20)', 'measure (22)']);
    expect(body()).toContain(`_Measured at \`${old}\`, not at the latest commit:_`);
    expect(body()).toMatch(/`measure \(20\)` \| .*of an older commit/);
  });
});

describe('while it measures', () => {
  test('the comment says so, and a push meanwhile makes the report one of an older commit', async () => {
    const event = await pullRequestEvent(hub, pull);
    const seen: string[] = [];
    hub.fault({
      match: { route: /pulls\/get/ },
      kind: {
        type: 'before',
        run: async () => {
          seen.push(body());
          await hub.world.push(hub.repository, 'topic', { 'a.txt': '3' });
        },
      },
    });
    const ran = await job(hub, event, { inputs });
    expect(seen.join()).toContain('⏳ Measuring…');
    expect(ran.log).toMatch(/has moved on/);
    expect(body()).not.toContain('Measuring');
    expect(body()).toContain('not at the latest commit');
  });

  test('a cancelled job says that it was cancelled', async () => {
    const ran = await job(hub, await pullRequestEvent(hub, pull), {
      inputs,
      signalAfter: /measuring work/,
    });
    expect(ran.conclusion).toBe('cancelled');
    expect(body()).toContain('⏹️ Cancelled before it was finished');
    expect(body()).not.toContain('Measuring');
    hub.assertClean();
  });
});

describe('a job that was killed', () => {
  const killed = async () => {
    const ran = await killedJob(hub, await pullRequestEvent(hub, pull), { inputs });
    expect(body()).toContain('Measuring…');
    return ran.run;
  };

  test('alone is told by the workflow that publishes, when its run has ended', async () => {
    const run = await killed();
    await withoutCheckout(hub, await workflowRunEvent(hub, run));
    expect(body()).toMatch(/### ⏹️ Never reported[\s\S]*Run and its log/);
    expect(body()).not.toContain('Measuring…');
    hub.assertClean();
  });

  test('is not told of by an event that is late, once its next attempt measures', async () => {
    const run = await killed();
    const event = await workflowRunEvent(hub, run);
    hub.world.rerun(run);
    const seen: string[] = [];
    const publishing = hub.fault({
      match: { route: /pulls\/get/ },
      kind: {
        type: 'before',
        run: async () => {
          await withoutCheckout(hub, event);
          seen.push(body());
        },
      },
    });
    await job(hub, await pullRequestEvent(hub, pull), { inputs, run });
    publishing.stop();
    expect(seen.join()).toContain('Measuring…');
    expect(body()).toMatch(/no baseline/i);
  });

  test('at an older commit does not look as if it still measured, to another job that reports', async () => {
    await killed();
    const old = pull.head.sha.slice(0, 7);
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '2' });
    const event = await pullRequestEvent(hub, pull, { action: 'synchronize' });
    await job(hub, event, { inputs, matrix: { node: 22 } });
    expect(body()).toContain(`Never reported\n\nNothing came of \`${old}\`, which is not the latest commit.`);
    expect(body()).toMatch(/`measure` \| ⏹️ cancelled, of an older commit/);
    expect(body()).not.toMatch(/Measuring…|without a verdict yet/);
    hub.assertClean();
  });
});

describe('states of the repository', () => {
  test('a branch of the baselines that is empty, and a default branch of another name', async () => {
    await hub.close();
    hub = await startGitHub({ defaultBranch: 'trunk', files: { 'README.md': '#\n', ...serviceFiles() } });
    const empty = (
      await hub.repository.git.run([
        '-c',
        'user.name=a',
        '-c',
        'user.email=a@b.c',
        'commit-tree',
        '-m',
        'empty',
        '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
      ])
    )
      .toString()
      .trim();
    await hub.repository.git.run(['update-ref', 'refs/heads/perf-baseline', empty]);
    const ran = await job(hub, await pushEvent(hub), { inputs });
    expect(ran).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(ran.log).toContain('baseline stored');
    hub.assertClean();
  });

  test('a protected branch of the baselines is an error that says what to change', async () => {
    hub.repository.protectedBranches.add('perf-baseline');
    const ran = await job(hub, await pushEvent(hub), { inputs });
    expect(ran.exitCode).toBe(1);
    expect(ran.log).toMatch(/ruleset or branch protection/);
  });
});
