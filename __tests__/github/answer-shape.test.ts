import { expect, test } from '@jest/globals';
import { lacking } from '../../src/github/answer-shape.ts';

const REPO = '/repos/{owner}/{repo}';

test.each([
  ['GET', REPO],
  ['GET', `${REPO}/git/ref/{ref}`],
  ['GET', `${REPO}/git/commits/{commit_sha}`],
  ['GET', `${REPO}/git/trees/{tree_sha}`],
  ['GET', `${REPO}/git/blobs/{file_sha}`],
  ['POST', `${REPO}/git/commits`],
  ['GET', `${REPO}/contents/{path}`],
  ['GET', `${REPO}/commits`],
  ['GET', `${REPO}/issues/{issue_number}/comments`],
  ['GET', 'https://api.github.com/repositories/1/issues/2/comments?per_page=100&page=2'],
  ['GET', 'https://ghe.example/api/v3/repos/o/r'],
  ['GET', `${REPO}/issues/comments/{comment_id}`],
  ['POST', `${REPO}/issues/{issue_number}/comments`],
  ['PATCH', `${REPO}/issues/comments/{comment_id}`],
  ['GET', `${REPO}/pulls`],
  ['GET', `${REPO}/pulls/{pull_number}`],
  ['GET', `${REPO}/collaborators/{username}/permission`],
  ['GET', `${REPO}/actions/artifacts/{artifact_id}`],
  ['GET', `${REPO}/actions/runs/{run_id}`],
  ['GET', `${REPO}/actions/runs/{run_id}/artifacts`],
  ['GET', `${REPO}/actions/runs/{run_id}/jobs`],
  ['GET', `${REPO}/actions/runs`],
  ['GET', `${REPO}/actions/workflows/{workflow_id}/runs`],
  ['GET', `${REPO}/commits/{ref}/check-runs`],
  ['POST', `${REPO}/check-runs`],
  ['PATCH', `${REPO}/check-runs/{check_run_id}`],
  ['POST', '/graphql'],
])('%s %s: neither an empty document nor a page is an answer', (method, url) => {
  expect(lacking(method, url, {})).toMatch(/^it (has no `\w+`|is no list)$/);
  expect(lacking(method, url, '<h1>Sign in</h1>')).not.toBeNull();
  expect(lacking(method, url, null)).not.toBeNull();
});

test('an answer that has what is read of it, and one of which nothing is read, will do', () => {
  expect(lacking('GET', `${REPO}/issues/{issue_number}/comments`, [])).toBeNull();
  expect(lacking('GET', `${REPO}/actions/runs/{run_id}/jobs`, { jobs: [] })).toBeNull();
  expect(lacking('GET', `${REPO}/contents/{path}`, [])).toBeNull();
  expect(lacking('POST', '/graphql', { errors: [] })).toBeNull();
  expect(lacking('PATCH', `${REPO}/git/refs/{ref}`, {})).toBeNull();
  expect(lacking('GET', `${REPO}/actions/artifacts/{artifact_id}/{archive_format}`, '')).toBeNull();
});
