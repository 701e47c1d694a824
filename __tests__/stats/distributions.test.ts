import { describe, expect, test } from '@jest/globals';
import { betaQuantile, logGamma, regularizedBeta } from '../../src/stats/incomplete-beta.ts';
import { normalQuantile } from '../../src/stats/normal.ts';
import { studentCdf, studentQuantile, studentTail, studentUpperQuantile } from '../../src/stats/student.ts';

const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('Student t', () => {
  // Closed forms: df 1 is tan, df 2 and 4 are algebraic; the others are tabulated (qt of R 4).
  test.each([
    [0.975, 1, Math.tan(Math.PI * 0.475)],
    [0.995, 2, 9.92484320091807],
    [0.975, 3, 3.18244630528371],
    [0.995, 3, 5.84090930973336],
    [0.975, 4, 2.77644510519779],
    [0.9995, 5, 6.86882663182617],
    [0.975, 10, 2.22813885196494],
    [0.995, 19, 2.86093460646498],
    [0.975, 30, 2.04227245630124],
    [0.975, 120, 1.97993040505278],
  ])('quantile %d at %d degrees of freedom is %d', (p, df, expected) => {
    expect(relative(studentQuantile(p, df), expected)).toBeLessThan(1e-8);
    expect(studentQuantile(1 - p, df)).toBeCloseTo(-expected, 6);
  });

  test('closed forms of the distribution function', () => {
    for (const t of [-30, -2, -0.1, 0, 0.5, 3, 40]) {
      expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 10);
      expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 10);
    }
  });

  test('the quantile inverts the tail, far out and at fractional degrees of freedom', () => {
    for (const df of [1, 1.7, 2, 3, 4.5, 8.8, 19, 250, 1e6])
      for (const tail of [0.49, 0.1, 0.005, 1e-5, 1e-9])
        expect(relative(studentTail(studentUpperQuantile(tail, df), df), tail)).toBeLessThan(1e-8);
  });

  test('refuses what is not a tail', () => {
    for (const tail of [0, -1, 0.6, Number.NaN])
      expect(() => studentUpperQuantile(tail, 3)).toThrow(RangeError);
    expect(() => studentUpperQuantile(0.1, 0)).toThrow(RangeError);
    expect(() => studentQuantile(1, 3)).toThrow(RangeError);
  });
});

test.each([
  [0.5, 0],
  [0.975, 1.959963984540054],
  [0.995, 2.575829303548901],
  [0.9999999, 5.199337582187471],
  [1e-12, -7.034483825301131],
])('normal quantile of %d', (p, expected) => {
  expect(Math.abs(normalQuantile(p) - expected)).toBeLessThan(1e-9);
});

test('gamma and incomplete beta at known points', () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 11);
  expect(regularizedBeta(0.3, 1, 1)).toBeCloseTo(0.3, 12);
  expect(regularizedBeta(0.5, 2, 2)).toBeCloseTo(0.5, 12);
  expect(regularizedBeta(0.2, 2, 3)).toBeCloseTo(0.1808, 12);
  expect(regularizedBeta(0, 2, 3)).toBe(0);
  expect(regularizedBeta(1, 2, 3)).toBe(1);
  expect(betaQuantile(0.1808, 2, 3)).toBeCloseTo(0.2, 10);
});
