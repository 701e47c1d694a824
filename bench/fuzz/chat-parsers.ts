import fc from 'fast-check';
import { acceptedWords, nothingToAccept } from '../../src/action/chat-words.ts';
import {
  type AcceptedRow,
  acceptancesFor,
  parseAnswer,
  renderAnswer,
} from '../../src/github/chat-answers.ts';
import { parseComment } from '../../src/github/chat-command.ts';
import { partsOfSeries, titleOfSeries } from '../../src/github/series.ts';
import { nothing, type Parser } from './check.ts';
import { hostileText, mutatedText } from './hostile.ts';
import { activeInMarkdown } from './sinks.ts';

const HEAD = 'a1'.repeat(20);
const words = fc.constantFrom(
  ...[
    '/perf-baseline',
    ' ',
    ' accept',
    ' revoke',
    ' until',
    ' 2026-12-31',
    ' because',
    ' `a b`',
    ' "x"',
    '\n',
  ],
  ...['```', '~~~', '> ', '<!--', '-->', '    ', '- ', '<pre>', '</pre>', '<code>', '<div>', '[', '](', '~~'],
);
const comment = fc.oneof(
  fc.array(fc.oneof(words, hostileText), { maxLength: 14 }).map((parts) => parts.join('')),
  hostileText.map((text) => `/perf-baseline accept ${text}`),
  hostileText.map((text) => `/perf-baseline accept because ${text}`),
);

/** In these nothing is a command, up to where they end. */
const ENCLOSED = [
  ['~'.repeat(40), '~'.repeat(40)],
  ['<pre>', '</'],
  ['<!--', '-->'],
] as const;

/** What a command is answered with, and what is read back from that answer. */
function answerTo(body: string): string {
  for (const [opening, closing] of ENCLOSED) {
    const said = parseComment(`${opening}\n${body.replaceAll(closing, ' ')}`);
    if (said.status !== 'none') throw new Error(`in ${opening} it would be a command: ${body}`);
  }
  const parsed = parseComment(body);
  if (parsed.status !== 'command') return parsed.status === 'wrong' ? parsed.reason : '';
  const { command } = parsed;
  if (command.verb !== 'accept') return '';
  const { verb: _, ...what } = command;
  const accepted = { ...what, login: 'keeper', rows: [['0123456789abcdef', 1.5] as AcceptedRow] };
  const said = [acceptedWords(accepted, [], HEAD, []), nothingToAccept(command, [], [])];
  for (const text of said) {
    const active = activeInMarkdown(text.replaceAll('@keeper', 'keeper'));
    if (active !== undefined) throw new Error(`an answer would hold ${JSON.stringify(active)}: ${text}`);
  }
  const answer = { comment: 1, head: HEAD, effect: { type: 'accept' as const, ...accepted } };
  const again = parseAnswer(renderAnswer(answer, said.join('\n')));
  if (again !== undefined) acceptancesFor([again], HEAD, new Date(0));
  return '';
}

const ANSWER = renderAnswer(
  {
    comment: 1,
    head: HEAD,
    effect: {
      type: 'accept',
      scenario: null,
      metric: null,
      until: null,
      because: '',
      login: 'u',
      rows: [['0123456789abcdef', 1.5]],
    },
  },
  'Accepted.',
);

export const chatParsers = [
  { name: 'chat commands', share: 8, input: comment, read: answerTo },
  {
    name: 'answers to commands',
    share: 3,
    input: mutatedText(ANSWER),
    read: (body: string) => nothing(parseAnswer(body)),
  },
  {
    name: 'parts of a series',
    share: 2,
    input: fc.oneof(mutatedText('.github/workflows/a.yml | job | Linux | {"a":1} | . | x.yml'), hostileText),
    read: (key: string) => nothing([partsOfSeries(key), titleOfSeries(key)]),
  },
] as unknown as Parser<never>[];
