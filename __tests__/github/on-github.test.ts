import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listAncestors } from '../../src/github/ancestors.ts';
import { createClient } from '../../src/github/client.ts';
import { type CommentOptions, upsertComment } from '../../src/github/comment.ts';
import { parseSections } from '../../src/github/comment-body.ts';
import type { WorkflowRunEvent } from '../../src/github/event.ts';
import { findPullRequest, headMoved, readPullRequest } from '../../src/github/pull-request.ts';
import { readDefaultBranch } from '../../src/github/repository.ts';
import type { Pull, Repository, Scopes } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { sharedTime } from './shared-time.ts';

let github: GitHubStandIn;
let repository: Repository;
let pull: Pull;
beforeEach(async () => {
  github = await startGitHub({ repository: 'acme/shop', files: { 'a.txt': '1' } });
  repository = github.repository;
  await github.world.push(repository, 'feature', { 'a.txt': '2' });
  pull = await github.world.openPull(repository, { head: 'feature' });
});
afterEach(() => github.close());

const repo = { owner: 'acme', repo: 'shop' };
const quiet = { debug: () => {}, warning: () => {} };

/** A client of a job of its own. Waits are a fiftieth of the real ones. */
function client(
  scopes: Scopes = { 'pull-requests': 'write', contents: 'read' },
  sleep = (ms: number) => delay(ms / 50),
) {
  return createClient({
    token: github.world.issueToken(repository, scopes).value,
    apiUrl: github.apiUrl,
    log: quiet,
    throttle: false,
    sleep,
  });
}

function comment(leg: string, run: number, changes: Partial<CommentOptions> = {}) {
  return upsertComment({
    client: client(),
    repo,
    issue: pull.number,
    key: 'perf',
    sections: [
      {
        series: leg,
        title: leg,
        state: 'final',
        verdict: 'unchanged',
        run: { workflow: 'perf.yml', id: 1000 + run, number: run, attempt: 1 },
        sha: 'a'.repeat(40),
        body: `report of ${leg}, run ${run}`,
        short: () => `short ${leg}`,
      },
    ],
    renderFrame: (heads) => ({ top: `${heads.length} series`, bottom: '' }),
    create: true,
    log: quiet,
    sleep: (ms) => delay(ms / 50),
    ...changes,
  });
}

const texts = () => repository.comments.flatMap(({ body }) => parseSections(body).map(({ text }) => text));
const operations = () => github.requests.map(({ operation, method }) => operation ?? method);

describe('the comment', () => {
  test('is begun with three requests and updated with four', async () => {
    expect(await comment('a', 1)).toMatchObject({ status: 'created' });
    expect(operations()).toEqual(['issues/list-comments', 'issues/create-comment', 'issues/list-comments']);
    github.requests.length = 0;
    expect(await comment('a', 2)).toMatchObject({ status: 'updated' });
    expect(operations()).toEqual([
      'issues/list-comments',
      'POST',
      'issues/update-comment',
      'issues/get-comment',
    ]);
    expect(texts()).toEqual(['report of a, run 2']);
    github.assertClean();
  });

  test('is found behind more than a hundred others, and not mistaken for a copy of it', async () => {
    const talk = (count: number) => {
      for (let i = 0; i < count; i++) github.world.comment(repository, pull.number, 'mona', `talk ${i}`);
    };
    talk(120);
    await comment('a', 1);
    talk(120);
    const own = repository.comments.find(({ body }) => body.includes('report of a'));
    const copy = github.world.comment(repository, pull.number, 'mallory', own?.body ?? '');
    expect(await comment('a', 2)).toMatchObject({ status: 'updated', id: own?.id });
    expect(copy.body).toContain('run 1');
    expect(own?.body).toContain('run 2');
    github.assertClean();
  });

  test.each([
    ['cut-before', 2],
    ['cut-after', 1],
    ['truncate', 1],
  ] as const)('is one, though the answer to its beginning was lost (%s)', async (type, created) => {
    github.fault({ match: { route: /^issues\/create-comment$/ }, kind: { type } });
    expect(await comment('a', 1)).toMatchObject({ status: 'created' });
    expect(repository.comments).toHaveLength(1);
    expect(operations().filter((operation) => operation === 'issues/create-comment')).toHaveLength(created);
    github.assertClean();
  });

  test.each([
    ['issues/list-comments', { type: 'status', status: 502 }],
    ['issues/list-comments', { type: 'truncate' }],
    ['issues/update-comment', { type: 'status-after', status: 502 }],
    ['issues/update-comment', { type: 'secondary-limit', retryAfter: 1 }],
    ['issues/get-comment', { type: 'cut-before' }],
    ['graphql', { type: 'cut-before' }],
  ] as const)('survives faults of %s: %j', async (route, kind) => {
    await comment('a', 1);
    github.fault({ match: { route: new RegExp(route) }, kind, times: 2 });
    expect(await comment('a', 2)).toMatchObject({ status: 'updated' });
    expect(texts()).toEqual(['report of a, run 2']);
  });

  test('of sixteen jobs at once is one, with a section each', async () => {
    const legs = Array.from({ length: 16 }, (_, leg) => `leg ${String.fromCharCode(97 + leg)}`);
    const { sleep, leave } = sharedTime(legs.length);
    const outcomes = await Promise.all(
      legs.map((leg) =>
        comment(leg, 1, { crowd: 16, sleep, client: client(undefined, sleep) }).finally(leave),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      legs.map(() => expect.stringMatching(/created|updated/)),
    );
    expect(repository.comments).toHaveLength(1);
    expect(texts()).toEqual(legs.map((leg) => `report of ${leg}, run 1`));
    github.assertClean();
  });

  test('with a read-only token is not written, and that is said', async () => {
    const readOnly = client({ 'pull-requests': 'read', contents: 'read' });
    expect(await comment('a', 1, { client: readOnly })).toMatchObject({
      status: 'read-only',
      reason: /pull-requests: write/,
    });
    expect(repository.comments).toEqual([]);
  });
});

describe('the pull request', () => {
  test('is what it is now, and tells when its head has moved', async () => {
    const measured = pull.head.sha;
    const before = await readPullRequest(client(), repo, pull.number);
    expect(before).toMatchObject({ state: 'open', headSha: measured, baseRef: 'main' });
    expect(headMoved(before, measured)).toBe(false);
    await github.world.push(repository, 'feature', { 'a.txt': '3' });
    expect(headMoved(await readPullRequest(client(), repo, pull.number), measured)).toBe(true);
    github.assertClean();
  });

  test('of a fork is found by its head, and only when it is the same', async () => {
    const fork = await github.world.fork(repository, 'mallory');
    await github.world.push(fork, 'patch', { 'a.txt': 'x' });
    const theirs = await github.world.openPull(repository, { head: 'patch', from: fork });
    const event = (changes: Partial<WorkflowRunEvent['run']> = {}): WorkflowRunEvent => ({
      type: 'workflow_run',
      action: 'completed',
      fork: true,
      dependabot: false,
      run: {
        id: 1,
        number: 1,
        attempt: 1,
        workflowId: 1,
        workflow: 'Performance',
        path: 'perf.yml',
        url: '',
        event: 'pull_request',
        conclusion: 'success',
        headSha: theirs.head.sha,
        headBranch: 'patch',
        headRepoId: fork.id,
        headOwner: 'mallory',
        ...changes,
      },
    });
    const find = (changes: Partial<WorkflowRunEvent['run']> = {}) =>
      findPullRequest(client(), repo, event(changes));
    expect(await find()).toMatchObject({ status: 'found', pullRequest: { number: theirs.number } });
    expect(await find({ headSha: 'b'.repeat(40) })).toMatchObject({ status: 'none', reason: /moved on/ });
    expect(await find({ headRepoId: 1 })).toMatchObject({ status: 'none', reason: /no open pull request/ });
    expect(await find({ headOwner: null })).toMatchObject({ status: 'none', reason: /gone/ });
    await github.world.push(repository, 'release', { 'b.txt': '1' });
    const second = await github.world.openPull(repository, { head: 'patch', from: fork, base: 'release' });
    expect(await find()).toMatchObject({ status: 'none', reason: new RegExp(`several.*#${second.number}`) });
    theirs.state = 'closed';
    expect(await find()).toMatchObject({ status: 'found', pullRequest: { number: second.number } });
    second.state = 'closed';
    const none = await find();
    expect(none).toMatchObject({ status: 'none', reason: expect.stringMatching(/no open pull request/) });
    expect(none).not.toHaveProperty('closed');
    expect(none.others.map(({ number }) => number)).toEqual([second.number, theirs.number]);
    second.head = { ...second.head, ref: 'elsewhere' };
    expect(await find()).toMatchObject({ closed: { number: theirs.number, state: 'closed' } });
    expect(await find({ headSha: 'b'.repeat(40) })).not.toHaveProperty('closed');
    github.assertClean();
  });

  test('is none on a push, and none for a comment on an issue', async () => {
    const comment = { id: 1, body: '', createdAt: '', author: { id: 1, login: 'mona', bot: false } };
    const onIssue = {
      type: 'issue_comment',
      action: 'created',
      number: 1,
      isPullRequest: false,
      comment,
    } as const;
    expect(await findPullRequest(client(), repo, onIssue)).toMatchObject({ status: 'none' });
    expect(
      await findPullRequest(client(), repo, { ...onIssue, isPullRequest: true, number: pull.number }),
    ).toMatchObject({ status: 'found' });
  });
});

test('ancestors come nearest first, the commit itself before them; none with a warning when GitHub cannot tell', async () => {
  const shas = [await repository.git.resolve('refs/heads/main')];
  for (let n = 0; n < 3; n++)
    shas.unshift(await github.world.push(repository, 'main', { 'n.txt': String(n) }));
  const [newest = '', older = ''] = shas;
  expect(await listAncestors(client(), repo, newest, quiet)).toEqual(shas);
  expect(await listAncestors(client(), repo, older, quiet)).toEqual(shas.slice(1));
  const warnings: string[] = [];
  const log = { warning: (message: string) => void warnings.push(message) };
  expect(await listAncestors(client(), repo, 'f'.repeat(40), log)).toEqual([]);
  expect(await listAncestors(client({ contents: 'none' }), repo, newest, log)).toEqual([]);
  expect(warnings).toHaveLength(2);
  expect(warnings[1]).toContain('contents: read');
  github.assertClean();
});

test('the default branch is asked for when an event does not tell it', async () => {
  expect(await readDefaultBranch(client(), repo)).toBe('main');
});
