import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expectVerdict, job, openPull } from '../e2e/jobs.ts';
import { CHATTING, withoutCheckout } from '../e2e/measurements.ts';
import { type ServiceOptions, serviceFiles } from '../e2e/service.ts';
import { issueCommentEvent, pullRequestEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';

const MEASURING = { contents: 'write', 'pull-requests': 'write', actions: 'read', checks: 'write' } as const;
/** Long waits beside which the noise of a busy machine is small, and the one metric that few answers settle. */
const SERVICE: ServiceOptions = {
  workMs: 150,
  measure: '{ rounds: 4, max-rounds: 4, duration: 600ms, warmup: 100ms, budget: 100s }',
  more: 'criteria: { p50: +20%, p95: off, rps: off, memory: off }',
};

let hub: GitHubStandIn;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perf-baseline-accepted-'));
  hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles(SERVICE) } });
  hub.world.setPermission(hub.repository, 'keeper', 'write');
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('what was accepted, when the same commit is measured again and judged over all blocks', () => {
  test.each([
    ['holds where it is no worse', 215, 'success'],
    ['does not hold where it is worse', 500, 'failure'],
  ])('%s', async (_, again, conclusion) => {
    // As slow as a file outside of the repository says: the commit stays the same.
    const file = join(folder, 'ms');
    const answer = `import('node:fs').then(({ readFileSync }) =>
      setTimeout(() => response.end('{"ok":true}'), Number(readFileSync(${JSON.stringify(file)}, 'utf8'))));`;
    const pull = await openPull(hub, 'slower', serviceFiles({ ...SERVICE, answer }));
    const event = await pullRequestEvent(hub, pull);
    const run = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run });
    const measure = async (ms: number) => {
      writeFileSync(file, String(ms));
      const inputs = { compare: 'paired', check: 'true' };
      const ran = await job(hub, event, { inputs, permissions: MEASURING, run });
      hub.world.completeRun(run, ran.conclusion);
      return ran;
    };
    const report = () => hub.repository.comments.find(({ body }) => body.includes(':comment'))?.body ?? '';

    expectVerdict(await measure(225), 'regressed');
    const comment = hub.world.comment(hub.repository, pull.number, 'keeper', '/perf-baseline accept');
    await withoutCheckout(hub, await issueCommentEvent(hub, pull, comment), {
      ...{ job: 'chat', permissions: CHATTING, inputs: { check: 'true' } },
    });
    expect(hub.repository.checkRuns.at(-1)?.conclusion).toBe('success');

    hub.world.rerun(run);
    await measure(again);
    expect(report()).toMatch(/judged together with those of attempt 1, 8 in all/);
    expect(report().includes('accepted by @keeper')).toBe(conclusion === 'success');
    expect(hub.repository.checkRuns.at(-1)?.conclusion).toBe(conclusion);
    hub.assertClean();
  });
});
