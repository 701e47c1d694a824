const METHOD = '(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)';
const IS = new RegExp(
  `\\bmethod\\s*===?\\s*["'\`]${METHOD}["'\`]|["'\`]${METHOD}["'\`]\\s*===?\\s*[\\w.]*\\bmethod\\b`,
  'g',
);
const IS_NOT = new RegExp(`\\bmethod\\s*!==?\\s*["'\`]${METHOD}["'\`]`, 'g');
const CASE = new RegExp(`\\bcase\\s+["'\`]${METHOD}["'\`]\\s*:`, 'g');
/** Far enough for any handler that is written in place. */
const FARTHEST = 4000;
/** How far back the blocks around a place are looked for: a bundle may be one block of any length. */
const FARTHEST_BACK = 8_000;

/** The code around a place where a path is compared: the condition it stands in, and what runs when it holds. */
export type Site = { condition: string; body: string; around: Block[] };
/** A block that the place lies in: what stands before its brace, and its text up to the place. */
type Block = { header: string; before: string };

/** The code around the comparison of a length at an index; brackets in texts are taken for code, which errs rarely. */
export function siteAt(text: string, index: number, length: number): Site {
  const around = blocksAround(text, index);
  const open = openingOfCondition(text, index);
  if (open === null) {
    const line = text.slice(text.lastIndexOf('\n', index) + 1, endOfLine(text, index + length));
    return { condition: line, body: '', around };
  }
  const close = closing(text, open, '(', ')');
  return { condition: text.slice(open + 1, close), body: bodyAfter(text, close + 1), around };
}

/** The code of a `case`, up to the next one that names a path too. */
export function caseAt(text: string, index: number, length: number): Site {
  const rest = text.slice(index + length, index + length + FARTHEST);
  const end = rest.search(/\bcase\s+["'`](?:[A-Z]+ )?\/|\bdefault\s*:/);
  return { condition: '', body: end < 0 ? rest : rest.slice(0, end), around: blocksAround(text, index) };
}

/** A table that stands at an index, as `{ … }`, `[ … ]` or `new Map([ … ])`: up to where its brackets are closed. */
export function literalAt(text: string, index: number): string {
  const [open = ''] = /[{[(]/.exec(text.slice(index, index + 40)) ?? [];
  const start = text.indexOf(open, index);
  return open === '' ? '' : text.slice(start, closing(text, start, open, CLOSED_BY[open] ?? ''));
}

const CLOSED_BY: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** The method that a path is answered for: the one that the code asks for, GET where it asks for none. */
export function methodOf({ condition, body, around }: Site): string {
  const alternatives = condition.split('||').filter((one) => /["'`]\//.test(one));
  for (const part of [...alternatives, condition]) {
    const asked = [...named(part, IS), ...named(part, IS_NOT)];
    if (asked.length > 0) return preferred(asked);
  }
  for (const { header, before } of around) {
    const asked = named(header, IS);
    if (asked.length > 0) return preferred(asked);
    if (named(header, IS_NOT).includes('GET')) return 'POST';
    if (/\bswitch\s*\([^)]*\bmethod\s*\)\s*$/.test(header)) return named(before, CASE).at(-1) ?? 'GET';
  }
  const inside = [...named(body, IS), ...named(body, IS_NOT), ...named(body, CASE)];
  if (inside.length > 0) return preferred(inside);
  // `if (req.method !== 'POST') return …` in front of everything.
  const turnedAway = around.flatMap(({ before }) => named(before, IS_NOT));
  return turnedAway.length > 0 ? preferred(turnedAway) : 'GET';
}

const named = (code: string, pattern: RegExp): string[] =>
  [...code.matchAll(pattern)].map(([, one, other]) => one ?? other ?? '');

const preferred = (methods: readonly string[]): string =>
  methods.some((method) => method === 'GET' || method === 'HEAD') ? 'GET' : (methods[0] ?? 'GET');

function blocksAround(text: string, index: number): Block[] {
  const blocks: Block[] = [];
  const first = Math.max(0, index - FARTHEST_BACK);
  let depth = 0;
  for (let at = index - 1; at >= first; at--) {
    if (text[at] === '}') depth += 1;
    else if (text[at] === '{' && depth > 0) depth -= 1;
    else if (text[at] === '{') {
      const header = text.slice(Math.max(0, at - 300), at);
      blocks.push({ header: header.replace(/^[\s\S]*[;{}]/, ''), before: text.slice(at + 1, index) });
    }
  }
  return blocks;
}

/** Where the parenthesis after the `if` opens that an index lies in; null where it lies in none. */
function openingOfCondition(text: string, index: number): number | null {
  const first = Math.max(0, index - 600);
  let depth = 0;
  for (let at = index - 1; at >= first; at--) {
    const character = text[at];
    if (character === ')') depth += 1;
    else if (character === '(' && depth > 0) depth -= 1;
    else if (character === '(' && /\bif\s*$/.test(text.slice(Math.max(0, at - 8), at))) return at;
    else if (character === ';' || character === '{' || character === '}') return null;
  }
  return null;
}

function closing(text: string, open: number, opens: string, closes: string): number {
  let depth = 0;
  const end = Math.min(text.length, open + FARTHEST);
  for (let at = open; at < end; at++) {
    if (text[at] === opens) depth += 1;
    else if (text[at] === closes && --depth === 0) return at;
  }
  return end;
}

function bodyAfter(text: string, index: number): string {
  const start = index + text.slice(index).search(/\S|$/);
  return text[start] === '{'
    ? text.slice(start, closing(text, start, '{', '}'))
    : text.slice(start, endOfLine(text, start));
}

function endOfLine(text: string, index: number): number {
  const end = text.indexOf('\n', index);
  return end < 0 ? text.length : end;
}
