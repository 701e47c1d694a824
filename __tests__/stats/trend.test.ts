import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../src/stats/random.ts';
import { driftOf } from '../../src/stats/trend.ts';

const MAGNITUDE = Math.log(1.05);
const noise = (seed: number, n: number, sd: number, level = 0): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => level + sd * random.normal());
};

describe('driftOf', () => {
  test('takes a change of level from mean to mean, wherever it is', () => {
    const late = driftOf([...noise(1, 17, 0.01), ...noise(2, 4, 0.01, 0.3)], MAGNITUDE);
    expect(late).toMatchObject({ supported: true, levels: [17] });
    expect(late.change).toBeCloseTo(0.3, 1);
  });

  test('takes a slow rise along its line', () => {
    const rise = driftOf([0, 0.02, 0.04, 0.06, 0.08, 0.1], MAGNITUDE);
    expect(rise.supported).toBe(true);
    expect(rise.change).toBeCloseTo(0.1, 10);
  });

  test('a bump that is over is no change', () => {
    const bump = [...noise(3, 10, 0.01), ...noise(4, 10, 0.01, 0.3), ...noise(5, 10, 0.01)];
    const { change, levels } = driftOf(bump, MAGNITUDE);
    expect(levels).toEqual([10, 20]);
    expect(Math.abs(change)).toBeLessThan(0.02);
  });

  test('noise alone is supported about as often as the level of its test says', () => {
    let claimed = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { supported, change } = driftOf(noise(seed, 9, 0.1), MAGNITUDE);
      if (supported && Math.abs(change) > MAGNITUDE) claimed += 1;
    }
    expect(claimed / 400).toBeLessThan(0.15);
  });

  test('few values, equal values and one value claim nothing', () => {
    expect(driftOf([1], MAGNITUDE)).toEqual({ change: 0, supported: false, levels: [] });
    expect(driftOf([1, 2], MAGNITUDE)).toEqual({ change: 1, supported: false, levels: [] });
    expect(driftOf([7, 7, 7, 7], MAGNITUDE)).toEqual({ change: 0, supported: false, levels: [] });
    expect(() => driftOf([], MAGNITUDE)).toThrow(RangeError);
  });
});
