import { afterEach, expect, test } from '@jest/globals';
import { workflowRunEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import type { RunOptions } from '../harness/runner.ts';
import { measuredRun, publishWithCheck, resultOfPull, storeBaselines, upload } from './measurements.ts';
import { serviceFiles } from './service.ts';

/* The job that publishes an attempt may wait in a queue, or be run again, until a later attempt was published. */

let hub: GitHubStandIn;
afterEach(() => hub.close());

test('an attempt that is published late changes nothing of a later one', async () => {
  hub = await startGitHub({
    files: { 'README.md': '# service\n', ...serviceFiles({ more: 'criteria: { rps: off, p95: +60% }' }) },
  });
  const fork = await hub.world.fork(hub.repository, 'stranger');
  await hub.world.push(fork, 'idea', { 'a.txt': '1' });
  const pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
  await storeBaselines(hub, 10);
  const publish = (event: RunOptions['event']) => publishWithCheck(hub, event);
  const standing = () => ({
    comments: hub.repository.comments.map(({ body }) => body),
    conclusions: hub.repository.checkRuns.map(({ conclusion }) => conclusion),
  });

  const run = measuredRun(hub, pull);
  upload(hub, run, resultOfPull(run, 10));
  const late = await workflowRunEvent(hub, run);
  hub.world.rerun(run);
  hub.world.completeRun(run, 'success');
  const second = resultOfPull(run, 10);
  const { origin } = second;
  if (origin == null) throw new Error('a result of a run has an origin');
  upload(hub, run, { ...second, origin: { ...origin, runAttempt: 2 } });
  await publish(await workflowRunEvent(hub, run));
  const before = standing();
  expect(before.conclusions).toEqual(['success']);

  const ran = await publish(late);
  expect(ran.exitCode).toBe(0);
  expect(ran.annotations.map(({ message }) => message)).toEqual([
    `Run ${run.id} is not published: it is at attempt 2 by now, and this is attempt 1`,
  ]);
  expect(standing()).toEqual(before);
  hub.assertClean();
});
