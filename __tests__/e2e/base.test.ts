import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { pullRequestEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import type { RunResult } from '../harness/runner.ts';
import { type Files, localWorkspace } from '../harness/workspace.ts';
import { job, openPull } from './jobs.ts';
import { type ServiceOptions, serviceFiles } from './service.ts';

const BASE: ServiceOptions = {
  workMs: 50,
  scenarios: [
    '  work: { type: http, connections: 16, requests: [GET /work] }',
    '  calm: { type: http, connections: 2, requests: [GET /calm] }',
  ].join('\n'),
  measure: '{ rounds: 2, max-rounds: 2, duration: 200ms, warmup: 100ms, budget: 60s }',
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
  test('criteria that the pull request changes are listed, and its own rule', async () => {
    const wide = serviceFiles({
      ...BASE,
      workMs: 65,
      more: 'criteria: { p95: +100%, rps: -60% }\n',
    });
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
    expect(comment).toMatch(/⚠️.*Not compared: the base commit could not be set up/);
    expect(comment).toContain('No stored baseline can speak instead');
  });

  test('does not start: what it put out last stands in the comment', async () => {
    const broken = serviceFiles({ ...BASE, listen: "console.error('no database here'); process.exit(7);" });
    await hub.world.push(hub.repository, 'main', broken);
    const { comment } = await pairedRun('starts', serviceFiles(BASE));
    expect(comment).toMatch(/Not compared: the base commit could not be measured: start .*code 7/);
    expect(comment).toMatch(/The last lines of the base's output[\s\S]*no database here/);
  });
});

test('on the command line it is the same verdict and the same code, and the first line names it', async () => {
  const workspace = await localWorkspace(serviceFiles({ ...BASE, target: '  setup: exit 3\n' }));
  try {
    workspace.write(serviceFiles(BASE));
    const { stdout, exitCode } = await runCli(['run', '--base', 'HEAD', '--format', 'json'], {
      cwd: workspace.path,
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'new',
      baseline: {
        status: 'not-compared',
        unpaired: {
          cause: 'base',
          detail: expect.stringMatching(/^the base commit could not be set up: .*3/),
        },
      },
    });
  } finally {
    workspace.close();
  }
});

test('a commit beside itself tells false alarms and what could have been shown, and leaves nothing behind', async () => {
  const workspace = await localWorkspace(serviceFiles(BASE));
  try {
    const { stdout, exitCode, orphans } = await runCli(['run', '--base', 'HEAD', '--format', 'markdown'], {
      cwd: workspace.path,
    });
    expect(stdout).toMatch(/Self-test: both sides were the same commit.*There were 0 on 6 gating metrics/);
    expect(stdout).toMatch(/Self-test, smallest change that this run could have shown in work: rps /);
    expect(exitCode).toBe(0);
    expect(orphans).toEqual([]);
    expect(await workspace.git('worktree', 'list')).not.toContain('\n');
    expect(await workspace.git('status', '--porcelain')).toBe('');
  } finally {
    workspace.close();
  }
});
