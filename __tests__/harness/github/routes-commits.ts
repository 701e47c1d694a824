import { type Answer, ApiError, type Call, listOf, notFound, ok, param, type Routes } from './api.ts';
import type { CommitObject } from './git.ts';
import { gitCommitShape } from './routes-git.ts';
import { pullShape } from './shapes-pulls.ts';

function urlOf(call: Call, rest: string): string {
  return `${call.origins.api}/repos/${call.repository.fullName}/${rest}`;
}

function webOf(call: Call, rest: string): string {
  return `${call.origins.web}/${call.repository.fullName}/${rest}`;
}

/** The commit a branch, tag or id names, as routes with `{ref}` read it. */
export async function commitOf(call: Call, name: string): Promise<CommitObject> {
  const { git } = call.repository;
  for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, name]) {
    const commit = await git.readCommit(candidate);
    if (commit) return commit;
  }
  throw new ApiError(422, `No commit found for SHA: ${name}`);
}

function commitShape(call: Call, commit: CommitObject) {
  const git = gitCommitShape(call, commit);
  return {
    sha: commit.sha,
    node_id: git.node_id,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: git.tree,
      url: git.url,
      comment_count: 0,
      verification: git.verification,
    },
    url: urlOf(call, `commits/${commit.sha}`),
    html_url: git.html_url,
    comments_url: urlOf(call, `commits/${commit.sha}/comments`),
    author: null,
    committer: null,
    parents: git.parents.map((parent) => ({ ...parent, url: urlOf(call, `commits/${parent.sha}`) })),
  };
}

/** Files that differ between two commits, without their patches. */
async function changedFiles(call: Call, from: string, to: string) {
  const out = await call.repository.git.run(['diff-tree', '-r', '-z', '--no-renames', from, to]);
  const fields = out.split('\0').filter(Boolean);
  const status = { A: 'added', D: 'removed', M: 'modified', T: 'changed' } as Record<string, string>;
  const files = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, , , sha = '', kind = 'M'] = (fields[index] ?? '').split(' ');
    const filename = fields[index + 1] ?? '';
    files.push({
      sha: kind === 'D' ? null : sha,
      filename,
      status: status[kind] ?? 'modified',
      additions: 1,
      deletions: 1,
      changes: 2,
      blob_url: webOf(call, `blob/${to}/${encodeURI(filename)}`),
      raw_url: webOf(call, `raw/${to}/${encodeURI(filename)}`),
      contents_url: urlOf(call, `contents/${encodeURI(filename)}?ref=${to}`),
    });
  }
  return files;
}

async function compare(call: Call): Promise<Answer> {
  const [from = '', to = ''] = param(call, 'basehead').split('...');
  const { git } = call.repository;
  // `owner:branch` names a branch of a fork; its commits are here once a pull request has been opened.
  const sideOf = async (name: string) => {
    const [owner, branch] = name.includes(':') ? name.split(':') : [undefined, name];
    const fork = [...call.world.repositories.values()].find(
      (r) => r.owner.login === owner && (r === call.repository || r.parent === call.repository),
    );
    const sha = fork && branch ? await fork.git.resolve(`refs/heads/${branch}`) : undefined;
    try {
      return await commitOf(call, sha ?? branch ?? '');
    } catch {
      throw notFound();
    }
  };
  const base = await sideOf(from);
  const head = await sideOf(to);
  const merge = await git.resolve((await git.run(['merge-base', base.sha, head.sha]).catch(() => '')).trim());
  const mergeBase = merge === undefined ? undefined : await git.readCommit(merge);
  if (!mergeBase) throw new ApiError(404, `No common ancestor between ${from} and ${to}.`);
  const commits = await git.log(['--reverse', `${base.sha}..${head.sha}`]);
  const behind = (await git.log([`${head.sha}..${base.sha}`])).length;
  const status =
    commits.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged';
  return ok({
    url: urlOf(call, `compare/${from}...${to}`),
    html_url: webOf(call, `compare/${from}...${to}`),
    permalink_url: webOf(call, `compare/${base.sha}...${head.sha}`),
    diff_url: webOf(call, `compare/${from}...${to}.diff`),
    patch_url: webOf(call, `compare/${from}...${to}.patch`),
    base_commit: commitShape(call, base),
    merge_base_commit: commitShape(call, mergeBase),
    status,
    ahead_by: commits.length,
    behind_by: behind,
    total_commits: commits.length,
    commits: commits.slice(0, 250).map((commit) => commitShape(call, commit)),
    files: await changedFiles(call, mergeBase.sha, head.sha),
  });
}

async function listCommits(call: Call): Promise<Answer> {
  const from = call.query.get('sha') ?? call.repository.defaultBranch;
  const found = await commitOf(call, from).catch(() => undefined);
  if (!found) {
    if ((await call.repository.git.refs('refs/heads')).length === 0)
      throw new ApiError(409, 'Git Repository is empty.');
    throw notFound();
  }
  const limits = ['since', 'until'].flatMap((name) => {
    const value = call.query.get(name);
    return value === null ? [] : [`--${name}=${value}`];
  });
  const path = call.query.get('path');
  const commits = await call.repository.git.log([...limits, found.sha, '--', ...(path ? [path] : [])]);
  return listOf(call, commits, (commit) => commitShape(call, commit));
}

async function content(call: Call): Promise<Answer> {
  const path = param(call, 'path').replace(/\/+$/, '');
  const ref = call.query.get('ref') ?? call.repository.defaultBranch;
  const commit = await commitOf(call, ref.replace(/^refs\/(heads|tags)\//, '')).catch(() => undefined);
  if (!commit) throw new ApiError(404, `No commit found for the ref ${ref}`);
  const all = (await call.repository.git.readTree(commit.tree, true)) ?? [];
  const shape = (entry: (typeof all)[number]) => {
    const url = urlOf(call, `contents/${encodeURI(entry.path)}?ref=${ref}`);
    const git = urlOf(call, `git/${entry.type}s/${entry.sha}`);
    const html = webOf(call, `blob/${ref}/${encodeURI(entry.path)}`);
    const kind = entry.type === 'tree' ? 'dir' : entry.mode === '120000' ? 'symlink' : 'file';
    return {
      type: kind,
      name: entry.path.split('/').pop() ?? '',
      path: entry.path,
      sha: entry.sha,
      size: entry.size ?? 0,
      url,
      git_url: git,
      html_url: html,
      download_url: kind === 'dir' ? null : webOf(call, `raw/${ref}/${encodeURI(entry.path)}`),
      _links: { self: url, git, html },
    };
  };
  const entry = all.find((other) => other.path === path);
  if (path === '' || entry?.type === 'tree') {
    const prefix = path === '' ? '' : `${path}/`;
    const inside = all.filter((e) => e.path.startsWith(prefix) && !e.path.slice(prefix.length).includes('/'));
    return ok(inside.map(shape));
  }
  if (!entry) throw notFound();
  const bytes = (await call.repository.git.readBlob(entry.sha)) ?? Buffer.alloc(0);
  if (entry.mode === '120000') return ok({ ...shape(entry), target: bytes.toString() });
  // Over 1 MB only the raw form is served, over 100 MB nothing.
  const whole = bytes.length <= 1024 * 1024;
  if (/raw/.test(call.accept)) return ok(bytes.toString());
  return ok({
    ...shape(entry),
    content: whole ? bytes.toString('base64').replace(/.{1,60}/g, '$&\n') : '',
    encoding: whole ? 'base64' : 'none',
  });
}

async function branchShape(call: Call, name: string, sha: string) {
  const isProtected = call.repository.protectedBranches.has(name);
  return {
    name,
    commit: { sha, url: urlOf(call, `commits/${sha}`) },
    protected: isProtected,
  };
}

export const commitRoutes: Routes = {
  'repos/get-commit': async (call) => {
    const commit = await commitOf(call, param(call, 'ref'));
    const files = commit.parents[0] ? await changedFiles(call, commit.parents[0], commit.sha) : [];
    return ok({ ...commitShape(call, commit), stats: { additions: 1, deletions: 1, total: 2 }, files });
  },
  'repos/list-commits': listCommits,
  'repos/compare-commits-with-basehead': compare,
  'repos/get-content': content,
  'repos/list-branches': async (call) => {
    const refs = await call.repository.git.refs('refs/heads');
    const branches = await Promise.all(refs.map((r) => branchShape(call, r.ref.slice(11), r.sha)));
    return listOf(call, branches, (branch) => branch);
  },
  'repos/get-branch': async (call) => {
    const name = param(call, 'branch');
    const commit = await call.repository.git.readCommit(`refs/heads/${name}`);
    if (!commit) throw new ApiError(404, 'Branch not found');
    return ok({
      ...(await branchShape(call, name, commit.sha)),
      commit: commitShape(call, commit),
      _links: { self: urlOf(call, `branches/${name}`), html: webOf(call, `tree/${name}`) },
      protection: { enabled: call.repository.protectedBranches.has(name) },
      protection_url: urlOf(call, `branches/${name}/protection`),
    });
  },
  'repos/get-branch-rules': (call) =>
    ok(call.repository.protectedBranches.has(param(call, 'branch')) ? [{ type: 'update' }] : []),
  'repos/list-pull-requests-associated-with-commit': async (call) => {
    const { git, pulls } = call.repository;
    const commit = await commitOf(call, param(call, 'commit_sha'));
    const containing = [];
    for (const pull of pulls) if (await git.isAncestor(commit.sha, pull.head.sha)) containing.push(pull);
    return listOf(call, containing, (pull) => pullShape(pull, call.repository, call.origins));
  },
  'pulls/list-commits': async (call) => {
    const pull = call.repository.pulls.find((p) => p.number === Number(param(call, 'pull_number')));
    if (!pull) throw notFound();
    const commits = await call.repository.git.log(['--reverse', `${pull.base.sha}..${pull.head.sha}`]);
    return listOf(call, commits, (commit) => commitShape(call, commit));
  },
  'pulls/list-files': async (call) => {
    const pull = call.repository.pulls.find((p) => p.number === Number(param(call, 'pull_number')));
    if (!pull) throw notFound();
    const base = (await call.repository.git.run(['merge-base', pull.base.sha, pull.head.sha])).trim();
    return listOf(call, await changedFiles(call, base, pull.head.sha), (file) => file);
  },
};
