import { describe, expect, test } from '@jest/globals';
import { maskForms } from '../../src/processes/cut-text.ts';
import { secretForms } from '../../src/processes/secret-forms.ts';
import { quoteCommand, safeSentence, safeTail } from '../../src/target/safe-log.ts';

const tail = (text: string, secrets: string[] = []) => safeTail(text, { secrets });

/** What a runner would take for a command: `::` at the start of a line after blanks, `##[` anywhere. */
const OBEYED = /^\s*::|##\[/m;

describe('a tail of foreign output', () => {
  test.each([
    ['a command', '::set-output name=x::y'],
    ['after blanks', '   ::error::x'],
    ['three colons', ':::error:::x'],
    ['the old form', 'text ##[error]x'],
    ['after a bare carriage return', 'progress\r::error::x'],
    ['hidden by a control character', ':\u0000:error::x #\u0007#[error]'],
    ['hidden by a colour', ':\u001b[31m:error::x\u001b[0m #\u001b[0m#[error]'],
    ['hidden by a direction mark', ':\u200e:error::x #\u202e#[error]'],
    ['after a line separator', 'x\u2028::error::x'],
  ])('is no workflow command: %s', (_name, text) => {
    expect(tail(text)).not.toMatch(OBEYED);
    expect(tail(text)).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e]/u);
  });

  test('keeps what is readable: the last lines, cut when they are long, blanks within', () => {
    const text = `${Array.from({ length: 50 }, (_, i) => `line ${i}`).join('\n')}\n\n\ta::b\n\n`;
    const lines = safeTail(text, { secrets: [], lines: 5, columns: 20 }).split('\n');
    expect(lines).toEqual(['line 47', 'line 48', 'line 49', '', '\ta:\u200b:b']);
    expect(safeTail('x'.repeat(100), { secrets: [], columns: 10 })).toBe(`${'x'.repeat(10)}…`);
    expect(tail('\n\n')).toBe('');
  });
});

describe('secrets', () => {
  test.each([
    ['as they are', 'p@ss/word'],
    ['in a URL', 'p%40ss%2Fword'],
    ['in base64', Buffer.from('p@ss/word').toString('base64')],
    ['with a colour in them', 'p@ss\u001b[1m/word'],
  ])('are masked %s', (_name, shown) => {
    expect(tail(`token ${shown} end`, ['p@ss/word'])).toBe('token *** end');
  });

  test('are masked line by line, in JSON, and the longest first', () => {
    expect(tail('key: beta', ['alpha\nbeta'])).toBe('key: ***');
    expect(tail('{"a":"x\\"y"}', ['x"y'])).toBe('{"a":"***"}');
    expect(maskForms('abcdef', secretForms(['abc', 'abcdef']))).toBe('***');
    expect(tail('nothing', ['', '  '])).toBe('nothing');
    expect(tail('half a pair: ab\ud800', ['ab\ud800', '\udfff'])).toBe('half a pair: ***');
    expect(tail('what is beside it stays', ['a\ud800'])).toBe('what is beside it stays');
  });

  test('are masked before a line is cut', () => {
    const secret = 's'.repeat(40);
    expect(safeTail(`0123456789${secret}`, { secrets: [secret], columns: 20 })).toBe('0123456789***');
  });
});

test('a quoted command and a sentence are one safe line', () => {
  expect(quoteCommand('npm ci\n  npm start -- --token=abc123', ['abc123'])).toBe(
    '`npm ci; npm start -- --token=***`',
  );
  expect(safeSentence('no line contained "x\n::error::y"', [])).not.toMatch(/\n|::/);
});
