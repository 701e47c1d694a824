import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowEvent } from '../../../__tests__/harness/events.ts';
import type { Comment, Repository } from '../../../__tests__/harness/github/records.ts';
import type { GitHubStandIn } from '../../../__tests__/harness/github/stand-in.ts';
import { type RunOptions, type RunResult, runAction } from '../../../__tests__/harness/runner.ts';
import type { Workspace } from '../../../__tests__/harness/workspace.ts';
import { type Armed, arm, type Hit } from './kinds.ts';

const TROUBLE = fileURLToPath(new URL('./trouble.mjs', import.meta.url));

/** A call of a run, in the order in which they arrive. */
export type Call = { host: string; operation: string };

/** One event, on a GitHub and in a checkout that are put back after every trial. */
export type Scene = {
  hub: GitHubStandIn;
  event: WorkflowEvent;
  workspace: Workspace;
  options: Partial<RunOptions>;
  /** What is wrong after the run with the faults, beside what holds of every run. */
  first(run: RunResult): Promise<string[]> | string[];
  /** What is wrong after the run without any that followed it. */
  second(run: RunResult): Promise<string[]> | string[];
  /** Which calls are struck; the others are those of another stage. */
  own?: (call: Call) => boolean;
};

/** `calls`: what the run with the faults asked. `missed`: how many of the faults struck nothing. */
export type Outcome = { wrong: string[]; calls: Call[]; missed: number; log: string };

/** A run with these faults, and one after it without; gives what was not as it must be. */
export async function tryScene(
  scene: Scene,
  kept: Kept,
  actionDir: string,
  hits: readonly Hit[],
): Promise<Outcome> {
  const { hub } = scene;
  const folder = mkdtempSync(join(tmpdir(), 'trouble-'));
  const armed = arm(hub, hits, folder);
  try {
    const asked = hub.requests.length;
    const first = await run(scene, actionDir, armed).finally(() => armed.disarm());
    const calls = hub.requests
      .slice(asked)
      .map(({ host, operation, method }) => ({ host, operation: operation ?? `${host} ${method}` }));
    const missed = armed.missed();
    const wrong = [...always(first, armed), ...(await scene.first(first))];
    const second = await run(scene, actionDir, arm(hub, [], folder));
    wrong.push(...[...always(second), ...(await scene.second(second))].map((what) => `then: ${what}`));
    const log = wrong.length > 0 ? `${first.log}\n--- and without faults\n${second.log}` : first.log;
    return { wrong, calls, missed, log };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const entry of readdirSync(dirname(scene.workspace.path)))
      if (entry.startsWith('_temp-'))
        rmSync(join(dirname(scene.workspace.path), entry), { recursive: true, force: true });
    // Else every trial would make the next one look through more.
    hub.requests.length = 0;
    await kept.restore();
  }
}

function run({ hub, event, workspace, options }: Scene, actionDir: string, armed: Armed) {
  return runAction({
    standIn: hub,
    actionDir,
    event,
    workspace: workspace.path,
    ...options,
    env: { NODE_OPTIONS: `--import=${TROUBLE}`, ...armed.env },
    ...(armed.signalAfter && { signalAfter: armed.signalAfter }),
    ...(armed.killed && { cancelWaits: { terminate: 0, kill: 0 } }),
    timeoutMs: 300_000,
  });
}

/** What holds of every run, whatever happened to it. */
function always(ran: RunResult, armed?: Armed): string[] {
  const { log, stdout, stderr, token, orphans, runnerErrors, exitCode, signal, annotations } = ran;
  const wrong: string[] = [];
  if (runnerErrors.length > 0) wrong.push(`the runner complains: ${runnerErrors.join()}`);
  if (`${log}${stdout.replace(/^::add-mask::.*$/gm, '')}${stderr}`.includes(token))
    wrong.push('the token is in the log');
  if (/(TypeError|ReferenceError|RangeError|\n\s+at .*:\d+:\d+)/.test(log)) wrong.push('a stack, not words');
  // Whose machine is lost can do nothing more.
  if (armed?.killed && signal !== null) return wrong;
  if (orphans.length > 0) wrong.push('something was left running');
  if (signal !== null) wrong.push(`ended by ${signal}: it did not end in time when it was asked to`);
  const codes = armed?.cancelled ? [0, 1, 130] : [0, 1];
  if (signal === null && !codes.includes(exitCode ?? -1)) wrong.push(`exit code ${exitCode}`);
  if (exitCode === 1 && !annotations.some(({ level }) => level === 'error'))
    wrong.push('failed without a word');
  return wrong;
}

const BASELINES = 'refs/heads/perf-baseline';
const GROWING = ['artifacts', 'runs', 'checkRuns', 'statuses'] as const;

/** All that runs change on a GitHub, as it was when this was made. */
export class Kept {
  readonly #repository: Repository;
  readonly #branch: string | undefined;
  readonly #comments: { comment: Comment; as: Comment }[];
  readonly #counts: Record<(typeof GROWING)[number], number>;

  private constructor(repository: Repository, branch: string | undefined) {
    this.#repository = repository;
    this.#branch = branch;
    this.#comments = repository.comments.map((comment) => ({
      comment,
      as: { ...comment, reactions: [...comment.reactions] },
    }));
    const { artifacts, runs, checkRuns, statuses } = repository;
    this.#counts = {
      artifacts: artifacts.length,
      runs: runs.length,
      checkRuns: checkRuns.length,
      statuses: statuses.length,
    };
  }

  static async of(repository: Repository): Promise<Kept> {
    return new Kept(repository, (await repository.git.readRef(BASELINES))?.sha);
  }

  async restore(): Promise<void> {
    const { git } = this.#repository;
    const now = (await git.readRef(BASELINES))?.sha;
    if (now !== this.#branch)
      await git.run(
        this.#branch === undefined
          ? ['update-ref', '-d', BASELINES]
          : ['update-ref', BASELINES, this.#branch],
      );
    this.#repository.comments.splice(
      0,
      Number.POSITIVE_INFINITY,
      ...this.#comments.map(({ comment, as }) =>
        Object.assign(comment, { ...as, reactions: [...as.reactions] }),
      ),
    );
    for (const what of GROWING) this.#repository[what].length = this.#counts[what];
  }
}
