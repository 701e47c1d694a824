import { stripVTControlCharacters } from 'node:util';

/*
 * Names, error strings, refs and log tails come from a stranger's config or process. Everything of that kind
 * passes through this file before it is printed. What is made inert, and how:
 *
 *   mentions, e-mails     zero-width spaces around `@`
 *   HTML, hidden markers  no `<` or `>` survives as such
 *   code spans, tables    look-alikes for the backtick and the pipe
 *   workflow commands     `::` and `##[` are broken: a report printed in a workflow is parsed line by line
 *   bidi, control         U+FFFD, so that something is seen to be there
 */
const BREAK = '\u200B';
const UNSEEN = /(?!\u200D)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** A workflow command that was broken before it came here: a log tail is made safe where it is read. */
const BROKEN = /(?<=:)\u200B+(?=:)|(?<=#)\u200B+(?=#?\[)/g;

/** What cannot be seen is shown to be there. Commands are whole again after it, and must be broken anew. */
function visible(text: string): string {
  return text.replace(BROKEN, '').replace(UNSEEN, '\uFFFD');
}

/** Cuts to `max` characters (code points), the last one an ellipsis. */
function cap(text: string, max: number): string {
  const points = Array.from(text.length > max * 8 ? text.slice(0, max * 8) : text);
  return points.length <= max && text.length <= max * 8 ? text : `${points.slice(0, max - 1).join('')}…`;
}

/** One line without escape sequences, control characters or anything that reorders text. */
function flatten(text: string): string {
  const line = stripVTControlCharacters(text).replace(/\s+/g, ' ');
  return visible(line).trim();
}

function breakCommands(text: string): string {
  return text.replace(/:(?=:)/g, `:${BREAK}`).replace(/##\[/g, `##${BREAK}[`);
}

/** A Markdown code span of one line and at most `max` characters. Safe in a table cell, a heading and a list. */
export function code(text: string, max = 80): string {
  const inert = breakCommands(cap(flatten(text), max))
    .replaceAll('`', 'ˋ')
    .replaceAll('|', '∣')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('@', `${BREAK}@${BREAK}`);
  return `\`${inert === '' ? '(empty)' : inert}\``;
}

/** One line of Markdown text at most `max` characters long: pairs of backticks stay code, all else is literal. */
export function prose(text: string, max = 600): string {
  const pieces = cap(flatten(text), max).split('`');
  const closed = pieces.length % 2 === 1;
  return pieces
    .map((piece, i) => {
      const isCode = i % 2 === 1 && (closed || i < pieces.length - 1);
      if (isCode) return code(piece, max);
      return (!closed && i === pieces.length - 1 ? 'ˋ' : '') + literal(piece, i === 0);
    })
    .join('');
}

function literal(text: string, first: boolean): string {
  const inert = breakCommands(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\*_[\]~$]/g, '\\$&')
    .replaceAll('|', '∣')
    .replaceAll('@', `${BREAK}@${BREAK}`)
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/gh-(?=\d)/gi, `$&${BREAK}`)
    .replace(/www\./gi, `www${BREAK}.`)
    .replace(/:(?=\/\/|[\w+-]+:)/g, `:${BREAK}`);
  return first ? inert.replace(/^([#+\-=]|\d+(?=[.)]))/, (start) => `${BREAK}${start}`) : inert;
}

/** The last `lines` lines of an output, in a code fence that they cannot close. */
export function fence(text: string, lines = 30): string {
  const kept = stripVTControlCharacters(text)
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll('\t', '  ').trimEnd())
    .filter((line, i, all) => line !== '' || (i > 0 && i < all.length - 1))
    .slice(-lines)
    .map((line) =>
      breakCommands(cap(visible(line), 240))
        .replaceAll('<', `<${BREAK}`)
        .replaceAll('-->', `--${BREAK}>`)
        .replaceAll('@', `${BREAK}@${BREAK}`),
    );
  const longest = Math.max(
    2,
    ...kept.map((line) => Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))),
  );
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}text\n${kept.join('\n')}\n${ticks}`;
}

/** One line for a terminal, at most `max` characters: no escape sequence, no workflow command. */
export function plain(text: string, max = 600): string {
  return breakCommands(cap(flatten(text), max));
}

/** Several lines for a terminal: the last `lines` of an output. */
export function plainLines(text: string, lines = 30): string[] {
  return stripVTControlCharacters(text)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(-lines)
    .map((line) => breakCommands(cap(visible(line.replaceAll('\t', '  ')), 240)));
}

/** A URL that can stand in a Markdown link, or null when it is none: http(s) only, without credentials. */
export function linkTarget(url: string | null): string | null {
  if (url === null || url.length > 2000 || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!['http:', 'https:'].includes(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
    return null;
  return parsed.href.replace(
    /[()<>[\]|\\`*_~@ '"]/g,
    (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** JSON whose strings keep their value but hold no raw control, bidi or workflow command syntax. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replaceAll('##[', '#\\u0023[')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) =>
      Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
        '',
      ),
    );
}
