import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { MOST_ALONE, MOST_RACED, raceLegs } from '../../bench/faults/legs.ts';

const LEGS = 8;

test('legs in processes of their own end in one comment with a section each, in few requests', async () => {
  const actionDir = fileURLToPath(new URL('../..', import.meta.url));
  const rounds = await raceLegs({ legs: LEGS, rounds: 2, actionDir, seed: 7, hurry: 2 });
  console.info(`${LEGS} legs, two pushes: ${rounds.map(({ requests }) => requests).join(' and ')} requests`);
  expect(rounds.map(({ wrong }) => wrong)).toEqual([[], []]);
  for (const { requests, least } of rounds) {
    expect(least).toBeLessThanOrEqual(MOST_ALONE);
    expect(requests).toBeLessThan((MOST_RACED / 32) * LEGS);
  }
}, 300_000);
