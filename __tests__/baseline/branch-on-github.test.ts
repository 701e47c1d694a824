import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { branchStore } from '../../src/baseline/branch.ts';
import { createClient } from '../../src/github/client.ts';
import { gitDatabase } from '../../src/github/git-database.ts';
import type { Scopes } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { numbers, resultOf, SERIES } from './samples.ts';

let github: GitHubStandIn;
beforeEach(async () => {
  github = await startGitHub({ repository: 'acme/shop' });
});
afterEach(() => github.close());

const query = { series: SERIES, limit: 20 };

/** A store as one job has it: a client and caches of its own. Waits are a fiftieth of the real ones. */
function job(options: { scopes?: Scopes; deadlineMs?: number; seed?: number; branch?: string } = {}) {
  const { value } = github.world.issueToken(github.repository, options.scopes ?? { contents: 'write' });
  const random = numbers(options.seed ?? 1);
  const client = createClient({
    token: value,
    apiUrl: github.apiUrl,
    log: { debug: () => undefined, warning: () => undefined },
    throttle: false,
    random,
    sleep: (ms) => delay(ms / 50),
  });
  return branchStore({
    git: gitDatabase(client, { owner: 'acme', repo: 'shop' }),
    clock: { now: () => performance.now() * 50, sleep: (ms) => delay(ms / 50), random },
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    ...(options.branch === undefined ? {} : { branch: options.branch }),
  });
}

const ids = async () => (await job().history({ series: SERIES, limit: 100 })).entries.map((e) => e.result.id);
test('a first push makes the branch, a second run reads it back to the last digit', async () => {
  expect(await job().history(query)).toEqual({ entries: [], unreadable: [] });
  const stored = await job().append(resultOf(1));
  expect(await github.repository.git.resolve('refs/heads/perf-baseline')).toBe(stored.sha);
  const { entries } = await job().history(query);
  expect(entries).toEqual([{ result: resultOf(1), location: stored.location }]);
  github.assertClean();
});

test('a branch name with a slash works', async () => {
  await job({ branch: 'bots/perf' }).append(resultOf(1));
  expect((await job({ branch: 'bots/perf' }).history(query)).entries).toHaveLength(1);
  github.assertClean();
});

test('a lookup takes four requests, and the append after it six', async () => {
  for (let n = 1; n <= 22; n++) await job().append(resultOf(n));
  const store = job();
  const before = github.requests.length;
  expect((await store.history(query)).entries).toHaveLength(20);
  expect(github.requests.slice(before).map((r) => r.operation)).toEqual([
    'git/get-ref',
    'git/get-commit',
    'git/get-tree',
    'git/get-blob',
  ]);
  await store.append(resultOf(23));
  expect(github.requests.slice(before + 4).map((r) => r.operation)).toEqual([
    'git/get-ref',
    'git/create-blob',
    'git/create-tree',
    'git/create-commit',
    'git/update-ref',
    'git/get-ref',
  ]);
  github.assertClean();
});

describe('what a token may not do is not an empty history', () => {
  test('a token that sees nothing of a private repository', async () => {
    github.repository.private = true;
    const store = job({ scopes: {} });
    await expect(store.history(query)).rejects.toThrow(/contents: read/);
    await expect(store.append(resultOf(1))).rejects.toThrow(/contents: read/);
  });

  test('a token that may only read', async () => {
    await expect(job({ scopes: { contents: 'read' } }).append(resultOf(1))).rejects.toThrow(
      /contents: write/,
    );
  });

  test('a ruleset on the branch', async () => {
    await job().append(resultOf(1));
    github.repository.protectedBranches.add('perf-baseline');
    await expect(job().append(resultOf(2))).rejects.toThrow(/ruleset or branch protection forbids it/);
    expect(await ids()).toEqual(['result-1']);
  });

  test.each([401, 403, 404, 410, 422, 500, 503])('%d for the branch', async (status) => {
    await job().append(resultOf(1));
    github.fault({
      match: { route: /git\/get-ref/ },
      kind: { type: 'status', status, message: 'No' },
      times: 100,
    });
    await expect(job().history(query)).rejects.toThrow();
    await expect(job({ deadlineMs: 1000 }).append(resultOf(2))).rejects.toThrow();
    expect(github.counts()['git/create-blob 201']).toBe(1);
  });
});

describe('a fault at one request', () => {
  const operations = [
    'get-ref',
    'get-commit',
    'get-tree',
    'get-blob',
    'create-blob',
    'create-tree',
    'create-commit',
    'update-ref',
  ];
  const kinds = [{ type: 'status', status: 502 }, { type: 'cut-after' }, { type: 'truncate' }] as const;
  test.each(operations.flatMap((operation) => kinds.map((kind) => [operation, kind] as const)))(
    'git/%s %j: stored once all the same',
    async (operation, kind) => {
      await job().append(resultOf(1));
      const fault = github.fault({ match: { route: new RegExp(`git/${operation}$`) }, kind });
      await job().append(resultOf(3));
      expect(fault.struck).toBe(1);
      expect(await ids()).toEqual(['result-3', 'result-1']);
      github.assertClean();
    },
  );

  test.each(['create-ref', 'update-ref'])('another writer is faster at git/%s', async (operation) => {
    if (operation === 'update-ref') await job().append(resultOf(1));
    const fault = github.fault({
      match: { route: new RegExp(`git/${operation}$`) },
      kind: { type: 'ref-race' },
    });
    await job().append(resultOf(2));
    expect(fault.struck).toBe(1);
    expect(await ids()).toContain('result-2');
  });
});

test('a blob damaged on its way is neither believed nor taken for a damaged baseline', async () => {
  await job().append(resultOf(1));
  const damaged = {
    sha: '0'.repeat(40),
    node_id: 'B',
    size: 1,
    url: github.apiUrl,
    content: 'eA==',
    encoding: 'base64',
  };
  github.fault({ match: { route: /git\/get-blob/ }, kind: { type: 'status', status: 200, body: damaged } });
  await expect(job().history(query)).rejects.toThrow(/damaged on its way/);
  expect(await ids()).toEqual(['result-1']);
});

const JOBS = 10;
test('many jobs at once, under races, 5xx and cut connections: every baseline once', async () => {
  const strike = (route: RegExp, kind: Parameters<typeof github.fault>[0]['kind'], seed: number) =>
    github.fault({ match: { route }, kind, probability: 0.05, seed });
  strike(/git\//, { type: 'status', status: 503 }, 1);
  strike(/git\//, { type: 'cut-after' }, 2);
  strike(/git\/update-ref/, { type: 'ref-race' }, 3);
  const before = github.requests.length;
  const stored = await Promise.all(
    Array.from({ length: JOBS }, (_, n) =>
      job({ seed: n + 1, deadlineMs: 10_000_000 }).append(resultOf(n + 1)),
    ),
  );
  expect(new Set(stored.map((s) => s.location)).size).toBe(JOBS);
  const used = github.requests.length - before;
  expect((await ids()).sort()).toEqual(Array.from({ length: JOBS }, (_, n) => `result-${n + 1}`).sort());
  await github.repository.git.run(['fsck', '--strict']);
  // A token of a workflow has a thousand requests an hour.
  expect(used / JOBS).toBeLessThan(60);
});
