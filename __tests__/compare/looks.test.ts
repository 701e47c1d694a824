import { expect, test } from '@jest/globals';
import { plannedLooks } from '../../src/compare/looks.ts';

test.each([
  [5, 20, [5, 7, 10, 14, 20]],
  [3, 3, [3]],
  [1, 3, [2, 3]],
  [1, 1, [2]],
])('from %d to %d blocks: looks at %j', (rounds, maxRounds, looks) => {
  expect(plannedLooks(rounds, maxRounds)).toEqual(looks);
});
