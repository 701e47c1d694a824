import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { artifactName, artifactStore } from '../../src/baseline/artifact.ts';
import { encodeBaseline } from '../../src/baseline/codec.ts';
import type { Result } from '../../src/domain/result.ts';
import { artifactService, workflowFileName } from '../../src/github/artifacts.ts';
import { createClient } from '../../src/github/client.ts';
import type { Repository, Run, Scopes } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { numbers, resultOf, SERIES } from './samples.ts';
import { zipOf } from './zip-writer.ts';

const query = { series: SERIES, limit: 20 };
const STALL = 'ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS';
const KEPT = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'GITHUB_SERVER_URL', STALL] as const;
let github: GitHubStandIn;
let before: (string | undefined)[];
beforeEach(async () => {
  github = await startGitHub({ repository: 'acme/shop' });
  // The real client talks to the runner on every step.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  before = KEPT.map((name) => process.env[name]);
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const [i, name] of KEPT.entries()) {
    if (before[i] === undefined) delete process.env[name];
    else process.env[name] = before[i];
  }
  await github.close();
});

async function startRun(
  options: { event?: string; branch?: string; from?: Repository; workflow?: string } = {},
): Promise<Run> {
  const headSha = (await github.repository.git.resolve('refs/heads/main')) ?? '';
  return github.world.createRun(github.repository, {
    event: options.event ?? 'push',
    headBranch: options.branch ?? 'main',
    headSha,
    ...(options.from ? { headRepository: options.from } : {}),
    ...(options.workflow ? { workflow: { path: options.workflow } } : {}),
  });
}

/** The result that a run measured. */
function resultOfRun(run: Run, changes: Partial<Result> = {}): Result {
  const { origin, ...result } = resultOf(run.id);
  if (origin === null) throw new Error('samples have an origin');
  return { ...result, origin: { ...origin, runId: run.id, runAttempt: run.attempt }, ...changes };
}

function storeIn(run: Run, scopes: Scopes = { actions: 'read' }, signal?: AbortSignal) {
  process.env.ACTIONS_RUNTIME_TOKEN = github.runtimeToken(run.id, run.jobs[0]?.id ?? 1);
  process.env.ACTIONS_RESULTS_URL = github.apiUrl;
  process.env.GITHUB_SERVER_URL = github.serverUrl;
  const client = createClient({
    token: github.world.issueToken(github.repository, scopes).value,
    apiUrl: github.apiUrl,
    log: { debug: () => undefined, warning: () => undefined },
    throttle: false,
    sleep: (ms) => delay(ms / 50),
  });
  const artifacts = artifactService({
    client,
    repo: { owner: 'acme', repo: 'shop' },
    workflow: workflowFileName('acme/shop/.github/workflows/perf.yml@refs/heads/main'),
    defaultBranch: 'main',
    apiUrl: github.apiUrl,
    ...(signal && { signal }),
  });
  const clock = { now: () => performance.now(), sleep: (ms: number) => delay(ms / 50), random: numbers(3) };
  return artifactStore({ artifacts, clock });
}

const ids = async () =>
  (await storeIn(await startRun({ event: 'pull_request', branch: 'x' })).history(query)).entries.map(
    (e) => e.result.id,
  );

test('a push stores, the next run reads back, through the real client and without a credential to the blobs', async () => {
  const first = await startRun();
  expect(await storeIn(first).history(query)).toEqual({ entries: [], unreadable: [] });
  const { location } = await storeIn(first).append(resultOfRun(first));
  const second = await startRun();
  const start = github.requests.length;
  const { entries } = await storeIn(second).history(query);
  expect(entries).toEqual([{ result: resultOfRun(first), location }]);
  expect(github.requests.slice(start).map((r) => r.operation ?? r.host)).toEqual([
    'actions/list-workflow-runs',
    'actions/list-workflow-run-artifacts',
    'actions/list-workflow-run-artifacts',
    'actions/download-artifact',
    'blob',
  ]);
  github.assertClean();
});

test('a red run counts, as long as its artifact is there', async () => {
  const run = await startRun();
  await storeIn(run).append(resultOfRun(run));
  github.world.completeRun(run, 'failure');
  expect(await ids()).toHaveLength(1);
});

test('runs of forks, of pull requests, of other branches and of other workflows never count', async () => {
  const fork = await github.world.fork(github.repository, 'mallory');
  for (const run of [
    await startRun({ from: fork }),
    await startRun({ event: 'pull_request', from: fork }),
    await startRun({ event: 'pull_request' }),
    await startRun({ branch: 'feature' }),
    await startRun({ workflow: '.github/workflows/other.yml' }),
  ]) {
    const forged = resultOfRun(run);
    const content = encodeBaseline(forged);
    github.world.addArtifact(
      github.repository,
      run,
      artifactName('history', forged),
      zipOf([{ name: 'baseline.json.gz', content }]),
    );
  }
  expect(await ids()).toEqual([]);
  github.assertClean();
});

test('what the list of runs should not have held is left out', async () => {
  const good = {
    id: 1,
    event: 'push',
    head_branch: 'main',
    head_repository: { id: 7 },
    repository: { id: 7 },
  };
  const runs = [
    good,
    { ...good, id: 2, event: 'pull_request' },
    { ...good, id: 3, head_branch: 'feature' },
    { ...good, id: 4, head_repository: { id: 8 } },
    { ...good, id: 5, head_repository: null },
  ];
  const listWorkflowRuns = async () => ({ data: { workflow_runs: runs } });
  const service = artifactService({
    client: { rest: { actions: { listWorkflowRuns } } } as never,
    repo: { owner: 'acme', repo: 'shop' },
    workflow: 'perf.yml',
    defaultBranch: 'main',
    apiUrl: 'https://api.github.com',
  });
  expect(await service.pushRuns(20)).toEqual([1]);
});

test('a 404 for the workflow proves nothing where no runs are to be seen at all', async () => {
  github.fault({
    match: { route: /list-workflow-runs/ },
    kind: { type: 'status', status: 404, message: 'Not Found' },
    times: 9,
  });
  await expect(storeIn(await startRun()).history(query)).rejects.toThrow(/actions: read/);
});

test.each([/list-workflow-runs/, /get-artifact$/])(
  'one 404 at %s is neither a first run nor a lost upload',
  async (route) => {
    const first = await startRun();
    await storeIn(first).append(resultOfRun(first));
    const fault = github.fault({
      match: { route },
      kind: { type: 'status', status: 404, message: 'Not Found' },
    });
    const second = await startRun();
    expect((await storeIn(second).history(query)).entries).toHaveLength(1);
    await storeIn(second).append(resultOfRun(second));
    expect(fault.struck).toBe(1);
    expect(github.repository.artifacts.filter(({ run }) => run.id === second.id)).toHaveLength(1);
    fault.stop();
    expect(await ids()).toEqual([resultOfRun(second).id, resultOfRun(first).id]);
  },
);

test('an expired artifact is passed over', async () => {
  const [first, second] = [await startRun(), await startRun()];
  await storeIn(first).append(resultOfRun(first));
  await storeIn(second).append(resultOfRun(second));
  github.fault({
    match: { route: /download-artifact/ },
    kind: { type: 'status', status: 410, message: 'Artifact has expired' },
    times: 2,
  });
  expect(await ids()).toEqual([resultOfRun(first).id]);
});

test.each([
  [/FinalizeArtifact/, { type: 'status', status: 403 }],
  [/FinalizeArtifact/, { type: 'cut-after' }],
  [/CreateArtifact/, { type: 'cut-before' }],
  [/get-artifact$/, { type: 'cut-after' }],
  [/download-artifact/, { type: 'cut-after' }],
  [/list-workflow-run/, { type: 'truncate' }],
  [/\/blobs\/artifacts/, { type: 'truncate' }],
  [/\/blobs\/artifacts/, { type: 'status', status: 503 }],
] as const)('a fault at %s %j loses nothing and stores nothing twice', async (route, kind) => {
  const first = await startRun();
  await storeIn(first).append(resultOfRun(first));
  const second = await startRun();
  const fault = github.fault({ match: { route }, kind });
  await storeIn(second).append(resultOfRun(second));
  expect(await ids()).toEqual([resultOfRun(second).id, resultOfRun(first).id]);
  expect(fault.struck).toBe(1);
  github.assertClean();
});

test('a missing permission is named', async () => {
  const run = await startRun();
  await expect(storeIn(run, { contents: 'read' }).history(query)).rejects.toThrow(/actions: read/);
});

test('a workflow that is not on the default branch yet has no baselines', async () => {
  const run = await startRun({ workflow: '.github/workflows/other.yml' });
  expect(await storeIn(run).history(query)).toEqual({ entries: [], unreadable: [] });
});

test('an upload that stands still is given up in well under the five minutes of the client', async () => {
  delete process.env[STALL];
  const run = await startRun();
  await storeIn(run).append(resultOfRun(run));
  expect(Number(process.env[STALL])).toBeLessThanOrEqual(60_000);
  expect(Number(process.env[STALL])).toBeGreaterThan(0);
});

test('a cancelled run does not wait for an upload that hangs', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled by SIGINT');
  github.fault({
    match: { route: /FinalizeArtifact/ },
    kind: {
      type: 'before',
      run: () => {
        controller.abort(reason);
        return new Promise(() => {});
      },
    },
  });
  const run = await startRun();
  const store = storeIn(run, { actions: 'read' }, controller.signal);
  await expect(store.append(resultOfRun(run))).rejects.toBe(reason);
  await expect(store.append(resultOfRun(run))).rejects.toBe(reason);
});

test('a cancelled run does not wait for a download that hangs', async () => {
  const run = await startRun();
  await storeIn(run).append(resultOfRun(run));
  const controller = new AbortController();
  const reason = new Error('cancelled by SIGINT');
  github.fault({
    match: { host: 'blob' },
    kind: {
      type: 'before',
      run: () => {
        controller.abort(reason);
        return new Promise(() => {});
      },
    },
  });
  await expect(storeIn(run, { actions: 'read' }, controller.signal).history(query)).rejects.toBe(reason);
});

test('outside a workflow run the error says so', async () => {
  const store = storeIn(await startRun());
  delete process.env.ACTIONS_RUNTIME_TOKEN;
  await expect(store.append(resultOf(1))).rejects.toThrow(/only inside a workflow run/);
});

test.each([
  ['http://evil.example/x.zip', 'evil.example'],
  ['https://blob.core.windows.net.evil.example/x.zip', 'blob.core.windows.net.evil.example'],
  ['', 'no address'],
])('a download sent to %j is not followed', async (location, host) => {
  const run = await startRun();
  await storeIn(run).append(resultOfRun(run));
  github.fault({
    match: { route: /download-artifact/ },
    kind: { type: 'status', status: 302, body: '', headers: { location } },
  });
  await expect(storeIn(run).history(query)).rejects.toThrow(`GitHub sent its download to ${host}`);
});
