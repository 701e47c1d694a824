import { type Answer, ApiError, type Call, notFound, ok, param, type Routes } from './api.ts';
import type { CommitObject, TreeEntry } from './git.ts';

const SHA = /^[0-9a-f]{40}$/;

function urlOf(call: Call, rest: string): string {
  return `${call.origins.api}/repos/${call.repository.fullName}/${rest}`;
}

function webOf(call: Call, rest: string): string {
  return `${call.origins.web}/${call.repository.fullName}/${rest}`;
}

async function refuseWhenEmpty(call: Call): Promise<void> {
  if ((await call.repository.git.refs('refs/heads')).length === 0)
    throw new ApiError(409, 'Git Repository is empty.');
}

function refShape(call: Call, ref: string, sha: string, type: string) {
  return {
    ref,
    node_id: Buffer.from(`ref:${call.repository.id}:${ref}`).toString('base64'),
    url: urlOf(call, `git/${ref}`),
    object: { sha, type, url: urlOf(call, `git/${type}s/${sha}`) },
  };
}

export function gitCommitShape(call: Call, commit: CommitObject) {
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: urlOf(call, `git/commits/${commit.sha}`),
    html_url: webOf(call, `commit/${commit.sha}`),
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: urlOf(call, `git/trees/${commit.tree}`) },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: urlOf(call, `git/commits/${sha}`),
      html_url: webOf(call, `commit/${sha}`),
    })),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

/** Throws as a ruleset does, when it closes the branch. */
function refuseWhenProtected(call: Call, ref: string): void {
  if (!call.repository.protectedBranches.has(ref.replace('refs/heads/', ''))) return;
  throw new ApiError(422, 'Repository rule violations found\n\nCannot update this protected ref.\n\n');
}

async function getRef(call: Call): Promise<Answer> {
  const ref = `refs/${param(call, 'ref')}`;
  const found = await call.repository.git.readRef(ref);
  if (found) return ok(refShape(call, ref, found.sha, found.type));
  await refuseWhenEmpty(call);
  throw notFound();
}

/** Most refs moved here are of no pull request; looking costs a few processes. */
async function followPulls(call: Call, ref: string): Promise<void> {
  const branch = ref.replace('refs/heads/', '');
  const repositories = [...call.world.repositories.values()];
  if (repositories.some((r) => r.pulls.some((p) => p.head.ref === branch || p.base.ref === branch)))
    await call.world.syncPulls();
}

async function createRef(call: Call): Promise<Answer> {
  const ref = String(call.body.ref);
  const sha = String(call.body.sha);
  const { git } = call.repository;
  if (!/^refs\/[^/]+\/.+/.test(ref))
    throw new ApiError(422, "Reference name must start with 'refs/' and have at least two slashes.");
  refuseWhenProtected(call, ref);
  if ((await git.resolve(sha, 'object')) === undefined) throw new ApiError(422, 'Object does not exist');
  if (!(await git.swapRef(ref, sha, undefined))) throw new ApiError(422, 'Reference already exists');
  await followPulls(call, ref);
  return { status: 201, body: refShape(call, ref, sha, 'commit') };
}

async function updateRef(call: Call): Promise<Answer> {
  const ref = `refs/${param(call, 'ref')}`;
  const sha = String(call.body.sha);
  const { git } = call.repository;
  refuseWhenProtected(call, ref);
  const current = await git.resolve(ref);
  if (current === undefined) throw new ApiError(422, 'Reference does not exist');
  if ((await git.resolve(sha)) === undefined) throw new ApiError(422, 'Object does not exist');
  if (call.body.force !== true && !(await git.isAncestor(current, sha)))
    throw new ApiError(422, 'Update is not a fast forward');
  if (!(await git.swapRef(ref, sha, current))) throw new ApiError(422, 'Update is not a fast forward');
  await followPulls(call, ref);
  return ok(refShape(call, ref, sha, 'commit'));
}

async function deleteRef(call: Call): Promise<Answer> {
  const ref = `refs/${param(call, 'ref')}`;
  refuseWhenProtected(call, ref);
  if ((await call.repository.git.resolve(ref)) === undefined)
    throw new ApiError(422, 'Reference does not exist');
  await call.repository.git.run(['update-ref', '-d', ref]);
  return { status: 204 };
}

async function getBlob(call: Call): Promise<Answer> {
  const sha = param(call, 'file_sha');
  const content = SHA.test(sha) ? await call.repository.git.readBlob(sha) : undefined;
  if (!content) throw notFound();
  return ok({
    sha,
    node_id: `B_${sha}`,
    size: content.length,
    url: urlOf(call, `git/blobs/${sha}`),
    // As GitHub does: base64 in lines of 60 characters.
    content: content.toString('base64').replace(/.{1,60}/g, '$&\n'),
    encoding: 'base64',
  });
}

async function createBlob(call: Call): Promise<Answer> {
  const encoding = call.body.encoding === 'base64' ? 'base64' : 'utf8';
  const sha = await call.repository.git.writeBlob(Buffer.from(String(call.body.content), encoding));
  return { status: 201, body: { sha, url: urlOf(call, `git/blobs/${sha}`) } };
}

function treeShape(call: Call, sha: string, entries: readonly TreeEntry[]) {
  return {
    sha,
    url: urlOf(call, `git/trees/${sha}`),
    truncated: false,
    tree: entries.map((entry) => ({ ...entry, url: urlOf(call, `git/${entry.type}s/${entry.sha}`) })),
  };
}

async function getTree(call: Call): Promise<Answer> {
  const { git } = call.repository;
  const sha = await git.resolve(param(call, 'tree_sha'), 'tree');
  if (sha === undefined) throw notFound();
  const recursive = call.query.has('recursive');
  return ok(treeShape(call, sha, (await git.readTree(sha, recursive)) ?? []));
}

type NewEntry = { path: string; mode?: string; type?: string; sha?: string | null; content?: string };

async function createTree(call: Call): Promise<Answer> {
  const { git } = call.repository;
  const base = call.body.base_tree as string | undefined;
  const baseTree = base === undefined ? undefined : await git.resolve(base, 'tree');
  if (base !== undefined && baseTree === undefined) throw notFound();
  const entries = await Promise.all(
    (call.body.tree as NewEntry[]).map(async (entry) => {
      const sha = entry.content === undefined ? (entry.sha ?? null) : await git.writeBlob(entry.content);
      if (sha !== null && (!SHA.test(sha) || (await git.resolve(sha, 'object')) === undefined))
        throw new ApiError(422, `tree.sha ${sha} is not a valid ${entry.type ?? 'blob'}`);
      return { path: entry.path, mode: entry.mode ?? '100644', sha };
    }),
  );
  const sha = await git.writeTree(baseTree, entries);
  return { status: 201, body: treeShape(call, sha, await git.listTree(sha)) };
}

type Person = { name: string; email: string; date?: string };

async function createCommit(call: Call): Promise<Answer> {
  const { git } = call.repository;
  const tree = String(call.body.tree);
  const parents = (call.body.parents as string[] | undefined) ?? [];
  if (!SHA.test(tree) || (await git.resolve(tree, 'tree')) === undefined)
    throw new ApiError(422, 'Tree SHA does not exist');
  for (const parent of parents)
    if (!SHA.test(parent) || (await git.resolve(parent)) === undefined)
      throw new ApiError(422, 'Parent SHA does not exist or is not a commit object');
  const user = call.token?.user?.login ?? 'github-actions[bot]';
  const self = { name: user, email: `${call.token?.user?.id ?? 41898282}+${user}@users.noreply.github.com` };
  const author = (call.body.author as Person | undefined) ?? self;
  const sha = await git.writeCommit({
    tree,
    parents,
    message: String(call.body.message),
    author,
    committer: (call.body.committer as Person | undefined) ?? author,
  });
  const commit = await git.readCommit(sha);
  return { status: 201, body: commit && gitCommitShape(call, commit) };
}

export const gitRoutes: Routes = {
  'git/get-ref': getRef,
  'git/list-matching-refs': async (call) => {
    const found = await call.repository.git.refs('refs');
    const prefix = `refs/${param(call, 'ref')}`;
    return ok(found.filter((r) => r.ref.startsWith(prefix)).map((r) => refShape(call, r.ref, r.sha, r.type)));
  },
  'git/create-ref': createRef,
  'git/update-ref': updateRef,
  'git/delete-ref': deleteRef,
  'git/get-blob': getBlob,
  'git/create-blob': createBlob,
  'git/get-tree': getTree,
  'git/create-tree': createTree,
  'git/get-commit': async (call) => {
    const sha = param(call, 'commit_sha');
    const commit = SHA.test(sha) ? await call.repository.git.readCommit(sha) : undefined;
    if (!commit) throw notFound();
    return ok(gitCommitShape(call, commit));
  },
  'git/create-commit': createCommit,
};
