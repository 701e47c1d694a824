import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fuzz, type Parser } from '../../bench/fuzz/check.ts';
import { parsers } from '../../bench/fuzz/parsers.ts';

const INPUTS = 20_000;
const shares = parsers.reduce((sum, { share }) => sum + share, 0);

test.each(parsers.map((parser) => [parser.name, parser] as const))('%s', async (_, parser) => {
  const fuzzed = await fuzz(parser, Math.ceil((INPUTS * parser.share) / shares), 20_261_121);
  expect(fuzzed.failure).toBeUndefined();
  expect(fuzzed.inputs).toBeGreaterThan(100);
});

test.each([
  ['crashes', () => JSON.parse('{'), /SyntaxError/],
  ['hangs', () => spin(1100), /took \d+ ms of CPU/],
  ['prints a command', () => 'fine\n  ::set-output name=a::b', /would print " {2}::set-output/],
  ['prints an old command', () => 'a ##[error]b', /would print "##\[error/],
  ['prints an escape', () => '\u001b[2J', /would print/],
  ['writes to a prototype', () => Reflect.set(Object.prototype, 'polluted', 1), /prototype was changed/],
])('a reader that %s is found', async (_, read, failure) => {
  const parser: Parser<string> = { name: 'bad', share: 1, input: fc.string(), read: () => String(read()) };
  try {
    expect((await fuzz(parser, 1, 1)).failure).toMatch(failure);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted');
  }
});

function spin(ms: number): string {
  const before = process.cpuUsage().user;
  while (process.cpuUsage().user - before < ms * 1000);
  return '';
}
