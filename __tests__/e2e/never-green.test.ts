import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { artifactName } from '../../src/baseline/artifact.ts';
import type { Result } from '../../src/domain/result.ts';
import { issueCommentEvent, pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import type { Pull, Run, Scopes } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { zipOf } from '../harness/zip.ts';
import { job } from './jobs.ts';
import {
  CHATTING,
  measuredRun,
  PUBLISHING,
  resultOfPull,
  seriesOf,
  storeBaselines,
  upload,
  withoutCheckout,
} from './measurements.ts';
import { serviceFiles } from './service.ts';

const MORE = 'criteria: { rps: off, p95: +60% }';
const LIMITED = '  work: { type: http, connections: 24, requests: [GET /work], limits: { p95: 1s } }';
const WRITING: Scopes = { ...PUBLISHING, checks: 'write' };
let hub: GitHubStandIn;
let pull: Pull;

async function begin(scenarios?: string): Promise<void> {
  const service = serviceFiles({ more: MORE, ...(scenarios !== undefined && { scenarios }) });
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...service } });
  const fork = await hub.world.fork(hub.repository, 'stranger');
  await hub.world.push(fork, 'idea', { 'a.txt': '1' });
  pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
}
beforeEach(() => begin());
afterEach(() => hub.close());

const publish = async (run: Run, inputs: Record<string, string> = {}) =>
  withoutCheckout(hub, await workflowRunEvent(hub, run), {
    permissions: WRITING,
    inputs: { check: 'true', ...inputs },
  });
const conclusions = () => hub.repository.checkRuns.map(({ conclusion }) => conclusion);
const comment = () => hub.repository.comments.map(({ body }) => body).join('\n');

/** A run of two legs, of which the first is as it was. */
async function twoLegs(ms = 10): Promise<Run> {
  for (const node of [22, 24]) await storeBaselines(hub, 10, { series: seriesOf({ node }) });
  const run = measuredRun(hub, pull, ['measure (22)', 'measure (24)']);
  upload(hub, run, resultOfPull(run, ms, { series: seriesOf({ node: 22 }) }));
  return run;
}
const slower = (run: Run): Result => resultOfPull(run, 40, { series: seriesOf({ node: 24 }) });

test('a leg that failed before it uploaded anything is named', async () => {
  const run = await twoLegs();
  hub.world.completeRun(run, 'failure');
  for (const one of run.jobs) one.conclusion = one.name === 'measure (22)' ? 'success' : 'failure';
  await publish(run);
  expect(conclusions()).toEqual(['cancelled']);
  expect(comment()).toMatch(/`measure \(24\)` did not report for this commit: failure/);
});

test('a leg that failed, whoever writes the check after that, until its run has reported all', async () => {
  const run = await twoLegs(40);
  hub.world.setPermission(hub.repository, 'keeper', 'write');
  run.conclusion = 'failure';
  for (const one of run.jobs) one.conclusion = 'failure';
  await publish(run);
  expect(conclusions()).toEqual(['failure']);
  const said = hub.world.comment(
    hub.repository,
    pull.number,
    'keeper',
    '/perf-baseline accept because meant',
  );
  await withoutCheckout(hub, await issueCommentEvent(hub, pull, said), {
    workflow: { name: 'Chat', path: '.github/workflows/chat.yml' },
    permissions: CHATTING,
    inputs: { check: 'true' },
  });
  expect(comment()).toMatch(/🤝/);
  expect(comment()).toMatch(/`measure \(24\)` did not report for this commit: failure/);
  expect(conclusions()).toEqual(['cancelled']);
  hub.world.rerun(run, ['measure (24)']);
  hub.world.completeRun(run, 'success');
  const origin = { ...resultOfPull(run, 10).origin, runAttempt: 2 } as Result['origin'];
  upload(hub, run, resultOfPull(run, 10, { series: seriesOf({ node: 24 }), origin }));
  await publish(run);
  expect(comment()).not.toMatch(/did not report/);
  expect(conclusions()).toEqual(['success']);
});

test.each([
  ['of another name than what it measures', 'Bench on 24', /`Bench on 24` ended with failure/],
  ['of a workflow that is called', 'caller / measure (24)', /`caller \/ measure \(24\)` ended with failure/],
])('a leg %s', async (_, name, told) => {
  const run = await twoLegs();
  for (const one of run.jobs)
    Object.assign(
      one,
      one.name === 'measure (24)' ? { name, conclusion: 'failure' } : { conclusion: 'success' },
    );
  run.conclusion = 'failure';
  await publish(run);
  expect(conclusions()).toEqual(['cancelled']);
  expect(comment()).toMatch(told);
});

test('not so a job whose own result says why it failed', async () => {
  const run = await twoLegs();
  upload(hub, run, slower(run));
  for (const [index, one] of run.jobs.entries())
    Object.assign(one, { name: `Bench ${index}`, conclusion: index === 0 ? 'success' : 'failure' });
  await publish(run);
  expect(conclusions()).toEqual(['failure']);
  expect(comment()).not.toMatch(/ended with/);
});

test('a run that failed, and no job of it says why', async () => {
  const run = await twoLegs();
  run.conclusion = 'startup_failure';
  await publish(run);
  expect(conclusions()).toEqual(['cancelled']);
  expect(comment()).toMatch(/The run ended with `startup_failure`/);
});

test('a leg whose result is refused, or cannot be read this time', async () => {
  const run = await twoLegs();
  const result = slower(run);
  const content = JSON.stringify({ ...result, version: 2 });
  hub.world.addArtifact(
    hub.repository,
    run,
    artifactName('result', result),
    zipOf([{ name: 'result.json.gz', content }]),
  );
  await publish(run);
  expect(conclusions()).toEqual(['cancelled']);
  expect(comment()).toMatch(/Not all that was uploaded for this commit could be used/);
  hub.repository.artifacts.pop();
  upload(hub, run, result).digest = `sha256:${'0'.repeat(64)}`;
  expect((await publish(run)).exitCode).toBe(1);
  expect(conclusions()).toEqual(['cancelled']);
});

describe('a run of which nothing could be used', () => {
  const refused = async (run: Run) => {
    upload(hub, run, { ...resultOfPull(run, 10), origin: null });
    return publish(run);
  };
  const check = () => hub.repository.checkRuns[0];

  test('fails the check, which says why, and begins no comment', async () => {
    const ran = await refused(measuredRun(hub, pull));
    expect(ran.exitCode).toBe(0);
    expect(conclusions()).toEqual(['failure']);
    expect(check()).toMatchObject({ headSha: pull.head.sha, output: { title: 'refused' } });
    expect(check()?.output.summary).toMatch(/artifact .* is refused: it says repository/);
    expect(comment()).toBe('');
    // What another workflow finds does not stand in for it; what its own finds later does.
    await storeBaselines(hub, 10);
    const other = { name: 'Other', path: '.github/workflows/other.yml' };
    await fine(measuredRun(hub, pull, undefined, other));
    expect(check()).toMatchObject({
      conclusion: 'failure',
      output: { title: '1 refused, 1 unchanged' },
    });
    await fine(measuredRun(hub, pull));
    expect(conclusions()).toEqual(['success']);
    hub.assertClean();
  });

  test('after one that was fine: neither the check nor the comment says so any more', async () => {
    await storeBaselines(hub, 10);
    await fine(measuredRun(hub, pull));
    expect(conclusions()).toEqual(['success']);
    const bad = measuredRun(hub, pull);
    await refused(bad);
    expect(conclusions()).toEqual(['failure']);
    expect(comment()).toMatch(/Nothing that was uploaded last for this commit could be used/);
    // A later run speaks for itself, whenever this one is published.
    await fine(measuredRun(hub, pull));
    await publish(bad);
    expect(conclusions()).toEqual(['success']);
    expect(comment()).not.toMatch(/could be used/);
    hub.assertClean();
  });

  test('does nothing to the check of a commit that it did not measure', async () => {
    const run = measuredRun(hub, pull);
    await hub.world.push(pull.head.repository ?? hub.repository, 'idea', { 'a.txt': '2' });
    await refused(run);
    expect(conclusions()).toEqual([]);
  });

  async function fine(run: Run): Promise<void> {
    const series = seriesOf().replace('perf.yml', run.workflow.path.split('/').at(-1) ?? '');
    if (!series.includes('perf.yml')) await storeBaselines(hub, 10, { series });
    upload(hub, run, resultOfPull(run, 10, { series }));
    await publish(run);
  }
});

test('a leg that `legs` waits for', async () => {
  const run = await twoLegs();
  await publish(run, { legs: '2' });
  // The run has ended, so nobody waits for what it did not measure.
  expect(conclusions()).toEqual(['cancelled']);
  expect(hub.repository.checkRuns[0]?.output.title).toMatch(
    /1 of 2 jobs have reported, and the run has ended/,
  );
  upload(hub, run, resultOfPull(run, 10, { series: seriesOf({ node: 24 }) }));
  await publish(run, { legs: '2' });
  expect(conclusions()).toEqual(['success']);
});

test.each([
  ['regression', 'neutral'],
  ['inconclusive', 'failure'],
])('a machine that no baseline is of, with fail-on: %s', async (failOn, conclusion) => {
  await storeBaselines(hub, 10);
  const run = measuredRun(hub, pull);
  const result = resultOfPull(run, 100);
  const { environment } = result;
  const unlike = { ...environment, gates: { ...environment.gates, cpuModel: 'another' } };
  upload(hub, run, { ...result, environment: unlike });
  await publish(run, { 'fail-on': failOn });
  expect(conclusions()).toEqual([conclusion]);
});

test('what the config of the base asks for, and was left out', async () => {
  const without = async (change: (result: Result) => Result) => {
    const run = measuredRun(hub, pull);
    upload(hub, run, change(resultOfPull(run, 10)));
    const ran = await publish(run);
    return {
      conclusion: conclusions().at(-1),
      told: ran.annotations.map(({ message }) => message).join('\n'),
    };
  };
  const nothing = await without((result) => ({ ...result, scenarios: [] }));
  expect(nothing.conclusion).toBe('cancelled');
  expect(nothing.told).toMatch(/"work" is configured, and was not measured/);
  await hub.close();
  await begin(LIMITED);
  const blind = await without((result) => ({
    ...result,
    scenarios: result.scenarios.map((scenario) => ({
      ...scenario,
      metrics: scenario.metrics.filter(({ name }) => name !== 'p95'),
    })),
  }));
  expect(blind.conclusion).toBe('failure');
  expect(blind.told).toMatch(/p95 of "work" has a limit, and was not measured/);
});

test('a job of the same name, whose check is not ours to write', async () => {
  await storeBaselines(hub, 10);
  const run = measuredRun(hub, pull);
  const result = resultOfPull(run, 40);
  upload(hub, run, result);
  const at = hub.world.now();
  const theirs = {
    name: 'perf-baseline',
    headSha: pull.head.sha,
    status: 'completed',
    conclusion: 'success',
  };
  const empty = { title: null, summary: null, text: null, annotations: [] };
  const times = { startedAt: at, completedAt: at };
  hub.repository.checkRuns.push({
    id: 99,
    externalId: 'x',
    detailsUrl: null,
    ...theirs,
    ...times,
    output: empty,
  });
  await publish(run);
  await publish(run);
  expect(conclusions()).toEqual(['success', 'failure']);
});

test('one workflow whose other jobs have not reported, for another one that has', async () => {
  await hub.world.push(hub.repository, 'own', { 'b.txt': '1' });
  const own = await hub.world.openPull(hub.repository, { head: 'own' });
  const event = await pullRequestEvent(hub, own);
  const permissions: Scopes = { ...WRITING, contents: 'write' };
  const inputs = { compare: 'none', check: 'true', 'comment-key': 'perf' };
  const workflow = (name: string) => ({ name, path: `.github/workflows/${name}.yml` });
  const many = { matrix: { node: 22 }, legs: 4, workflow: workflow('many') };
  await job(hub, event, { inputs: { ...inputs, legs: '4' }, permissions, ...many });
  await job(hub, event, { inputs, permissions, workflow: workflow('lone') });
  expect(conclusions()).toEqual([null]);
  expect(hub.repository.checkRuns[0]?.output.title).toMatch(/1 of 4 jobs have reported/);
});
