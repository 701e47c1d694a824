import { stripVTControlCharacters } from 'node:util';
import { CUT, maskForms } from '../processes/cut-text.ts';
import { secretForms } from '../processes/secret-forms.ts';

/*
 * A runner reads workflow commands from stdout and stderr alike: `::name::` at the start of a line, `##[name]`
 * anywhere in it, and a bare \r ends a line. U+200B inside the two marks makes them plain text.
 */
const ZERO_WIDTH = '\u200b';
const CONTROLS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
  /[\u0000-\u0008\u000b-\u0019\u001b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * The last lines of a target's output, safe for a runner's log: no line of it is a workflow command, no control
 * or direction characters, no secrets. Lines are joined by \n; empty ones at both ends are left out.
 */
export function safeTail(
  text: string,
  options: { secrets: readonly string[]; lines?: number; columns?: number },
): string {
  const { lines = 30, columns = 300 } = options;
  const forms = secretForms(options.secrets);
  const safe = maskForms(text, forms)
    .split(/\r\n|\r|\n|\u2028|\u2029/)
    .map((line) => safeLine(line, forms, columns));
  while (safe.at(-1) === '') safe.pop();
  const tail = safe.slice(-lines);
  while (tail[0] === '') tail.shift();
  return tail.join('\n');
}

/** The whole of a text, line by line, as `safeTail` gives its end. `forms`: `secretForms(secrets)`. */
export function safeText(text: string, forms: readonly string[]): string {
  return maskForms(text, forms)
    .split(/\r\n|\r|\n|\u2028|\u2029/)
    .map((line) => safeLine(line, forms, Number.POSITIVE_INFINITY))
    .join('\n');
}

function safeLine(line: string, forms: readonly string[], columns: number): string {
  // Stripping may join what was apart (`:\0:`), so marks and secrets are looked for after it.
  const plain = maskForms(stripVTControlCharacters(line).replace(CONTROLS, ''), forms)
    .replaceAll(CUT, '')
    .trimEnd();
  const short = plain.length > columns ? `${plain.slice(0, columns)}…` : plain;
  return short.replace(/:(?=:)/g, `:${ZERO_WIDTH}`).replace(/##(?=\[)/g, `#${ZERO_WIDTH}#`);
}

/** A sentence of ours that quotes what others wrote (a log line to wait for, a URL): one safe line. */
export function safeSentence(text: string, secrets: readonly string[]): string {
  return safeTail(text.replace(/\s*[\r\n]+\s*/g, ' '), { secrets, lines: 1, columns: 1000 });
}

/** A command as an error message quotes it: one safe line of at most 160 characters. */
export function quoteCommand(command: string, secrets: readonly string[]): string {
  const oneLine = command.trim().replace(/\s*[\r\n]+\s*/g, '; ');
  return `\`${safeTail(oneLine, { secrets, lines: 1, columns: 160 })}\``;
}
