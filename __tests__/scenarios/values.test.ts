import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileJson, compileText, seededRandom, type ValueSource } from '../../src/scenarios/values.ts';

const source = (captured: Record<string, unknown> = {}): ValueSource => ({
  random: seededRandom(1),
  counter: 7,
  captured: new Map(Object.entries(captured)),
});
const text = (template: string, captured: Record<string, unknown> = {}): string =>
  compileText(template, new Set(Object.keys(captured))).render(source(captured));
const json = (template: string, captured: Record<string, unknown> = {}): string =>
  compileJson(template, new Set(Object.keys(captured))).render(source(captured));

describe('values in text', () => {
  test('each kind', () => {
    expect(text('${uuid}')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);
    expect(text('n${counter}-${counter}')).toBe('n7-7');
    expect(['red', 'green']).toContain(text('${pick:red,green}'));
    expect(text('<${id}>', { id: 'a b' })).toBe('<a b>');
    expect(text('<${o}>', { o: { a: 1 } })).toBe('<{"a":1}>');
  });

  test('uuid is fresh at each use', () => {
    const [a, b] = text('${uuid} ${uuid}').split(' ');
    expect(a).not.toBe(b);
  });

  test('int covers its range, both ends included, and no more', () => {
    const template = compileText('${int:-1:2}', new Set());
    const values = source();
    const seen = new Set(Array.from({ length: 200 }, () => template.render(values)));
    expect([...seen].sort()).toEqual(['-1', '0', '1', '2']);
  });

  test('what is none of ours stays as it is', () => {
    for (const other of ['${}', '${PORT}', '${int:1}', '${id}', '$5 {x} ${', '${int:a:b}']) {
      expect(text(other)).toBe(other);
      expect(compileText(other, new Set()).constant).toBe(true);
    }
  });

  test('the same seed gives the same numbers', () => {
    const [a, b] = [seededRandom(5), seededRandom(5)];
    const numbers = Array.from({ length: 1000 }, () => a());
    expect(numbers).toEqual(Array.from({ length: 1000 }, () => b()));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, x) => sum + x, 0) / 1000).toBeCloseTo(0.5, 1);
  });
});

describe('values in JSON', () => {
  test('a captured value is escaped inside a string', () => {
    const nasty = 'a"b\\c\nd ${uuid}';
    expect(JSON.parse(json('{"id":"<${id}>"}', { id: nasty }))).toEqual({ id: `<${nasty}>` });
  });

  test('whatever is captured, the body stays JSON and holds it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, around) => {
        const body = JSON.stringify({ [around]: `${around}\${id}`, id: '${id}' });
        const parsed = JSON.parse(json(body, { id: value }));
        expect(parsed.id).toBe(value);
      }),
    );
  });

  test('a placeholder written as JSON text is read as it was meant', () => {
    const body = JSON.stringify({ a: '${pick:"x"}' });
    expect(JSON.parse(json(body))).toEqual({ a: '"x"' });
  });

  test('outside of strings a value is written as JSON', () => {
    expect(json('{"n":${counter},"b":${pick:true}}')).toBe('{"n":7,"b":true}');
    expect(json('{"id":${id}}', { id: 'abc' })).toBe('{"id":"abc"}');
    expect(json('{"id":${id}}', { id: '12' })).toBe('{"id":"12"}');
    expect(json('{"id":${id}}', { id: { a: [1] } })).toBe('{"id":{"a":[1]}}');
    expect(JSON.parse(json('{"id":${uuid}}'))).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
  });

  test('text without values is left exactly as it was', () => {
    const body = '{ "a" : "\\u00e9\\/" , "b":[1e3, "${PORT}"] }';
    expect(json(body)).toBe(body);
  });
});
