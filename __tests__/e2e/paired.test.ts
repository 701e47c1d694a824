import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pullRequestEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import type { RunResult } from '../harness/runner.ts';
import type { Files } from '../harness/workspace.ts';
import { job, openPull } from './jobs.ts';
import { type ServiceOptions, serviceFiles } from './service.ts';

/** Long waits beside which the noise of a busy machine is small. */
const BASE: ServiceOptions = {
  workMs: 50,
  scenarios: [
    '  work: { type: http, connections: 16, requests: [GET /work] }',
    '  calm: { type: http, connections: 2, requests: [GET /calm] }',
  ].join('\n'),
  measure: '{ rounds: 4, max-rounds: 7, duration: 500ms, warmup: 100ms, budget: 100s }',
};

let hub: GitHubStandIn;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles(BASE) } });
});
afterEach(() => hub.close());

/** Opens a pull request with these files and measures it beside its base. */
async function pairedRun(name: string, files: Files): Promise<RunResult & { comment: string }> {
  const pull = await openPull(hub, name, files);
  const event = await pullRequestEvent(hub, pull);
  const result = await job(hub, event, { inputs: { compare: 'paired' } });
  hub.assertClean();
  return { ...result, comment: hub.repository.comments.at(-1)?.body ?? '' };
}

describe('base and head, measured side by side', () => {
  test('an endpoint that is 30% slower is regressed', async () => {
    const { outputs, exitCode, comment } = await pairedRun('slower', serviceFiles({ ...BASE, workMs: 65 }));
    expect(outputs.verdict).toBe('regressed');
    expect(exitCode).toBe(1);
    expect(comment).toContain('interleaved with the candidate on the same machine');
    expect(comment).toMatch(/`work` \|[^\n]*❌ regressed/);
    expect(comment).not.toMatch(/`calm` \|[^\n]*❌ regressed/);
  });

  test('a change of words is never regressed, and is told apart from its base', async () => {
    const { outputs, exitCode } = await pairedRun('docs', { 'README.md': '# other words\n' });
    expect(['unchanged', 'inconclusive']).toContain(outputs.verdict);
    expect(exitCode).toBe(0);
    expect(outputs['baseline-sha']).toMatch(/^[0-9a-f]{40}$/);
  });

  test('an endpoint that is 40% faster is improved', async () => {
    const { comment } = await pairedRun('faster', serviceFiles({ ...BASE, workMs: 30 }));
    expect(comment).toMatch(/`work` \|[^\n]*improved/);
    expect(comment).not.toMatch(/❌ regressed/);
  });

  test('criteria that the pull request changes are listed, and its own rule', async () => {
    const wide = serviceFiles({ ...BASE, workMs: 65, more: 'criteria: { p95: +100%, rps: -60% }\n' });
    const { outputs, comment } = await pairedRun('wide', wide);
    expect(outputs.verdict).not.toBe('regressed');
    expect(comment).toMatch(/criteria? changed against the config of the base/);
    expect(comment).toContain('+100%');
  });
});

describe('a base that cannot be measured', () => {
  test('does not build: the run falls back, and says so', async () => {
    const broken = serviceFiles({ ...BASE, target: '  setup: exit 3\n' });
    await hub.world.push(hub.repository, 'main', broken);
    const { outputs, comment, exitCode } = await pairedRun('mends', serviceFiles(BASE));
    expect(outputs.verdict).toBe('new');
    expect(exitCode).toBe(0);
    expect(comment).toContain('not measured side by side');
    expect(comment).toContain('code 3');
  });
});
