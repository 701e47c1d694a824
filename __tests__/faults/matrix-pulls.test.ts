import { testTrials } from './trials.ts';

// Those that once mattered elsewhere, or here, of a job that measures a pull request and compares it with the branch.
testTrials([
  ['pull_request', 'git/get-ref', { type: 'status', status: 404 }],
  ['pull_request', 'git/get-blob', { type: 'truncate' }],
  ['pull_request', 'issues/create-comment', { type: 'cut-after' }],
  ['pull_request', 'issues/list-comments', { type: 'status', status: 200, body: {} }],
  ['pull_request', 'issues/update-comment', { type: 'status', status: 403 }],
  ['pull_request', 'results POST', { type: 'cancel', hangs: true }],
  ['pull_request', 'git/get-ref', { type: 'disk-full' }],
]);
