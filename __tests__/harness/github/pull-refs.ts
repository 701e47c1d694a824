import type { Pull, Repository } from './records.ts';

/**
 * Lets an open pull request follow its branch and its base: `refs/pull/N/head`, and `refs/pull/N/merge` built anew
 * as GitHub builds it, on the base as it is now (`base.sha` stays that of when it was opened).
 */
export async function syncPull(repository: Repository, pull: Pull, now: string): Promise<void> {
  const head = await pull.head.repository?.git.resolve(`refs/heads/${pull.head.ref}`);
  const base = await repository.git.resolve(`refs/heads/${pull.base.ref}`);
  if (head === undefined || base === undefined) return;
  const merged =
    pull.mergeSha === null ? undefined : (await repository.git.readCommit(pull.mergeSha))?.parents;
  if (head === pull.head.sha && merged?.[0] === base && merged[1] === head) return;
  if (pull.head.repository && pull.head.repository !== repository)
    await repository.git.run(['fetch', '--quiet', pull.head.repository.git.path, head]);
  if (head !== pull.head.sha) pull.updatedAt = now;
  pull.head.sha = head;
  pull.mergeSha = (await repository.git.mergeCommit(base, head)) ?? null;
  await repository.git.run(['update-ref', `refs/pull/${pull.number}/head`, head]);
  if (pull.mergeSha !== null)
    await repository.git.run(['update-ref', `refs/pull/${pull.number}/merge`, pull.mergeSha]);
}
