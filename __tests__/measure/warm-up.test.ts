import { describe, expect, test } from '@jest/globals';
import type { Stretch } from '../../src/domain/driver.ts';
import type { LiveSide } from '../../src/measure/live.ts';
import { warmUp } from '../../src/measure/warm-up.ts';
import { createRandom } from '../../src/stats/random.ts';
import { tally } from './fakes.ts';

const side = {} as LiveSide;
const load = (rates: number[]) => {
  let piece = 0;
  return async (_live: LiveSide, stretch: Stretch) => ({
    startedAt: '',
    total: tally(stretch.durationMs, 2, rates[Math.min(piece++, rates.length - 1)] ?? 0),
    parts: [],
    generator: { cpu: 0, limited: false },
  });
};

describe('warm-up', () => {
  test('takes the configured time when the rate is level', async () => {
    expect((await warmUp([side], load([100]), 1000, () => 0)).loadMs).toBe(1000);
  });

  test('goes on while the rate still rises, but not for ever', async () => {
    const rising = await warmUp([side], load([10, 20, 40, 80, 160, 161, 160, 161]), 1000, () => 0);
    expect(rising.loadMs).toBeGreaterThan(1000);
    const restless = await warmUp([side], load([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]), 1000, () => 0);
    expect(restless.loadMs).toBe(2000);
  });

  test('scatter is no slope: on a disturbed machine it seldom takes longer, and a cold start still does', async () => {
    const random = createRandom(3);
    const mean = async (level: (piece: number) => number): Promise<number> => {
      let sum = 0;
      for (let run = 0; run < 150; run += 1) {
        const rates = Array.from({ length: 8 }, (_, i) => 100 * level(i) * Math.exp(0.15 * random.normal()));
        sum += (await warmUp([side], load(rates), 1000, () => 0)).loadMs / 150;
      }
      return sum;
    };
    // With any difference of 5% taken for a slope it would be 1,510 ms, and 1,860 ms with two sides.
    expect(await mean(() => 1)).toBeLessThan(1150);
    expect(await mean((piece) => 1 - 0.9 * Math.exp(-piece / 2))).toBeGreaterThan(1300);
  });

  test('a rate that falls is not waited for', async () => {
    expect((await warmUp([side], load([100, 90, 80, 70, 60]), 1000, () => 0)).loadMs).toBe(1000);
  });

  test('tells the p99 it saw, and is skipped at 0', async () => {
    expect((await warmUp([side], load([100]), 400, () => 0)).p99).toBeCloseTo(2, 2);
    expect(await warmUp([side], load([100]), 0, () => 0)).toEqual({ p99: 0, loadMs: 0 });
  });
});
