import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expectVerdict, job, openPull } from '../e2e/jobs.ts';
import { LONE, SLOW_MS, serviceFiles } from '../e2e/service.ts';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';

let hub: GitHubStandIn;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baselines-'));
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

const STORES = ['artifact', 'file'] as const;
const inputsOf = (store: string) => ({
  'baseline-store': store,
  compare: 'stored',
  ...(store === 'file' && { 'baseline-path': folder }),
});

describe.each(STORES)('the store %s', (store) => {
  test('keeps what a push measured; a pull request is compared with it, and a slowed one fails', async () => {
    const inputs = inputsOf(store);
    hub = await startGitHub({ files: serviceFiles({ measure: LONE }) });
    const pushed = await job(hub, await pushEvent(hub), { inputs });
    expect(pushed).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    if (store === 'file') expect(readdirSync(folder)).toHaveLength(1);
    const base = await hub.repository.git.resolve('main');

    const pull = await openPull(hub, 'change', serviceFiles({ measure: LONE, workMs: SLOW_MS }));
    const slowed = await job(hub, await pullRequestEvent(hub, pull), { inputs });
    expectVerdict(slowed, 'regressed');
    expect(slowed).toMatchObject({
      exitCode: 1,
      conclusion: 'failure',
      outputs: { 'baseline-sha': base, regressions: expect.stringMatching(/^[1-9]/) },
    });
    expect(hub.repository.comments).toHaveLength(1);
    expect(hub.repository.comments[0]?.body).toMatch(/❌ .*`work` .*(slower|fewer requests)/);
    expect(slowed.outputs['comment-url']).toContain(String(hub.repository.comments[0]?.id));
    expect(slowed.annotations).toContainEqual(
      expect.objectContaining({
        level: 'error',
        title: 'work: regressed',
        file: '.github/perf-baseline.yml',
      }),
    );
    expect(slowed.summary).toMatch(/`work` .*(slower|fewer requests)/);
    // Only a push of the default branch made a baseline.
    if (store === 'file') expect(readdirSync(folder)).toHaveLength(1);
    expect(await hub.repository.git.refs('refs/heads/perf-baseline')).toEqual([]);
    hub.assertClean();
  });
});
