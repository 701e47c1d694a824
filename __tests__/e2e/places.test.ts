import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { baselineFiles, inParallel, job, openPull, said } from './jobs.ts';
import { serviceFiles } from './service.ts';

let hub: GitHubStandIn;
afterEach(() => hub.close());

const STORED = { compare: 'stored' };
const { 'server.mjs': SERVER = '' } = serviceFiles();

describe('what there is to measure', () => {
  test('start and url alone, or a url of what runs already', async () => {
    const running = createServer((_, response) => response.end('ok'));
    await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
    const { port } = running.address() as AddressInfo;
    // Without a config there is no shorter way than the defaults: a run is interrupted once it measures.
    hub = await startGitHub({ files: { 'server.mjs': SERVER } });
    const event = await pushEvent(hub);
    try {
      await inParallel(
        [
          { start: 'node server.mjs', url: 'http://127.0.0.1:${PORT}/work' },
          { url: `http://127.0.0.1:${port}/` },
        ],
        async (inputs) => {
          const result = await job(hub, event, { inputs, signalAfter: /measuring default/ });
          expect(result.log).toMatch(/\[block 1\/(5|1, round 1\/5)\] measuring default/);
        },
      );
    } finally {
      running.close();
    }
    const nothing = await job(hub, event);
    expect(nothing.exitCode).toBe(1);
    expect(said(nothing)).toMatch(/Nothing to measure: there is no \.github\/perf-baseline\.yml/);
  });

  test('a service in a folder of its own; folders and legs of a matrix are different series', async () => {
    const { '.github/perf-baseline.yml': config = '' } = serviceFiles();
    hub = await startGitHub({
      files: {
        'services/a/server.mjs': SERVER,
        'services/a/.github/perf-baseline.yml': config,
        'services/b/server.mjs': SERVER,
        'services/b/perf.yml': config,
      },
    });
    const event = await pushEvent(hub);
    await inParallel(
      [
        { inputs: { 'working-directory': 'services/a' } },
        { inputs: { 'working-directory': 'services/b', config: 'perf.yml' } },
        { inputs: { 'working-directory': 'services/a' }, matrix: { node: 20 } },
        { inputs: { 'working-directory': 'services/a' }, matrix: { node: 24 } },
      ],
      async ({ inputs, ...rest }) => {
        const result = await job(hub, event, { inputs: { ...STORED, ...inputs }, ...rest });
        expect(result).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
      },
    );
    const folders = (await baselineFiles(hub)).map((file) => file.split('/')[1]);
    expect(new Set(folders).size).toBe(4);
    const pull = await openPull(hub, 'change', { 'README.md': 'x' });
    const legs = [{ node: 20 }, { node: 24 }];
    await inParallel(legs, async (matrix) => {
      const inputs = { ...STORED, 'working-directory': 'services/a' };
      const result = await job(hub, await pullRequestEvent(hub, pull), { inputs, matrix });
      expect(result.outputs['baseline-sha']).toBe(event.sha);
    });
    // Jobs that share a key share one comment, each with a section of its own.
    expect(hub.repository.comments).toHaveLength(1);
    expect(hub.repository.comments[0]?.body).toMatch(/measure \(20\)[\s\S]*measure \(24\)/);
    hub.assertClean();
  });
});

describe('without a token', () => {
  test('it measures and reports; a store that is a folder works', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    const none = { 'github-token': '' };
    const pushed = await job(hub, await pushEvent(hub), { inputs: { ...STORED, ...none } });
    expect(pushed).toMatchObject({ exitCode: 0, outputs: { verdict: 'new' } });
    expect(said(pushed)).toMatch(/no token, so no baseline can be read/);
    const pull = await openPull(hub, 'change', { 'README.md': 'x' });
    const asked = await job(hub, await pullRequestEvent(hub, pull), { inputs: { ...STORED, ...none } });
    expect(asked.exitCode).toBe(0);
    expect(said(asked)).toMatch(/no token, so the pull request gets no comment/);
    expect(asked.summary).toContain('`work`');
    expect(hub.repository.comments).toEqual([]);
  });
});

describe('a report longer than a comment', () => {
  test('falls back to a short one, and points to the summary', async () => {
    const names = Array.from({ length: 200 }, (_, i) => `GET /work/${i}/${'x'.repeat(40)}`);
    const scenarios = `  work: { type: http, connections: 60, requests: ${JSON.stringify(names)} }`;
    hub = await startGitHub({
      files: serviceFiles({
        scenarios,
        workMs: 5,
        measure: '{ rounds: 1, max-rounds: 1, duration: 1s, warmup: 0s }',
      }),
    });
    const pull = await openPull(hub, 'change', { 'README.md': 'x' });
    const result = await job(hub, await pullRequestEvent(hub, pull), { inputs: { compare: 'none' } });
    expect(result.exitCode).toBe(0);
    const body = hub.repository.comments[0]?.body ?? '';
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/summary/i);
    expect(body).toContain(`/actions/runs/${result.run.id}`);
    expect(result.summary.length).toBeGreaterThan(65_536);
    hub.assertClean();
  });
});

describe('mistakes in a workflow', () => {
  test('inputs that cannot be meant: all of them at once, nothing is started', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    const result = await job(hub, await pushEvent(hub), {
      inputs: {
        'fail-on': 'sometimes',
        compare: 'best',
        'baseline-store': 'file',
        'upload-result': 'maybe',
        comment_key: 'x',
        'baseline-branch': 'a b',
      },
    });
    expect(result.exitCode).toBe(1);
    expect(said(result)).toMatch(/fail-on.*sometimes.*expected one of regression, inconclusive, never/);
    expect(said(result)).toMatch(/compare.*best/);
    expect(said(result)).toMatch(/baseline-path/);
    expect(said(result)).toMatch(/upload-result.*maybe/);
    expect(said(result)).toMatch(/comment_key.*comment-key/);
    expect(said(result)).toMatch(/baseline-branch.*a b/);
    expect(result.log).not.toMatch(/starting the candidate/);
  });

  test('problems of the config are annotations on its lines', async () => {
    hub = await startGitHub({
      files: serviceFiles({ more: 'criteria: { p95: 20%, rps: +5pp }\nlimits: {}' }),
    });
    const result = await job(hub, await pushEvent(hub));
    expect(result.exitCode).toBe(1);
    const places = result.annotations.filter(({ file }) => file === '.github/perf-baseline.yml');
    expect(places.length).toBeGreaterThanOrEqual(3);
    for (const { level, line } of places) expect([level, line]).toEqual(['error', expect.any(Number)]);
    expect(new Set(places.map(({ line }) => line)).size).toBeGreaterThan(1);
    expect(result.log).not.toMatch(/starting the candidate/);
    expect(result.outputs.verdict ?? '').toBe('');
  });

  test('a target that fails: the step fails, with the reason at its place and in the comment', async () => {
    hub = await startGitHub({ files: serviceFiles() });
    const pull = await openPull(hub, 'change', serviceFiles({ listen: 'process.exit(5);' }));
    const result = await job(hub, await pullRequestEvent(hub, pull), { inputs: STORED });
    expect(result).toMatchObject({ exitCode: 1, outputs: { verdict: 'failed' } });
    expect(result.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', title: 'work: not measured' }),
    );
    expect(hub.repository.comments[0]?.body).toMatch(/exit code 5/);
    expect(hub.repository.comments[0]?.body).not.toContain('✅');
    expect(hub.repository.artifacts).toHaveLength(1);
  });
});
