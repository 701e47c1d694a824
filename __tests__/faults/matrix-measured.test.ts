import { testTrials } from './trials.ts';

// Those that once mattered elsewhere, or here, of the other jobs that measure.
testTrials([
  ['push', 'git/update-ref', { type: 'cut-after' }],
  ['push', 'git/get-ref', { type: 'status', status: 404 }],
  ['push', 'blob PUT', { type: 'hang' }],
  ['push artifact', 'actions/get-artifact', { type: 'status', status: 404 }],
  ['pull_request artifact', 'actions/list-workflow-runs', { type: 'status', status: 404 }],
  ['pull_request artifact', 'actions/download-artifact', { type: 'status', status: 404 }],
  ['pull_request artifact', 'blob GET', { type: 'cancel', hangs: true }],
  ['pull_request paired', 'git POST', { type: 'hang' }],
]);
