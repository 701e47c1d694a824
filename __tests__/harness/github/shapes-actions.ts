import type { CommitObject } from './git.ts';
import type { Artifact, Job, Pull, Repository, Run, Workflow } from './records.ts';
import { nodeId, type Origins, repositoryShape, userShape } from './shapes.ts';

export function workflowShape(workflow: Workflow, repository: Repository, origins: Origins) {
  const web = `${origins.web}/${repository.fullName}`;
  return {
    id: workflow.id,
    node_id: nodeId('W', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: 'active',
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    url: `${origins.api}/repos/${repository.fullName}/actions/workflows/${workflow.id}`,
    html_url: `${web}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${web}/actions/workflows/${workflow.path.split('/').pop()}/badge.svg`,
  };
}

/** A pull request as runs and checks list it: never one from a fork. */
export function pullReference(pull: Pull, repository: Repository, origins: Origins) {
  const of = (side: Repository) => ({
    id: side.id,
    url: `${origins.api}/repos/${side.fullName}`,
    name: side.name,
  });
  return {
    id: pull.id,
    number: pull.number,
    url: `${origins.api}/repos/${repository.fullName}/pulls/${pull.number}`,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo: of(pull.head.repository ?? repository) },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo: of(repository) },
  };
}

export function commitSummary(commit: CommitObject) {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

export function runShape(run: Run, repository: Repository, head: CommitObject, origins: Origins) {
  const url = `${origins.api}/repos/${repository.fullName}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: nodeId('WFR', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow.id,
    check_suite_id: run.id + 1,
    check_suite_node_id: nodeId('CS', run.id + 1),
    url,
    html_url: `${origins.web}/${repository.fullName}/actions/runs/${run.id}`,
    pull_requests: run.pulls
      .filter((pull) => pull.head.repository === repository)
      .map((pull) => pullReference(pull, repository, origins)),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    actor: userShape(run.actor, origins),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: run.createdAt,
    triggering_actor: userShape(run.actor, origins),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${origins.api}/repos/${repository.fullName}/check-suites/${run.id + 1}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${origins.api}/repos/${repository.fullName}/actions/workflows/${run.workflow.id}`,
    head_commit: commitSummary(head),
    repository: repositoryShape(repository, origins),
    head_repository: repositoryShape(run.headRepository, origins),
  };
}

export function jobShape(job: Job, run: Run, repository: Repository, origins: Origins) {
  const api = `${origins.api}/repos/${repository.fullName}`;
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.headBranch,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId('CR', job.id),
    head_sha: run.headSha,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${origins.web}/${repository.fullName}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.startedAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: [],
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'GitHub Actions 1',
    runner_group_id: 0,
    runner_group_name: 'GitHub Actions',
  };
}

export function artifactShape(artifact: Artifact, repository: Repository, origins: Origins) {
  const url = `${origins.api}/repos/${repository.fullName}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId('A', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.content.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    digest: artifact.digest,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: {
      id: artifact.run.id,
      repository_id: repository.id,
      head_repository_id: artifact.run.headRepository.id,
      head_branch: artifact.run.headBranch,
      head_sha: artifact.run.headSha,
    },
  };
}
