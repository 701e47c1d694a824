import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { BareRepository, type Signature } from './git.ts';
import { syncPull } from './pull-refs.ts';
import type {
  Artifact,
  Comment,
  Job,
  Permission,
  Pull,
  Repository,
  Run,
  Scopes,
  Token,
  User,
  Workflow,
} from './records.ts';
import { installationToken, type Tokens } from './tokens.ts';

/** The author of everything that is written with a workflow's token. */
export const ACTIONS_BOT: User = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' };

type Files = Readonly<Record<string, string | Buffer | null>>;

/** Everything that is so on this GitHub, and what can happen there other than by a request. */
export class World {
  readonly users = new Map<string, User>([[ACTIONS_BOT.login, ACTIONS_BOT]]);
  readonly repositories = new Map<string, Repository>();
  readonly tokens: Tokens = new Map();
  /** Milliseconds by which this GitHub's clock is ahead of the machine's. */
  clockSkewMs = 0;
  #folder: string;
  #lastId = 1000;

  constructor(folder: string) {
    this.#folder = folder;
  }

  nextId(): number {
    this.#lastId += 7;
    return this.#lastId;
  }

  /** Now, to the second, as GitHub writes it. */
  now(offsetMs = 0): string {
    return new Date(Date.now() + this.clockSkewMs + offsetMs).toISOString().replace(/\.\d+Z$/, 'Z');
  }

  user(login: string, type: User['type'] = 'User'): User {
    const known = this.users.get(login);
    if (known) return known;
    const user: User = { id: this.nextId(), login, type };
    this.users.set(login, user);
    return user;
  }

  /** The repository of that full name; throws when there is none. */
  repository(fullName: string): Repository {
    const found = this.repositories.get(fullName.toLowerCase());
    if (!found) throw new Error(`no repository ${fullName} in the stand-in`);
    return found;
  }

  async createRepository(
    fullName: string,
    options: { private?: boolean; defaultBranch?: string; files?: Files; parent?: Repository } = {},
  ): Promise<Repository> {
    const [owner = '', name = ''] = fullName.split('/');
    const defaultBranch = options.defaultBranch ?? options.parent?.defaultBranch ?? 'main';
    const git = await BareRepository.create(join(this.#folder, owner, `${name}.git`), defaultBranch);
    const repository: Repository = {
      id: this.nextId(),
      owner: this.user(owner),
      name,
      fullName,
      private: options.private ?? false,
      parent: options.parent ?? null,
      defaultBranch,
      createdAt: this.now(),
      git,
      protectedBranches: new Set(),
      collaborators: new Map([[owner, 'admin']]),
      pulls: [],
      comments: [],
      workflows: [],
      runs: [],
      artifacts: [],
      checkRuns: [],
      statuses: [],
    };
    this.repositories.set(fullName.toLowerCase(), repository);
    if (options.parent)
      await git.run(['fetch', '--quiet', options.parent.git.path, '+refs/heads/*:refs/heads/*']);
    if (options.files) await git.commitFiles(defaultBranch, options.files, { message: 'Start' });
    return repository;
  }

  /** A fork under another owner, with all branches of its parent. */
  fork(parent: Repository, owner: string, name = parent.name): Promise<Repository> {
    return this.createRepository(`${owner}/${name}`, { parent, private: parent.private });
  }

  setPermission(repository: Repository, login: string, permission: Permission): User {
    repository.collaborators.set(login, permission);
    return this.user(login);
  }

  /** A real commit on a branch (made from the default branch when it is new); pull requests follow it. */
  async push(
    repository: Repository,
    branch: string,
    files: Files,
    options: { message?: string; author?: Partial<Signature>; force?: boolean } = {},
  ): Promise<string> {
    const { git, defaultBranch } = repository;
    const base = await git.resolve(`refs/heads/${defaultBranch}`);
    const isNew = (await git.resolve(`refs/heads/${branch}`)) === undefined;
    const fromBase = base !== undefined && (isNew || options.force);
    const sha = await git.commitFiles(branch, files, {
      ...options,
      ...(fromBase ? { parents: [base] } : {}),
    });
    await this.syncPulls();
    return sha;
  }

  /** Lets every open pull request follow its branch and its base, and builds the merge commits anew. */
  async syncPulls(): Promise<void> {
    for (const repository of this.repositories.values())
      for (const pull of repository.pulls)
        if (pull.state === 'open') await syncPull(repository, pull, this.now());
  }

  /** Opens a pull request of a branch that exists; `from` is the fork it is in. */
  async openPull(
    repository: Repository,
    options: {
      head: string;
      from?: Repository;
      base?: string;
      title?: string;
      body?: string;
      author?: string;
    },
  ): Promise<Pull> {
    const source = options.from ?? repository;
    const base = options.base ?? repository.defaultBranch;
    const baseSha = await repository.git.resolve(`refs/heads/${base}`);
    if (baseSha === undefined) throw new Error(`no branch ${base} in ${repository.fullName}`);
    if ((await source.git.resolve(`refs/heads/${options.head}`)) === undefined)
      throw new Error(`no branch ${options.head} in ${source.fullName}`);
    const pull: Pull = {
      id: this.nextId(),
      number: repository.pulls.length + 1,
      title: options.title ?? `Change on ${options.head}`,
      body: options.body ?? null,
      state: 'open',
      merged: false,
      locked: false,
      user: this.user(options.author ?? source.owner.login),
      base: { ref: base, sha: baseSha },
      head: { ref: options.head, sha: '', repository: source },
      mergeSha: null,
      createdAt: this.now(),
      updatedAt: this.now(),
    };
    repository.pulls.push(pull);
    await syncPull(repository, pull, this.now());
    return pull;
  }

  comment(repository: Repository, number: number, login: string, body: string): Comment {
    const user = this.user(login);
    const comment: Comment = {
      id: this.nextId(),
      number,
      user,
      body,
      createdAt: this.now(),
      updatedAt: this.now(),
      byApp: user === ACTIONS_BOT,
      reactions: [],
    };
    repository.comments.push(comment);
    return comment;
  }

  workflow(repository: Repository, path: string, name?: string): Workflow {
    const known = repository.workflows.find((workflow) => workflow.path === path);
    if (known) return known;
    const workflow = { id: this.nextId(), name: name ?? path, path };
    repository.workflows.push(workflow);
    return workflow;
  }

  /** A run of a workflow, in progress unless told otherwise, with one job. */
  createRun(
    repository: Repository,
    options: {
      event: string;
      headBranch: string;
      headSha: string;
      headRepository?: Repository;
      workflow?: { path: string; name?: string };
      pulls?: Pull[];
      actor?: string;
      status?: Run['status'];
      conclusion?: string | null;
      jobs?: string[];
      createdAt?: string;
    },
  ): Run {
    const { path, name } = options.workflow ?? { path: '.github/workflows/perf.yml', name: 'Performance' };
    const workflow = this.workflow(repository, path, name);
    const status = options.status ?? (options.conclusion ? 'completed' : 'in_progress');
    const createdAt = options.createdAt ?? this.now();
    const run: Run = {
      id: this.nextId(),
      number: repository.runs.filter((other) => other.workflow === workflow).length + 1,
      attempt: 1,
      workflow,
      event: options.event,
      status,
      conclusion: options.conclusion ?? null,
      headBranch: options.headBranch,
      headSha: options.headSha,
      headRepository: options.headRepository ?? repository,
      pulls: options.pulls ?? [],
      actor: this.user(options.actor ?? repository.owner.login),
      title: options.pulls?.[0]?.title ?? workflow.name,
      createdAt,
      updatedAt: createdAt,
      jobs: [],
    };
    run.jobs = (options.jobs ?? ['measure']).map((job) => this.#job(run, job));
    repository.runs.push(run);
    return run;
  }

  #job(run: Run, name: string): Job {
    return {
      id: this.nextId(),
      attempt: run.attempt,
      name,
      status: run.status,
      conclusion: run.conclusion,
      startedAt: run.createdAt,
      completedAt: run.status === 'completed' ? run.updatedAt : null,
    };
  }

  completeRun(run: Run, conclusion: string): void {
    run.status = 'completed';
    run.conclusion = conclusion;
    run.updatedAt = this.now();
    for (const job of run.jobs)
      if (job.status !== 'completed')
        Object.assign(job, { status: 'completed', conclusion, completedAt: run.updatedAt });
  }

  /** A further attempt of a run, with the jobs named (all of the last attempt by default). */
  rerun(run: Run, jobs?: readonly string[]): void {
    const names = jobs ?? run.jobs.filter((job) => job.attempt === run.attempt).map((job) => job.name);
    run.attempt += 1;
    run.status = 'queued';
    run.conclusion = null;
    run.updatedAt = this.now();
    run.jobs.push(...names.map((name) => this.#job(run, name)));
  }

  /** An artifact of a run, as its zip file. Throws when the run has one of that name. */
  addArtifact(repository: Repository, run: Run, name: string, zip: Buffer): Artifact {
    if (repository.artifacts.some((other) => other.run === run && other.name === name))
      throw new Error(`run ${run.id} has an artifact ${name} already`);
    const artifact: Artifact = {
      id: this.nextId(),
      name,
      run,
      content: zip,
      digest: `sha256:${createHash('sha256').update(zip).digest('hex')}`,
      expired: false,
      createdAt: this.now(),
      expiresAt: this.now(90 * 86_400_000),
    };
    repository.artifacts.push(artifact);
    return artifact;
  }

  /** A token of a workflow run with these scopes; with `user`, one that acts as a person. */
  issueToken(repository: Repository, scopes: Scopes, options: { user?: string; value?: string } = {}): Token {
    const token: Token = {
      value: options.value ?? installationToken(`${repository.fullName} ${this.nextId()} ${Math.random()}`),
      repository,
      scopes,
      ...(options.user === undefined ? {} : { user: this.user(options.user) }),
    };
    this.tokens.set(token.value, token);
    return token;
  }
}
