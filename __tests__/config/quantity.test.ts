import { describe, expect, test } from '@jest/globals';
import { parseDuration, parsePercentage, parseRate, quantityIn } from '../../src/config/quantity.ts';

describe('durations', () => {
  test.each([
    ['250ms', 250],
    ['5s', 5000],
    ['0.5s', 500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['10 s', 10_000],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    '5',
    '5S',
    '-5s',
    '+5s',
    's',
    '',
    '5 minutes',
    '5sec',
    '1m30s',
    '1e3s',
    '٥s',
    '5s ',
    ' 5s',
    '5s\n',
    '.5s',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

test('sizes: MB counts in thousands, MiB in 1,024s', () => {
  expect(quantityIn('bytes', '512MB')).toBe(512_000_000);
  expect(quantityIn('bytes', '1GiB')).toBe(1_073_741_824);
  expect(quantityIn('bytes', '1.5kB')).toBe(1500);
  expect(quantityIn('bytes', '64KiB')).toBe(65_536);
  expect(quantityIn('bytes', '512M')).toBeUndefined();
  expect(quantityIn('bytes', '512mb')).toBeUndefined();
});

test('a quantity is of its unit or none at all', () => {
  expect(quantityIn('ms', '1.5us')).toBe(0.0015);
  expect(quantityIn('ns', '1.24µs')).toBe(1240);
  expect(quantityIn('fraction', '2%')).toBe(0.02);
  expect(quantityIn('fraction', '0.1%')).toBe(0.001);
  expect(quantityIn('1/s', '600/m')).toBe(10);
  expect(quantityIn('1/s', '10')).toBe(10);
  expect(quantityIn('cores', '1.5 cores')).toBe(1.5);
  expect(quantityIn('ms', '200')).toBeUndefined();
  expect(quantityIn('ms', '5MB')).toBeUndefined();
  expect(quantityIn('fraction', '0.02')).toBeUndefined();
  expect(quantityIn('ms', '5constructor')).toBeUndefined();
});

test('percentages and rates have no binary dust', () => {
  expect(parsePercentage('7%')).toBe(0.07);
  expect(parsePercentage('33.3%')).toBe(0.333);
  expect(parseRate('200/s')).toBe(200);
  expect(parseRate('90/m')).toBe(1.5);
  expect(parseRate('200')).toBeUndefined();
});
