import { afterEach, describe, expect, test } from '@jest/globals';
import { type CliResult, runCli } from '../harness/cli.ts';
import { type Files, localWorkspace, type Workspace } from '../harness/workspace.ts';
import { benchmarks, config, WAIT } from './benchmarks.ts';
import { documentOf } from './documents.ts';

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
  test('a case that is new hides nothing of the others, nor does one that the head breaks: that is a failure', async () => {
    const before = `export const broken = () => wait(5);`;
    const more = `export const added = () => wait(5);\nexport const broken = () => { throw new Error('not today'); };`;
    const wide = WAIT.replace('timeout: 2s', 'timeout: 2s, criteria: { time: +100% }');
    await changed({ ...config(wide), ...benchmarks(20, before) }, benchmarks(20, more));
    const { stdout, exitCode } = await cli(['--base', 'main', '--format', 'json']);
    const { comparisons } = documentOf<{ comparisons: { part?: string; metric: string }[] }>(
      'report',
      stdout,
    );
    const found = (part: string) => comparisons.find((row) => row.part === part && row.metric === 'time');
    expect(found('added')).toMatchObject({ verdict: 'new' });
    expect(found('work')).toMatchObject({ verdict: expect.stringMatching(/^(unchanged|inconclusive)$/) });
    expect(found('broken')).toMatchObject({ verdict: 'invalid', broken: true });
    expect(stdout).toContain('throws: Error: not today');
    expect(exitCode).toBe(3);
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
