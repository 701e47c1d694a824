import { describe, expect, test } from '@jest/globals';
import { pullRequestEvent, pushEvent } from '../harness/events.ts';
import type { Fault, FaultKind } from '../harness/github/faults.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import type { RunResult } from '../harness/runner.ts';
import { baselineFiles, inParallel, job, openPull, said } from './jobs.ts';
import { serviceFiles } from './service.ts';

const INPUTS = { compare: 'stored' };

type Case = {
  kind: FaultKind;
  /** How often it strikes; for ever when absent. */
  times?: number;
  exitCode: number;
  words: RegExp | null;
};

const status = (code: number, message?: string): FaultKind => ({
  type: 'status',
  status: code,
  ...(message !== undefined && { message }),
});
const asked = (code: number): FaultKind => ({
  type: 'status',
  status: code,
  headers: { 'retry-after': '1' },
});

/** Runs a job on a GitHub of its own for every case, and tells of which case an expectation is. */
async function each(
  cases: readonly Case[],
  match: Fault['match'],
  run: (hub: GitHubStandIn) => Promise<RunResult>,
  check: (result: RunResult, hub: GitHubStandIn, one: Case) => Promise<void>,
): Promise<void> {
  await inParallel(cases, async (one) => {
    const hub = await startGitHub({ files: serviceFiles() });
    try {
      const fault = hub.fault({ match, kind: one.kind, times: one.times ?? 1000 });
      const result = await run(hub);
      const { exitCode, words } = one;
      expect({ kind: one.kind, exitCode: result.exitCode, struck: fault.struck > 0 }).toEqual({
        kind: one.kind,
        exitCode,
        struck: true,
      });
      if (words !== null) expect(said(result)).toMatch(words);
      expect(said(result)).not.toMatch(/^\s+at \S+ \(/m);
      expect(result.outputs.verdict).toBe('new');
      expect(result.summary).toContain('`work`');
      fault.stop();
      await check(result, hub, one);
      hub.assertClean();
    } finally {
      await hub.close();
    }
  });
}

const push = async (hub: GitHubStandIn) => job(hub, await pushEvent(hub), { inputs: INPUTS });
const pull = async (hub: GitHubStandIn) => {
  const opened = await openPull(hub, 'change', { 'README.md': 'better' });
  return job(hub, await pullRequestEvent(hub, opened), { inputs: INPUTS });
};

describe('GitHub answers with an error', () => {
  test('while the baseline is read: it is not taken for none', () =>
    each(
      [
        { kind: status(401), exitCode: 1, words: /401.*github-token/ },
        { kind: status(403), exitCode: 1, words: /403.*contents: read/ },
        { kind: status(410), exitCode: 1, words: /410/ },
        { kind: status(409), exitCode: 1, words: /409/ },
        { kind: status(422), exitCode: 1, words: /422/ },
        { kind: asked(429), exitCode: 1, words: /429/ },
        { kind: asked(429), times: 1, exitCode: 0, words: null },
        { kind: { type: 'cut-before' }, times: 1, exitCode: 0, words: null },
        { kind: status(503), times: 2, exitCode: 0, words: null },
        { kind: status(500), exitCode: 1, words: /500.*githubstatus/ },
      ],
      { route: /^git\/get-ref$/ },
      pull,
      async (result, hub) => {
        // What was found is published all the same.
        expect(hub.repository.comments).toHaveLength(1);
        expect(hub.repository.comments[0]?.body).not.toMatch(/✅/);
        expect(result.outputs['comment-url']).not.toBe('');
      },
    ));

  test('while the baseline is stored: told, and nothing is half written', () =>
    each(
      [
        { kind: status(401), exitCode: 1, words: /The baseline was not stored: .*401/ },
        { kind: status(403), exitCode: 1, words: /not stored: .*contents: write/ },
        { kind: status(404), exitCode: 1, words: /not stored: .*404.*contents: write/ },
        { kind: status(422, 'GH013: Repository rule violations found'), exitCode: 1, words: /ruleset/ },
        { kind: asked(429), times: 2, exitCode: 0, words: null },
        { kind: { type: 'ref-race' }, times: 2, exitCode: 0, words: null },
        { kind: { type: 'cut-after' }, times: 1, exitCode: 0, words: null },
        { kind: { type: 'status-after', status: 502 }, times: 1, exitCode: 0, words: null },
      ],
      { route: /^git\/(create|update)-ref$/ },
      push,
      async (_, hub, { exitCode, kind }) => {
        const stored = exitCode === 0 ? 1 : 0;
        const refs = await hub.repository.git.refs('refs/heads/perf-baseline');
        expect({ kind, files: refs.length === 0 ? 0 : (await baselineFiles(hub)).length }).toEqual({
          kind,
          files: stored,
        });
      },
    ));

  test('while it is told to comment: the verdict, the summary and the outputs do not depend on it', () =>
    each(
      [
        { kind: status(401), exitCode: 0, words: /comment.*401/ },
        { kind: status(403), exitCode: 0, words: /pull-requests: write/ },
        { kind: status(404), exitCode: 0, words: /comment.*404/ },
        { kind: status(410, 'Issues are disabled for this repo'), exitCode: 0, words: /comment.*410/ },
        { kind: status(422), exitCode: 0, words: /comment.*422/ },
        { kind: asked(429), times: 1, exitCode: 0, words: null },
        { kind: status(502), times: 1, exitCode: 0, words: null },
        { kind: { type: 'cut-after' }, times: 1, exitCode: 0, words: null },
      ],
      { method: 'POST', route: /issues\/create-comment/ },
      pull,
      async (result, hub, { words, kind }) => {
        expect({ kind, comments: hub.repository.comments.length }).toEqual({
          kind,
          comments: words === null ? 1 : 0,
        });
        expect(hub.repository.artifacts).toHaveLength(1);
        expect(result.outputs['result-path']).not.toBe('');
      },
    ));

  test('while the result is uploaded: a warning, nothing else', () =>
    each(
      [
        { kind: status(401), exitCode: 0, words: /not uploaded.*401/ },
        { kind: status(403), exitCode: 0, words: /not uploaded.*403/ },
        { kind: status(409), exitCode: 0, words: /not uploaded.*are taken/ },
      ],
      { host: 'results' },
      pull,
      async (_, hub) => {
        expect(hub.repository.artifacts).toHaveLength(0);
        expect(hub.repository.comments).toHaveLength(1);
      },
    ));
});
