import { describe, expect, test } from '@jest/globals';
import { parseSource, type SourceDocument } from '../../src/config/document.ts';

function sound(text: string): SourceDocument {
  const { document, problems } = parseSource(text);
  if (document === null || problems.length > 0) throw new Error(JSON.stringify(problems));
  return document;
}

const problems = (text: string) => parseSource(text).problems;

describe('places', () => {
  const text = 'a: &anchor\n  b: [1, {c: 2}]\nd:\n  <<: *anchor\n  e: 3\nf: *anchor\n';

  test('are those of values and of keys, also through anchors and merges', () => {
    const { placeOf, value } = sound(text);
    expect(value).toEqual({
      a: { b: [1, { c: 2 }] },
      d: { b: [1, { c: 2 }], e: 3 },
      f: { b: [1, { c: 2 }] },
    });
    expect(placeOf(['a', 'b', 1, 'c'])).toEqual({ line: 2, column: 14 });
    expect(placeOf(['a', 'b', 1, 'c'], 'key')).toEqual({ line: 2, column: 11 });
    expect(placeOf(['d', 'b', 0])).toEqual({ line: 2, column: 7 });
    expect(placeOf(['f', 'b', 0])).toEqual({ line: 2, column: 7 });
  });

  test('of what is missing are those of the nearest that is there', () => {
    const { placeOf } = sound(text);
    expect(placeOf(['d', 'nothing', 'here'])).toEqual({ line: 3, column: 1 });
    expect(placeOf(['nothing'])).toEqual({ line: 1, column: 1 });
  });

  test('hold for JSON, byte order marks and CRLF too', () => {
    expect(sound('{\r\n\t"a": {\r\n\t\t"b": 1}\r\n}').placeOf(['a', 'b'])).toEqual({ line: 3, column: 8 });
    expect(sound('\ufeffa: 1').value).toEqual({ a: 1 });
  });
});

test('text of a scalar is as written', () => {
  expect(sound('a: 1.10').textOf(['a'])).toBe('1.10');
  expect(sound('a: +5').textOf(['a'])).toBe('+5');
  expect(sound('a: 0x10').textOf(['a'])).toBe('0x10');
});

test.each([
  ['nothing', '', /is empty/],
  ['only a comment', '# no\n', /is empty/],
  ['a key twice', 'a: 1\nb: 2\na: 3', /there twice/],
  ['a key twice, deep down', 'a: [{b: 1, b: 2}]', /there twice/],
  ['two documents', 'a: 1\n---\nb: 2', /second document/],
  ['a tag', 'a: !!js/function x', /Unresolved tag/],
  ['a key that is a list', '? [a]\n: 1', /plain text/],
  ['a prototype', 'a: {__proto__: {polluted: true}}', /__proto__/],
  ['infinity', 'a: .inf', /finite/],
  ['an integer too large', 'a: 12345678901234567890', /2\^53/],
  ['an unknown anchor', 'a: *nope', /nope/],
  ['tabs', 'a:\n\tb: 1', /[Tt]abs/],
  ['an open bracket', 'a: [1, 2', /./],
])('refuses %s', (_, text, message) => {
  const [first] = problems(text);
  expect(first?.message).toMatch(message);
  expect(first?.line).toBeGreaterThan(0);
  expect(first?.column).toBeGreaterThan(0);
});

test('what follows from a tab is not told', () => {
  expect(problems('a:\n  - x\n\t- y\nb: 1\n').map(({ line }) => line)).toEqual([3]);
});

test('a key that is there twice does not keep the rest from being read; the last one counts', () => {
  const { document, problems } = parseSource('a: 1\nb: 2\na: 3\n');
  expect(problems).toHaveLength(1);
  expect(document?.value).toEqual({ a: 3, b: 2 });
  expect(document?.placeOf(['a'])).toEqual({ line: 3, column: 4 });
});

test('anchors that expand without bound are refused', () => {
  const names = 'abcdefghi';
  const lines = [...names].map((name, i) => {
    const inner = i === 0 ? 'x' : `*${names[i - 1]}`;
    return `${name}: &${name} [${Array(9).fill(inner).join(', ')}]`;
  });
  expect(problems(lines.join('\n'))[0]?.message).toMatch(/resource exhaustion/);
});

describe('takes little time for', () => {
  test.each([
    ['open brackets', '['.repeat(1_000_000)],
    ['nested sequences', '- '.repeat(500_000)],
    ['nested mappings', Array.from({ length: 1300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['very many keys', Array.from({ length: 120_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['very many errors', `a: "${'\\q'.repeat(400_000)}"`],
    ['very many quotes', '"'.repeat(1_000_000)],
    ['very many aliases', `a: &a {x: 1}\nb: [${'*a,'.repeat(100_000)}*a]`],
  ])('%s', (_, text) => {
    const start = process.cpuUsage();
    expect(problems(text).length).toBeGreaterThan(0);
    const { user } = process.cpuUsage(start);
    // Each of these took the parser alone from five seconds to three minutes.
    expect(user / 1e6).toBeLessThan(4);
  });
});
