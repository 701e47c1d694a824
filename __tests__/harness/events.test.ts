import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  issueCommentEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowDispatchEvent,
  workflowRunEvent,
} from './events.ts';
import { checkWebhook } from './github/openapi.ts';
import type { Pull, Repository } from './github/records.ts';
import { type GitHubStandIn, startGitHub } from './github/stand-in.ts';
import { checkout, localWorkspace } from './workspace.ts';

let hub: GitHubStandIn;
let fork: Repository;
let own: Pull;
let forked: Pull;
beforeEach(async () => {
  hub = await startGitHub({ files: { 'a.txt': 'one\n' } });
  await hub.world.push(hub.repository, 'topic', { 'a.txt': 'two\n' });
  own = await hub.world.openPull(hub.repository, { head: 'topic' });
  fork = await hub.world.fork(hub.repository, 'stranger');
  await hub.world.push(fork, 'idea', { 'a.txt': 'three\n' });
  forked = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
});
afterEach(() => hub.close());

describe('payloads', () => {
  test('are those of the webhooks', async () => {
    expect(checkWebhook('push', (await pushEvent(hub)).payload)).toEqual([]);
    for (const pull of [own, forked])
      for (const action of ['opened', 'synchronize', 'reopened', 'closed'] as const) {
        const event = await pullRequestEvent(hub, pull, { action });
        expect(checkWebhook(`pull-request-${action}`, event.payload)).toEqual([]);
      }
    const comment = hub.world.comment(hub.repository, own.number, 'keeper', '/perf-baseline help');
    for (const action of ['created', 'edited'] as const)
      for (const onIssue of [false, true]) {
        const event = await issueCommentEvent(hub, own, comment, { action, onIssue });
        expect(checkWebhook(`issue-comment-${action}`, event.payload)).toEqual([]);
        expect('pull_request' in (event.payload.issue as object)).toBe(!onIssue);
      }
    expect(checkWebhook('merge-group-checks-requested', (await mergeGroupEvent(hub, own)).payload)).toEqual(
      [],
    );
    expect(checkWebhook('workflow-dispatch', (await workflowDispatchEvent(hub)).payload)).toEqual([]);
    expect((await scheduleEvent(hub)).payload).toMatchObject({ schedule: '0 3 * * *' });
  });

  test('of a run for a fork do not name its pull request', async () => {
    for (const [pull, named] of [
      [own, 1],
      [forked, 0],
    ] as const) {
      const { run: of } = await pullRequestEvent(hub, pull);
      const run = hub.world.createRun(hub.repository, {
        event: 'pull_request',
        ...of,
        conclusion: 'success',
      });
      const event = await workflowRunEvent(hub, run);
      expect(checkWebhook('workflow-run-completed', event.payload)).toEqual([]);
      const shown = event.payload.workflow_run as {
        pull_requests: unknown[];
        head_repository: { id: number };
      };
      expect(shown.pull_requests).toHaveLength(named);
      expect(shown.head_repository.id).toBe(pull.head.repository?.id);
      expect(event.ref).toBe('refs/heads/main');
    }
  });

  test('a wrong payload is told', () => {
    expect(checkWebhook('push', { ref: 1 }).join()).toMatch(/must have required property|must be string/);
  });
});

describe('workspaces', () => {
  test('of a pull request hold the merge commit only, and can fetch its base', async () => {
    const event = await pullRequestEvent(hub, forked);
    const workspace = await checkout(hub, event);
    try {
      expect(await workspace.git('rev-parse', 'HEAD')).toBe(event.sha);
      expect(await workspace.git('rev-list', '--count', 'HEAD')).toBe('1');
      const base = (await hub.repository.git.readCommit(event.sha))?.parents[0] ?? '';
      await workspace.git('fetch', '--quiet', '--depth=1', 'origin', base);
      expect(await workspace.git('show', `${base}:a.txt`)).toBe('one');
      expect(await workspace.git('config', '--get-regexp', 'extraheader')).toMatch(/AUTHORIZATION: basic/);
    } finally {
      workspace.close();
    }
  });

  test('of a push are on the branch, without credentials when told so', async () => {
    const workspace = await checkout(hub, await pushEvent(hub), { persistCredentials: false, depth: 0 });
    try {
      expect(await workspace.git('branch', '--show-current')).toBe('main');
      await expect(workspace.git('config', '--get-regexp', 'extraheader')).rejects.toThrow();
    } finally {
      workspace.close();
    }
  });

  test('of a person are a repository, or a plain folder', async () => {
    const withGit = await localWorkspace({ 'dir/b.txt': 'x' });
    const plain = await localWorkspace({ 'b.txt': 'x' }, { git: false });
    try {
      withGit.write({ 'dir/b.txt': 'y' });
      const head = await withGit.commit('Change b');
      expect(await withGit.git('log', '--format=%H %s', '-n', '1')).toBe(`${head} Change b`);
      await expect(plain.git('status')).rejects.toThrow(/not a git repository/);
    } finally {
      withGit.close();
      plain.close();
    }
  });
});
