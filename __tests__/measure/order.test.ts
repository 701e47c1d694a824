import { describe, expect, test } from '@jest/globals';
import { shuffled, sliceOrder } from '../../src/measure/order.ts';

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
});
