import { resolveBase } from '../target/base.ts';
import { createBaseCheckout } from '../target/checkout.ts';
import type { Remote } from '../target/git.ts';
import type { Base } from './base.ts';

export type GitBaseQuery = {
  /** The run's working directory. */
  directory: string;
  ref: string;
  pullRequestHead?: string;
  fetchFrom?: Remote;
  signal: AbortSignal;
};

/** The base commit of a checkout, to be checked out with git; or why there is none. */
export async function gitBase(query: GitBaseQuery): Promise<{ base: Base } | { base: null; reason: string }> {
  const { directory, fetchFrom, signal } = query;
  const remote = fetchFrom ? { fetchFrom } : {};
  const found = await resolveBase({ ...query, dir: directory });
  if (found.status === 'unavailable') return { base: null, reason: found.detail };
  const label =
    found.how === 'first-parent' ? 'what the pull request was merged with' : `merge base with ${query.ref}`;
  return {
    base: {
      sha: found.sha,
      label,
      checkOut: () => createBaseCheckout({ dir: directory, sha: found.sha, ...remote, signal }),
    },
  };
}
