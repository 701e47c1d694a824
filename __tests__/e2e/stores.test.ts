import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { job, openPull, said } from './jobs.ts';
import { serviceFiles, TINY } from './service.ts';
import { spoiler } from './spoil.ts';

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

describe.each(['branch', ...STORES] as const)('a baseline in the store %s', (store) => {
  test('that is damaged, newer, or of another machine is never taken for none', async () => {
    const inputs = inputsOf(store);
    hub = await startGitHub({ files: serviceFiles({ measure: TINY }) });
    await job(hub, await pushEvent(hub), { inputs });
    const pull = await openPull(hub, 'change', { 'README.md': 'better' });
    const spoil = await spoiler(store, hub, folder);
    for (const [how, exitCode, words] of [
      ['newer', 1, /written by a newer perf-baseline.*upgrade/],
      ['corrupt', 1, /corrupt/],
      ['elsewhere', 0, /CPU model|cpuModel/],
    ] as const) {
      await spoil(how);
      const result = await job(hub, await pullRequestEvent(hub, pull), { inputs });
      expect([how, result.exitCode, result.outputs.verdict]).toEqual([how, exitCode, 'new']);
      expect(result.summary).toMatch(words);
      expect(result.summary).not.toMatch(/✅/);
      if (exitCode === 1) expect(said(result)).toMatch(words);
    }
  });
});
