import { type Answer, ApiError, type Call, countedList, notFound, ok, param, type Routes } from './api.ts';
import type { Artifact, Job, Run, Workflow } from './records.ts';
import { artifactShape, jobShape, runShape, workflowShape } from './shapes-actions.ts';

function runOf(call: Call): Run {
  const run = call.repository.runs.find((r) => r.id === Number(param(call, 'run_id')));
  if (!run) throw notFound();
  return run;
}

async function shapeOf(call: Call, run: Run) {
  const { git } = call.repository;
  const head = (await git.readCommit(run.headSha)) ?? (await run.headRepository.git.readCommit(run.headSha));
  if (!head) throw new Error(`run ${run.id} has the head ${run.headSha}, which is in no repository`);
  return runShape(run, call.repository, head, call.origins);
}

function workflowOf(call: Call): Workflow {
  const id = param(call, 'workflow_id');
  const found = call.repository.workflows.find(
    (w) => String(w.id) === id || w.path === id || w.path.endsWith(`/${id}`),
  );
  if (!found) throw notFound();
  return found;
}

/** `>=2024-01-01`, `<…`, `A..B` or a day, as the search syntax has it. */
function withinDates(at: string, range: string): boolean {
  const time = Date.parse(at);
  const [from, to] = range.split('..');
  if (to !== undefined)
    return (from === '*' || time >= Date.parse(from ?? '')) && (to === '*' || time <= Date.parse(to));
  const [, operator = '', date = ''] = /^([<>]=?)?(.*)$/.exec(range) ?? [];
  const bound = Date.parse(date);
  if (operator === '') return at.startsWith(date);
  if (operator.startsWith('>')) return operator === '>=' ? time >= bound : time > bound;
  return operator === '<=' ? time <= bound : time < bound;
}

function listRuns(call: Call, runs: readonly Run[]): Promise<Answer> {
  const wanted = (name: string) => call.query.get(name);
  const matches = (name: string, value: string | number) =>
    wanted(name) === null || wanted(name) === String(value);
  const status = wanted('status');
  const created = wanted('created');
  const found = runs
    .filter(
      (run) =>
        matches('branch', run.headBranch) &&
        matches('event', run.event) &&
        matches('head_sha', run.headSha) &&
        matches('actor', run.actor.login) &&
        matches('check_suite_id', run.id + 1) &&
        (status === null || status === run.status || status === run.conclusion) &&
        (created === null || withinDates(run.createdAt, created)),
    )
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.id - a.id);
  return countedList(call, 'workflow_runs', found, async (run) => {
    const shape = await shapeOf(call, run);
    return wanted('exclude_pull_requests') === 'true' ? { ...shape, pull_requests: [] } : shape;
  });
}

function listJobs(call: Call, jobs: readonly Job[]): Promise<Answer> {
  const run = runOf(call);
  return countedList(call, 'jobs', jobs, (job) => jobShape(job, run, call.repository, call.origins));
}

function artifactOf(call: Call): Artifact {
  const artifact = call.repository.artifacts.find((a) => a.id === Number(param(call, 'artifact_id')));
  if (!artifact) throw notFound();
  return artifact;
}

function listArtifacts(call: Call, artifacts: readonly Artifact[]): Promise<Answer> {
  const name = call.query.get('name');
  const direction = call.query.get('direction') ?? 'desc';
  const found = artifacts.filter((artifact) => name === null || artifact.name === name);
  if (direction === 'desc') found.reverse();
  return countedList(call, 'artifacts', found, (a) => artifactShape(a, call.repository, call.origins));
}

function rerun(call: Call, jobs: (run: Run) => readonly string[] | undefined): Answer {
  const run = runOf(call);
  if (run.status !== 'completed') throw new ApiError(403, 'This workflow is already running');
  call.world.rerun(run, jobs(run));
  return { status: 201, body: {} };
}

export const actionRoutes: Routes = {
  'actions/list-workflow-runs-for-repo': (call) => listRuns(call, call.repository.runs),
  'actions/list-workflow-runs': (call) => {
    const workflow = workflowOf(call);
    return listRuns(
      call,
      call.repository.runs.filter((run) => run.workflow === workflow),
    );
  },
  'actions/get-workflow-run': async (call) => ok(await shapeOf(call, runOf(call))),
  'actions/get-workflow-run-attempt': async (call) => {
    const run = runOf(call);
    const attempt = Number(param(call, 'attempt_number'));
    if (attempt < 1 || attempt > run.attempt) throw notFound();
    return ok({ ...(await shapeOf(call, run)), run_attempt: attempt });
  },
  'actions/list-jobs-for-workflow-run': (call) => {
    const run = runOf(call);
    const latest = run.jobs.filter(
      (job) => !run.jobs.some((j) => j.name === job.name && j.attempt > job.attempt),
    );
    return listJobs(call, call.query.get('filter') === 'all' ? run.jobs : latest);
  },
  'actions/list-jobs-for-workflow-run-attempt': (call) => {
    const attempt = Number(param(call, 'attempt_number'));
    const run = runOf(call);
    if (attempt < 1 || attempt > run.attempt) throw notFound();
    return listJobs(
      call,
      run.jobs.filter((job) => job.attempt === attempt),
    );
  },
  'actions/get-job-for-workflow-run': (call) => {
    for (const run of call.repository.runs)
      for (const job of run.jobs)
        if (job.id === Number(param(call, 'job_id')))
          return ok(jobShape(job, run, call.repository, call.origins));
    throw notFound();
  },
  'actions/list-workflow-run-artifacts': (call) => {
    const run = runOf(call);
    return listArtifacts(
      call,
      call.repository.artifacts.filter((artifact) => artifact.run === run),
    );
  },
  'actions/list-artifacts-for-repo': (call) => listArtifacts(call, call.repository.artifacts),
  'actions/get-artifact': (call) => ok(artifactShape(artifactOf(call), call.repository, call.origins)),
  'actions/download-artifact': (call) => {
    if (param(call, 'archive_format') !== 'zip') throw notFound();
    const artifact = artifactOf(call);
    if (artifact.expired) throw new ApiError(410, 'Artifact has expired');
    return { status: 302, headers: { location: call.blobUrl(artifact.id) } };
  },
  'actions/delete-artifact': (call) => {
    const artifact = artifactOf(call);
    call.repository.artifacts.splice(call.repository.artifacts.indexOf(artifact), 1);
    return { status: 204 };
  },
  'actions/re-run-workflow': (call) => rerun(call, () => undefined),
  'actions/re-run-workflow-failed-jobs': (call) =>
    rerun(call, (run) => {
      const failed = run.jobs.filter((j) => j.attempt === run.attempt && j.conclusion !== 'success');
      if (failed.length === 0) throw new ApiError(403, 'This workflow run cannot be retried');
      return failed.map((job) => job.name);
    }),
  'actions/re-run-job-for-workflow-run': (call) => {
    for (const run of call.repository.runs)
      for (const job of run.jobs)
        if (job.id === Number(param(call, 'job_id'))) {
          if (run.status !== 'completed') throw new ApiError(403, 'This workflow is already running');
          call.world.rerun(run, [job.name]);
          return { status: 201, body: {} };
        }
    throw notFound();
  },
  'actions/get-workflow': (call) => ok(workflowShape(workflowOf(call), call.repository, call.origins)),
  'actions/list-repo-workflows': (call) =>
    countedList(call, 'workflows', call.repository.workflows, (w) =>
      workflowShape(w, call.repository, call.origins),
    ),
};
