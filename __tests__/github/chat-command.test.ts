import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseComment } from '../../src/github/chat-command.ts';

/** What parsers of Markdown are known to read slowly, or deeper than a stack is. */
const HEAVY = [
  ...['"', '`', '<!--', ' because', '>', '> ', '- ', '[', '![', '](', '*', '**a ', '_a*', '~', '~~a '],
  ...['&', '&amp', '<', '<a', '<a "', '<pre', '<?', '<!A ', '</', '|', '|\n', '\\', '\\\n', '#', '\t', '\n'],
  ...['`a``', '[a](', '![a](b', '[a][', '[a]: b\n', '[a]:\n', '1. ', '- a\n ', '> a\n', '<a\n', '<pre>\n\n'],
  ...['a|b\n-|-\n', '/perf-baseline accept\n', '> /perf-baseline accept\n', '[a](<b', 'a\n=\n', 'http://'],
];

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
    ['/perf-baseline\u00a0accept\u00a0mixed\u00a0', accept({ scenario: 'mixed' })],
  ])('%j', (text, found) => {
    expect(parseComment(text)).toEqual(found);
  });
});

describe('nothing is meant by', () => {
  test.each([
    ['another text', 'looks good to me'],
    ['a command in the middle of a line', 'try /perf-baseline accept'],
    ['a command after a blank', ' /perf-baseline accept'],
    ['a command after a no-break space', '\u00a0/perf-baseline accept'],
    ['a quoted line', '> /perf-baseline accept'],
    ['a quoted line in a list', '- > /perf-baseline accept'],
    ['a fence', '```\n/perf-baseline accept\n```'],
    ['a fence of another length', '````md\n```\n/perf-baseline accept\n```\n````'],
    ['a fence of tildes', '~~~ sh\n/perf-baseline accept\n~~~'],
    ['a fence that is never closed', '```\n/perf-baseline accept'],
    ['indented code', '    /perf-baseline accept'],
    ['a code span of several lines', 'see `this\n/perf-baseline accept\nand` more'],
    ['an HTML comment', '<!--\n/perf-baseline accept\n-->'],
    ['an HTML comment within a paragraph', 'a <!-- b\n/perf-baseline accept\n--> c'],
    ['an HTML comment that other HTML begins', '<div><!--\n\n/perf-baseline accept\n\n--></div>'],
    ['a processing instruction', '<?php\n\n/perf-baseline accept\n\n?>'],
    ['an attribute', 'a <b title="\n/perf-baseline accept\n">c</b>'],
    ['the title of a link', 'a [b](c "\n/perf-baseline accept\n")'],
    ['the title of a reference', '[b]: c "\n/perf-baseline accept\n"'],
    ['the text of a picture', '![a\n/perf-baseline accept\n](b)'],
    ['what is struck out', '~~a\n/perf-baseline accept\nb~~'],
    ['<pre>', '<pre>\n/perf-baseline accept\n</pre>'],
    ['<pre> after an empty line', '<pre>\n\n/perf-baseline accept\n\n</pre>'],
    ['<pre> within a paragraph', 'so: <pre>\n\n/perf-baseline accept\n\n</pre>'],
    ['<code>', 'so: <code>\n/perf-baseline accept\n</code>'],
    ['<code> on a line of its own', '<code>\n/perf-baseline accept\n</code>'],
    ['<code> that is closed elsewhere', '<code>\n\n/perf-baseline accept\n\n</code>'],
    ['<script>', '<script>\n/perf-baseline accept\n</script>'],
    ['<blockquote>', '<blockquote>\n/perf-baseline accept\n</blockquote>'],
    ['<blockquote> with empty lines', '<blockquote>\n\n/perf-baseline accept\n\n</blockquote>'],
    ['<BLOCKQUOTE> in another one', '<BLOCKQUOTE><blockquote></blockquote>\n\n/perf-baseline accept'],
    ['other words', '/perf-baselines accept\n/Perf-Baseline accept\n/perf-baseline-x accept'],
  ])('%s', (_, text) => {
    expect(parseComment(text)).toEqual({ status: 'none' });
  });
});

describe('is heard after', () => {
  test.each([
    ['a fence', '```\ncode\n```\n'],
    ['an HTML comment', '<!-- a --> b\n'],
    ['a line of code in three ticks', '```npm test```\n'],
    ['the beginning of an HTML comment in code', 'it begins with `<!--`\n'],
    ['a list item that holds a fence', '- see\n  ```\n  code\n'],
    ['a quote and an empty line', '> quoted\n\n'],
    ['a quote that holds a fence', '> ```\n> code\n'],
    ['a list and an empty line', '- one\n- two\n\n'],
    ['<pre> that is closed', '<pre>\n</pre>\n\n'],
    ['a picture and an empty line', '<img src="a.png">\n\n'],
    ['a word in angle brackets', 'dear <name>\n'],
    ['a break', 'a  \n'],
    ['a backslash', 'a\\\n'],
    ['something folded', '<details>\n\n'],
  ])('%s', (_, before) => {
    expect(parseComment(`${before}/perf-baseline help`)).toEqual({
      status: 'command',
      command: { verb: 'help' },
    });
  });

  test('and before more text', () => {
    expect(parseComment('/perf-baseline accept `a*b` because *x*\nand `more`')).toEqual(
      accept({ scenario: 'a*b', because: '*x*' }),
    );
  });
});

/** Where GitHub shows a line as a part of something that its writer may not have meant. */
describe('is asked for an empty line', () => {
  test.each([
    ['in a quote that goes on', '> quoted\n/perf-baseline accept'],
    ['in a list item that goes on', '- item\n/perf-baseline accept'],
    ['in a table', '| a |\n|---|\n| b |\n/perf-baseline accept'],
    ['in a heading', '/perf-baseline accept\n---'],
    ['below a picture', '<img width="1" src="a.png">\n/perf-baseline accept'],
    ['below what is folded', '<details>\n</details>\n/perf-baseline accept'],
    ['in a link', '[a\n/perf-baseline accept\n](b)'],
    ['in bold type', '**a\n/perf-baseline accept\nb**'],
  ])('%s', (_, text) => {
    expect(parseComment(text)).toEqual({ status: 'wrong', reason: expect.stringMatching(/empty line/) });
  });

  test('and never carried out beside another one', () => {
    expect(parseComment('> quoted\n/perf-baseline accept\n\n/perf-baseline help')).toEqual({
      status: 'wrong',
      reason: expect.stringMatching(/several commands/),
    });
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
  for (const bit of HEAVY) {
    const text = bit.repeat(Math.ceil(65_536 / bit.length));
    for (const body of [
      `/perf-baseline accept ${text}`,
      `${text}\n/perf-baseline accept`,
      `${text}\n\n/perf-baseline accept`,
    ]) {
      // Of the processor, not of the clock: other tests run beside this one.
      const before = process.cpuUsage();
      parseComment(body.slice(-65_536));
      const seconds = process.cpuUsage(before).user / 1e6;
      expect({ bit, slow: seconds >= 1 }).toEqual({ bit, slow: false });
    }
  }
});

test('what is longer than any comment of GitHub is not read in part', () => {
  const long = `/perf-baseline accept because ${'a'.repeat(140_000)}`;
  expect(parseComment(long)).toEqual({ status: 'wrong', reason: expect.stringMatching(/too long/) });
  expect(parseComment('a'.repeat(140_000))).toEqual({ status: 'none' });
});
