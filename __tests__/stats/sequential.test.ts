import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../../src/stats/random.ts';
import { sequentialCriticalValues, spentError } from '../../src/stats/sequential.ts';
import { studentUpperQuantile } from '../../src/stats/student.ts';

const LOOKS = [4, 6, 8, 11, 15, 20];

/** Share of runs whose |t - t(truth)| passes a critical value at any look, blocks drawn by `draw`. */
function crossings(alpha: number, looks: readonly number[], runs: number, draw: () => number): number {
  const criticals = sequentialCriticalValues(alpha, looks, looks.at(-1) ?? 0);
  let crossed = 0;
  for (let run = 0; run < runs; run++) {
    let [sum, squares, n] = [0, 0, 0];
    for (let k = 0; k < looks.length; k++) {
      for (; n < (looks[k] ?? 0); n++) {
        const value = draw();
        sum += value;
        squares += value * value;
      }
      const se = Math.sqrt((squares - (sum * sum) / n) / (n - 1) / n);
      if (Math.abs(sum / n) > (criticals[k] ?? 0) * se) {
        crossed += 1;
        break;
      }
    }
  }
  return crossed / runs;
}

describe('sequential critical values', () => {
  test('agree with a Monte Carlo of the t process at 1%', () => {
    const found = sequentialCriticalValues(0.01, LOOKS, 20);
    [8.94, 6.32, 5.07, 4.22, 3.73, 3.46].forEach((expected, k) => {
      expect(Math.abs((found[k] ?? 0) / expected - 1)).toBeLessThan(0.01);
    });
  });

  test('one look is a t quantile', () => {
    expect(sequentialCriticalValues(0.01, [20], 20)).toEqual([studentUpperQuantile(0.005, 19)]);
    const early = sequentialCriticalValues(0.01, [5], 20)[0];
    expect(early).toBeCloseTo(studentUpperQuantile(spentError(0.01, 0.25) / 2, 4), 10);
  });

  test.each([0.01, 0.05])('the error at %d is what was asked for, seeded', (alpha) => {
    const random = createRandom(alpha * 1000);
    const runs = 40_000;
    const tolerance = 3 * Math.sqrt((alpha * (1 - alpha)) / runs);
    expect(Math.abs(crossings(alpha, LOOKS, runs, random.normal) - alpha)).toBeLessThan(tolerance);
  });

  test('every block a look, and unequal steps', () => {
    const random = createRandom(5);
    const all = Array.from({ length: 19 }, (_, i) => i + 2);
    const tolerance = 3 * Math.sqrt((0.05 * 0.95) / 20_000);
    expect(Math.abs(crossings(0.05, all, 20_000, random.normal) - 0.05)).toBeLessThan(tolerance);
    expect(Math.abs(crossings(0.05, [3, 4, 17], 20_000, random.normal) - 0.05)).toBeLessThan(tolerance);
  });

  test('with outliers the repeated interval still covers at least nominal less one point', () => {
    const random = createRandom(6);
    const draw = () => random.normal() * (random.uniform() < 0.05 ? 6 : 1);
    expect(crossings(0.05, LOOKS, 20_000, draw)).toBeLessThan(0.06);
  });

  test('tiny errors for many metrics, long plans, and repeated calls', () => {
    for (const alpha of [0.01 / 8, 0.01 / 40, 0.01 / 1000]) {
      const found = sequentialCriticalValues(alpha, LOOKS, 20);
      found.forEach((value, k) => {
        const fixed = studentUpperQuantile(alpha / 2, (LOOKS[k] ?? 0) - 1);
        expect(value).toBeGreaterThan(fixed);
        expect(value).toBeLessThan(fixed * 2.2);
      });
      expect(sequentialCriticalValues(alpha, LOOKS, 20)).toEqual(found);
    }
    const long = sequentialCriticalValues(0.01, [5, 10, 20, 40, 60], 60);
    expect(long.every((value, k) => k === 0 || value < (long[k - 1] ?? 0))).toBe(true);
  });

  test('refuses looks that do not increase, and errors that are none', () => {
    for (const looks of [[], [1, 4], [4, 4], [6, 4], [4, 30], [4.5]])
      expect(() => sequentialCriticalValues(0.01, looks, 20)).toThrow(RangeError);
    for (const alpha of [0, 1, Number.NaN])
      expect(() => sequentialCriticalValues(alpha, [4], 20)).toThrow(RangeError);
  });
});
