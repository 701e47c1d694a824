import { afterEach, expect, test } from '@jest/globals';
import { pullRequestEvent, workflowRunEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { job } from './jobs.ts';
import { PUBLISHING, withoutCheckout } from './measurements.ts';
import { QUICK, serviceFiles } from './service.ts';

let hub: GitHubStandIn;
afterEach(() => hub.close());

test('a publisher that is told no comment-key writes into the comment of the jobs that were told one', async () => {
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles() } });
  const scenarios = '  work: { type: http, connections: 24, requests: [GET /work], limits: { p50: 1ms } }';
  const more = 'criteria: { rps: off, p95: off, memory: off, error-rate: off }';
  await hub.world.push(hub.repository, 'topic', serviceFiles({ scenarios, measure: QUICK, more }));
  const pull = await hub.world.openPull(hub.repository, { head: 'topic' });
  const inputs = { compare: 'stored', 'comment-key': 'perf' };
  const { run } = await job(hub, await pullRequestEvent(hub, pull), { inputs });
  const ran = await withoutCheckout(hub, await workflowRunEvent(hub, run), {
    permissions: { ...PUBLISHING, checks: 'write' },
  });
  expect(ran.exitCode).toBe(0);
  expect(hub.repository.comments).toHaveLength(1);
  hub.assertClean();
});
