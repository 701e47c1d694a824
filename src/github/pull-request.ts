import type { Client, Repo } from './client.ts';
import type { RunEvent } from './event.ts';

/** A pull request as GitHub has it now, not as an event told. */
export type PullRequest = {
  number: number;
  state: 'open' | 'closed';
  merged: boolean;
  headSha: string;
  headRepoId: number | null;
  /** Its head is in another repository, or that one is gone. */
  fork: boolean;
  baseRef: string;
  baseSha: string;
};

/**
 * `closed`: the one pull request of this head, which was closed meanwhile. `others`: those from the same branch that it is not, the
 * newest first: what was begun in one may be left behind there.
 */
export type FoundPullRequest = { others: PullRequest[] } & (
  | { status: 'found'; pullRequest: PullRequest }
  | { status: 'none'; reason: string; closed?: PullRequest }
);

/** More of them are of long ago. */
const MOST_OTHERS = 3;

/** The pull request's present state. Rejects when GitHub cannot tell. */
export async function readPullRequest(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  number: number,
): Promise<PullRequest> {
  const { data } = await client.rest.pulls.get({ ...repo, pull_number: number });
  return {
    number: data.number,
    state: data.state,
    merged: data.merged,
    headSha: data.head.sha,
    headRepoId: data.head.repo?.id ?? null,
    fork: data.head.repo?.id !== data.base.repo.id,
    baseRef: data.base.ref,
    baseSha: data.base.sha,
  };
}

/**
 * The pull request an event speaks of. For `workflow_run` it is looked up by the head of the run that ended, and must
 * be open, of the same head commit and head repository, and the only one: the artifact of a fork is never asked. One that
 * was closed is told apart, for what stands in it already.
 */
export async function findPullRequest(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  event: RunEvent,
): Promise<FoundPullRequest> {
  switch (event.type) {
    case 'pull_request':
      return found(await readPullRequest(client, repo, event.number));
    case 'issue_comment':
      if (!event.isPullRequest) return none(`#${event.number} is an issue, not a pull request`);
      return found(await readPullRequest(client, repo, event.number));
    case 'workflow_run':
      return findByHead(client, repo, event.run);
    default:
      return none('this event belongs to no pull request');
  }
}

type Head = {
  headSha: string;
  headBranch: string | null;
  headRepoId: number | null;
  headOwner: string | null;
};

async function findByHead(client: Pick<Client, 'rest'>, repo: Repo, head: Head): Promise<FoundPullRequest> {
  const { headBranch, headOwner, headRepoId, headSha } = head;
  if (headBranch === null || headOwner === null || headRepoId === null) {
    return none('the head branch or repository of the run is gone');
  }
  const from = { head: `${headOwner}:${headBranch}`, per_page: 100 };
  const { data } = await client.rest.pulls.list({ ...repo, state: 'all', ...from });
  const all = data.filter((pull) => pull.head.repo?.id === headRepoId);
  const but = (pull?: ListedPull) =>
    all
      .filter((one) => one !== pull)
      .slice(0, MOST_OTHERS)
      .map((one) => asListed(one, headRepoId));
  const ours = all.filter(({ state }) => state === 'open');
  if (ours.length === 0) {
    const [closed, other] = all.filter((pull) => pull.head.sha === headSha);
    const reason = `no open pull request comes from ${headOwner}:${headBranch}`;
    return closed === undefined || other !== undefined
      ? none(reason, but())
      : { status: 'none', reason, closed: asListed(closed, headRepoId), others: but(closed) };
  }
  const exact = ours.filter((pull) => pull.head.sha === headSha);
  const [pull, second] = exact;
  if (pull === undefined) {
    return none(`the pull request has moved on: its head is no longer ${headSha.slice(0, 7)}`, but());
  }
  if (second !== undefined) {
    const numbers = exact.map(({ number }) => `#${number}`).join(', ');
    return none(`several pull requests have the head ${headSha.slice(0, 7)}: ${numbers}`, but());
  }
  return found(asListed(pull, headRepoId), but(pull));
}

/** Open pull requests that are looked at, the newest changes first. */
const MOST_PAGES = 3;

/** The number of an open pull request of the repository's own branches that has this head; null where there is none. */
export async function ownWithHead(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  headSha: string,
): Promise<number | null> {
  const sorted = { state: 'open', sort: 'updated', direction: 'desc', per_page: 100 } as const;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await client.rest.pulls.list({ ...repo, ...sorted, page });
    const own = data.find(({ head, base }) => head.sha === headSha && head.repo?.id === base.repo.id);
    if (own !== undefined) return own.number;
    if (data.length < sorted.per_page) break;
  }
  return null;
}

type ListedPull = Awaited<ReturnType<Client['rest']['pulls']['list']>>['data'][number];

function asListed(pull: ListedPull, headRepoId: number): PullRequest {
  return {
    number: pull.number,
    state: pull.state === 'open' ? 'open' : 'closed',
    merged: pull.merged_at !== null,
    headSha: pull.head.sha,
    headRepoId,
    fork: headRepoId !== pull.base.repo.id,
    baseRef: pull.base.ref,
    baseSha: pull.base.sha,
  };
}

/** Whether a measurement of `measuredSha` still speaks of the pull request's head. */
export function headMoved(pullRequest: PullRequest, measuredSha: string): boolean {
  return pullRequest.headSha !== measuredSha;
}

function found(pullRequest: PullRequest, others: PullRequest[] = []): FoundPullRequest {
  return { status: 'found', pullRequest, others };
}

function none(reason: string, others: PullRequest[] = []): FoundPullRequest {
  return { status: 'none', reason, others };
}
