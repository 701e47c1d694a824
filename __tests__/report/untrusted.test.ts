import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import type { Report } from '../../src/domain/report.ts';
import { formatComment, formatMarkdown, formatSection } from '../../src/report/markdown.ts';
import { formatTerminal } from '../../src/report/terminal.ts';
import { code, fence, inertJson, linkTarget, plain, plainLines, prose } from '../../src/report/untrusted.ts';
import { safeTail } from '../../src/target/safe-log.ts';
import { hostileReport, states } from './states.ts';

const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** What a Markdown reader makes of a text, flat: no token's children are hidden in it. */
function tokens(text: string): Token[] {
  return markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

const ATOMS = [
  '@octocat',
  '<img src=x>',
  '<!--',
  '-->',
  '</details>',
  '`',
  '``',
  '```',
  '~~~',
  '|',
  '\\',
  '\\|',
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  '\t',
  '![x](https://evil.example/x.png)',
  '[y](https://evil.example)',
  '[z]: https://evil.example',
  'https://evil.example',
  'www.evil.example',
  'a@b.example',
  '#1',
  'GH-1',
  '::set-output name=a::b',
  '##[error]',
  '# h',
  '- l',
  '1. l',
  '> q',
  '---',
  '===',
  '***',
  '__b__',
  '$x$',
  '&lt;',
  '&#60;',
  ':tada:',
  '\u202E',
  '\u200B',
  '\u0000',
  '\u001b[31m',
  '\u2028',
  '\uD800',
  '<script>',
  '    code',
  'perf-baseline:section',
];
const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...ATOMS), { maxLength: 12 }).map((parts) => parts.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...ATOMS), fc.string({ unit: 'binary', maxLength: 6 })), {
      maxLength: 10,
    })
    .map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** Nothing of a stranger's is left that could act, in Markdown or in a log that a runner parses. */
function expectInert(text: string): void {
  expect(text).not.toMatch(/<!--|-->|@[\w[]|##\[|::/);
  expect(text).not.toMatch(/(?![\n\u200B\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
}

describe('a code span', () => {
  test('is one code span of one line, whatever is in it, also in a table cell', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const span = code(text);
        expectInert(span);
        const [paragraph] = markdown.parseInline(span, {});
        expect(paragraph?.children?.map(({ type }) => type)).toEqual(['code_inline']);
        const cells = tokens(`| a | b |\n| - | - |\n| ${span} | x |`).filter(
          ({ type }) => type === 'td_open',
        );
        expect(cells).toHaveLength(2);
      }),
    );
  });

  test('is cut to its length by characters, never through one', () => {
    expect(code('x'.repeat(100), 10)).toBe(`\`${'x'.repeat(9)}…\``);
    expect(Array.from(code('🚀'.repeat(1000), 10))).toHaveLength(12);
    expect(code('🚀'.repeat(1000), 10)).not.toMatch(/\p{Cs}/u);
  });

  test('says so when there is nothing to show', () => {
    expect(code('')).toBe('`(empty)`');
    expect(code(' \n ')).toBe('`(empty)`');
  });

  test('leaves ordinary names as they are', () => {
    for (const name of ['mixed', 'GET /content/status/:id', 'größe', '請求', 'a_b*c', 'v1.2 (beta)'])
      expect(code(name)).toBe(`\`${name}\``);
  });
});

describe('prose', () => {
  const allowed = new Set([
    'paragraph_open',
    'paragraph_close',
    'inline',
    'text',
    'text_special',
    'code_inline',
  ]);

  test('is one paragraph of text and code', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const made = prose(text);
        expectInert(made);
        expect(made).not.toMatch(/[<>|]/);
        const outside = made.replace(/`[^`]*`/g, '');
        expect(outside).not.toMatch(/:\/\/|www\.|#\d|gh-\d/i);
        for (const token of tokens(made)) expect(allowed).toContain(token.type);
        for (const token of tokens(`- ${made}`).slice(2, -2))
          expect(new Set([...allowed, 'list_item_close'])).toContain(token.type);
      }),
    );
  });

  test('keeps what the tool itself puts in backticks as code', () => {
    expect(prose('Raise `measure.budget`, or use `compare: paired`.')).toBe(
      'Raise `measure.budget`, or use `compare: paired`.',
    );
    expect(prose('an odd ` backtick')).toBe('an odd ˋ backtick');
  });
});

describe('a fence', () => {
  test('holds every line of a log, and ends only at its end', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 8 }), (lines) => {
        const made = fence(lines.join('\n'));
        expectInert(made);
        const blocks = markdown.parse(`before\n\n${made}\n\nafter`, {}).map(({ type }) => type);
        expect(blocks).toEqual([
          'paragraph_open',
          'inline',
          'paragraph_close',
          'fence',
          'paragraph_open',
          'inline',
          'paragraph_close',
        ]);
      }),
    );
  });

  test('keeps the last lines of a long log', () => {
    const made = fence(Array.from({ length: 1000 }, (_, i) => `line ${i}`).join('\r\n'), 3);
    expect(made).toBe('```text\nline 997\nline 998\nline 999\n```');
  });
});

test('a command that was broken where it was read is readable, and broken still', () => {
  const tail = safeTail('::error::x\nold ##[error]y\n:::z', { secrets: [] });
  const broken = ':\u200B:error:\u200B:x';
  expect(plainLines(tail)).toEqual([broken, 'old ##\u200B[error]y', ':\u200B:\u200B:z']);
  expect(fence(tail)).toContain(`\n${broken}\n`);
  expect(plain(tail)).toContain(`${broken} old`);
  expect(prose(tail) + code(tail)).not.toContain('\uFFFD');
  // Anywhere else it hides something.
  expect(plain('a\u200Bb')).toBe('a\uFFFDb');
});

test('a terminal line has no escape sequence, control character or workflow command', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(plain(text)).not.toMatch(/##\[|::|\n|\r/);
      expect(plain(text)).not.toMatch(/(?![\u200B\u200D])[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});

test('JSON keeps every value', () => {
  fc.assert(
    fc.property(hostileText, fc.string({ unit: 'binary' }), (text, key) => {
      const made = inertJson({ text, [`k${key}`]: 1 });
      expect(JSON.parse(made)).toEqual({ text, [`k${key}`]: 1 });
      expect(made).not.toMatch(/##\[|(?!\n)[\p{Cc}\p{Cf}]/u);
    }),
  );
});

test.each([
  ['https://github.com/o/r/actions/runs/1', 'https://github.com/o/r/actions/runs/1'],
  ['https://github.com/o/r?a=(1)&b=@x', 'https://github.com/o/r?a=%281%29&b=%40x'],
  ['javascript:alert(1)', null],
  ['https://user:secret@github.com/', null],
  ['not a url', null],
  [null, null],
])('a link to %s goes to %s', (url, target) => {
  expect(linkTarget(url)).toBe(target);
});

/** Links that the tool itself makes, by their text. */
const OWN_LINKS = new Set(['https://github.com/octo/service/actions/runs/4711']);
const OWN_HTML = /^(<details( open)?><summary>[\w ,:()'–.-]*<\/summary>|<\/details>)\s*$/;

function acts(token: Token): boolean {
  if (token.type === 'html_block') return !OWN_HTML.test(token.content);
  if (token.type === 'link_open') return !OWN_LINKS.has(String(token.attrGet('href')));
  return ['image', 'html_inline', 'heading_open'].includes(token.type) && !['h2', 'h3'].includes(token.tag);
}

function expectInertReport(text: string): void {
  expectInert(text.replaceAll(/^:-[^\n]*$/gm, ''));
  expect(
    tokens(text)
      .filter(acts)
      .map(({ type, content }) => [type, content]),
  ).toEqual([]);
  const opened = text.match(/^<details/gm)?.length ?? 0;
  expect(text.match(/^<\/details>/gm)?.length ?? 0).toBe(opened);
}

describe('whole reports', () => {
  test.each(Object.entries(states))('%s: nothing in it acts', (_, report: Report) => {
    expectInertReport(formatMarkdown(report));
    expectInertReport(formatSection(report, { maxLength: 3000 }));
  });

  test('whatever a stranger writes everywhere at once', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const report = hostileReport(text);
        expectInertReport(formatMarkdown(report));
        const section = { title: text, verdict: report.verdict, body: formatSection(report) };
        expectInertReport(formatComment([section, section]));
        const terminal = formatTerminal(report, { color: false, width: 100 });
        expect(terminal).not.toMatch(/##\[|::|(?!\n)\p{Cc}/u);
      }),
      { numRuns: 30 },
    );
  });
});
