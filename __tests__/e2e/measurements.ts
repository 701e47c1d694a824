import { fileURLToPath } from 'node:url';
import { artifactName } from '../../src/baseline/artifact.ts';
import { branchStore } from '../../src/baseline/branch.ts';
import { encodeBaseline } from '../../src/baseline/codec.ts';
import { HistogramRecorder } from '../../src/domain/histogram.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import type { Result, Round, Tally } from '../../src/domain/result.ts';
import { createClient } from '../../src/github/client.ts';
import { gitDatabase } from '../../src/github/git-database.ts';
import { readSeries } from '../../src/github/series.ts';
import { seededRandom } from '../harness/github/faults.ts';
import type { Artifact, Pull, Run, Scopes } from '../harness/github/records.ts';
import type { GitHubStandIn } from '../harness/github/stand-in.ts';
import { type RunOptions, type RunResult, runAction } from '../harness/runner.ts';
import { localWorkspace } from '../harness/workspace.ts';
import { zipOf } from '../harness/zip.ts';

/*
 * Results as a job would have measured them, without measuring: what is under test here is who may publish what. `ms` is
 * the mean latency of the one scenario, `work`.
 */
export const WORKFLOW = '.github/workflows/perf.yml';
const BLOCKS = 12;

export function seriesOf(matrix: Record<string, unknown> | null = null, job = 'measure'): string {
  const env = {
    GITHUB_WORKFLOW_REF: `octo-org/service/${WORKFLOW}@refs/heads/main`,
    GITHUB_JOB: job,
    RUNNER_OS: 'Linux',
  };
  return readSeries(`auto ${JSON.stringify(matrix)}`, env, { workingDirectory: '.', config: null }).key;
}

function tallyOf(ms: number, random: () => number): Tally {
  const recorder = new HistogramRecorder();
  for (let i = 0; i < 600; i++) recorder.record(ms * (0.95 + 0.1 * random()));
  return {
    elapsedMs: 5000,
    counters: { ok: 600, failed: 0, finished: 600 },
    errors: {},
    distributions: { latency: recorder.distribution() },
    values: {},
  };
}

function roundOf(block: number, ms: number, random: () => number): Round {
  return {
    block,
    index: block,
    startedAt: '2026-11-21T10:00:00.000Z',
    durationMs: 5000,
    total: tallyOf(ms * (0.995 + 0.01 * random()), random),
    parts: [],
    values: {},
    resources: { unmeasured: 'not asked for' },
    generator: { cpu: 0.2, limited: false },
  };
}

let made = 0;

export function resultOf(ms: number, changes: Partial<Result> = {}, blocks = BLOCKS): Result {
  made += 1;
  const random = seededRandom(made);
  const [first, ...rest] = Array.from({ length: blocks }, (_, block) => roundOf(block, ms, random));
  if (first === undefined) throw new Error('a measured scenario has a round');
  return {
    schema: 'perf-baseline/result',
    version: 1,
    tool: { name: 'perf-baseline', version: '1.0.0' },
    id: `made-${made}`,
    createdAt: '2026-11-21T10:00:00.000Z',
    series: seriesOf(),
    commit: null,
    origin: null,
    environment: {
      gates: {
        os: 'Linux',
        imageFamily: 'ubuntu24',
        arch: 'x64',
        cpuModel: 'AMD EPYC 7763',
        cpuCount: 4,
        memoryGb: 16,
        runtime: 'node 24',
        measurementVersion: 1,
      },
      recorded: {},
    },
    pairing: null,
    sampling: { rounds: blocks, stopped: 'rounds', loadMs: 5000 * blocks, wallMs: 6000 * blocks },
    scenarios: [
      {
        name: 'work',
        type: 'http',
        load: 'a1b2c3',
        metrics: [...metricCatalogue.http.part],
        maxErrors: 0.1,
        outcome: { status: 'measured', rounds: [first, ...rest], warnings: [] },
      },
    ],
    warnings: [],
    ...changes,
  };
}

/** The result of a run of a pull request, as its job uploads it. */
export function resultOfPull(run: Run, ms: number, changes: Partial<Result> = {}, blocks = BLOCKS): Result {
  return resultOf(
    ms,
    {
      commit: { sha: 'c'.repeat(40), dirty: false },
      origin: {
        repository: 'octo-org/service',
        event: 'pull_request',
        workflow: run.workflow.name,
        runId: run.id,
        runNumber: run.number,
        runAttempt: run.attempt,
        job: 'measure',
        url: 'https://evil.example/run',
        headSha: run.headSha,
      },
      ...changes,
    },
    blocks,
  );
}

/** A run of the measuring workflow for a pull request, ended, with a result uploaded. */
export function measuredRun(
  hub: GitHubStandIn,
  pull: Pull,
  jobs?: string[],
  workflow?: { name: string; path: string },
): Run {
  return hub.world.createRun(hub.repository, {
    event: 'pull_request',
    headBranch: pull.head.ref,
    headSha: pull.head.sha,
    ...(pull.head.repository && { headRepository: pull.head.repository }),
    ...(pull.head.repository === hub.repository && { pulls: [pull] }),
    actor: pull.user.login,
    conclusion: 'success',
    ...(jobs && { jobs }),
    ...(workflow && { workflow }),
  });
}

export function upload(hub: GitHubStandIn, run: Run, result: Result, base: Result | null = null): Artifact {
  const files = [{ name: 'result.json.gz', content: Buffer.from(encodeBaseline(result)) }];
  if (base !== null) files.push({ name: 'base.json.gz', content: Buffer.from(encodeBaseline(base)) });
  return hub.world.addArtifact(hub.repository, run, artifactName('result', result), zipOf(files));
}

/** Baselines of the default branch, on the branch of the baselines. */
export async function storeBaselines(
  hub: GitHubStandIn,
  ms: number,
  { series = seriesOf(), count = 6, workflow = 'Performance' } = {},
): Promise<void> {
  const { value: token } = hub.world.issueToken(hub.repository, { contents: 'write' });
  const quiet = { debug: () => {}, warning: () => {} };
  const client = createClient({ token, apiUrl: hub.apiUrl, log: quiet, throttle: false });
  const store = branchStore({
    git: gitDatabase(client, { owner: 'octo-org', repo: 'service' }),
    clock: { now: () => performance.now(), sleep: async () => {}, random: Math.random },
    branch: 'perf-baseline',
  });
  const sha = (await hub.repository.git.resolve('refs/heads/main')) ?? '';
  for (let n = 0; n < count; n++) {
    const origin = {
      repository: 'octo-org/service',
      event: 'push',
      workflow,
      runId: 10 + n,
      runNumber: 1 + n,
      runAttempt: 1,
      job: 'measure',
      url: '',
    };
    const commit = { sha: n === count - 1 ? sha : String(n).repeat(40).slice(0, 40), dirty: false };
    await store.append(resultOf(ms, { series, origin, commit, verdict: 'unchanged' }));
  }
  hub.requests.length = 0;
}

/** What the documented publishing and chat workflows grant. */
export const PUBLISHING: Scopes = { contents: 'read', actions: 'read', 'pull-requests': 'write' };
export const CHATTING: Scopes = {
  contents: 'read',
  actions: 'write',
  'pull-requests': 'write',
  checks: 'write',
};

/** Runs the action in an empty folder: nothing is checked out where it has the rights of the repository. */
export async function withoutCheckout(
  hub: GitHubStandIn,
  event: RunOptions['event'],
  more: Partial<RunOptions> = {},
): Promise<RunResult> {
  const workspace = await localWorkspace({}, { git: false });
  try {
    const result = await runAction({
      standIn: hub,
      actionDir: fileURLToPath(new URL('../..', import.meta.url)),
      event,
      workspace: workspace.path,
      workflow: { name: 'Publish performance', path: '.github/workflows/publish.yml' },
      job: 'publish',
      permissions: PUBLISHING,
      ...more,
    });
    if (process.env.SHOW_LOG) console.log(result.log);
    if (result.orphans.length > 0) throw new Error(`left behind: ${JSON.stringify(result.orphans)}`);
    return result;
  } finally {
    workspace.close();
  }
}

/** The second workflow, where it writes the check run too. */
export const publishWithCheck = (
  hub: GitHubStandIn,
  event: RunOptions['event'],
  inputs: Record<string, string> = {},
): Promise<RunResult> =>
  withoutCheckout(hub, event, {
    permissions: { ...PUBLISHING, checks: 'write' },
    inputs: { check: 'true', ...inputs },
  });
