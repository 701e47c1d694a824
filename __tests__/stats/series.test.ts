import { describe, expect, test } from '@jest/globals';
import { anchorSlope } from '../../src/stats/anchor-slope.ts';
import { changePoints } from '../../src/stats/change-points.ts';
import { smallestDetectable } from '../../src/stats/detectable.ts';
import { falseDiscovery } from '../../src/stats/false-discovery.ts';
import { createRandom } from '../../src/stats/random.ts';

describe('changePoints', () => {
  const noise = (seed: number, n: number, sd: number, level = 0): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: n }, () => level + sd * random.normal());
  };

  test('finds the first value of each new level', () => {
    const series = [...noise(1, 20, 0.02), ...noise(2, 25, 0.02, 0.3), ...noise(3, 15, 0.02, 0.1)];
    expect(changePoints(series)).toEqual([20, 45]);
  });

  test('works over the windows of a long series', () => {
    const series = [...noise(4, 130, 0.02), ...noise(5, 130, 0.02, 0.2)];
    expect(changePoints(series)).toEqual([130]);
  });

  test('leaves alone what is short, constant, small, or only noise', () => {
    expect(changePoints([])).toEqual([]);
    expect(changePoints([1, 2, 3, 4])).toEqual([]);
    expect(changePoints(new Array(30).fill(1))).toEqual([]);
    const small = [...noise(6, 40, 0.001), ...noise(7, 40, 0.001, 0.02)];
    expect(changePoints(small)).toEqual([]);
    expect(changePoints(small, { magnitude: 0.01 })).toEqual([40]);
    let alarmed = 0;
    for (let seed = 100; seed < 300; seed++) if (changePoints(noise(seed, 30, 0.1)).length > 0) alarmed += 1;
    expect(alarmed / 200).toBeLessThan(0.06);
  });
});

test('the slope of target on anchor starts at one and follows the history', () => {
  expect(anchorSlope([{ target: 5, anchor: 2 }], 0.05)).toEqual({ slope: 1, variance: 0.25, meanAnchor: 2 });
  const random = createRandom(9);
  const history = (slope: number) =>
    Array.from({ length: 20 }, () => {
      const anchor = 0.15 * random.normal();
      return { anchor, target: slope * anchor + 0.02 * random.normal() };
    });
  expect(anchorSlope(history(0), 0.05).slope).toBeLessThan(0.15);
  expect(anchorSlope(history(1), 0.05).slope).toBeGreaterThan(0.9);
  expect(anchorSlope(history(1), 0.05).variance).toBeLessThan(0.02);
});

test("Benjamini and Hochberg's own example: four discoveries of fifteen at 5%", () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  expect(falseDiscovery(p, 0.05)).toEqual({ discoveries: 4, level: (4 * 0.05) / 15 });
  expect(falseDiscovery([0.5], 0.05)).toEqual({ discoveries: 0, level: 0.05 });
  expect(falseDiscovery([], 0.05)).toEqual({ discoveries: 0, level: 0.05 });
});

test('the smallest detectable effect is found in four runs of five', () => {
  const random = createRandom(12);
  const [n, critical, sd] = [10, 3.25, 0.1];
  const effect = smallestDetectable(sd / Math.sqrt(n), critical, n - 1);
  let found = 0;
  for (let run = 0; run < 5000; run++) {
    const values = Array.from({ length: n }, () => effect + sd * random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
    if (mean > critical * Math.sqrt(variance / n)) found += 1;
  }
  expect(Math.abs(found / 5000 - 0.8)).toBeLessThan(0.06);
});

test('one seed is one stream; its normals are normal', () => {
  const draw = (seed: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 5 }, () => random.uniform());
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  const random = createRandom(3);
  let [sum, squares, fourth] = [0, 0, 0];
  for (let i = 0; i < 50_000; i++) {
    const x = random.normal();
    sum += x;
    squares += x * x;
    fourth += x ** 4;
  }
  expect(Math.abs(sum / 50_000)).toBeLessThan(0.02);
  expect(Math.abs(squares / 50_000 - 1)).toBeLessThan(0.03);
  expect(Math.abs(fourth / 50_000 - 3)).toBeLessThan(0.15);
});
