import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { updatesBaseline } from '../../src/github/baseline-policy.ts';
import { readEvent } from '../../src/github/event.ts';
import { readPayload } from '../../src/github/payload.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

function env(name: string, changes: Record<string, string | undefined> = {}) {
  return {
    GITHUB_EVENT_NAME: name,
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: A,
    GITHUB_RUN_ID: '1234567890123',
    GITHUB_RUN_NUMBER: '7',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_WORKFLOW: 'Perf',
    GITHUB_JOB: 'bench',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_ACTOR: 'mona',
    ...changes,
  };
}

const repository = { id: 1, full_name: 'o/r', default_branch: 'main', private: false };

function pull(changes: Record<string, unknown> = {}) {
  return {
    action: 'synchronize',
    repository,
    pull_request: {
      number: 5,
      base: { sha: B, ref: 'main', repo: { id: 1, owner: { login: 'o' } } },
      head: { sha: A, ref: 'feature', repo: { id: 1, owner: { login: 'o' } } },
      user: { login: 'mona', id: 3, type: 'User' },
      ...changes,
    },
  };
}

describe('a pull request', () => {
  test('of the repository itself', () => {
    const { event, origin, repository: repo } = readEvent(env('pull_request'), pull());
    expect(event).toEqual({
      type: 'pull_request',
      action: 'synchronize',
      number: 5,
      base: { sha: B, ref: 'main' },
      head: { sha: A, ref: 'feature', repoId: 1, owner: 'o' },
      fork: false,
      dependabot: false,
    });
    expect(repo).toEqual({ owner: 'o', repo: 'r', id: 1, defaultBranch: 'main' });
    expect(origin).toEqual({
      repository: 'o/r',
      event: 'pull_request',
      workflow: 'Perf',
      runId: 1234567890123,
      runNumber: 7,
      runAttempt: 2,
      job: 'bench',
      url: 'https://github.com/o/r/actions/runs/1234567890123/attempts/2',
      headSha: A,
    });
  });

  test.each([
    ['another repository', { sha: A, ref: 'main', repo: { id: 9, owner: { login: 'mallory' } } }],
    ['a repository that is gone', { sha: A, ref: 'main', repo: null }],
    ['a repository without an id in the event', { sha: A, ref: 'main' }],
  ])('from %s is a fork', (_, head) => {
    expect(readEvent(env('pull_request'), pull({ head })).event).toMatchObject({ fork: true });
  });

  test('of which neither repository is told is a fork', () => {
    const branch = { sha: A, ref: 'main' };
    expect(readEvent(env('pull_request'), pull({ head: branch, base: branch })).event).toMatchObject({
      fork: true,
    });
  });

  test('by Dependabot is told by who acts, since that decides about the token', () => {
    const user = { login: 'dependabot[bot]', id: 4, type: 'Bot' };
    const acts = (actor: string) =>
      readEvent(env('pull_request', { GITHUB_ACTOR: actor }), pull({ user })).event;
    expect(acts('dependabot[bot]')).toMatchObject({ dependabot: true });
    expect(acts('mona')).toMatchObject({ dependabot: false });
  });

  test('on pull_request_target is refused, with the reason and the way out', () => {
    expect(() => readEvent(env('pull_request_target'), pull())).toThrow(/secrets[\s\S]*workflow_run/);
  });
});

describe('a push', () => {
  const push = (ref: string, changes = {}) =>
    readEvent(env('push'), { ref, before: B, after: A, repository, ...changes }).event;

  test('to the default branch, to another, of a tag, of a new and of a deleted branch', () => {
    expect(push('refs/heads/main')).toEqual({
      type: 'push',
      ref: 'refs/heads/main',
      branch: 'main',
      sha: A,
      onDefaultBranch: true,
      before: B,
      deleted: false,
    });
    expect(push('refs/heads/feature/main')).toMatchObject({ branch: 'feature/main', onDefaultBranch: false });
    expect(push('refs/tags/main')).toMatchObject({ branch: null, onDefaultBranch: false });
    expect(push('refs/heads/main', { before: '0'.repeat(40) })).toMatchObject({ before: null });
    expect(push('refs/heads/main', { deleted: true })).toMatchObject({ deleted: true });
  });

  test('to a default branch that was renamed follows the payload', () => {
    const renamed = { repository: { ...repository, default_branch: 'trunk' } };
    expect(push('refs/heads/trunk', renamed)).toMatchObject({ onDefaultBranch: true });
    expect(push('refs/heads/main', renamed)).toMatchObject({ onDefaultBranch: false });
  });
});

test('merge_group, schedule, workflow_dispatch and others', () => {
  const group = {
    base_sha: B,
    base_ref: 'refs/heads/main',
    head_sha: A,
    head_ref: 'refs/heads/gh-readonly-queue/x',
  };
  expect(readEvent(env('merge_group'), { merge_group: group, repository }).event).toEqual({
    type: 'merge_group',
    base: { sha: B, ref: 'main' },
    head: { sha: A, ref: 'refs/heads/gh-readonly-queue/x' },
  });
  expect(readEvent(env('schedule'), { schedule: '0 3 * * *' })).toMatchObject({
    event: { type: 'schedule', branch: 'main', onDefaultBranch: false },
    repository: { defaultBranch: null },
  });
  expect(readEvent(env('workflow_dispatch'), { repository, inputs: null }).event).toMatchObject({
    type: 'workflow_dispatch',
    onDefaultBranch: true,
  });
  expect(readEvent(env('release'), { repository }).event).toMatchObject({ type: 'other', name: 'release' });
});

test('workflow_run tells the run that ended, and whether a fork made it', () => {
  const run = {
    id: 11,
    run_number: 3,
    run_attempt: 1,
    workflow_id: 99,
    path: '.github/workflows/perf.yml',
    event: 'pull_request',
    conclusion: 'success',
    head_sha: A,
    head_branch: 'patch-1',
    head_repository: { id: 9, owner: { login: 'mallory' } },
    pull_requests: [],
  };
  expect(readEvent(env('workflow_run'), { workflow_run: run, repository }).event).toMatchObject({
    type: 'workflow_run',
    fork: true,
    run: { id: 11, headRepoId: 9, headOwner: 'mallory', headBranch: 'patch-1', headSha: A },
  });
  const own = { ...run, head_repository: { id: 1, owner: { login: 'o' } } };
  expect(readEvent(env('workflow_run'), { workflow_run: own, repository }).event).toMatchObject({
    fork: false,
  });
});

test('issue_comment tells a pull request from an issue, and a person from a bot', () => {
  const comment = {
    id: 8,
    body: '/perf-baseline help',
    created_at: '2026-11-21T10:00:00Z',
    user: { login: 'mona', id: 3, type: 'User' },
  };
  const payload = {
    action: 'created',
    repository,
    issue: { number: 5, pull_request: { url: 'x' } },
    comment,
  };
  expect(readEvent(env('issue_comment'), payload).event).toEqual({
    type: 'issue_comment',
    action: 'created',
    number: 5,
    isPullRequest: true,
    comment: {
      id: 8,
      body: '/perf-baseline help',
      createdAt: '2026-11-21T10:00:00Z',
      author: { id: 3, login: 'mona', bot: false },
    },
  });
  const onIssue = { ...payload, issue: { number: 5 }, comment: { id: 8, body: null, user: null } };
  expect(readEvent(env('issue_comment'), onIssue).event).toMatchObject({
    isPullRequest: false,
    comment: { body: '', author: { login: 'ghost', bot: true } },
  });
});

describe('what cannot be read', () => {
  test.each([
    ['GITHUB_RUN_ID', undefined, /GITHUB_RUN_ID is not set/],
    ['GITHUB_RUN_NUMBER', 'x', /GITHUB_RUN_NUMBER is 'x'; expected a whole number/],
    ['GITHUB_EVENT_NAME', '', /GITHUB_EVENT_NAME is not set/],
    ['GITHUB_REPOSITORY', 'alone', /expected OWNER\/NAME/],
  ])('%s = %s', (name, value, words) => {
    expect(() => readEvent(env('push', { [name]: value }), { ref: 'refs/heads/main', repository })).toThrow(
      words,
    );
  });

  test('a payload without what the event must have names the place', () => {
    expect(() => readEvent(env('pull_request'), { repository })).toThrow(/pull_request: /);
    const odd = pull({ head: { sha: '--upload-pack=x', ref: 'x', repo: null } });
    expect(() => readEvent(env('pull_request'), odd)).toThrow(/pull_request\.head\.sha/);
    expect(() => readEvent(env('push'), 'text')).toThrow(/payload/);
  });

  test('the file of the event', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'event-'));
    try {
      const file = join(folder, 'event.json');
      await writeFile(file, '{"a":1}');
      expect(await readPayload({ GITHUB_EVENT_PATH: file })).toEqual({ a: 1 });
      await writeFile(file, '{"a":');
      await expect(readPayload({ GITHUB_EVENT_PATH: file })).rejects.toThrow(/not JSON/);
      await expect(readPayload({ GITHUB_EVENT_PATH: join(folder, 'no') })).rejects.toThrow(/cannot read/);
      await expect(readPayload({})).rejects.toThrow(/GITHUB_EVENT_PATH is not set/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('which runs make a baseline', () => {
  const event = (name: string, payload: object, ref = 'refs/heads/main') =>
    readEvent(env(name, { GITHUB_REF: ref }), { repository, ...payload }).event;
  const push = event('push', { ref: 'refs/heads/main' });
  const group = { base_sha: B, base_ref: 'refs/heads/main', head_sha: A, head_ref: 'refs/heads/q' };

  test.each([
    ['a push to the default branch', push, true, true],
    ['a push elsewhere', event('push', { ref: 'refs/heads/x' }), false, false],
    ['a push that deletes', event('push', { ref: 'refs/heads/main', deleted: true }), false, false],
    ['a tag', event('push', { ref: 'refs/tags/main' }), false, false],
    ['a schedule', event('schedule', {}), false, true],
    ['a dispatch on the default branch', event('workflow_dispatch', {}), false, true],
    ['a dispatch elsewhere', event('workflow_dispatch', {}, 'refs/heads/x'), false, false],
    ['a pull request', readEvent(env('pull_request'), pull()).event, false, false],
    ['a merge group', event('merge_group', { merge_group: group }), false, false],
  ])('%s', (_, one, auto, always) => {
    expect(updatesBaseline(one, 'auto')).toBe(auto);
    expect(updatesBaseline(one, 'always')).toBe(always);
    expect(updatesBaseline(one, 'never')).toBe(false);
  });
});
