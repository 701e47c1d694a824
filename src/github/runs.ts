import type { Client, Repo } from './client.ts';
import { DEPENDABOT, workflowPath } from './event.ts';

/** A run of a workflow as the API tells of it, whatever the event or an artifact says. */
export type WorkflowRun = {
  id: number;
  number: number;
  attempt: number;
  status: string;
  workflow: string;
  /** `.github/workflows/FILE`. */
  path: string;
  event: string;
  headSha: string;
  headRepoId: number | null;
  /** Dependabot started it: its token may only read, and what it ran is nobody's of the repository. */
  dependabot: boolean;
  url: string;
};

/** Rejects when there is no such run, or GitHub cannot tell. */
export async function readRun(client: Pick<Client, 'rest'>, repo: Repo, id: number): Promise<WorkflowRun> {
  const { data } = await client.rest.actions.getWorkflowRun({ ...repo, run_id: id });
  const path = workflowPath(data.path);
  return {
    id: data.id,
    number: data.run_number,
    attempt: data.run_attempt ?? 1,
    status: data.status ?? '',
    workflow: data.name ?? path,
    path,
    event: data.event,
    headSha: data.head_sha,
    headRepoId: data.head_repository?.id ?? null,
    dependabot: [data.actor, data.triggering_actor].some((actor) => actor?.login === DEPENDABOT),
    url: data.html_url,
  };
}

export type RunJob = { id: number; name: string; status: string; conclusion: string | null; attempt: number };

/** The jobs of a run's last attempt, and those of earlier ones that it did not repeat. */
export async function listJobs(client: Client, repo: Repo, runId: number): Promise<RunJob[]> {
  const jobs = await client.paginate(client.rest.actions.listJobsForWorkflowRun, {
    ...repo,
    run_id: runId,
    filter: 'latest',
    per_page: 100,
  });
  return jobs.map(({ id, name, status, conclusion, run_attempt = 1 }) => ({
    ...{ id, name, status, conclusion },
    attempt: run_attempt,
  }));
}

/**
 * Repeats the one job that has one of these names, or is the one leg of it; the whole run where there are several: while one is
 * repeated GitHub repeats no other.
 */
export async function repeatJobs(
  client: Client,
  repo: Repo,
  runId: number,
  names: readonly string[],
): Promise<void> {
  const jobs = await listJobs(client, repo, runId);
  const legs = jobs.filter(({ name }) => names.some((job) => name === job || name.startsWith(`${job} (`)));
  const [only, second] = legs;
  if (names.length === 1 && only !== undefined && second === undefined)
    await client.rest.actions.reRunJobForWorkflowRun({ ...repo, job_id: only.id });
  else await client.rest.actions.reRunWorkflow({ ...repo, run_id: runId });
}
