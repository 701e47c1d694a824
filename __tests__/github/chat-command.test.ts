import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseComment } from '../../src/github/chat-command.ts';

const accept = (changes: object = {}) => ({
  status: 'command',
  command: { verb: 'accept', scenario: null, metric: null, until: null, because: '', ...changes },
});

describe('a command', () => {
  test.each([
    ['/perf-baseline help', { status: 'command', command: { verb: 'help' } }],
    ['Thanks!\r\n\r\n/perf-baseline status  \r\n', { status: 'command', command: { verb: 'status' } }],
    ['/perf-baseline rerun', { status: 'command', command: { verb: 'rerun' } }],
    ['/perf-baseline revoke', { status: 'command', command: { verb: 'revoke' } }],
    ['/perf-baseline accept', accept()],
    ['/perf-baseline accept mixed', accept({ scenario: 'mixed' })],
    ['/perf-baseline accept mixed p95', accept({ scenario: 'mixed', metric: 'p95' })],
    ['/perf-baseline accept "two words" `p95`', accept({ scenario: 'two words', metric: 'p95' })],
    ['/perf-baseline accept "until" "because"', accept({ scenario: 'until', metric: 'because' })],
    ['/perf-baseline accept until 2026-12-31', accept({ until: '2026-12-31' })],
    [
      '/perf-baseline accept mixed until 2026-12-31 because it is "worth it" until 2027',
      accept({ scenario: 'mixed', until: '2026-12-31', because: 'it is "worth it" until 2027' }),
    ],
    ['/perf-baseline accept because  a\ttab', accept({ because: 'a tab' })],
  ])('%j', (text, found) => {
    expect(parseComment(text)).toEqual(found);
  });
});

describe('nothing is meant by', () => {
  test.each([
    ['another text', 'looks good to me'],
    ['a command in the middle of a line', 'try /perf-baseline accept'],
    ['a command after a blank', ' /perf-baseline accept'],
    ['a quoted line', '> /perf-baseline accept'],
    ['a fence', '```\n/perf-baseline accept\n```'],
    ['a fence of another length', '````md\n```\n/perf-baseline accept\n```\n````'],
    ['a fence of tildes', '~~~ sh\n/perf-baseline accept\n~~~'],
    ['a fence that is never closed', '```\n/perf-baseline accept'],
    ['indented code', '    /perf-baseline accept'],
    ['an HTML comment', '<!--\n/perf-baseline accept\n-->'],
    ['other words', '/perf-baselines accept\n/Perf-Baseline accept\n/perf-baseline-x accept'],
  ])('%s', (_, text) => {
    expect(parseComment(text)).toEqual({ status: 'none' });
  });

  test('and what follows a fence counts again', () => {
    expect(parseComment('```\ncode\n```\n/perf-baseline help')).toMatchObject({ status: 'command' });
    expect(parseComment('<!-- a --> b\n/perf-baseline help')).toMatchObject({ status: 'command' });
  });
});

describe('what cannot be understood', () => {
  test.each([
    ['/perf-baseline', /missing/],
    ['/perf-baseline approve', /no such command/],
    ['/perf-baseline Accept', /no such command/],
    ['/perf-baseline help me', /stands alone/],
    ['/perf-baseline accept a b c', /a scenario and a metric/],
    ['/perf-baseline accept until', /wants a day/],
    ['/perf-baseline accept until tomorrow', /wants a day/],
    ['/perf-baseline accept until 2026-02-30', /wants a day/],
    ['/perf-baseline accept until 2026-12-31 mixed', /nothing but/],
    ['/perf-baseline accept because', /a reason is missing/],
    ['/perf-baseline accept "open', /quote is not closed/],
    ['/perf-baseline accept\n/perf-baseline revoke', /several commands/],
  ])('%j', (text, reason) => {
    expect(parseComment(text)).toEqual({ status: 'wrong', reason: expect.stringMatching(reason) });
  });
});

test('any text is read, at once, and to one of three ends', () => {
  const words = fc.constantFrom(
    '/perf-baseline',
    'accept',
    'until',
    'because',
    '"',
    '`',
    '```',
    '\n',
    '<!--',
    '-->',
    '2026-12-31',
    '> ',
    'a',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(words).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(texts, (text) => ['none', 'command', 'wrong'].includes(parseComment(text).status)),
    { numRuns: 2000 },
  );
  for (const text of [
    '"'.repeat(60_000),
    '<!--'.repeat(15_000),
    '`'.repeat(60_000),
    ' because'.repeat(8_000),
  ]) {
    const before = performance.now();
    parseComment(`/perf-baseline accept ${text}`);
    parseComment(text);
    expect(performance.now() - before).toBeLessThan(1000);
  }
});
