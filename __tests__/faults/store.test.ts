import { expect, test } from '@jest/globals';
import { tortureStore } from '../../bench/faults/store.ts';

test('writers that are raced, cut off and killed lose nothing, and store nothing twice', async () => {
  const outcome = await tortureStore({
    ...{ records: 16, writers: 8, processes: 2, kills: 3, lostAnswers: 5, seed: 7 },
  });
  expect(outcome).toMatchObject({ lost: [], twice: [], absent: [], damaged: [], refused: [] });
  expect(outcome.acknowledged).toBeGreaterThanOrEqual(16);
  expect(outcome.kills).toBeGreaterThanOrEqual(3);
  expect(outcome.lostAnswers).toBeGreaterThanOrEqual(5);
}, 300_000);
