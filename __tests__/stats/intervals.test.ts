import { describe, expect, test } from '@jest/globals';
import { runSpread } from '../../src/stats/between-run.ts';
import { fewBootsSpread } from '../../src/stats/few-boots.ts';
import { meanInterval, momentsOf } from '../../src/stats/interval.ts';
import {
  clopperPearson,
  newcombeInterval,
  overdispersion,
  wilsonInterval,
} from '../../src/stats/proportion.ts';
import { createRandom } from '../../src/stats/random.ts';
import { studentUpperQuantile } from '../../src/stats/student.ts';

const { exp, hypot, sqrt } = Math;

describe('coverage of the t interval, seeded', () => {
  const RUNS = 20_000;
  const covers = (n: number, confidence: number, draw: () => number, truth: number): number => {
    const critical = studentUpperQuantile((1 - confidence) / 2, n - 1);
    let covered = 0;
    for (let run = 0; run < RUNS; run++) {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < n; i++) {
        const value = draw();
        sum += value;
        squares += value * value;
      }
      const mean = sum / n;
      const se = sqrt((squares - n * mean * mean) / (n - 1) / n);
      if (Math.abs(mean - truth) <= critical * se) covered += 1;
    }
    return covered / RUNS;
  };

  for (const n of [4, 5, 6, 8, 11, 15, 20])
    for (const confidence of [0.95, 0.99])
      test(`normal blocks, n = ${n}, ${confidence * 100}%: within one point`, () => {
        const random = createRandom(n * 1000 + confidence * 100);
        expect(
          Math.abs(covers(n, confidence, () => 0.1 + 0.05 * random.normal(), 0.1) - confidence),
        ).toBeLessThan(0.01);
      });

  test('with outliers in one block of twenty it is at least nominal less one point', () => {
    for (const n of [4, 10, 20]) {
      const random = createRandom(n);
      const draw = () => 0.05 * random.normal() * (random.uniform() < 0.05 ? 6 : 1);
      expect(covers(n, 0.95, draw, 0)).toBeGreaterThan(0.94);
    }
  });

  test('is the textbook interval', () => {
    const { center, low, high } = meanInterval([1, 2, 3, 4, 5], 0.95);
    expect(center).toBe(3);
    expect(high).toBeCloseTo(3 + 2.776445105 * sqrt(2.5 / 5), 8);
    expect(low).toBeCloseTo(6 - high, 12);
    expect(() => meanInterval([1], 0.95)).toThrow(RangeError);
    expect(() => momentsOf([])).toThrow(RangeError);
  });
});

describe('proportions', () => {
  test('Wilson, Newcombe and Clopper-Pearson as published', () => {
    const z = 1.959963984540054;
    // Newcombe 1998, example (a): 56/70 against 48/80.
    const found = newcombeInterval(
      wilsonInterval({ events: 48, trials: 80 }, z),
      wilsonInterval({ events: 56, trials: 70 }, z),
    );
    expect(found.low).toBeCloseTo(0.0524, 4);
    expect(found.high).toBeCloseTo(0.3339, 4);
    // Newcombe 1998, example (h): 0/10 against 10/10 spans little beside one.
    const extreme = newcombeInterval(
      wilsonInterval({ events: 0, trials: 10 }, z),
      wilsonInterval({ events: 10, trials: 10 }, z),
    );
    expect(extreme.low).toBeCloseTo(0.6075, 4);
    expect(extreme.high).toBe(1);
    expect(clopperPearson({ events: 0, trials: 10 }, 0.95)).toMatchObject({ low: 0 });
    expect(clopperPearson({ events: 0, trials: 10 }, 0.95).high).toBeCloseTo(0.3085, 4);
    expect(clopperPearson({ events: 1, trials: 10 }, 0.95).low).toBeCloseTo(0.00253, 5);
    expect(clopperPearson({ events: 10, trials: 10 }, 0.95).high).toBe(1);
  });

  test('more events than trials, where trials of earlier rounds had them, are all of them and no NaN', () => {
    const all = wilsonInterval({ events: 3, trials: 2 }, 2);
    expect(all).toEqual({ ...wilsonInterval({ events: 2, trials: 2 }, 2) });
    expect(all.low).toBeGreaterThan(0);
  });

  test('no trials say nothing', () => {
    expect(wilsonInterval({ events: 0, trials: 0 }, 2)).toEqual({ center: 0, low: 0, high: 1 });
  });

  test('overdispersion is one for equal blocks, more where errors cluster, and none without errors', () => {
    const even = Array.from({ length: 10 }, () => ({ events: 5, trials: 100 }));
    expect(overdispersion(even)).toEqual({ factor: 1, df: 9 });
    const clustered = even.map((block, i) => ({ ...block, events: i === 0 ? 50 : 0 }));
    expect(overdispersion(clustered).factor).toBeGreaterThan(30);
    expect(overdispersion(even.map((block) => ({ ...block, events: 0 }))).factor).toBe(1);
    expect(overdispersion([{ events: 0, trials: 0 }])).toEqual({ factor: 1, df: 0 });
  });
});

describe('runs against earlier runs', () => {
  test('is the prior for a lone baseline, and the history for many', () => {
    const exact = { value: 0, variance: 0, df: 4 };
    const lone = runSpread(exact, { n: 1, mean: 0, variance: 0 }, [exact], { sd: 0.08 });
    expect(lone.standardError).toBeCloseTo(0.08 * sqrt(2), 12);
    expect(lone.df).toBeCloseTo(5, 9);
    // 58% as the half-width of a 99% interval on one absolute baseline.
    expect(exp(studentUpperQuantile(0.005, lone.df) * lone.standardError) - 1).toBeCloseTo(0.58, 2);
    const many = runSpread(
      exact,
      { n: 20, mean: 0, variance: 0.02 ** 2 },
      Array.from({ length: 20 }, () => exact),
      {
        sd: 0.08,
      },
    );
    expect(many.df).toBeCloseTo(24, 9);
    expect(many.standardError).toBeLessThan(0.045);
  });

  test('a candidate that varies by itself widens it, down to its own degrees of freedom', () => {
    const quiet = { value: 0, variance: 1e-6, df: 4 };
    const noisy = { value: 0, variance: 0.04, df: 2 };
    const found = runSpread(noisy, { n: 1, mean: 0, variance: 0 }, [quiet], { sd: 0.08 });
    expect(found.standardError).toBeGreaterThan(hypot(0.2, 0.08));
    expect(found.df).toBeLessThan(3.5);
  });

  for (const m of [1, 5, 20])
    test(`covers at 95% and 99% where the spread between runs is as supposed, ${m} earlier runs, three boots each`, () => {
      const random = createRandom(m);
      const [between, within, boots, runs] = [0.08, 0.04, 3, 3000];
      const draw = () => {
        const level = between * random.normal();
        const values = Array.from({ length: boots }, () => level + within * random.normal());
        const { mean, variance, n } = momentsOf(values);
        return { value: mean, variance: variance / n, df: n - 1 };
      };
      let [covered95, covered99] = [0, 0];
      for (let i = 0; i < runs; i++) {
        const window = Array.from({ length: m }, draw);
        const candidate = draw();
        const moments = momentsOf(window.map(({ value }) => value));
        const { standardError, df } = runSpread(candidate, moments, window, { sd: 0.08 });
        const distance = Math.abs(candidate.value - moments.mean) / standardError;
        if (distance <= studentUpperQuantile(0.025, df)) covered95 += 1;
        if (distance <= studentUpperQuantile(0.005, df)) covered99 += 1;
      }
      expect(covered95 / runs).toBeGreaterThan(0.94);
      expect(covered99 / runs).toBeGreaterThan(0.98);
    });
});

test('rounds of few boots cover what boots do, where treating them as independent does not', () => {
  const random = createRandom(77);
  const runs = 4000;
  let [allowedFor, ignored] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const rounds = Array.from({ length: 3 }, (_, boot) => {
      const level = 0.042 * random.normal();
      return Array.from({ length: 7 }, () => ({ boot, value: level + 0.03 * random.normal() }));
    }).flat();
    const { mean, variance, n } = momentsOf(rounds.map(({ value }) => value));
    const spread = fewBootsSpread(rounds, 0.042 ** 2);
    if (Math.abs(mean) <= studentUpperQuantile(0.025, spread.df) * sqrt(spread.variance)) allowedFor += 1;
    if (Math.abs(mean) <= studentUpperQuantile(0.025, n - 1) * sqrt(variance / n)) ignored += 1;
  }
  expect(allowedFor / runs).toBeGreaterThan(0.94);
  expect(ignored / runs).toBeLessThan(0.75);
});
