import { FULL_SHA, git, type Remote } from './git.ts';
import { fetchInto, temporaryScratch } from './scratch-repository.ts';

export type Base =
  | { status: 'found'; sha: string; how: 'first-parent' | 'merge-base' }
  | {
      status: 'unavailable';
      reason: 'no-git' | 'no-repository' | 'bad-ref' | 'unknown-ref' | 'no-merge-base';
      /** One sentence: what happened, and what to change. */
      detail: string;
    };

export type BaseQuery = {
  /** A folder in the repository. */
  dir: string;
  /** Branch, tag or commit to compare with: `--base`, or the pull request's base. */
  ref: string;
  /** Head commit of the pull request: with its merge checked out, the base is what it was merged with. */
  pullRequestHead?: string;
  /** Where to ask for history that a shallow checkout does not have. */
  fetchFrom?: Remote;
  signal?: AbortSignal;
};

/**
 * The commit that a checkout is to be compared with. When it is the merge of the pull request's head, that is
 * its first parent: the base as it was merged, not the base branch of now. Else it is the merge base of HEAD
 * and `ref`, so that what happened on the base branch since is not held against the candidate.
 */
export async function resolveBase(query: BaseQuery): Promise<Base> {
  const { dir, ref, pullRequestHead, fetchFrom, signal } = query;
  const options = { cwd: dir, ...(signal ? { signal } : {}) };
  if (!isSafeRef(ref)) {
    const detail = `"${ref}" cannot be a base: expected a branch, a tag or a commit, not starting with "-"`;
    return { status: 'unavailable', reason: 'bad-ref', detail };
  }
  const inside = await git(['rev-parse', '--git-dir'], options);
  if (!inside.ok && inside.code === null) {
    const detail = `git cannot be run (${inside.message}); install it, or leave out the base`;
    return { status: 'unavailable', reason: 'no-git', detail };
  }
  if (!inside.ok) {
    const detail = `${dir} is not in a git repository, so there is no base commit; check the repository out first`;
    return { status: 'unavailable', reason: 'no-repository', detail };
  }
  const head = await git(['cat-file', 'commit', 'HEAD'], options);
  if (!head.ok) {
    const detail = `${dir} has no commit checked out yet, so there is no base commit; commit first`;
    return { status: 'unavailable', reason: 'no-repository', detail };
  }
  // Read from the commit itself: in a shallow checkout every command that walks history sees no parents.
  const parents = [...(head.stdout.split('\n\n')[0] ?? '').matchAll(/^parent ([0-9a-f]+)$/gm)].map(
    ([, sha = '']) => sha,
  );
  const [first] = parents;
  if (parents.length === 2 && first !== undefined && parents[1] === pullRequestHead) {
    return { status: 'found', sha: first, how: 'first-parent' };
  }
  return mergeBase(dir, ref, fetchFrom, signal);
}

/** No option, no range, no reflog or path syntax that would mean something else than one commit. */
function isSafeRef(ref: string): boolean {
  return /^[^-\s:?*[\\][^\s:?*[\\]*$/.test(ref) && !ref.includes('..');
}

async function mergeBase(
  dir: string,
  ref: string,
  fetchFrom: Remote | undefined,
  signal: AbortSignal | undefined,
): Promise<Base> {
  const options = { cwd: dir, ...(signal ? { signal } : {}) };
  const known = await commitNamed(dir, [ref, `refs/remotes/origin/${ref}`], signal);
  if (known !== null) {
    const found = await git(['merge-base', known, 'HEAD'], options);
    if (found.ok) return { status: 'found', sha: found.stdout.trim(), how: 'merge-base' };
  }
  const head = await git(['rev-parse', 'HEAD'], options);
  if (fetchFrom !== undefined && head.ok) {
    const fetched = await fetchedMergeBase(dir, head.stdout.trim(), known ?? ref, fetchFrom, signal);
    if (fetched.sha !== null) return { status: 'found', sha: fetched.sha, how: 'merge-base' };
    if (known === null) return unknownRef(ref, fetched.problem);
    return noMergeBase(ref, fetched.problem);
  }
  return known === null ? unknownRef(ref, null) : noMergeBase(ref, null);
}

async function commitNamed(dir: string, names: string[], signal?: AbortSignal): Promise<string | null> {
  for (const name of names) {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
    const found = await git(args, { cwd: dir, ...(signal ? { signal } : {}) });
    if (found.ok) return found.stdout.trim();
  }
  return null;
}

/** Commits without their files, fetched into a repository of our own: enough to walk history. */
async function fetchedMergeBase(
  dir: string,
  head: string,
  base: string,
  remote: Remote,
  signal: AbortSignal | undefined,
): Promise<{ sha: string | null; problem: string | null }> {
  const scratch = await temporaryScratch(dir, signal);
  try {
    const wanted = FULL_SHA.test(base) ? base : base.replace(/^(refs\/remotes\/)?origin\//, '');
    const problem = await fetchInto(scratch.dir, remote, [head, wanted], 'history-without-files', signal);
    if (problem !== null) return { sha: null, problem };
    const name = FULL_SHA.test(wanted) ? wanted : 'refs/wanted/1';
    const found = await git(['merge-base', name, head], {
      cwd: scratch.dir,
      ...(signal ? { signal } : {}),
    });
    return { sha: found.ok ? found.stdout.trim() : null, problem: null };
  } finally {
    await scratch.dispose();
  }
}

function unknownRef(ref: string, problem: string | null): Base {
  const why = problem === null ? '' : ` (${problem})`;
  const detail = `"${ref}" is no branch, tag or commit of this repository${why}; fetch it first, or name another base`;
  return { status: 'unavailable', reason: 'unknown-ref', detail };
}

function noMergeBase(ref: string, problem: string | null): Base {
  const why = problem === null ? '' : ` (${problem})`;
  const detail = `HEAD and "${ref}" have no common commit here${why}; with a shallow checkout, set fetch-depth: 0 of actions/checkout`;
  return { status: 'unavailable', reason: 'no-merge-base', detail };
}
