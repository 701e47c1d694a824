import { expect, test } from '@jest/globals';
import { redact } from '../../src/github/log.ts';
import { CUT, cutEnd, cutStart } from '../../src/processes/cut-text.ts';
import { secretForms } from '../../src/processes/secret-forms.ts';
import { safeTail, safeText } from '../../src/target/safe-log.ts';

const SECRET = 'ghx_ABCDEFGH/0123456789';
const secrets = [SECRET, 'another one\nof two lines'];

/** Everyone who masks. */
const MASKED: [string, (text: string) => string][] = [
  ['the tail of an output', (text) => safeTail(text, { secrets, columns: 1000 })],
  ['what the command line prints', (text) => safeText(text, secretForms(secrets))],
  ['what the action prints', (text) => redact(text, secrets)],
];

test.each(MASKED)('wherever a text is cut, nothing is left of a secret there: %s', (_, mask) => {
  for (const form of [SECRET, encodeURIComponent(SECRET), 'another one', 'of two lines']) {
    const text = `<${form}>`;
    for (let length = 2; length <= form.length; length++) {
      expect(mask(cutEnd(text, length))).toBe('<…');
      expect(mask(cutStart(text, length))).toBe('>');
    }
    expect(mask(cutStart(`of before ${text}`, text.length))).toBe('***>');
    expect(mask(cutStart(cutEnd(text, text.length), text.length))).toBe('<***>');
  }
});

test.each(MASKED)('what is no secret stays, and whole ones are masked as ever: %s', (_, mask) => {
  expect(mask(cutEnd(`is ${SECRET} wrong, and so on`, 40))).toBe('is *** wrong, and s…');
  expect(mask(cutStart('line one; line two', 9))).toBe('line two');
  expect(mask(`ghx_ABC${CUT}…; await it`)).toBe('…; await it');
  expect(mask('ghx_ABC… and 6789')).toBe('ghx_ABC… and 6789');
});

test('a part is found where a colour stands in it', () => {
  expect(safeTail(`token ghx_\u001b[1mABC${CUT}…`, { secrets })).toBe('token …');
});

test('an end that grows and is cut again is as if it had been cut once', () => {
  let tail = '';
  for (let i = 0; i < 50; i++) tail = cutStart(`${tail}${i};`, 12);
  expect(tail).toBe(`${CUT}6;47;48;49;`);
});
