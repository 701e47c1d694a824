import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Octokit } from '@octokit/rest';
import type { Scopes } from './github/records.ts';
import { type GitHubStandIn, startGitHub } from './github/stand-in.ts';

const ALL: Scopes = {
  contents: 'write',
  'pull-requests': 'write',
  issues: 'write',
  actions: 'write',
  checks: 'write',
  statuses: 'write',
};
const HERE = { owner: 'octo-org', repo: 'service' };

let hub: GitHubStandIn;
beforeEach(async () => {
  hub = await startGitHub();
});
afterEach(() => hub.close());

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** A client that neither retries nor waits: what the stand-in answers is what the test sees. */
function client(scopes: Scopes = ALL, baseUrl = hub.apiUrl): Octokit {
  return new Octokit({ auth: hub.world.issueToken(hub.repository, scopes).value, baseUrl, log: SILENT });
}

async function branch(octokit: Octokit, name: string, file: string, parent?: string) {
  const blob = await octokit.rest.git.createBlob({ ...HERE, content: 'aGk=', encoding: 'base64' });
  const base = parent === undefined ? {} : { base_tree: parent };
  const tree = await octokit.rest.git.createTree({
    ...HERE,
    ...base,
    tree: [{ path: file, mode: '100644', type: 'blob', sha: blob.data.sha }],
  });
  const commit = await octokit.rest.git.createCommit({
    ...HERE,
    message: `Add ${file}`,
    tree: tree.data.sha,
    parents: parent === undefined ? [] : [parent],
  });
  return { ref: `heads/${name}`, sha: commit.data.sha };
}

describe('a branch over the Git Data API', () => {
  test.each(['', '/api/v3'])('is made as an orphan, moved forward and read back (%s)', async (prefix) => {
    const octokit = client(ALL, hub.apiUrl + prefix);
    await expect(octokit.rest.git.getRef({ ...HERE, ref: 'heads/data' })).rejects.toMatchObject({
      status: 404,
    });
    const first = await branch(octokit, 'data', 'series/a/1.json');
    await octokit.rest.git.createRef({ ...HERE, ref: 'refs/heads/data', sha: first.sha });
    const second = await branch(octokit, 'data', 'series/b/2.json', first.sha);
    await octokit.rest.git.updateRef({ ...HERE, ...second, force: false });
    const tree = await octokit.rest.git.getTree({ ...HERE, tree_sha: second.sha, recursive: 'true' });
    const paths = tree.data.tree.filter((entry) => entry.type === 'blob').map((entry) => entry.path);
    expect(paths).toEqual(['series/a/1.json', 'series/b/2.json']);
    const entry = tree.data.tree.find((e) => e.path === 'series/a/1.json');
    const blob = await octokit.rest.git.getBlob({ ...HERE, file_sha: entry?.sha ?? '' });
    expect(Buffer.from(blob.data.content, 'base64').toString()).toBe('hi');
    // The other branch was not touched, and the new one is really in the repository.
    expect((await hub.repository.git.log(['data'])).map((c) => c.message)).toEqual([
      'Add series/b/2.json',
      'Add series/a/1.json',
    ]);
    expect((await hub.repository.git.log(['main'])).length).toBe(1);
    await expect(hub.repository.git.run(['fsck', '--strict', '--full'])).resolves.toBe('');
    hub.assertClean();
  });

  test('removes entries, and folders with them', async () => {
    const octokit = client();
    const files = ['a/b/1', 'a/b/2', 'a/c/3', 'a.d', 'a-e'].map((path) => ({
      path,
      mode: '100644' as const,
      type: 'blob' as const,
      content: path,
    }));
    const base = await octokit.rest.git.createTree({ ...HERE, tree: files });
    const gone = { mode: '100644', type: 'blob', sha: null } as const;
    const tree = [
      { path: 'a/c/3', ...gone },
      { path: 'a/b/1', ...gone },
    ];
    const next = await octokit.rest.git.createTree({ ...HERE, base_tree: base.data.sha, tree });
    const left = await hub.repository.git.readTree(next.data.sha, true);
    expect(left?.map((entry) => entry.path)).toEqual(['a-e', 'a.d', 'a', 'a/b', 'a/b/2']);
    await expect(hub.repository.git.run(['fsck', '--strict', '--full'])).resolves.not.toMatch(/error/);
    hub.assertClean();
  });

  test('cannot lose a commit: what is not a fast forward is refused', async () => {
    const octokit = client();
    const first = await branch(octokit, 'data', 'a');
    await octokit.rest.git.createRef({ ...HERE, ref: 'refs/heads/data', sha: first.sha });
    await expect(
      octokit.rest.git.createRef({ ...HERE, ref: 'refs/heads/data', sha: first.sha }),
    ).rejects.toThrow(/^Reference already exists/);
    const mine = await branch(octokit, 'data', 'b', first.sha);
    const theirs = await branch(octokit, 'data', 'c', first.sha);
    await octokit.rest.git.updateRef({ ...HERE, ...theirs });
    await expect(octokit.rest.git.updateRef({ ...HERE, ...mine })).rejects.toThrow(
      /^Update is not a fast forward/,
    );
    await expect(octokit.rest.git.updateRef({ ...HERE, ...mine, ref: 'heads/nowhere' })).rejects.toThrow(
      /^Reference does not exist/,
    );
    hub.assertClean();
  });

  test('takes exactly one of many simultaneous writers', async () => {
    const octokit = client();
    const first = await branch(octokit, 'data', 'a');
    await octokit.rest.git.createRef({ ...HERE, ref: 'refs/heads/data', sha: first.sha });
    const writers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => branch(octokit, 'data', `w${i}`, first.sha)),
    );
    const ends = await Promise.allSettled(writers.map((w) => octokit.rest.git.updateRef({ ...HERE, ...w })));
    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
    hub.assertClean();
  });

  test('that a ruleset closes is refused with the reason', async () => {
    hub.repository.protectedBranches.add('data');
    const octokit = client();
    const first = await branch(octokit, 'data', 'a');
    await expect(
      octokit.rest.git.createRef({ ...HERE, ref: 'refs/heads/data', sha: first.sha }),
    ).rejects.toThrow(/Repository rule violations found/);
  });
});

describe('comments', () => {
  test('are listed in pages with Link headers, created, updated, reacted to and deleted', async () => {
    await hub.world.push(hub.repository, 'topic', { a: '1' });
    const pull = await hub.world.openPull(hub.repository, { head: 'topic' });
    for (let i = 0; i < 65; i++) hub.world.comment(hub.repository, pull.number, 'someone', `comment ${i}`);
    const octokit = client({ 'pull-requests': 'write' });
    const at = { ...HERE, issue_number: pull.number };
    const own = await octokit.rest.issues.createComment({ ...at, body: 'mine' });
    expect(own.data.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' });
    await octokit.rest.issues.updateComment({ ...HERE, comment_id: own.data.id, body: 'still mine' });
    await octokit.rest.reactions.createForIssueComment({ ...HERE, comment_id: own.data.id, content: '+1' });
    const all = await octokit.paginate(octokit.rest.issues.listComments, at);
    expect(all).toHaveLength(66);
    expect(all.at(-1)).toMatchObject({ body: 'still mine', reactions: { '+1': 1 } });
    expect(hub.requests.filter((r) => r.operation === 'issues/list-comments')).toHaveLength(3);
    await octokit.rest.issues.deleteComment({ ...HERE, comment_id: own.data.id });
    await expect(octokit.rest.issues.getComment({ ...HERE, comment_id: own.data.id })).rejects.toMatchObject({
      status: 404,
    });
    const long = 'x'.repeat(65_537);
    await expect(octokit.rest.issues.createComment({ ...at, body: long })).rejects.toThrow(
      /Body is too long/,
    );
    const viewer = await octokit.graphql('{ viewer { login } }');
    expect(viewer).toEqual({ viewer: { login: 'github-actions[bot]' } });
    await expect(octokit.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
    hub.assertClean();
  });
});

describe('pull requests', () => {
  test('of a fork have their own head repository, and follow its branch', async () => {
    const fork = await hub.world.fork(hub.repository, 'stranger');
    await hub.world.push(fork, 'idea', { 'a.txt': 'one' });
    const pull = await hub.world.openPull(hub.repository, { head: 'idea', from: fork });
    await hub.world.push(fork, 'idea', { 'a.txt': 'two' });
    const octokit = client();
    const found = await octokit.rest.pulls.list({ ...HERE, state: 'open', head: 'stranger:idea' });
    expect(found.data).toHaveLength(1);
    expect(found.data[0]?.head.repo?.id).toBe(fork.id);
    expect(found.data[0]?.head.sha).toBe(await fork.git.resolve('refs/heads/idea'));
    expect((await octokit.rest.pulls.list({ ...HERE, head: 'octo-org:idea' })).data).toHaveLength(0);
    expect((await octokit.rest.pulls.get({ ...HERE, pull_number: pull.number })).data.mergeable).toBe(true);
    const merge = await hub.repository.git.readCommit(`refs/pull/${pull.number}/merge`);
    expect(merge?.parents).toEqual([await hub.repository.git.resolve('main'), pull.head.sha]);
    expect((await octokit.rest.pulls.listCommits({ ...HERE, pull_number: pull.number })).data).toHaveLength(
      2,
    );
    expect((await octokit.rest.pulls.listFiles({ ...HERE, pull_number: 1 })).data[0]?.filename).toBe('a.txt');
    hub.assertClean();
  });

  test('compare, commits, contents, branches and permissions are answered as described', async () => {
    const head = await hub.world.push(hub.repository, 'topic', { 'dir/a.txt': 'one' });
    hub.world.setPermission(hub.repository, 'keeper', 'maintain');
    hub.world.user('passer-by');
    const octokit = client();
    const compared = await octokit.rest.repos.compareCommitsWithBasehead({
      ...HERE,
      basehead: 'main...topic',
    });
    expect(compared.data).toMatchObject({ status: 'ahead', ahead_by: 1, files: [{ filename: 'dir/a.txt' }] });
    expect((await octokit.rest.repos.getCommit({ ...HERE, ref: 'topic' })).data.sha).toBe(head);
    expect(
      (await octokit.rest.repos.listCommits({ ...HERE, sha: 'topic', per_page: 1 })).headers.link,
    ).toMatch(/page=2>; rel="next"/);
    const file = await octokit.rest.repos.getContent({ ...HERE, path: 'dir/a.txt', ref: 'topic' });
    expect(file.data).toMatchObject({ type: 'file', content: 'b25l\n' });
    expect((await octokit.rest.repos.getContent({ ...HERE, path: 'dir', ref: 'topic' })).data).toHaveLength(
      1,
    );
    expect((await octokit.rest.repos.getBranch({ ...HERE, branch: 'topic' })).data.commit.sha).toBe(head);
    expect((await octokit.rest.repos.listBranches(HERE)).data.map((b) => b.name)).toEqual(['main', 'topic']);
    expect((await octokit.rest.repos.get(HERE)).data.default_branch).toBe('main');
    const level = async (username: string) =>
      (await octokit.rest.repos.getCollaboratorPermissionLevel({ ...HERE, username })).data;
    expect(await level('keeper')).toMatchObject({ permission: 'write', role_name: 'maintain' });
    expect(await level('passer-by')).toMatchObject({ permission: 'read' });
    hub.assertClean();
  });
});

describe('checks and runs', () => {
  test('check runs are created, completed and found by name; statuses combine', async () => {
    const sha = (await hub.repository.git.resolve('main')) ?? '';
    const octokit = client();
    const made = await octokit.rest.checks.create({
      ...HERE,
      name: 'perf',
      head_sha: sha,
      status: 'in_progress',
    });
    const annotation = {
      path: 'README.md',
      start_line: 1,
      end_line: 1,
      annotation_level: 'failure' as const,
      message: 'slow',
    };
    const output = { title: 'done', summary: 'fine', annotations: [annotation] };
    await octokit.rest.checks.update({ ...HERE, check_run_id: made.data.id, conclusion: 'success', output });
    const listed = await octokit.rest.checks.listForRef({ ...HERE, ref: 'main', check_name: 'perf' });
    expect(listed.data.check_runs).toMatchObject([{ status: 'completed', output: { annotations_count: 1 } }]);
    const at = { ...HERE, check_run_id: made.data.id };
    expect((await octokit.rest.checks.listAnnotations(at)).data).toHaveLength(1);
    await octokit.rest.repos.createCommitStatus({ ...HERE, sha, state: 'success', context: 'perf' });
    expect((await octokit.rest.repos.getCombinedStatusForRef({ ...HERE, ref: sha })).data.state).toBe(
      'success',
    );
    hub.assertClean();
  });

  test('runs are filtered, and started again', async () => {
    const { world, repository } = hub;
    const headSha = (await repository.git.resolve('main')) ?? '';
    const of = { headBranch: 'main', headSha };
    const wanted = world.createRun(repository, { ...of, event: 'push', conclusion: 'success' });
    world.createRun(repository, { ...of, event: 'push', conclusion: 'failure' });
    world.createRun(repository, { ...of, event: 'pull_request', conclusion: 'success' });
    world.createRun(repository, { ...of, event: 'push', workflow: { path: '.github/workflows/x.yml' } });
    const octokit = client();
    const runs = await octokit.rest.actions.listWorkflowRuns({
      ...HERE,
      workflow_id: 'perf.yml',
      branch: 'main',
      event: 'push',
      status: 'success',
    });
    expect(runs.data.workflow_runs.map((run) => run.id)).toEqual([wanted.id]);
    expect((await octokit.rest.actions.listWorkflowRunsForRepo(HERE)).data.total_count).toBe(4);
    await octokit.rest.actions.reRunWorkflow({ ...HERE, run_id: wanted.id });
    const again = await octokit.rest.actions.getWorkflowRun({ ...HERE, run_id: wanted.id });
    expect(again.data).toMatchObject({ run_attempt: 2, status: 'queued', conclusion: null });
    const jobs = await octokit.rest.actions.listJobsForWorkflowRunAttempt({
      ...HERE,
      run_id: wanted.id,
      attempt_number: 1,
    });
    expect(jobs.data.jobs).toMatchObject([{ name: 'measure', conclusion: 'success' }]);
    await expect(octokit.rest.actions.reRunWorkflow({ ...HERE, run_id: wanted.id })).rejects.toMatchObject({
      status: 403,
    });
    hub.assertClean();
  });
});
