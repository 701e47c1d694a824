import { afterEach, describe, expect, test } from '@jest/globals';
import { type CliResult, runCli } from '../harness/cli.ts';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { startGitHub } from '../harness/github/stand-in.ts';
import { type Files, localWorkspace, type Workspace } from '../harness/workspace.ts';
import { documentOf } from './documents.ts';
import { baselineFiles, job, openPull } from './jobs.ts';

const QUICK = '{ rounds: 4, max-rounds: 8, duration: 600ms, warmup: 50ms, budget: 100s }';

const config = (scenarios: string, measure = QUICK): Files => ({
  '.github/perf-baseline.yml': `measure: ${measure}\nscenarios:\n${scenarios}\n`,
});

/** Waits, beside which the noise of a busy machine is small. `more` is further code. */
const benchmarks = (workMs: number, more = ''): Files => ({
  'bench/wait.mjs': `
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms, ms));
export const work = () => wait(${workMs});
export const calm = () => wait(20);
${more}`,
});

const WAIT = '  wait: { type: micro, module: bench/wait.mjs, timeout: 2s }';

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
    expect(stdout).toMatch(/wait › work time is (2|3)\d[.\d]*% slower/);
    expect(stdout).toMatch(/^wait +work +time .*regressed/m);
    expect(stdout).not.toMatch(/^wait +calm +time .*regressed/m);
    expect(exitCode).toBe(1);
  });

  test('what each side is, its own checkout says: setup, environment and all', async () => {
    const target = (ms: number) => ({
      '.github/perf-baseline.yml': `target: { setup: "echo export default ${ms} > ms.mjs", env: { FACTOR: 2 } }\nmeasure: ${QUICK}\nscenarios:\n${WAIT}\n`,
      'bench/wait.mjs': `
import ms from '../ms.mjs';
export const work = () => new Promise((resolve) => setTimeout(resolve, ms * process.env.FACTOR, ms));
`,
      '.gitignore': 'ms.mjs\n',
    });
    await changed(target(15), target(21));
    const { stdout, exitCode } = await cli(['--base', 'main']);
    expect(stdout).toMatch(/work time is (3|4|5)\d[.\d]*% slower/);
    expect(exitCode).toBe(1);
  });

  test('a case that is new, or broken, hides nothing of the others', async () => {
    const more = `export const added = () => wait(5);\nexport const broken = () => { throw new Error('not today'); };`;
    await changed({ ...config(WAIT), ...benchmarks(20) }, benchmarks(20, more));
    const { stdout, exitCode } = await cli(['--base', 'main', '--format', 'json']);
    const { comparisons } = documentOf<{ comparisons: { part?: string; metric: string }[] }>(
      'report',
      stdout,
    );
    const found = (part: string) => comparisons.find((row) => row.part === part && row.metric === 'time');
    expect(found('added')).toMatchObject({ verdict: 'new' });
    expect(found('work')).toMatchObject({ verdict: expect.stringMatching(/^(unchanged|inconclusive)$/) });
    expect(stdout).toContain('throws: Error: not today');
    expect(exitCode).toBe(0);
  });

  test('a command that takes longer is regressed', async () => {
    const scenario = '  run: { type: micro, command: sh work.sh, criteria: { cpu-time: off, memory: off } }';
    await changed({ ...config(scenario), 'work.sh': 'sleep 0.1\n' }, { 'work.sh': 'sleep 0.2\n' });
    const { stdout, exitCode } = await cli(['--base', 'main']);
    expect(stdout).toMatch(/run time is [\d.]+% slower/);
    expect(exitCode).toBe(1);
  });
});

describe('what cannot be measured', () => {
  test('is a failure where nothing else is left, with the word and the end of the output', async () => {
    workspace = await localWorkspace({
      ...config(
        '  broken: { type: micro, module: bench/b.mjs }\n  run: { type: micro, command: "echo why; exit 4" }',
      ),
      'bench/b.mjs': 'export const only = () => {};',
    });
    const { stdout, exitCode } = await cli([]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('only: does nothing');
    expect(stdout).toContain('fails: the command exited with code 4');
    expect(stdout).toContain('why');
  });

  test('a config of micro-benchmarks needs no target; any other scenario does', async () => {
    workspace = await localWorkspace(
      config('  a: { type: micro, command: sleep 0.02 }\n  b: { type: http, requests: [/] }'),
    );
    const { stderr, exitCode } = await cli([]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('target');
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
      expect(slowed).toMatchObject({ exitCode: 1, outputs: { verdict: 'regressed' } });
      expect(hub.repository.comments[0]?.body).toMatch(/`wait` › `work` time is .*slower/);
      hub.assertClean();
    } finally {
      await hub.close();
    }
  });
});
