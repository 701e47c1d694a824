import { expect, test } from '@jest/globals';
import { type Allowed, decide } from '../../src/compare/rule.ts';

const interval = (low: number, center: number, high: number) => ({ low, center, high });
const both: Allowed = { warn: 0.1, fail: 0.2 };

test.each<[string, ReturnType<typeof interval>, Allowed, boolean, string, string | null]>([
  ['at the allowed change exactly', interval(0.01, 0.2, 0.39), { fail: 0.2 }, false, 'regressed', 'fail'],
  [
    'beyond it, but zero not excluded',
    interval(-0.01, 0.3, 0.61),
    { fail: 0.2 },
    false,
    'inconclusive',
    null,
  ],
  [
    'real, below it, and beyond not excluded',
    interval(0.1, 0.19, 0.28),
    { fail: 0.2 },
    false,
    'inconclusive',
    null,
  ],
  ['inside what is allowed', interval(-0.19, 0, 0.19), { fail: 0.2 }, false, 'unchanged', null],
  ['touching what is allowed', interval(-0.2, 0, 0.19), { fail: 0.2 }, false, 'inconclusive', null],
  ['better by as much', interval(-0.39, -0.2, -0.01), { fail: 0.2 }, false, 'improved', null],
  ['better by less', interval(-0.3, -0.19, -0.08), { fail: 0.2 }, false, 'inconclusive', null],
  ['between the levels, fail excluded', interval(0.12, 0.15, 0.18), both, true, 'regressed', 'warn'],
  [
    'between the levels, fail open, more to come',
    interval(0.05, 0.15, 0.25),
    both,
    true,
    'inconclusive',
    null,
  ],
  ['between the levels, fail open, at the end', interval(0.05, 0.15, 0.25), both, false, 'regressed', 'warn'],
  ['beyond both', interval(0.05, 0.25, 0.45), both, true, 'regressed', 'fail'],
  ['better beyond the warning only', interval(-0.18, -0.15, -0.12), both, false, 'unchanged', null],
  ['only a warning level', interval(0.12, 0.15, 0.18), { warn: 0.1 }, true, 'regressed', 'warn'],
  ['never to be passed', interval(0.5, 1, 1.5), { fail: Number.POSITIVE_INFINITY }, false, 'unchanged', null],
])('%s', (_, found, allowed, more, verdict, level) => {
  expect(decide(found, allowed, more)).toMatchObject({ verdict, level });
});
