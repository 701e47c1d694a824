import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { type RunOptions, runAction } from '../harness/runner.ts';
import { checkout } from '../harness/workspace.ts';
import { job, openPull, said } from './jobs.ts';
import { serviceFiles, TINY } from './service.ts';

const actionDir = fileURLToPath(new URL('../..', import.meta.url));

let hub: GitHubStandIn;
afterEach(() => hub.close());

const inputs = { compare: 'stored' };
const service = serviceFiles({ measure: TINY });
/** A job, and what it leaves at `result-path`. */
async function withResult(event: RunOptions['event'], more: Partial<RunOptions>) {
  const workspace = await checkout(hub, event);
  try {
    const ran = await runAction({ standIn: hub, actionDir, event, workspace: workspace.path, ...more });
    return { ...ran, result: readFileSync(ran.outputs['result-path'] ?? '', 'utf8') };
  } finally {
    workspace.close();
  }
}

const body = () => hub.repository.comments.at(-1)?.body ?? '';

test('outputs that cannot be written fail the step, and leave the report in the comment', async () => {
  hub = await startGitHub({ files: service });
  const pull = await openPull(hub, 'topic', { 'a.txt': '1' });
  const ran = await job(hub, await pullRequestEvent(hub, pull), {
    inputs,
    env: { GITHUB_OUTPUT: '/dev/full' },
  });
  expect(ran.exitCode).toBe(1);
  expect(said(ran)).toMatch(/outputs of this step could not be written: ENOSPC/);
  expect(body()).toMatch(/No baseline yet|New/);
  expect(body()).not.toMatch(/Ended with an error|Measuring/);
});

test('a push that breaks the config does not leave the report of the commit before looking current', async () => {
  hub = await startGitHub({ files: service });
  const pull = await openPull(hub, 'topic', { 'a.txt': '1' });
  await job(hub, await pullRequestEvent(hub, pull), { inputs });
  const before = (await hub.repository.git.resolve('refs/heads/topic')) ?? '';
  await hub.world.push(hub.repository, 'topic', { '.github/perf-baseline.yml': 'scenarios: []\n' });
  const ran = await job(hub, await pullRequestEvent(hub, pull, { action: 'synchronize' }), { inputs });
  expect(ran.exitCode).toBe(1);
  expect(hub.repository.comments).toHaveLength(1);
  expect(body()).toContain('Ended with an error: nothing was judged');
  expect(body()).not.toContain(before.slice(0, 7));
});

test('a config that is broken from the start begins no comment', async () => {
  hub = await startGitHub({ files: service });
  const pull = await openPull(hub, 'topic', { '.github/perf-baseline.yml': 'scenarios: []\n' });
  const ran = await job(hub, await pullRequestEvent(hub, pull), { inputs });
  expect(ran.exitCode).toBe(1);
  expect(hub.repository.comments).toEqual([]);
});

test('a repeated run says that an earlier attempt is not counted in when that left nothing', async () => {
  hub = await startGitHub({ files: service });
  await job(hub, await pushEvent(hub), { inputs });
  const pull = await openPull(hub, 'topic', { 'a.txt': '1' });
  const event = await pullRequestEvent(hub, pull);
  const first = await job(hub, event, { inputs: { ...inputs, 'upload-result': 'false' } });
  hub.world.rerun(first.run);
  await job(hub, event, { inputs, run: first.run });
  expect(body()).toMatch(/earlier attempt of this run is not counted in: it left no result/);
});

test('a repeated run gives later steps the result that was judged, with the blocks of all attempts', async () => {
  hub = await startGitHub({ files: service });
  await job(hub, await pushEvent(hub), { inputs });
  const pull = await openPull(hub, 'topic', { 'a.txt': '1' });
  const event = await pullRequestEvent(hub, pull);
  const first = await job(hub, event, { inputs });
  hub.world.rerun(first.run);
  const { result } = await withResult(event, { inputs, run: first.run });
  expect(JSON.parse(result).sampling.rounds).toBe(2);
});

test('what an input may hold as a secret is in no report and no result', async () => {
  hub = await startGitHub({ files: { 'README.md': '# no config\n' } });
  const pull = await openPull(hub, 'topic', { 'a.txt': '1' });
  const secret = 'abc123xyz789';
  const { exitCode, summary, result } = await withResult(await pullRequestEvent(hub, pull), {
    inputs: {
      ...inputs,
      start: `API_KEY=${secret} node nowhere.mjs`,
      url: `http://127.0.0.1:\${PORT}/?token=${secret}`,
    },
  });
  expect(exitCode).toBe(1);
  expect(body()).toMatch(/start `…` .* before it was ready/);
  expect(`${summary}${body()}${result}`).not.toContain(secret);
});
