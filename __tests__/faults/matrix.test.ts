import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import type { Kind } from '../../bench/faults/matrix/kinds.ts';
import type { Call } from '../../bench/faults/matrix/scene.ts';
import { Matrix, type Stage } from '../../bench/faults/matrix/stages.ts';

const matrix = new Matrix(fileURLToPath(new URL('../..', import.meta.url)));
afterAll(() => matrix.close());

const known = new Map<Stage, Call[]>();
const callsOf = async (stage: Stage): Promise<Call[]> => {
  const calls = known.get(stage) ?? (await matrix.clean(stage)).calls;
  known.set(stage, calls);
  return calls;
};

/** A few of the trials of bench/faults/matrix.ts: those that once mattered elsewhere, or here. */
test.each<[Stage, string, Kind]>([
  ['push', 'git/update-ref', { type: 'cut-after' }],
  ['push', 'git/get-ref', { type: 'status', status: 404 }],
  ['pull_request', 'git/get-ref', { type: 'status', status: 404 }],
  ['pull_request', 'git/get-blob', { type: 'truncate' }],
  ['pull_request', 'issues/create-comment', { type: 'cut-after' }],
  ['pull_request', 'issues/list-comments', { type: 'status', status: 200, body: {} }],
  ['pull_request', 'issues/update-comment', { type: 'status', status: 422 }],
  ['pull_request', 'results POST', { type: 'cancel', hangs: true }],
  ['pull_request artifact', 'blob GET', { type: 'cancel', hangs: true }],
  ['pull_request', 'git/get-ref', { type: 'disk-full' }],
  ['pull_request paired', 'git POST', { type: 'hang' }],
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
])(
  '%s, %s, %j: no false pass, nothing lost, and a second run makes it good',
  async (stage, operation, kind) => {
    const call = (await callsOf(stage)).findIndex((one) => one.operation === operation);
    expect(call).toBeGreaterThanOrEqual(0);
    const { wrong, missed, log } = await matrix.trial(stage, [{ call, kind }]);
    expect({ wrong, missed, log: wrong.length > 0 ? log : '' }).toEqual({ wrong: [], missed: 0, log: '' });
  },
  300_000,
);
