import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import type { Kind } from '../../bench/faults/matrix/kinds.ts';
import type { Call } from '../../bench/faults/matrix/scene.ts';
import { Matrix, type Stage } from '../../bench/faults/matrix/stages.ts';

/** A few of the trials of bench/faults/matrix.ts as tests: a stage, the operation whose first call is struck, and how. */
export function testTrials(trials: [Stage, string, Kind][]): void {
  const matrix = new Matrix(fileURLToPath(new URL('../..', import.meta.url)));
  afterAll(() => matrix.close());

  const known = new Map<Stage, Call[]>();
  const callsOf = async (stage: Stage): Promise<Call[]> => {
    const calls = known.get(stage) ?? (await matrix.clean(stage)).calls;
    known.set(stage, calls);
    return calls;
  };

  test.each(trials)(
    '%s, %s, %j: no false pass, nothing lost, and a second run makes it good',
    async (stage, operation, kind) => {
      const call = (await callsOf(stage)).findIndex((one) => one.operation === operation);
      expect(call).toBeGreaterThanOrEqual(0);
      const { wrong, missed, log } = await matrix.trial(stage, [{ call, kind }]);
      expect({ wrong, missed, log: wrong.length > 0 ? log : '' }).toEqual({ wrong: [], missed: 0, log: '' });
    },
    300_000,
  );
}
