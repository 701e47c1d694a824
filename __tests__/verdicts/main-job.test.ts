import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { baselineFiles, expectVerdict, job, openPull } from '../e2e/jobs.ts';
import { CALM, serviceFiles, WORK } from '../e2e/service.ts';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';

const SERVICE = {
  workMs: 40,
  scenarios: `${WORK}\n${CALM}`,
  measure: '{ rounds: 4, max-rounds: 8, duration: 400ms, warmup: 0s, budget: 60s }',
  // The median, which a moment's halt of the machine does not move.
  more: 'criteria: { p50: +50%, p95: off, rps: off, memory: off }',
};

let hub: GitHubStandIn;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles(SERVICE) } });
});
afterEach(() => hub.close());

describe('the main job', () => {
  test('a push stores a baseline, a pull request gets one comment, a slowed endpoint is found', async () => {
    const pushed = await job(hub, await pushEvent(hub));
    expect(pushed).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(await baselineFiles(hub)).toHaveLength(1);

    const pull = await openPull(hub, 'change', { 'README.md': '# better\n' });
    const fine = await job(hub, await pullRequestEvent(hub, pull));
    expectVerdict(fine, 'unchanged', 'inconclusive');
    expect(fine.exitCode).toBe(0);
    expect(hub.repository.comments).toHaveLength(1);
    const [first] = hub.repository.comments;
    expect(fine.outputs['comment-url']).toContain(String(first?.id));

    await hub.world.push(hub.repository, 'change', serviceFiles({ ...SERVICE, workMs: 200 }));
    const slowed = await job(hub, await pullRequestEvent(hub, pull, { action: 'synchronize' }));
    expectVerdict(slowed, 'regressed');
    expect(slowed).toMatchObject({ exitCode: 1, conclusion: 'failure' });
    expect(hub.repository.comments).toHaveLength(1);
    const body = hub.repository.comments[0]?.body ?? '';
    expect(body).toMatch(/❌ .*`work` .*(slower|fewer requests)/);
    expect(body).not.toMatch(/`calm` \|[^\n]*❌ regressed/);
    expect(slowed.annotations.map(({ message }) => message).join('\n')).toMatch(
      /work .*(slower|fewer requests)/,
    );
    expect(hub.repository.artifacts).toHaveLength(3);
    hub.assertClean();
  });
});
