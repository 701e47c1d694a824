import type { Comment, Pull, Repository, Run } from './github/records.ts';
import { commentShape, type Origins, repositoryShape, userShape } from './github/shapes.ts';
import { commitSummary, runShape, workflowShape } from './github/shapes-actions.ts';
import { issueShape, pullDetails, pullShape } from './github/shapes-pulls.ts';
import type { GitHubStandIn } from './github/stand-in.ts';

/** An event as a workflow is started with it: the payload, and what the runner's variables say besides. */
export type WorkflowEvent = {
  name: string;
  payload: Record<string, unknown>;
  repository: Repository;
  /** `GITHUB_REF` and `GITHUB_SHA`: what actions/checkout checks out. */
  ref: string;
  sha: string;
  /** `GITHUB_HEAD_REF` and `GITHUB_BASE_REF`: of pull requests only. */
  headRef?: string;
  baseRef?: string;
  actor: string;
  /** From a fork or Dependabot: the token may only read. */
  untrusted: boolean;
  /** What the API tells of the run that it starts. */
  run: { headBranch: string; headSha: string; headRepository: Repository; pulls: Pull[] };
};

type Sender = { actor?: string };

function originsOf(hub: GitHubStandIn): Origins {
  return { api: hub.apiUrl, web: hub.serverUrl };
}

function common(hub: GitHubStandIn, repository: Repository, actor: string) {
  const origins = originsOf(hub);
  return {
    repository: { ...repositoryShape(repository, origins), custom_properties: {} },
    sender: userShape(hub.world.user(actor), origins),
  };
}

async function commitAt(repository: Repository, name: string) {
  const commit = await repository.git.readCommit(name);
  if (!commit) throw new Error(`no commit ${name} in ${repository.fullName}`);
  return commit;
}

/** An event that happens on the default branch, whatever it is about. */
async function onDefaultBranch(repository: Repository, actor: string) {
  const head = await commitAt(repository, `refs/heads/${repository.defaultBranch}`);
  return {
    repository,
    ref: `refs/heads/${repository.defaultBranch}`,
    sha: head.sha,
    actor,
    untrusted: false,
    run: { headBranch: repository.defaultBranch, headSha: head.sha, headRepository: repository, pulls: [] },
  };
}

/** A push of the branch's newest commit (the default branch unless told otherwise). */
export async function pushEvent(
  hub: GitHubStandIn,
  options: Sender & { repository?: Repository; branch?: string; forced?: boolean } = {},
): Promise<WorkflowEvent> {
  const repository = options.repository ?? hub.repository;
  const branch = options.branch ?? repository.defaultBranch;
  const actor = options.actor ?? repository.owner.login;
  const head = await commitAt(repository, `refs/heads/${branch}`);
  const before = head.parents[0] ?? '0'.repeat(40);
  const person = { name: head.author.name, email: head.author.email, username: actor };
  const commit = {
    ...commitSummary(head),
    author: person,
    committer: person,
    distinct: true,
    url: `${hub.serverUrl}/${repository.fullName}/commit/${head.sha}`,
    added: [],
    removed: [],
    modified: [],
  };
  const seconds = Math.floor(Date.now() / 1000);
  const { repository: shown, sender } = common(hub, repository, actor);
  return {
    name: 'push',
    repository,
    ref: `refs/heads/${branch}`,
    sha: head.sha,
    actor,
    untrusted: false,
    run: { headBranch: branch, headSha: head.sha, headRepository: repository, pulls: [] },
    payload: {
      ref: `refs/heads/${branch}`,
      before,
      after: head.sha,
      created: head.parents.length === 0,
      deleted: false,
      forced: options.forced ?? false,
      base_ref: null,
      compare: `${hub.serverUrl}/${repository.fullName}/compare/${before.slice(0, 12)}...${head.sha.slice(0, 12)}`,
      commits: [commit],
      head_commit: commit,
      pusher: { name: actor, email: `${actor}@example.com` },
      // Pushes tell these two in seconds, and the owner's name twice.
      repository: {
        ...shown,
        created_at: seconds,
        pushed_at: seconds,
        master_branch: repository.defaultBranch,
      },
      sender,
    },
  };
}

/** A pull request's event; from a fork, or sent by Dependabot, with a token that may only read. */
export async function pullRequestEvent(
  hub: GitHubStandIn,
  pull: Pull,
  options: Sender & {
    action?: 'opened' | 'synchronize' | 'reopened' | 'closed';
    repository?: Repository;
    before?: string;
  } = {},
): Promise<WorkflowEvent> {
  const repository = options.repository ?? hub.repository;
  const action = options.action ?? 'opened';
  const actor = options.actor ?? pull.user.login;
  const origins = originsOf(hub);
  if (pull.mergeSha === null) throw new Error('GitHub starts no pull_request run for a conflict');
  const commits = await repository.git.log([`${pull.base.sha}..${pull.head.sha}`]);
  const changes =
    action === 'synchronize'
      ? { before: options.before ?? commits[1]?.sha ?? pull.base.sha, after: pull.head.sha }
      : {};
  return {
    name: 'pull_request',
    repository,
    ref: `refs/pull/${pull.number}/merge`,
    sha: pull.mergeSha,
    headRef: pull.head.ref,
    baseRef: pull.base.ref,
    actor,
    untrusted: pull.head.repository !== repository || actor === 'dependabot[bot]',
    run: {
      headBranch: pull.head.ref,
      headSha: pull.head.sha,
      headRepository: pull.head.repository ?? repository,
      pulls: [pull],
    },
    payload: {
      action,
      number: pull.number,
      ...changes,
      pull_request: {
        ...pullShape(pull, repository, origins),
        ...pullDetails(pull, repository, { commits: commits.length, changedFiles: 1 }),
      },
      ...common(hub, repository, actor),
    },
  };
}

/** A run of another workflow was requested or has completed: how a fork's result is published. */
export async function workflowRunEvent(
  hub: GitHubStandIn,
  run: Run,
  options: { action?: 'completed' | 'requested'; repository?: Repository } = {},
): Promise<WorkflowEvent> {
  const repository = options.repository ?? hub.repository;
  const origins = originsOf(hub);
  const head =
    (await repository.git.readCommit(run.headSha)) ?? (await commitAt(run.headRepository, run.headSha));
  return {
    name: 'workflow_run',
    ...(await onDefaultBranch(repository, run.actor.login)),
    payload: {
      action: options.action ?? 'completed',
      workflow: workflowShape(run.workflow, repository, origins),
      workflow_run: runShape(run, repository, head, origins),
      ...common(hub, repository, run.actor.login),
    },
  };
}

/** A comment on a pull request; with `onIssue`, on an issue that is none. */
export async function issueCommentEvent(
  hub: GitHubStandIn,
  pull: Pull,
  comment: Comment,
  options: {
    action?: 'created' | 'edited';
    before?: string;
    onIssue?: boolean;
    repository?: Repository;
  } = {},
): Promise<WorkflowEvent> {
  const repository = options.repository ?? hub.repository;
  const action = options.action ?? 'created';
  const origins = originsOf(hub);
  const { pull_request, ...issue } = issueShape(pull, repository, origins);
  return {
    name: 'issue_comment',
    ...(await onDefaultBranch(repository, comment.user.login)),
    payload: {
      action,
      ...(action === 'edited' ? { changes: { body: { from: options.before ?? '' } } } : {}),
      issue: options.onIssue ? issue : { ...issue, pull_request },
      comment: commentShape(comment, repository, origins),
      ...common(hub, repository, comment.user.login),
    },
  };
}

/** The merge queue asks for checks: a merge commit on a branch of its own, and no pull request to comment on. */
export async function mergeGroupEvent(hub: GitHubStandIn, pull: Pull): Promise<WorkflowEvent> {
  const { repository } = hub;
  if (pull.mergeSha === null) throw new Error('a conflict does not get into the merge queue');
  const merge = await commitAt(repository, pull.mergeSha);
  const base = merge.parents[0] ?? '';
  const branch = `gh-readonly-queue/${pull.base.ref}/pr-${pull.number}-${base}`;
  await repository.git.run(['update-ref', `refs/heads/${branch}`, merge.sha]);
  return {
    name: 'merge_group',
    repository,
    ref: `refs/heads/${branch}`,
    sha: merge.sha,
    actor: pull.user.login,
    untrusted: false,
    run: { headBranch: branch, headSha: merge.sha, headRepository: repository, pulls: [] },
    payload: {
      action: 'checks_requested',
      merge_group: {
        head_sha: merge.sha,
        head_ref: `refs/heads/${branch}`,
        base_sha: base,
        base_ref: `refs/heads/${pull.base.ref}`,
        head_commit: commitSummary(merge),
      },
      ...common(hub, repository, 'github-merge-queue[bot]'),
    },
  };
}

/** A schedule's tick. It has no webhook: the payload is this short. */
export async function scheduleEvent(hub: GitHubStandIn, cron = '0 3 * * *'): Promise<WorkflowEvent> {
  const actor = hub.repository.owner.login;
  return {
    name: 'schedule',
    ...(await onDefaultBranch(hub.repository, actor)),
    payload: {
      schedule: cron,
      workflow: '.github/workflows/perf.yml',
      repository: common(hub, hub.repository, actor).repository,
    },
  };
}

/** Started by hand, on a branch. */
export async function workflowDispatchEvent(
  hub: GitHubStandIn,
  options: Sender & { branch?: string; inputs?: Record<string, string> } = {},
): Promise<WorkflowEvent> {
  const actor = options.actor ?? hub.repository.owner.login;
  const branch = options.branch ?? hub.repository.defaultBranch;
  const head = await commitAt(hub.repository, `refs/heads/${branch}`);
  return {
    name: 'workflow_dispatch',
    repository: hub.repository,
    ref: `refs/heads/${branch}`,
    sha: head.sha,
    actor,
    untrusted: false,
    run: { headBranch: branch, headSha: head.sha, headRepository: hub.repository, pulls: [] },
    payload: {
      inputs: options.inputs ?? null,
      ref: `refs/heads/${branch}`,
      workflow: '.github/workflows/perf.yml',
      ...common(hub, hub.repository, actor),
    },
  };
}
