import { cpus } from 'node:os';
import { serviceFiles } from '../../__tests__/e2e/service.ts';
import { pullRequestEvent, pushEvent } from '../../__tests__/harness/events.ts';
import { type FaultKind, seededRandom } from '../../__tests__/harness/github/faults.ts';
import type { Pull } from '../../__tests__/harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../../__tests__/harness/github/stand-in.ts';
import { type RunOptions, type RunResult, runAction } from '../../__tests__/harness/runner.ts';
import { checkout } from '../../__tests__/harness/workspace.ts';

/** Every second answer is an error: a machine as busy as it may be makes no such thing of itself. */
const ERRS = "setTimeout(() => { response.statusCode = count % 2 ? 500 : 200; response.end('{}'); }, 10);";
/** Enough to find that. */
const MEASURE = '{ rounds: 3, max-rounds: 3, duration: 200ms, warmup: 0s, budget: 60s }';

/** Everything that can happen to one call, before its effect or after it. */
export const KINDS: readonly FaultKind[] = [
  { type: 'status', status: 500 },
  { type: 'status', status: 502 },
  { type: 'status', status: 503, headers: { 'retry-after': '1' } },
  { type: 'status', status: 429 },
  { type: 'status', status: 429, headers: { 'retry-after': '1' } },
  { type: 'secondary-limit', retryAfter: 1 },
  { type: 'rate-limit', resetInSeconds: 2 },
  { type: 'status', status: 401 },
  { type: 'status', status: 403 },
  { type: 'status', status: 404 },
  { type: 'status', status: 409 },
  { type: 'status', status: 410 },
  { type: 'status', status: 422 },
  { type: 'status', status: 200, body: {} },
  { type: 'status', status: 200, body: 'not json' },
  { type: 'cut-before' },
  { type: 'cut-after' },
  { type: 'status-after', status: 502 },
  { type: 'truncate' },
  { type: 'slow', ms: 1500 },
];

export const STAGES = ['push', 'pull_request', 'push artifact', 'pull_request artifact'] as const;
export type Stage = (typeof STAGES)[number];
export type Hit = { call: number; kind: FaultKind };

/** Calls of a stage, in the order in which a run without faults makes them. */
export type Call = { host: string; operation: string };

/** One GitHub with a slow change to find, on which runs follow one another. */
export class Matrix {
  readonly hub: GitHubStandIn;
  readonly #actionDir: string;
  #count = 0;

  private constructor(hub: GitHubStandIn, actionDir: string) {
    this.hub = hub;
    this.#actionDir = actionDir;
  }

  /** `actionDir`: the folder with action.yml and dist. */
  static async start(actionDir: string): Promise<Matrix> {
    const hub = await startGitHub({
      files: { 'README.md': '# service\n', ...serviceFiles({ measure: MEASURE }) },
    });
    const matrix = new Matrix(hub, actionDir);
    for (const store of ['branch', 'artifact']) {
      const { result } = await matrix.#run(await pushEvent(hub), store, []);
      console.error(`a baseline on ${store} to begin with`);
      if (result.exitCode !== 0) throw new Error(`no baseline to begin with:\n${result.log}`);
    }
    return matrix;
  }

  close(): Promise<void> {
    return this.hub.close();
  }

  /** A run of the stage with these faults, and one after it without; gives what was not as it must be. */
  async trial(stage: Stage, hits: readonly Hit[]): Promise<{ wrong: string[]; calls: Call[]; log: string }> {
    const [name = '', store = 'branch'] = stage.split(' ');
    this.#count += 1;
    return name === 'push' ? this.#push(store, hits) : this.#pull(store, hits);
  }

  /** The pull request answers with errors: whatever happens, no run may pass. */
  async #pull(store: string, hits: readonly Hit[]) {
    const branch = `slow-${this.#count}`;
    await this.hub.world.push(this.hub.repository, branch, serviceFiles({ answer: ERRS, measure: MEASURE }));
    const pull = await this.hub.world.openPull(this.hub.repository, { head: branch });
    const event = await pullRequestEvent(this.hub, pull);
    const first = await this.#run(event, store, hits);
    const wrong = this.#always(first.result);
    if (first.result.exitCode === 0) wrong.push('a false pass');
    if (first.result.outputs.verdict === 'unchanged') wrong.push('called unchanged');
    if (this.#comments(pull).length > 1) wrong.push('two comments after the first run');
    const second = await this.#run(event, store, []);
    wrong.push(...this.#always(second.result));
    if (second.result.outputs.verdict !== 'regressed')
      wrong.push(`second run: ${second.result.outputs.verdict}`);
    const comments = this.#comments(pull);
    if (comments.length !== 1) wrong.push(`${comments.length} comments after the second run`);
    if (!/error-rate/.test(comments[0]?.body ?? '')) wrong.push('the comment does not tell the regression');
    if (comments[0]?.body.match(/<!-- perf-baseline:section /g)?.length !== 1) wrong.push('not one section');
    return { wrong, calls: first.calls, log: first.result.log };
  }

  #comments(pull: Pull) {
    return this.hub.repository.comments.filter(({ number }) => number === pull.number);
  }

  /** A push whose run says that it stored its baseline has stored it; one that did not is red. */
  async #push(store: string, hits: readonly Hit[]) {
    const { hub } = this;
    await hub.world.push(hub.repository, 'main', { 'README.md': `# ${this.#count}\n` });
    const event = await pushEvent(hub);
    const first = await this.#run(event, store, hits);
    const wrong = this.#always(first.result);
    const said = /baseline stored/.test(first.result.log);
    const there = await this.#stored(store, event.sha);
    if (said && there === 0) wrong.push('acknowledged, but absent');
    if (!said && first.result.exitCode === 0) wrong.push('not stored, and green');
    const second = await this.#run(event, store, []);
    wrong.push(...this.#always(second.result));
    if (second.result.exitCode !== 0) wrong.push('the second run failed');
    const after = await this.#stored(store, event.sha);
    // Every run is a result of its own: two runs leave two, or one where the first was lost.
    if (after < 1 || after > 2 || after < there) wrong.push(`${after} baselines of the commit`);
    return { wrong, calls: first.calls, log: first.result.log };
  }

  async #stored(store: string, sha: string): Promise<number> {
    const { repository } = this.hub;
    if (store === 'artifact')
      return repository.artifacts.filter(({ run, name }) => run.headSha === sha && name.includes('-history-'))
        .length;
    const listed = await repository.git.run(['ls-tree', '-r', '--name-only', 'refs/heads/perf-baseline']);
    return listed.split('\n').filter((path) => path.includes(`/${sha}-`)).length;
  }

  /** What holds of every run, whatever happened to it. */
  #always({ log, stdout, stderr, token, orphans, runnerErrors, exitCode, annotations }: RunResult): string[] {
    const wrong: string[] = [];
    if (runnerErrors.length > 0) wrong.push(`the runner complains: ${runnerErrors.join()}`);
    if (orphans.length > 0) wrong.push('something was left running');
    if (`${log}${stdout.replace(/^::add-mask::.*$/gm, '')}${stderr}`.includes(token))
      wrong.push('the token is in the log');
    if (/(TypeError|ReferenceError|RangeError|\n\s+at .*:\d+:\d+)/.test(log))
      wrong.push('a stack, not words');
    if (exitCode !== 0 && exitCode !== 1) wrong.push(`exit code ${exitCode}`);
    if (exitCode === 1 && !annotations.some(({ level }) => level === 'error'))
      wrong.push('failed without a word');
    return wrong;
  }

  async #run(event: RunOptions['event'], store: string, hits: readonly Hit[]) {
    const { hub } = this;
    const workspace = await checkout(hub, event);
    // What checking out asked for is not ours.
    const own = hub.requests.length;
    const armed = hits.map(({ call, kind }) => hub.fault({ match: { route: /^/ }, kind, skip: call }));
    try {
      const result = await runAction({
        standIn: hub,
        actionDir: this.#actionDir,
        event,
        workspace: workspace.path,
        inputs: { 'baseline-store': store, compare: 'stored' },
        permissions: { contents: 'write', 'pull-requests': 'write', actions: 'read' },
        timeoutMs: 300_000,
      });
      const calls = hub.requests
        .slice(own)
        .map(({ host, operation, method }) => ({ host, operation: operation ?? method }));
      return { result, calls };
    } finally {
      for (const fault of armed) fault.stop();
      workspace.close();
    }
  }
}

export type Trial = { stage: Stage; hits: Hit[] };

/** Every kind at every call of every stage, and so many pairs drawn at random. */
export async function planTrials(
  matrix: Matrix,
  stages: readonly Stage[],
  pairs: number,
  seed: number,
): Promise<Trial[]> {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const calls = new Map<Stage, number>();
  for (const stage of stages) {
    const clean = await matrix.trial(stage, []);
    if (clean.wrong.length > 0)
      throw new Error(`${stage} without a fault: ${clean.wrong.join('; ')}\n${clean.log}`);
    console.error(
      `${stage}: ${clean.calls.length} calls without a fault: ${clean.calls.map(({ operation }) => operation).join(' ')}`,
    );
    calls.set(stage, clean.calls.length);
  }
  const hit = (stage: Stage): Hit => ({
    call: Math.floor(random() * (calls.get(stage) ?? 1)),
    kind: pick(KINDS),
  });
  return [
    ...stages.flatMap((stage) =>
      Array.from({ length: calls.get(stage) ?? 0 }, (_, call) =>
        KINDS.map((kind): Trial => ({ stage, hits: [{ call, kind }] })),
      ).flat(),
    ),
    ...Array.from({ length: pairs }, (): Trial => {
      const stage = pick(stages);
      return { stage, hits: [hit(stage), hit(stage)] };
    }),
  ];
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** `--pairs 2000 --sample 0 --lanes N --seed 1 --stage NAME`: `--sample` draws so many of all trials. */
export async function main(args: readonly string[]): Promise<string> {
  const text = (name: string) =>
    args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined;
  const option = (name: string, fallback: number) => Number(text(name) ?? fallback);
  const actionDir = process.env.PERF_BASELINE_ACTION ?? process.cwd();
  const stages = STAGES.filter((stage) => stage === (text('stage') ?? stage));
  const random = seededRandom(option('seed', 1));
  const lanes = await Promise.all(
    Array.from({ length: option('lanes', Math.max(1, Math.floor(cpus().length / 2))) }, () =>
      Matrix.start(actionDir),
    ),
  );
  try {
    const [first] = lanes;
    if (first === undefined) throw new Error('--lanes must be at least 1');
    const all = await planTrials(first, stages, option('pairs', 2000), option('seed', 1));
    const wanted = option('sample', 0);
    const trials = wanted === 0 ? all : shuffled(all, random).slice(0, wanted);
    const failures: string[] = [];
    let done = 0;
    const queue = [...trials];
    await Promise.all(
      lanes.map(async (matrix) => {
        for (let trial = queue.shift(); trial !== undefined; trial = queue.shift()) {
          const { wrong, calls, log } = await matrix.trial(trial.stage, trial.hits);
          const where = trial.hits.map(
            ({ call, kind }) => `${JSON.stringify(kind)} at ${call} (${calls[call]?.operation})`,
          );
          done += 1;
          if (wrong.length > 0)
            failures.push(`${trial.stage}: ${where.join(' and ')}: ${wrong.join('; ')}\n${log.slice(-1500)}`);
          console.error(
            `${done}/${trials.length} ${trial.stage}: ${where.join(' and ')}${wrong.length > 0 ? ` WRONG: ${wrong.join('; ')}` : ''}`,
          );
        }
      }),
    );
    if (failures.length > 0)
      throw new Error(
        `${failures.length} of ${trials.length} trials went wrong:\n\n${failures.join('\n\n')}`,
      );
    return `${trials.length} trials of ${all.length}: every outcome as required`;
  } finally {
    for (const matrix of lanes) await matrix.close();
  }
}
