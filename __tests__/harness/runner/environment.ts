import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { WorkflowEvent } from '../events.ts';
import type { Run } from '../github/records.ts';
import type { GitHubStandIn } from '../github/stand-in.ts';

export type CommandFiles = Record<'output' | 'env' | 'path' | 'state' | 'summary' | 'event', string>;

export type StepOptions = {
  standIn: GitHubStandIn;
  event: WorkflowEvent;
  workspace: string;
  workflow: { name: string; path: string };
  job: string;
  matrix?: Readonly<Record<string, unknown>>;
  legs?: number;
  env?: Readonly<Record<string, string>>;
  apiPath?: string;
  run: Run;
  token: string;
  temp: string;
  files: CommandFiles;
};

/** What a runner knows of the event and the job, by the names of the `github` context. */
function githubContext(options: StepOptions): Record<string, string> {
  const { standIn, event, run, workflow } = options;
  const { repository } = event;
  const api = `${standIn.apiUrl}${options.apiPath ?? ''}`;
  const shortRef = event.ref.replace(/^refs\/(heads|tags|pull)\//, '');
  return {
    action: '__self',
    actor: event.actor,
    actor_id: String(standIn.world.user(event.actor).id),
    api_url: api,
    base_ref: event.baseRef ?? '',
    event_name: event.name,
    event_path: options.files.event,
    graphql_url: `${options.apiPath ? `${standIn.apiUrl}/api` : api}/graphql`,
    head_ref: event.headRef ?? '',
    job: options.job,
    ref: event.ref,
    ref_name: shortRef,
    ref_protected: 'false',
    ref_type: event.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository: repository.fullName,
    repository_id: String(repository.id),
    repository_owner: repository.owner.login,
    repository_owner_id: String(repository.owner.id),
    retention_days: '90',
    run_attempt: String(run.attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    server_url: standIn.serverUrl,
    sha: event.sha,
    triggering_actor: event.actor,
    workflow: workflow.name,
    workflow_ref: `${repository.fullName}/${workflow.path}@${event.ref}`,
    workflow_sha: event.sha,
    workspace: options.workspace,
  };
}

/** The environment of the step, all of it, and the contexts that defaults of inputs may use. */
export function stepEnvironment(options: StepOptions): {
  env: Record<string, string>;
  contexts: Record<string, unknown>;
} {
  const { standIn, files, run, temp } = options;
  const github = githubContext(options);
  const jobId = run.jobs.findLast((job) => job.name.startsWith(options.job))?.id ?? run.jobs.at(-1)?.id ?? 0;
  const runner = {
    arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    environment: 'github-hosted',
    name: 'GitHub Actions 1',
    os: 'Linux',
    temp,
    tool_cache: join(temp, 'toolcache'),
  };
  const upper = (prefix: string, values: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`${prefix}_${name.toUpperCase()}`, value]),
    );
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: join(temp, 'home'),
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ImageOS: 'ubuntu24',
    ImageVersion: '20261101.1.0',
    ...upper('GITHUB', github),
    ...upper('RUNNER', runner),
    RUNNER_WORKSPACE: join(options.workspace, '..'),
    RUNNER_TRACKING_ID: `github_${randomUUID()}`,
    GITHUB_OUTPUT: files.output,
    GITHUB_ENV: files.env,
    GITHUB_PATH: files.path,
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
    ACTIONS_RUNTIME_URL: `${standIn.apiUrl}/`,
    ACTIONS_RUNTIME_TOKEN: standIn.runtimeToken(run.id, jobId),
    ACTIONS_RESULTS_URL: `${standIn.apiUrl}/`,
    ACTIONS_ORCHESTRATION_ID: `${run.id}.${options.job}.__default`,
    ...options.env,
  };
  const contexts = {
    github: { ...github, token: options.token, event: options.event.payload },
    matrix: options.matrix ?? null,
    strategy: { 'fail-fast': true, 'job-index': 0, 'job-total': options.legs ?? 1, 'max-parallel': 1 },
    job: { status: 'success', check_run_id: jobId },
    runner,
    env: { ...options.env },
  };
  return { env, contexts };
}
