import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Call, Matrix, type Stage } from '../../bench/faults/matrix.ts';
import type { FaultKind } from '../harness/github/faults.ts';

let matrix: Matrix;
const calls = new Map<Stage, Call[]>();
beforeAll(async () => {
  matrix = await Matrix.start(fileURLToPath(new URL('../..', import.meta.url)));
  for (const stage of ['push', 'pull_request'] as const) {
    const clean = await matrix.trial(stage, []);
    expect(clean.wrong).toEqual([]);
    calls.set(stage, clean.calls);
  }
}, 300_000);
afterAll(() => matrix.close());

/** A few of the trials of bench/faults/matrix.ts: those that once mattered elsewhere, or here. */
test.each<[Stage, string, FaultKind]>([
  ['push', 'git/update-ref', { type: 'cut-after' }],
  ['push', 'git/get-ref', { type: 'status', status: 404 }],
  ['pull_request', 'git/get-ref', { type: 'status', status: 404 }],
  ['pull_request', 'git/get-blob', { type: 'truncate' }],
  ['pull_request', 'issues/create-comment', { type: 'cut-after' }],
  ['pull_request', 'issues/list-comments', { type: 'status', status: 200, body: {} }],
])(
  '%s, %s, %j: no false pass, nothing lost, and a second run makes it good',
  async (stage, operation, kind) => {
    const call = (calls.get(stage) ?? []).findIndex((one) => one.operation === operation);
    expect(call).toBeGreaterThanOrEqual(0);
    const { wrong, log } = await matrix.trial(stage, [{ call, kind }]);
    expect({ wrong, log: wrong.length > 0 ? log : '' }).toEqual({ wrong: [], log: '' });
  },
  300_000,
);
