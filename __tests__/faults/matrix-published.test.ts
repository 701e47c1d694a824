import { testTrials } from './trials.ts';

// Those that once mattered elsewhere, or here, of jobs that publish and answer.
testTrials([
  ['workflow_run', 'git/get-commit', { type: 'status', status: 401 }],
  ['workflow_run', 'repos/get-content', { type: 'status', status: 404 }],
  ['workflow_run', 'actions/list-workflow-run-artifacts', { type: 'status', status: 409 }],
  ['workflow_run', 'checks/create', { type: 'status', status: 503 }],
  ['workflow_run', 'actions/download-artifact', { type: 'status', status: 422 }],
  ['issue_comment accept', 'actions/download-artifact', { type: 'status', status: 422 }],
  ['issue_comment accept', 'git/get-tree', { type: 'status', status: 404 }],
  ['issue_comment accept', 'reactions/create-for-issue-comment', { type: 'status', status: 200, body: {} }],
  ['issue_comment accept', 'pulls/get', { type: 'status', status: 200, body: {} }],
  ['issue_comment accept', 'issues/create-comment', { type: 'kill' }],
]);
