import { afterEach, describe, expect, test } from '@jest/globals';
import { expectVerdict, job, openPull } from '../e2e/jobs.ts';
import { CALM, type ServiceOptions, serviceFiles, WORK } from '../e2e/service.ts';
import { pullRequestEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import type { RunResult } from '../harness/runner.ts';
import type { Files } from '../harness/workspace.ts';

/** Long waits beside which the noise of a busy machine is small; and the median, which a moment's halt does not move. */
const BASE: ServiceOptions = {
  workMs: 150,
  scenarios: WORK,
  measure: '{ rounds: 4, max-rounds: 8, duration: 500ms, warmup: 100ms, budget: 100s }',
  more: 'criteria: { p50: +20%, p95: off, rps: off, memory: off }',
};

let hub: GitHubStandIn;
afterEach(() => hub.close());

/** Opens a pull request with these files on a service and measures it beside its base. */
async function pairedRun(
  name: string,
  files: Files,
  base: ServiceOptions = BASE,
): Promise<RunResult & { comment: string }> {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles(base) } });
  const pull = await openPull(hub, name, files);
  const event = await pullRequestEvent(hub, pull);
  const result = await job(hub, event, { inputs: { compare: 'paired' } });
  hub.assertClean();
  return { ...result, comment: hub.repository.comments.at(-1)?.body ?? '' };
}

describe('base and head, measured side by side', () => {
  test('an endpoint that is 30% slower is regressed', async () => {
    const two = { ...BASE, scenarios: `${WORK}\n${CALM}` };
    const run = await pairedRun('slower', serviceFiles({ ...two, workMs: 195 }), two);
    expectVerdict(run, 'regressed');
    const { exitCode, comment } = run;
    expect(exitCode).toBe(1);
    expect(comment).toContain('interleaved with the candidate on the same machine');
    expect(comment).toMatch(/`work` \|[^\n]*❌ regressed/);
    expect(comment).not.toMatch(/`calm` \|[^\n]*❌ regressed/);
  });

  test('a change of words is never regressed, and is told apart from its base', async () => {
    const run = await pairedRun('docs', { 'README.md': '# other words\n' });
    expectVerdict(run, 'unchanged', 'inconclusive');
    const { outputs, exitCode } = run;
    expect(exitCode).toBe(0);
    expect(outputs['baseline-sha']).toMatch(/^[0-9a-f]{40}$/);
  });

  test('an endpoint that is 40% faster is improved', async () => {
    const { comment } = await pairedRun('faster', serviceFiles({ ...BASE, workMs: 90 }));
    expect(comment).toMatch(/`work` \|[^\n]*improved/);
    expect(comment).not.toMatch(/❌ regressed/);
  });
});
