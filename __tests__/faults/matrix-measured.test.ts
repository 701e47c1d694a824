import { testTrials } from './trials.ts';

// Those that once mattered elsewhere, or here, of jobs that measure.
testTrials([
  ['push', 'git/update-ref', { type: 'cut-after' }],
  ['push', 'git/get-ref', { type: 'status', status: 404 }],
  ['pull_request', 'git/get-ref', { type: 'status', status: 404 }],
  ['pull_request', 'git/get-blob', { type: 'truncate' }],
  ['pull_request', 'issues/create-comment', { type: 'cut-after' }],
  ['pull_request', 'issues/list-comments', { type: 'status', status: 200, body: {} }],
  ['pull_request', 'issues/update-comment', { type: 'status', status: 403 }],
  ['pull_request artifact', 'actions/download-artifact', { type: 'status', status: 404 }],
  ['pull_request', 'results POST', { type: 'truncate' }],
  ['pull_request', 'results POST', { type: 'cancel', hangs: true }],
  ['pull_request artifact', 'blob GET', { type: 'cancel', hangs: true }],
  ['pull_request', 'git/get-ref', { type: 'disk-full' }],
  ['pull_request paired', 'git POST', { type: 'hang' }],
]);
