import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import type { Pull } from '../harness/github/records.ts';
import type { GitHubStandIn } from '../harness/github/stand-in.ts';
import { type RunOptions, type RunResult, runAction } from '../harness/runner.ts';
import { checkout, type Files } from '../harness/workspace.ts';

const actionDir = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the action on an event, in a checkout of its own. Nothing is left running, nor in the checkout. */
export async function job(
  hub: GitHubStandIn,
  event: RunOptions['event'],
  more: Partial<RunOptions> = {},
): Promise<RunResult> {
  const workspace = await checkout(hub, event);
  try {
    const result = await runAction({ standIn: hub, actionDir, event, workspace: workspace.path, ...more });
    if (process.env.SHOW_LOG) console.log(result.log);
    expect(result.orphans).toEqual([]);
    expect(result.runnerErrors).toEqual([]);
    expect(await workspace.git('status', '--porcelain')).toBe('');
    expect(await workspace.git('worktree', 'list')).not.toContain('\n');
    return result;
  } finally {
    workspace.close();
  }
}

/** A job whose machine is lost while it measures. */
export async function killedJob(
  hub: GitHubStandIn,
  event: RunOptions['event'],
  more: Partial<RunOptions> = {},
): Promise<RunResult> {
  const workspace = await checkout(hub, event);
  try {
    const killAfter = /measuring work/;
    const at = { actionDir, event, workspace: workspace.path };
    const ran = await runAction({ standIn: hub, ...at, killAfter, ...more });
    expect(ran.signal).toBe('SIGKILL');
    return ran;
  } finally {
    workspace.close();
  }
}

/** A pull request from a new branch with these files. */
export async function openPull(hub: GitHubStandIn, head: string, files: Files): Promise<Pull> {
  await hub.world.push(hub.repository, head, files);
  return hub.world.openPull(hub.repository, { head });
}

/** Paths of the baselines on the branch. */
export async function baselineFiles(hub: GitHubStandIn, branch = 'perf-baseline'): Promise<string[]> {
  const listed = await hub.repository.git.run(['ls-tree', '-r', '--name-only', `refs/heads/${branch}`]);
  return listed
    .toString()
    .split('\n')
    .filter((name) => /\/[0-9a-f]{40}-[^/]+\.json\.gz$/.test(name));
}

/** Everything that a run said where GitHub shows it first. */
export const said = (result: RunResult): string =>
  result.annotations.map(({ message }) => message).join('\n');

/** Fails with the report, which says why, when a job came to another verdict. */
export function expectVerdict(result: RunResult, ...verdicts: string[]): void {
  const { verdict = 'none' } = result.outputs;
  if (!verdicts.includes(verdict))
    throw new Error(`the verdict is ${verdict}, not ${verdicts.join(' or ')}:\n${result.summary}`);
}

/** Does the same with many things, a few at a time: the machine that runs the tests has few cores. */
export async function inParallel<T>(
  things: readonly T[],
  work: (thing: T) => Promise<void>,
  lanes = 3,
): Promise<void> {
  const waiting = [...things];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
