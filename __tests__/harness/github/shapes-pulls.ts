import type { Pull, Repository } from './records.ts';
import { associationOf, nodeId, type Origins, repositoryShape, userShape } from './shapes.ts';

/** The fields that lists and single answers of a pull request have in common. */
export function pullShape(pull: Pull, repository: Repository, origins: Origins) {
  const api = `${origins.api}/repos/${repository.fullName}`;
  const url = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const web = `${origins.web}/${repository.fullName}/pull/${pull.number}`;
  const links = {
    self: url,
    html: web,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.head.sha}`,
  };
  const side = (of: Repository | null, ref: string, sha: string) => ({
    label: `${(of?.owner ?? pull.user).login}:${ref}`,
    ref,
    sha,
    user: userShape(of?.owner ?? pull.user, origins),
    repo: of === null ? null : { ...repositoryShape(of, origins), allow_auto_merge: false },
  });
  return {
    url,
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: userShape(pull.user, origins),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === 'closed' ? pull.updatedAt : null,
    merged_at: pull.merged ? pull.updatedAt : null,
    merge_commit_sha: pull.mergeSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: false,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: side(pull.head.repository, pull.head.ref, pull.head.sha),
    base: side(repository, pull.base.ref, pull.base.sha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: associationOf(pull.user, repository),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** What only the single answer and the event show. */
export function pullDetails(
  pull: Pull,
  repository: Repository,
  size: { commits: number; changedFiles: number },
) {
  return {
    merged: pull.merged,
    mergeable: pull.mergeSha !== null,
    rebaseable: pull.mergeSha !== null,
    mergeable_state: pull.mergeSha === null ? 'dirty' : 'clean',
    merged_by: null,
    comments: repository.comments.filter((comment) => comment.number === pull.number).length,
    review_comments: 0,
    maintainer_can_modify: pull.head.repository !== null && pull.head.repository !== repository,
    commits: size.commits,
    additions: 1,
    deletions: 1,
    changed_files: size.changedFiles,
  };
}

/** The issue behind a pull request, as `issue_comment` events and the issues route show it. */
export function issueShape(pull: Pull, repository: Repository, origins: Origins) {
  const url = `${origins.api}/repos/${repository.fullName}/issues/${pull.number}`;
  const web = `${origins.web}/${repository.fullName}/pull/${pull.number}`;
  return {
    url,
    repository_url: `${origins.api}/repos/${repository.fullName}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: web,
    id: pull.id + 1,
    node_id: nodeId('I', pull.id + 1),
    number: pull.number,
    title: pull.title,
    user: userShape(pull.user, origins),
    labels: [],
    state: pull.state,
    locked: pull.locked,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: repository.comments.filter((comment) => comment.number === pull.number).length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === 'closed' ? pull.updatedAt : null,
    author_association: associationOf(pull.user, repository),
    active_lock_reason: null,
    draft: false,
    pull_request: {
      url: `${origins.api}/repos/${repository.fullName}/pulls/${pull.number}`,
      html_url: web,
      diff_url: `${web}.diff`,
      patch_url: `${web}.patch`,
      merged_at: pull.merged ? pull.updatedAt : null,
    },
    body: pull.body,
    reactions: {
      url: `${url}/reactions`,
      total_count: 0,
      '+1': 0,
      '-1': 0,
      laugh: 0,
      hooray: 0,
      confused: 0,
      heart: 0,
      rocket: 0,
      eyes: 0,
    },
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  };
}
