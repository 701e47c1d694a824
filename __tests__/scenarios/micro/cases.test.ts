import { describe, expect, test } from '@jest/globals';
import { casesOf, hasEmptyBody } from '../../../src/scenarios/micro/cases.ts';

const all = { bench: [], inputs: [] };
const names = (exports: Record<string, unknown>, choice: Partial<Parameters<typeof casesOf>[1]> = {}) =>
  casesOf(exports, { ...all, ...choice }).map(({ part }) => part);
const f = () => 1;

describe('cases of a module', () => {
  test('functions and objects with a fn; other values and classes are none', () => {
    class Thing {}
    expect(names({ a: f, b: { fn: f, setup: f }, n: 5, text: 'x', nothing: null, Thing, list: [] })).toEqual([
      'a',
      'b',
    ]);
  });

  test('setup and teardown beside functions are for those that have none of their own', () => {
    const [setup, teardown, mine] = [() => 'all', () => {}, () => 'mine'];
    const [a, b] = casesOf({ a: f, b: { fn: f, setup: mine }, setup, teardown }, all);
    expect([a?.setup, a?.teardown, b?.setup, b?.teardown]).toEqual([setup, teardown, mine, teardown]);
  });

  test('setup, fn and teardown make the module one case', () => {
    const cases = casesOf({ setup: f, fn: f, teardown: f, other: f }, all);
    expect(cases.map(({ part }) => part)).toEqual(['fn']);
  });

  test('a default export is taken for what it holds', () => {
    expect(names({ default: { a: f, b: { fn: f } } })).toEqual(['a', 'b']);
    expect(names({ default: f })).toEqual(['default']);
    expect(names({ default: { fn: f } })).toEqual(['default']);
    // As import() gives a CommonJS module, on Node 20 and from 23 on.
    expect(names({ default: { a: f }, a: f, 'module.exports': { a: f } })).toEqual(['a']);
    expect(names({ default: f, a: f })).toEqual(['a']);
  });

  test('bench chooses, in its order', () => {
    expect(names({ a: f, b: f, c: f }, { bench: ['c', 'a'] })).toEqual(['c', 'a']);
    expect(() => names({ a: f, n: 1 }, { bench: ['b', 'n'] })).toThrow(
      'cannot be run: bench names b, n, which the module does not export as a function or { fn }; it has a',
    );
  });

  test('every case with every input is a part', () => {
    const inputs = [
      { name: '10', value: 10 },
      { name: 'n=1, m=x', value: { n: 1, m: 'x' } },
    ];
    const cases = casesOf({ a: f, b: f }, { ...all, inputs });
    expect(cases.map(({ part, args }) => [part, args])).toEqual([
      ['a (10)', [10]],
      ['a (n=1, m=x)', [{ n: 1, m: 'x' }]],
      ['b (10)', [10]],
      ['b (n=1, m=x)', [{ n: 1, m: 'x' }]],
    ]);
  });

  test('names are plain, short and different', () => {
    const long = 'x'.repeat(300);
    const parts = names({ [`${long}1`]: f, [`${long}2`]: f, 'a\n::error::': f });
    expect(new Set(parts).size).toBe(3);
    expect(parts.every((part) => part.length <= 110 && !/\p{C}/u.test(part))).toBe(true);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a setup that is none', { setup: 3, fn: f }, 'setup of c is not a function that can be called'],
    ['a fn that is none', { fn: 42 }, 'fn of c is not a function that can be called'],
    ['a class for a fn', { fn: class {} }, 'fn of c is not a function that can be called'],
    ['no fn', { setup: f }, 'c has no fn; give it the function to be timed'],
    ['a fn of another case', { setup: f, Fn: f }, 'c has no fn, but Fn; call it fn'],
    [
      'a key that is nearly one of ours',
      { fn: f, tearDown: f },
      'c has tearDown, which nothing calls; call it teardown',
    ],
    ['one with a stroke', { fn: f, set_up: f }, 'c has set_up, which nothing calls; call it setup'],
  ])('an object with %s is a case that says what to change, and hides no other', (_, c, fault) => {
    const cases = casesOf({ a: f, c }, all);
    expect(cases.map(({ part }) => part)).toEqual(['a', 'c']);
    expect(cases[0]?.fault).toBeUndefined();
    expect(cases[1]?.fault).toContain(fault);
  });

  test('constants and settings are no cases, nor is what a class made; keys of its own are for a case to have', () => {
    class Pool {
      setup = 3;
    }
    const exports = { a: { fn: f, offset: 7, setup: undefined }, b: { size: 10 }, pool: new Pool() };
    expect(casesOf(exports, all).map(({ part, fault }) => [part, fault])).toEqual([['a', undefined]]);
  });

  test('a setup for all cases that is no function is told', () => {
    expect(() => names({ a: f, setup: 'init' })).toThrow(
      'cannot be run: the module exports setup, which is for a function to call before each case, and it is not one',
    );
  });

  test('a module without any is told so', () => {
    expect(() => names({ n: 1 })).toThrow('cannot be run: the module exports no function');
    const many = Object.fromEntries(Array.from({ length: 401 }, (_, i) => [`f${i}`, f]));
    expect(() => names(many)).toThrow('more than 400 parts');
  });
});

test.each<[(...args: unknown[]) => unknown, boolean]>([
  [() => {}, true],
  [async () => {}, true],
  [function named() {}, true],
  [
    () => {
      // later
    },
    true,
  ],
  [() => ({}), false],
  [() => undefined, false],
  [
    () => {
      f();
    },
    false,
  ],
  [Math.random, false],
])('an empty body is seen: %s', (fn, empty) => {
  expect(hasEmptyBody(fn)).toBe(empty);
});
