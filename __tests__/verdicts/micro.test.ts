import { afterEach, describe, expect, test } from '@jest/globals';
import { benchmarks, config, ROUNDS, WAIT } from '../e2e/benchmarks.ts';
import { baselineFiles, expectVerdict, job, openPull } from '../e2e/jobs.ts';
import { type CliResult, runCli } from '../harness/cli.ts';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { startGitHub } from '../harness/github/stand-in.ts';
import { type Files, localWorkspace, type Workspace } from '../harness/workspace.ts';

let workspace: Workspace | undefined;
afterEach(() => workspace?.close());

async function cli(args: string[]): Promise<CliResult> {
  const ended = await runCli(['run', ...args], { cwd: workspace?.path ?? '', timeoutMs: 200_000 });
  expect(ended.orphans).toEqual([]);
  return ended;
}

/** A repository with `before` on main and `after` in its working tree. */
async function changed(before: Files, after: Files): Promise<void> {
  workspace = await localWorkspace(before);
  workspace.write(after);
}

describe('micro-benchmarks beside their base', () => {
  test('a function that is 30% slower is regressed, the one beside it is not', async () => {
    await changed({ ...config(WAIT), ...benchmarks(30) }, benchmarks(39));
    const { stdout, exitCode } = await cli(['--base', 'main']);
    expect(stdout).toMatch(/wait › work time is [1-5]\d[.\d]*% slower/);
    expect(stdout).toMatch(/^wait +work +time .*regressed/m);
    expect(stdout).not.toMatch(/^wait +calm +time .*regressed/m);
    expect(exitCode).toBe(1);
  });

  test('what each side is, its own checkout says: setup, environment and all', async () => {
    const target = (ms: number) => ({
      '.github/perf-baseline.yml': `target: { setup: "echo export default ${ms} > ms.mjs", env: { FACTOR: 2 } }\nmeasure: ${ROUNDS}\nscenarios:\n${WAIT}\n`,
      'bench/wait.mjs': `
import ms from '../ms.mjs';
export const work = () => new Promise((resolve) => setTimeout(resolve, ms * process.env.FACTOR, ms));
`,
      '.gitignore': 'ms.mjs\n',
    });
    await changed(target(15), target(21));
    const { stdout, exitCode } = await cli(['--base', 'main']);
    expect(stdout).toMatch(/work time is [2-7]\d[.\d]*% slower/);
    expect(exitCode).toBe(1);
  });

  test('a command that takes longer is regressed', async () => {
    const scenario = '  run: { type: micro, command: sh work.sh, criteria: { cpu-time: off, memory: off } }';
    await changed({ ...config(scenario), 'work.sh': 'sleep 0.1\n' }, { 'work.sh': 'sleep 0.2\n' });
    const { stdout, exitCode } = await cli(['--base', 'main']);
    expect(stdout).toMatch(/run time is [\d.]+% slower/);
    expect(exitCode).toBe(1);
  });
});

describe('micro-benchmarks in a job', () => {
  test('a push stores them, a pull request that slows one down is told', async () => {
    const hub = await startGitHub({ files: { ...config(WAIT), ...benchmarks(20) } });
    try {
      expect(await job(hub, await pushEvent(hub))).toMatchObject({
        exitCode: 0,
        outputs: { verdict: 'new' },
      });
      expect(await baselineFiles(hub)).toHaveLength(1);
      const pull = await openPull(hub, 'slower', benchmarks(40));
      const slowed = await job(hub, await pullRequestEvent(hub, pull));
      expectVerdict(slowed, 'regressed');
      expect(slowed.exitCode).toBe(1);
      expect(hub.repository.comments[0]?.body).toMatch(/`wait` › `work` time is .*slower/);
      hub.assertClean();
    } finally {
      await hub.close();
    }
  });
});
