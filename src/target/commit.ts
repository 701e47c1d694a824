import type { Commit } from '../domain/result.ts';
import { git } from './git.ts';

/**
 * The commit checked out in a folder; null outside of git, without git, or before the first commit. `dirty`
 * tells of changes to tracked files: what builds leave behind untracked is not a change.
 */
export async function commitOf(dir: string, signal?: AbortSignal): Promise<Commit | null> {
  const options = { cwd: dir, ...(signal ? { signal } : {}) };
  const shown = await git(['show', '--no-patch', '--no-show-signature', '--format=%H %cI', 'HEAD'], options);
  if (!shown.ok) return null;
  const [sha = '', committedAt = ''] = shown.stdout.trim().split(' ');
  if (sha === '') return null;
  const branch = await git(['symbolic-ref', '--quiet', '--short', 'HEAD'], options);
  const status = await git(['status', '--porcelain', '--untracked-files=no'], options);
  return {
    sha,
    ...(branch.ok ? { ref: branch.stdout.trim() } : {}),
    dirty: !status.ok || status.stdout.trim() !== '',
    ...(committedAt === '' ? {} : { committedAt }),
  };
}

/** Commits beyond this are too old to hold a baseline that is nearer than the newest. */
const FAR = 500;

/** A commit (a hash, or `HEAD`) of a folder's repository, then what it grew from, nearest first; empty where it is not known. */
export async function ancestorsOf(dir: string, commit: string, signal?: AbortSignal): Promise<string[]> {
  const options = { cwd: dir, ...(signal ? { signal } : {}) };
  const listed = await git(['rev-list', `--max-count=${FAR}`, '--end-of-options', commit, '--'], options);
  return listed.ok ? listed.stdout.split('\n').filter((line) => line !== '') : [];
}
