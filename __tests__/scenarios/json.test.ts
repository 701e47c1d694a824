import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/domain/errors.ts';
import { parseJsonPath, readJsonPath } from '../../src/scenarios/json-path.ts';
import { containsJson } from '../../src/scenarios/json-subset.ts';

const document = { id: 5, items: [{ name: 'a' }, { name: 'b', 'odd name': null }], token: { value: 't' } };

describe('JSON paths', () => {
  test.each([
    ['$', document],
    ['$.id', 5],
    ['$.items[0].name', 'a'],
    ['$.items[-1].name', 'b'],
    ['$["token"].value', 't'],
    ["$.items[1]['odd name']", null],
    ['$.items.length', undefined],
    ['$.items[7].name', undefined],
    ['$.__proto__', undefined],
    ['$.id.constructor', undefined],
  ])('%s', (path, value) => {
    expect(readJsonPath(document, parseJsonPath(path))).toEqual(value);
  });

  test.each(['id', '', '$id', '$..id', '$.items[*]', '$.', '$[', '$.a b'])(
    '%j is refused by name',
    (path) => {
      expect(() => parseJsonPath(path)).toThrow(UsageError);
      expect(() => parseJsonPath(path)).toThrow(`"${path}"`);
    },
  );
});

describe('JSON subsets', () => {
  test.each([
    [{ id: 5 }, true],
    [{ id: '5' }, false],
    [{ items: [{ name: 'b' }] }, true],
    [{ items: [{ name: 'b' }, { name: 'a' }] }, true],
    [{ items: [{ name: 'c' }] }, false],
    [{ items: { 0: { name: 'a' } } }, false],
    [{ token: {} }, true],
    [{ token: null }, false],
    [{ missing: null }, false],
    [{ toString: {} }, false],
  ])('%j', (expected, contained) => {
    expect(containsJson(document, expected)).toBe(contained);
  });

  test('plain values are compared', () => {
    expect(containsJson('a', 'a')).toBe(true);
    expect(containsJson(null, {})).toBe(false);
    expect(containsJson([1], 1)).toBe(false);
  });
});
