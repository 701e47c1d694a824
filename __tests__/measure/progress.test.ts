import { expect, test } from '@jest/globals';
import { describeProgress, type ProgressEvent } from '../../src/measure/progress.ts';

test.each<[ProgressEvent, string]>([
  [{ type: 'boot', side: 'candidate', block: 0, of: 5 }, '[block 1/5] starting the candidate'],
  [{ type: 'round', scenario: 'a', block: 1, of: 5, round: 0, rounds: 1 }, '[block 2/5] measuring a'],
  [
    { type: 'round', scenario: 'a', block: 0, of: 1, round: 1, rounds: 5 },
    '[block 1/1, round 2/5] measuring a',
  ],
  [
    {
      type: 'measured',
      scenario: 'a',
      side: 'baseline',
      block: 2,
      of: 20,
      round: 0,
      rounds: 1,
      values: { p95: 12.345 },
    },
    '[block 3/20] a (base): p95 12.3 ms',
  ],
  [{ type: 'look', blocks: 5, undecided: ['a'], conclusive: false }, 'after 5 blocks not decided yet: a'],
])('%j', (event, line) => {
  expect(describeProgress(event)).toBe(line);
});
