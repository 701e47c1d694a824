import type { BareRepository } from './git.ts';

export type User = { id: number; login: string; type: 'User' | 'Bot' | 'Organization' };
export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';
export type Scope = 'contents' | 'pull-requests' | 'issues' | 'actions' | 'checks' | 'statuses';
export type Scopes = Partial<Record<Scope, 'read' | 'write' | 'none'>>;

/** `user` absent: the token of a workflow run, which acts as the bot and cannot ask who it is. */
export type Token = { value: string; repository: Repository; scopes: Scopes; user?: User };

export type Pull = {
  id: number;
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  merged: boolean;
  locked: boolean;
  user: User;
  base: { ref: string; sha: string };
  head: { ref: string; sha: string; repository: Repository | null };
  /** The commit a `pull_request` run checks out; null on a conflict. */
  mergeSha: string | null;
  createdAt: string;
  updatedAt: string;
};

export type Comment = {
  id: number;
  number: number;
  user: User;
  body: string;
  createdAt: string;
  updatedAt: string;
  byApp: boolean;
  reactions: { id: number; user: User; content: string; createdAt: string }[];
};

export type Workflow = { id: number; name: string; path: string };

export type Run = {
  id: number;
  number: number;
  attempt: number;
  workflow: Workflow;
  event: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  headBranch: string;
  headSha: string;
  headRepository: Repository;
  pulls: Pull[];
  actor: User;
  title: string;
  createdAt: string;
  updatedAt: string;
  jobs: Job[];
};

export type Job = {
  id: number;
  attempt: number;
  name: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
};

export type Artifact = {
  id: number;
  name: string;
  run: Run;
  content: Buffer;
  digest: string;
  expired: boolean;
  createdAt: string;
  expiresAt: string;
};

export type CheckRun = {
  id: number;
  name: string;
  headSha: string;
  status: string;
  conclusion: string | null;
  externalId: string | null;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  output: {
    title: string | null;
    summary: string | null;
    text: string | null;
    annotations: Record<string, unknown>[];
  };
};

export type Status = {
  id: number;
  sha: string;
  state: string;
  context: string;
  description: string | null;
  targetUrl: string | null;
  creator: User;
  createdAt: string;
};

export type Repository = {
  id: number;
  owner: User;
  name: string;
  fullName: string;
  private: boolean;
  parent: Repository | null;
  defaultBranch: string;
  createdAt: string;
  git: BareRepository;
  /** Branches that a ruleset closes to everybody. */
  protectedBranches: Set<string>;
  collaborators: Map<string, Permission>;
  pulls: Pull[];
  comments: Comment[];
  workflows: Workflow[];
  runs: Run[];
  artifacts: Artifact[];
  checkRuns: CheckRun[];
  statuses: Status[];
};

/** One request that reached the stand-in, and how it was answered; `status` null: the connection was cut or left hanging. */
export type LoggedRequest = {
  host: 'api' | 'results' | 'blob' | 'git';
  method: string;
  /** Without the `/api/v3` prefix, with the query. */
  url: string;
  /** The operation of the description, e.g. `git/update-ref`. */
  operation: string | null;
  status: number | null;
  token: string | null;
  body: unknown;
  fault: string | null;
  at: number;
};
