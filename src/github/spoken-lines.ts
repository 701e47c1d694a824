import MarkdownIt, { type Token } from 'markdown-it';
import { OpenHtml } from './open-html.ts';

/** Lines by how a reader sees them. What is code, quoted or hidden is in neither. */
export type SpokenLines = {
  /** In plain text. */
  spoken: string[];
  /** Seen, but as a part of something that its writer may not have meant, since no empty line parts them. */
  entangled: string[];
};

/**
 * The lines of a comment that begin with a word, as GitHub shows them. The word is one that holds no Markdown. Reading is
 * linear in the length; what is nested deeper than a hundred times is not read, and nothing in it is spoken anyway.
 */
export function spokenLines(body: string, word: string): SpokenLines {
  const lines = body.split(LINE_END);
  const begins = new RegExp(`^${word}(?!\\S)`);
  const found: SpokenLines = { spoken: [], entangled: [] };
  if (!lines.some((line) => begins.test(line))) return found;
  const html = new OpenHtml();
  const hear = (number: number, isPlain: boolean) => {
    const line = lines[number] ?? '';
    if (begins.test(line) && !html.hides) (isPlain ? found.spoken : found.entangled).push(line);
  };
  const tokens = reader(word).parse(body, {});
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    // Cells of a table have no place of their own: they are in the row.
    from = token.map?.[0] ?? from;
    if (token.type === 'inline') {
      const isParagraph = token.level === 1 && tokens[i - 1]?.type === 'paragraph_open';
      hearText(token, from, isParagraph, hear, html);
    } else if (token.type === 'html_block' && token.level === 0) {
      for (let number = from; number < (token.map?.[1] ?? from); number++) {
        hear(number, false);
        html.read(`${lines[number]}\n`);
      }
    }
  }
  return found;
}

const LINE_END = /\r\n?|\n/;

function hearText(
  { content, children }: Token,
  from: number,
  isParagraph: boolean,
  hear: (number: number, isPlain: boolean) => void,
  html: OpenHtml,
): void {
  let number = from;
  let read = 0;
  let depth = 0;
  let struck = 0;
  for (const { type, nesting, meta, content: text } of children ?? []) {
    depth += nesting;
    if (type === 's_open' || type === 's_close') struck += nesting;
    // Within a quote or a list it ends there, whatever it is.
    else if (type === 'html_inline' && isParagraph) html.read(text);
    else if (type === WORD) {
      const at = Number(meta?.at);
      number += content.slice(read, at).split('\n').length - 1;
      read = at;
      if (struck === 0) hear(number, isParagraph && depth === 0);
    }
  }
}

const WORD = 'word_at_line_start';

/** A parser that marks the word wherever it begins a line of text: not in code, in HTML, or in the target of a link. */
function reader(word: string) {
  const markdown = new MarkdownIt({ html: true });
  markdown.inline.ruler.before('text', WORD, (state, silent) => {
    const { src, pos } = state;
    if (!src.startsWith(word, pos) || (pos > 0 && src[pos - 1] !== '\n')) return false;
    if (!silent) state.push(WORD, '', 0).meta = { at: pos };
    state.pos += word.length;
    return true;
  });
  return markdown;
}
