import { blobSha, type GitDatabase, type TreeChange, type TreeFile } from '../baseline/git-database.ts';
import { StoreError, TransientStoreError } from '../baseline/store-error.ts';
import type { Client, Repo } from './client.ts';
import { type GitHubAction, httpStatus } from './errors.ts';
import { asStoreFault } from './store-fault.ts';

/** Words of the 409s and 422s that say another writer was faster, or that a replica has not heard of an object yet. */
const RACED = /not a fast.?forward|already exists|does not exist|expected .* but is at|cannot lock ref/i;

type ListedTree = { files: TreeFile[]; folders: { path: string; sha: string }[]; truncated: boolean };

/**
 * The Git Data API as the branch store sees it. Objects never change, so what was read or written once is not
 * asked for again: a lookup takes four requests, and an append after it six.
 */
export function gitDatabase(client: Client, repo: Repo, now: () => number = Date.now): GitDatabase {
  const { git } = client.rest;
  const treeOf = new Map<string, string>();
  const listings = new Map<string, ListedTree>();
  const blobs = new Map<string, Uint8Array>();
  const written = new Set<string>();

  const call = async <T>(action: GitHubAction, request: () => Promise<T>): Promise<T> => {
    try {
      return await request();
    } catch (error) {
      throw asStoreFault(error, action, now());
    }
  };

  /** `null` for a 404, which proves nothing by itself. */
  const refOrNull = (branch: string) =>
    call('read-baseline', async () => {
      try {
        const { data } = await git.getRef({ ...repo, ref: `heads/${branch}` });
        return data.object.sha;
      } catch (error) {
        if (httpStatus(error) === 404) return null;
        throw error;
      }
    });

  /**
   * GitHub answers 404 for what a token may not see. So the absence of a branch counts only when the same token
   * sees another branch of the repository, the default one.
   */
  let readable = false;
  const expectReadable = async () => {
    if (readable) return;
    const { data } = await call('read-repository', () => client.rest.repos.get({ ...repo }));
    readable = (await refOrNull(data.default_branch)) !== null;
    if (readable) return;
    throw new StoreError(
      `cannot tell whether there is a baseline in ${repo.owner}/${repo.repo}: the token sees no branch ${data.default_branch} either. ` +
        'Add `contents: read` under `permissions:` of the job or workflow',
    );
  };

  const treeOfCommit = async (commit: string): Promise<string> => {
    const known = treeOf.get(commit);
    if (known !== undefined) return known;
    const { data } = await call('read-baseline', () => git.getCommit({ ...repo, commit_sha: commit }));
    treeOf.set(commit, data.tree.sha);
    return data.tree.sha;
  };

  const list = async (tree: string, recursive: boolean): Promise<ListedTree> => {
    const key = `${tree} ${recursive}`;
    const known = listings.get(key);
    if (known !== undefined) return known;
    const { data } = await call('read-baseline', () =>
      git.getTree({ ...repo, tree_sha: tree, ...(recursive ? { recursive: '1' } : {}) }),
    );
    const listed = {
      files: data.tree.flatMap((entry) =>
        entry.type === 'blob' ? [{ path: entry.path, sha: entry.sha, bytes: entry.size ?? 0 }] : [],
      ),
      folders: data.tree.flatMap((entry) =>
        entry.type === 'tree' ? [{ path: entry.path, sha: entry.sha }] : [],
      ),
      truncated: data.truncated,
    };
    listings.set(key, listed);
    return listed;
  };

  /** Folder by folder, for a branch that is too large to be listed whole. */
  const walk = async (tree: string, folder: string): Promise<TreeFile[]> => {
    let at = tree;
    for (const name of folder.split('/')) {
      const next = (await list(at, false)).folders.find((entry) => entry.path === name);
      if (next === undefined) return [];
      at = next.sha;
    }
    const listed = await list(at, true);
    if (listed.truncated)
      throw new StoreError(
        `${folder} holds more files than GitHub lists: delete the branch of the baselines to start over`,
      );
    return listed.files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
  };

  return {
    repository: `${repo.owner}/${repo.repo}`,

    async head(branch) {
      const sha = await refOrNull(branch);
      if (sha !== null) return sha;
      await expectReadable();
      // A replica behind the others says 404 too: absence is told twice before a first run is believed.
      return refOrNull(branch);
    },

    async files(commit, folder) {
      const tree = await treeOfCommit(commit);
      const all = await list(tree, true);
      if (all.truncated) return walk(tree, folder);
      return all.files.filter((file) => file.path.startsWith(`${folder}/`));
    },

    async readBlob(sha) {
      const known = blobs.get(sha);
      if (known !== undefined) return known;
      const { data } = await call('read-baseline', () => git.getBlob({ ...repo, file_sha: sha }));
      const bytes = Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
      if (blobSha(bytes) !== sha)
        throw new TransientStoreError(
          `could not read the baseline: the answer for blob ${sha} was damaged on its way`,
        );
      blobs.set(sha, bytes);
      return bytes;
    },

    async writeBlob(bytes) {
      const sha = blobSha(bytes);
      if (written.has(sha)) return sha;
      const content = Buffer.from(bytes).toString('base64');
      const { data } = await call('store-baseline', () =>
        git.createBlob({ ...repo, content, encoding: 'base64' }),
      );
      if (data.sha !== sha)
        throw new TransientStoreError(
          `could not store the baseline: GitHub received ${data.sha} instead of ${sha}`,
        );
      written.add(sha);
      blobs.set(sha, bytes);
      return sha;
    },

    async commit(parent, changes, message) {
      const base = parent === null ? {} : { base_tree: await treeOfCommit(parent) };
      const tree = await call('store-baseline', () =>
        git.createTree({ ...repo, ...base, tree: changes.map(treeEntry) }),
      );
      // No author and no committer: GitHub then names the token's own identity, and signs.
      const { data } = await call('store-baseline', () =>
        git.createCommit({ ...repo, message, tree: tree.data.sha, parents: parent === null ? [] : [parent] }),
      );
      treeOf.set(data.sha, tree.data.sha);
      return data.sha;
    },

    moveBranch: (branch, from, to) =>
      call('store-baseline', async () => {
        try {
          if (from === null) await git.createRef({ ...repo, ref: `refs/heads/${branch}`, sha: to });
          else await git.updateRef({ ...repo, ref: `heads/${branch}`, sha: to, force: false });
          return 'moved' as const;
        } catch (error) {
          const status = httpStatus(error);
          if ((status === 409 || status === 422) && RACED.test((error as Error).message))
            return 'raced' as const;
          throw error;
        }
      }),
  };
}

function treeEntry(change: TreeChange) {
  const file = { path: change.path, mode: '100644' as const, type: 'blob' as const };
  if ('text' in change) return { ...file, content: change.text };
  return { ...file, sha: 'removed' in change ? null : change.blob };
}
