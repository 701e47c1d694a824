import { describe, expect, test } from '@jest/globals';
import { plannedLooks, shuffled, sliceOrder } from '../../src/measure/order.ts';

describe('order', () => {
  test('a shuffle keeps every item', () => {
    expect(shuffled([1, 2, 3, 4], () => 0.99).sort()).toEqual([1, 2, 3, 4]);
    expect(shuffled([1, 2, 3, 4], () => 0)).not.toEqual([1, 2, 3, 4]);
  });

  test('two sides get the same number of slices', () => {
    for (const slices of [1, 2, 6]) {
      const order = sliceOrder(['a', 'b'], slices, () => 0.7);
      expect(order.filter((side) => side === 'a')).toHaveLength(slices);
      expect(order.filter((side) => side === 'b')).toHaveLength(slices);
    }
  });

  test('looks rise from the first number of rounds to the last', () => {
    expect(plannedLooks(5, 20)).toEqual([5, 7, 10, 14, 20]);
    expect(plannedLooks(3, 3)).toEqual([3]);
    expect(plannedLooks(1, 3)).toEqual([1, 2, 3]);
  });
});
