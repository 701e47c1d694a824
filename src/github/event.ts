import type { z } from 'zod';
import { UsageError } from '../domain/errors.ts';
import type { Origin } from '../domain/result.ts';
import { payloads } from './event-payloads.ts';

/** The environment of a step, as the runner gives it. */
export type Env = Readonly<Record<string, string | undefined>>;

type OnBranch = { ref: string; branch: string | null; sha: string; onDefaultBranch: boolean };

export type PullRequestEvent = {
  type: 'pull_request';
  action: string;
  number: number;
  base: { sha: string; ref: string };
  /** `repoId` and `owner` are null when the fork was deleted. */
  head: { sha: string; ref: string; repoId: number | null; owner: string | null };
  fork: boolean;
  dependabot: boolean;
};

export type WorkflowRunEvent = {
  type: 'workflow_run';
  action: string;
  /** The run that ended, not the one that is told of it. */
  run: {
    id: number;
    number: number;
    attempt: number;
    workflowId: number;
    /** Name of its workflow. */
    workflow: string;
    /** `.github/workflows/FILE`. */
    path: string;
    event: string;
    conclusion: string | null;
    url: string;
    headSha: string;
    headBranch: string | null;
    headRepoId: number | null;
    headOwner: string | null;
  };
  fork: boolean;
  dependabot: boolean;
};

export type IssueCommentEvent = {
  type: 'issue_comment';
  action: string;
  number: number;
  isPullRequest: boolean;
  /** `createdAt`: ISO 8601, by GitHub's clock. */
  comment: {
    id: number;
    body: string;
    createdAt: string;
    author: { id: number; login: string; bot: boolean };
  };
};

/** What started the run. A discriminated union: each kind has only what can be known of it. */
export type RunEvent =
  | PullRequestEvent
  | ({ type: 'push'; before: string | null; deleted: boolean } & OnBranch)
  | { type: 'merge_group'; base: { sha: string; ref: string }; head: { sha: string; ref: string } }
  | ({ type: 'schedule' } & OnBranch)
  | ({ type: 'workflow_dispatch' } & OnBranch)
  | WorkflowRunEvent
  | IssueCommentEvent
  | ({ type: 'other'; name: string } & OnBranch);

export type Repository = {
  owner: string;
  repo: string;
  id: number | null;
  /** Null when the payload does not tell (a few schedules): ask the API. */
  defaultBranch: string | null;
};

export type RunContext = { event: RunEvent; repository: Repository; origin: Origin };

export const DEPENDABOT = 'dependabot[bot]';

/** Whether a pull request's runs get a token that may only read: those of forks, and Dependabot's. */
export const mayOnlyRead = ({ fork, dependabot }: { fork: boolean; dependabot: boolean }): boolean =>
  fork || dependabot;

/** `.github/workflows/FILE`, of what may name its branch too, and its repository where that is another one. */
export const workflowPath = (path: string): string =>
  path.replace(/@.*$/, '').replace(/^[^/]+\/[^/]+\/(?=\.github\/)/, '');

/**
 * Reads what started this run from the runner's environment and the event's payload (parsed JSON). Throws a
 * UsageError that names what is missing, and for `pull_request_target`, which is never measured.
 */
export function readEvent(env: Env, payload: unknown): RunContext {
  const name = required(env, 'GITHUB_EVENT_NAME');
  if (name === 'pull_request_target') {
    throw new UsageError(
      'perf-baseline does not run on `pull_request_target`: it would run the code of a pull request with a token ' +
        'that can write and with the secrets of the repository. Use `pull_request` to measure, and for forks a ' +
        'second workflow on `workflow_run` that publishes the result',
    );
  }
  const { repository: known } = parse(payloads.any, payload, name);
  const [owner = '', repo = ''] = required(env, 'GITHUB_REPOSITORY').split('/');
  if (owner === '' || repo === '') {
    throw new UsageError(`GITHUB_REPOSITORY is '${env.GITHUB_REPOSITORY}'; expected OWNER/NAME`);
  }
  const found: Repository = {
    owner,
    repo,
    id: known?.id ?? null,
    defaultBranch: known?.default_branch ?? null,
  };
  const event = readKind(name, env, payload, found);
  return { event, repository: found, origin: readOrigin(env, event) };
}

function readKind(name: string, env: Env, payload: unknown, repo: Repository): RunEvent {
  switch (name) {
    case 'pull_request':
      return readPullRequest(env, payload);
    case 'push': {
      const push = parse(payloads.push, payload, name);
      const before = push.before !== undefined && /[1-9a-f]/.test(push.before) ? push.before : null;
      return { type: 'push', before, deleted: push.deleted, ...onBranch(env, repo, push.ref) };
    }
    case 'merge_group': {
      const { merge_group: group } = parse(payloads.merge_group, payload, name);
      return {
        type: 'merge_group',
        base: { sha: group.base_sha, ref: group.base_ref.replace(/^refs\/heads\//, '') },
        head: { sha: group.head_sha, ref: group.head_ref },
      };
    }
    case 'schedule':
    case 'workflow_dispatch':
      return { type: name, ...onBranch(env, repo) };
    case 'workflow_run':
      return readWorkflowRun(payload);
    case 'issue_comment':
      return readIssueComment(payload);
    default:
      return { type: 'other', name, ...onBranch(env, repo) };
  }
}

function readPullRequest(env: Env, payload: unknown): PullRequestEvent {
  const { action, pull_request: pull } = parse(payloads.pull_request, payload, 'pull_request');
  const { base, head } = pull;
  return {
    type: 'pull_request',
    action,
    number: pull.number,
    base: { sha: base.sha, ref: base.ref },
    head: {
      sha: head.sha,
      ref: head.ref,
      repoId: head.repo?.id ?? null,
      owner: head.repo?.owner?.login ?? null,
    },
    // Only a head repository proven to be the base's own is not a fork: one that is gone was a fork.
    fork: head.repo?.id === undefined || head.repo.id !== base.repo?.id,
    // The actor decides about the token, not the author: a maintainer's push to Dependabot's branch may write.
    dependabot: env.GITHUB_ACTOR === DEPENDABOT,
  };
}

function readWorkflowRun(payload: unknown): WorkflowRunEvent {
  const parsed = parse(payloads.workflow_run, payload, 'workflow_run');
  const { workflow_run: run, repository: here } = parsed;
  const path = workflowPath(run.path);
  return {
    type: 'workflow_run',
    action: parsed.action,
    run: {
      id: run.id,
      number: run.run_number,
      attempt: run.run_attempt,
      workflowId: run.workflow_id,
      workflow: run.name ?? path,
      path,
      event: run.event,
      conclusion: run.conclusion ?? null,
      url: run.html_url,
      headSha: run.head_sha,
      headBranch: run.head_branch ?? null,
      headRepoId: run.head_repository?.id ?? null,
      headOwner: run.head_repository?.owner?.login ?? null,
    },
    fork: run.head_repository?.id !== here.id,
    dependabot: [run.actor, run.triggering_actor].some((actor) => actor?.login === DEPENDABOT),
  };
}

function readIssueComment(payload: unknown): IssueCommentEvent {
  const { action, issue, comment } = parse(payloads.issue_comment, payload, 'issue_comment');
  const { user } = comment;
  return {
    type: 'issue_comment',
    action,
    number: issue.number,
    isPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
    comment: {
      id: comment.id,
      body: comment.body ?? '',
      createdAt: comment.created_at,
      author: {
        id: user?.id ?? 0,
        login: user?.login ?? 'ghost',
        bot: user === null || user.type !== 'User',
      },
    },
  };
}

function onBranch(env: Env, repo: Repository, ref = required(env, 'GITHUB_REF')): OnBranch {
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
  return {
    ref,
    branch,
    sha: required(env, 'GITHUB_SHA'),
    onDefaultBranch: branch !== null && branch === repo.defaultBranch,
  };
}

/** Which run this is. `url` names the attempt, so that a link keeps showing what it showed. */
function readOrigin(env: Env, event: RunEvent): Origin {
  const runId = positive(env, 'GITHUB_RUN_ID');
  const runAttempt = positive(env, 'GITHUB_RUN_ATTEMPT');
  const repo = required(env, 'GITHUB_REPOSITORY');
  const server = (env.GITHUB_SERVER_URL ?? 'https://github.com').replace(/\/+$/, '');
  return {
    repository: repo,
    event: required(env, 'GITHUB_EVENT_NAME'),
    workflow: env.GITHUB_WORKFLOW ?? '',
    runId,
    runNumber: positive(env, 'GITHUB_RUN_NUMBER'),
    runAttempt,
    job: env.GITHUB_JOB ?? '',
    url: `${server}/${repo}/actions/runs/${runId}/attempts/${runAttempt}`,
    ...(event.type === 'pull_request' ? { headSha: event.head.sha } : {}),
  };
}

function required(env: Env, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new UsageError(`${name} is not set; the action runs only as a step of a GitHub workflow`);
  }
  return value;
}

function positive(env: Env, name: string): number {
  const text = required(env, name);
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new UsageError(`${name} is '${text}'; expected a whole number`);
  return value;
}

function parse<T>(schema: z.ZodType<T>, payload: unknown, name: string): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`,
  );
  throw new UsageError(
    `the payload of the event \`${name}\` (GITHUB_EVENT_PATH) is not usable: ${problems.join('; ')}`,
  );
}
