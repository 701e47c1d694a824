import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readEvent } from '../../src/github/event.ts';
import {
  issueCommentEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  type WorkflowEvent,
  workflowDispatchEvent,
  workflowRunEvent,
} from '../harness/events.ts';
import type { Pull, Repository } from '../harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';

let github: GitHubStandIn;
let repository: Repository;
let own: Pull;
let foreign: Pull;
beforeAll(async () => {
  github = await startGitHub({ repository: 'acme/shop', files: { 'a.txt': '1' } });
  repository = github.repository;
  await github.world.push(repository, 'feature', { 'a.txt': '2' });
  own = await github.world.openPull(repository, { head: 'feature' });
  const fork = await github.world.fork(repository, 'mallory');
  await github.world.push(fork, 'patch', { 'b.txt': 'x' });
  foreign = await github.world.openPull(repository, { head: 'patch', from: fork });
});
afterAll(() => github.close());

function read({ name, payload, ref, sha, actor }: WorkflowEvent) {
  return readEvent(
    {
      GITHUB_EVENT_NAME: name,
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_REF: ref,
      GITHUB_SHA: sha,
      GITHUB_ACTOR: actor,
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_NUMBER: '1',
      GITHUB_RUN_ATTEMPT: '1',
    },
    JSON.parse(JSON.stringify(payload)),
  );
}

test('every event is read from the payload that GitHub sends', async () => {
  expect(read(await pushEvent(github))).toMatchObject({
    event: { type: 'push', onDefaultBranch: true },
    repository: { id: repository.id, defaultBranch: 'main' },
  });
  expect(read(await pullRequestEvent(github, own)).event).toMatchObject({
    type: 'pull_request',
    number: own.number,
    base: { sha: own.base.sha, ref: 'main' },
    head: { sha: own.head.sha, ref: 'feature', repoId: repository.id, owner: 'acme' },
    fork: false,
    dependabot: false,
  });
  expect(read(await pullRequestEvent(github, foreign)).event).toMatchObject({
    fork: true,
    head: { owner: 'mallory' },
  });
  expect(read(await pullRequestEvent(github, own, { actor: 'dependabot[bot]' })).event).toMatchObject({
    fork: false,
    dependabot: true,
  });
  expect(read(await mergeGroupEvent(github, own)).event).toMatchObject({
    type: 'merge_group',
    base: { sha: own.base.sha, ref: 'main' },
  });
  expect(read(await scheduleEvent(github)).event).toMatchObject({ type: 'schedule', onDefaultBranch: true });
  expect(read(await workflowDispatchEvent(github, { branch: 'feature' })).event).toMatchObject({
    type: 'workflow_dispatch',
    branch: 'feature',
    onDefaultBranch: false,
  });
});

test('the events that follow a fork or a person, too', async () => {
  const run = github.world.createRun(repository, {
    event: 'pull_request',
    headBranch: 'patch',
    headSha: foreign.head.sha,
    ...(foreign.head.repository === null ? {} : { headRepository: foreign.head.repository }),
    conclusion: 'success',
  });
  expect(read(await workflowRunEvent(github, run)).event).toMatchObject({
    type: 'workflow_run',
    fork: true,
    run: { id: run.id, headSha: foreign.head.sha, headOwner: 'mallory', headBranch: 'patch' },
  });
  const comment = github.world.comment(repository, own.number, 'mona', '/perf-baseline help');
  expect(read(await issueCommentEvent(github, own, comment)).event).toMatchObject({
    type: 'issue_comment',
    isPullRequest: true,
    number: own.number,
    comment: { id: comment.id, author: { login: 'mona', bot: false } },
  });
  expect(read(await issueCommentEvent(github, own, comment, { onIssue: true })).event).toMatchObject({
    isPullRequest: false,
  });
});
