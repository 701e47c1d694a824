import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import type { FaultKind } from '../harness/github/faults.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { localWorkspace } from '../harness/workspace.ts';
import { documentOf, type ErrorDocument } from './documents.ts';
import { baselineFiles, inParallel, job, openPull } from './jobs.ts';
import { type ServiceOptions, serviceFiles } from './service.ts';

/** A runner asks again 7.5 s after it asked, and then kills; before that a stop must have been enough. */
const PATIENCE_MS = 7000;

type Stage = { service: ServiceOptions; after: RegExp | (() => Promise<void>) };

const folder = mkdtempSync(join(tmpdir(), 'perf-cancel-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Written by a service once it is deaf to signals: before, there is nothing that would have to be killed. */
const MARK = join(folder, 'deaf');
const DEAF: ServiceOptions = {
  listen: `
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {});
(await import('node:fs')).writeFileSync(${JSON.stringify(MARK)}, '');
setInterval(() => {}, 1000);`,
};
async function whenDeaf(): Promise<void> {
  rmSync(MARK, { force: true });
  while (!existsSync(MARK)) await sleep(20);
}

const signalOf = ({ after }: Stage) => (after instanceof RegExp ? after : after());

const STAGES: Record<string, Stage> = {
  setup: { service: { target: '  setup: sleep 60' }, after: /setting up the candidate/ },
  'boot, of a target that is deaf to signals': { service: DEAF, after: whenDeaf },
  'warm-up': {
    service: { measure: '{ rounds: 1, max-rounds: 1, duration: 1s, warmup: 60s }' },
    after: /measuring work/,
  },
  'a round': {
    service: { measure: '{ rounds: 1, max-rounds: 1, duration: 60s, warmup: 0s }' },
    after: /measuring work/,
  },
  'a later round': {
    service: { measure: '{ rounds: 50, max-rounds: 50, duration: 100ms, warmup: 0s }' },
    after: /\[block 2\/50\] work: /,
  },
};

describe('the command line, interrupted during', () => {
  test.each(Object.entries(STAGES))(
    '%s: exit 130, nothing left, what was measured kept',
    async (name, stage) => {
      const workspace = await localWorkspace(serviceFiles(stage.service), { git: false });
      try {
        const ended = await runCli(['run', '--format', 'json', '--save', 'kept', '-o', 'result.json'], {
          cwd: workspace.path,
          signalAfter: signalOf(stage),
        });
        expect(ended).toMatchObject({ exitCode: 130, orphans: [] });
        expect(ended.stoppedAfterMs).toBeLessThan(PATIENCE_MS);
        expect(documentOf<ErrorDocument>('error', ended.stdout).error.type).toBe('cancelled');
        expect(existsSync(join(workspace.path, 'kept'))).toBe(false);
        if (name !== 'a later round') return;
        const partial = readFileSync(join(workspace.path, 'result.json'), 'utf8');
        const { sampling, scenarios } = documentOf<{
          sampling: { stopped: string };
          scenarios: { outcome: { rounds: unknown[] } }[];
        }>('result', partial);
        expect(sampling.stopped).toBe('cancelled');
        expect(scenarios[0]?.outcome.rounds.length).toBeGreaterThanOrEqual(2);
      } finally {
        workspace.close();
      }
    },
  );
});

describe('the action, cancelled', () => {
  let hub: GitHubStandIn;
  afterEach(() => hub.close());

  test('while it measures: nothing is left, nothing stored, and nothing looks fine', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    await inParallel(Object.entries(STAGES), async ([name, stage]) => {
      await hub.world.push(hub.repository, name.replace(/\W+/g, '-'), serviceFiles(stage.service));
      const event = await pushEvent(hub, { branch: name.replace(/\W+/g, '-') });
      const ended = await job(hub, event, {
        signalAfter: signalOf(stage),
        inputs: { compare: 'stored', 'update-baseline': 'auto' },
      });
      expect({ name, conclusion: ended.conclusion, code: ended.exitCode }).toEqual({
        name,
        conclusion: 'cancelled',
        code: 1,
      });
      expect(ended.stoppedAfterMs).toBeLessThan(PATIENCE_MS);
      expect(ended.summary).toMatch(/Cancelled: .* was not measured to its end/);
      expect(ended.outputs.verdict ?? '').toBe('');
    });
    expect(await hub.repository.git.refs('refs/heads/perf-baseline')).toEqual([]);
    hub.assertClean();
  });

  test('asked a second time it waits for nothing, and still leaves nothing', async () => {
    hub = await startGitHub({ files: serviceFiles({ ...DEAF, target: '  stop: sleep 60' }) });
    const ended = await job(hub, await pushEvent(hub), {
      signalAfter: whenDeaf(),
      cancelWaits: { terminate: 2500, kill: 8000 },
    });
    // Only who is asked again ends with 130: waited for, the stop command and the grace take 4 s, and the code is 1.
    expect(ended).toMatchObject({ conclusion: 'cancelled', exitCode: 130, signal: null });
  });

  test.each<[string, FaultKind]>([
    ['refused at first', { type: 'rate-limit', resetInSeconds: 30 }],
    ['answered at first by who did nothing', { type: 'status', status: 200, body: {} }],
  ])('with its last word %s, it says it again', async (_, kind) => {
    hub = await startGitHub({ files: serviceFiles() });
    let reached: () => void = () => {};
    const uploading = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const route = /FinalizeArtifact/;
    hub.fault({ match: { route }, kind: { type: 'before', run: reached } });
    hub.fault({ match: { route }, kind: { type: 'hang' }, times: 100 });
    const refusal = hub.fault({
      match: { route: /^issues\/update-comment$/ },
      kind,
      times: 1,
    });
    const event = await pullRequestEvent(hub, await openPull(hub, 'change', { 'README.md': 'better' }));
    const ended = await job(hub, event, { signalAfter: uploading, inputs: { compare: 'stored' } });
    expect(ended.conclusion).toBe('cancelled');
    expect(refusal.struck).toBe(1);
    expect(hub.repository.comments.map(({ body }) => body).join()).not.toContain('Measuring…');
  });

  test.each([
    ['the baseline is stored', /^git\/create-commit$/],
    ['the comment is written', /^issues\/update-comment$/],
    ['the artifact is uploaded', /FinalizeArtifact/],
  ])('while %s: it ends at once, and says what there is', async (_, route) => {
    hub = await startGitHub({ files: serviceFiles() });
    let reached: () => void = () => {};
    const publishing = new Promise<void>((resolve) => {
      reached = resolve;
    });
    hub.fault({ match: { route }, kind: { type: 'before', run: reached } });
    hub.fault({ match: { route }, kind: { type: 'hang' }, times: 100 });
    const onPull = /comment/.test(String(route));
    const event = onPull
      ? await pullRequestEvent(hub, await openPull(hub, 'change', { 'README.md': 'better' }))
      : await pushEvent(hub);
    const ended = await job(hub, event, { signalAfter: publishing, inputs: { compare: 'stored' } });
    expect(ended.conclusion).toBe('cancelled');
    expect(ended.stoppedAfterMs).toBeLessThan(PATIENCE_MS);
    expect(ended.signal).toBeNull();
    // What was measured had been published before, or is told to be lost; never both measured and "not measured".
    expect(ended.summary).not.toMatch(/was not measured to its end/);
    if (String(route).includes('Artifact')) expect(await baselineFiles(hub)).toHaveLength(1);
  });
});
