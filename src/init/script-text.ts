/** Where something stands in a text. */
export type Span = { start: number; end: number };
/** A function: where its body stands, and the names of its parameters. */
export type Scope = Span & { name: string; params: string[] };
/** `app.get('/x', list)` is the root `app` and a step `get` with two arguments; a step without a call has none. */
export type Step = { name: string; at: number; args: Span[] | null };
export type Chain = { root: string; fresh: boolean; at: number; end: number; steps: Step[] };

/** A source of JavaScript or TypeScript, as far as its brackets, texts and comments go. */
export type Script = {
  path: string;
  text: string;
  /** The text with comments and what is inside quotes blanked, so that code can be looked for; positions stay. */
  code: string;
  /** Where the bracket that opens at a place is closed, and the other way round. */
  partner: ReadonlyMap<number, number>;
  functions: readonly Scope[];
};

const OPENS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** After these a slash begins a regular expression, not a division. */
const BEFORE_PATTERN = /[(,=:[!&|?{};+]|^$/;
/** A bracket in a text that was taken for code must not turn over all that follows. */
const FARTHEST_OPEN = 6;

export function scriptOf(path: string, text: string): Script {
  const { code, partner } = blanked(text);
  return { path, text, code, partner, functions: [...functionsOf(code, partner)] };
}

function blanked(text: string): { code: string; partner: Map<number, number> } {
  const kept: string[] = [];
  const partner = new Map<number, number>();
  const stack: number[] = [];
  let last = '';
  for (let at = 0; at < text.length; ) {
    const end = quietEnd(text, at, last);
    const character = text[at] ?? '';
    if (end > at) {
      const quiet = text.slice(at, end).replace(/[^\n]/g, ' ');
      const isText = /["'`]/.test(character) && end > at + 1;
      kept.push(isText ? `"${quiet.slice(1, -1)}"` : quiet);
      if (isText || !/^\/[/*]/.test(text.slice(at, at + 2))) last = '"';
      at = end;
      continue;
    }
    if (/[([{]/.test(character)) stack.push(at);
    const opens = OPENS[character];
    if (opens !== undefined) {
      const matching = stack.slice(-FARTHEST_OPEN).findLastIndex((open) => text[open] === opens);
      if (matching >= 0) {
        const open = stack.splice(stack.length - Math.min(FARTHEST_OPEN, stack.length) + matching)[0] ?? 0;
        partner.set(open, at);
        partner.set(at, open);
      }
    }
    if (character.trim() !== '') last = character;
    kept.push(character);
    at += 1;
  }
  return { code: kept.join(''), partner };
}

/** Where a comment, a text or a regular expression that begins at a place ends; the place itself where none does. */
function quietEnd(text: string, at: number, last: string): number {
  const character = text[at];
  if (character === '"' || character === "'" || character === '`') return textEnd(text, at, character);
  if (character !== '/') return at;
  if (text[at + 1] === '/') return lineEnd(text, at);
  if (text[at + 1] === '*') {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  if (!BEFORE_PATTERN.test(last)) return at;
  const pattern = /^\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//.exec(text.slice(at, at + 300));
  return pattern === null ? at : at + pattern[0].length;
}

function textEnd(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === quote) return end + 1;
    // An apostrophe in the text of a page.
    else if (text[end] === '\n' && quote !== '`') return at + 1;
  }
  return at + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** More than these are a bundle, which is not what its author wrote. */
const MOST_ARROWS = 8000;
const NAMED = /\bfunction\s{0,9}\*?\s{0,9}([\w$]*)\s{0,9}(?:<[^>(]{0,80}>)?\(/g;
const METHOD = /(?<=[\s;}]|^)(?!(?:if|for|while|switch|catch|function|with|return)\b)([\w$]{1,60})\s?\(/g;
/** What may stand between the parameters of a function and its body. */
export const UP_TO_BODY = /^\s{0,9}(?::[^{;=]{1,120})?\{/;

function* functionsOf(code: string, partner: ReadonlyMap<number, number>): Generator<Scope> {
  for (const pattern of [NAMED, METHOD]) {
    for (const { index, 0: whole, 1: name = '' } of code.matchAll(pattern)) {
      const open = index + whole.length - 1;
      const close = partner.get(open);
      if (close === undefined) continue;
      const body = UP_TO_BODY.exec(code.slice(close + 1, close + 160));
      if (body === null) continue;
      const start = close + body[0].length;
      yield { name, params: namesIn(code.slice(open + 1, close)), start, end: partner.get(start) ?? start };
    }
  }
  let arrows = 0;
  for (const { index } of code.matchAll(/=>/g)) {
    if (++arrows > MOST_ARROWS) return;
    const before = code.slice(Math.max(0, index - 160), index);
    const [returned = ''] = /(?<=\)\s{0,9}):[^(){}=;]{1,120}$/.exec(before) ?? [];
    const trimmed = before.slice(0, before.length - returned.length).trimEnd();
    const close = index - before.length + trimmed.length - 1;
    const open = trimmed.endsWith(')') ? partner.get(close) : undefined;
    const params =
      open === undefined ? (/[\w$]+$/.exec(trimmed) ?? [])[0] : code.slice(open + 1, close).slice(0, 2000);
    const start = index + 2 + code.slice(index + 2).search(/\S|$/);
    const end = code[start] === '{' ? partner.get(start) : expressionEnd(code, partner, start);
    yield { name: '', params: namesIn(params ?? ''), start, end: end ?? start };
  }
}

const namesIn = (params: string): string[] =>
  params.split(',').map((one) => /^\s*(?:\.\.\.)?([\w$]+)/.exec(one)?.[1] ?? '');

/** An expression is searched so far for its end, as a bundle may be one expression; what its brackets hold is not. */
const FARTHEST_END = 3000;

/** Where an expression ends: at a comma, a semicolon, or the bracket around it. */
export function expressionEnd(code: string, partner: ReadonlyMap<number, number>, start: number): number {
  let at = start;
  // What brackets hold is passed over at once, however long it is.
  for (let steps = 0; at < code.length && steps < FARTHEST_END; at++, steps++) {
    const character = code[at] ?? '';
    if (/[([{]/.test(character)) at = partner.get(at) ?? at;
    else if (/[,;)\]}]/.test(character)) return at;
  }
  return at;
}

/** The arguments of a call whose parenthesis opens at a place. */
function argumentsAt({ code, partner }: Script, open: number): Span[] {
  const close = partner.get(open) ?? open + 1;
  const found: Span[] = [];
  for (let start = open + 1; start < close && found.length < 20; ) {
    const end = Math.min(close, expressionEnd(code, partner, start));
    let from = start;
    let to = end;
    while (from < to && /\s/.test(code[from] ?? '')) from += 1;
    while (from < to && /\s/.test(code[to - 1] ?? '')) to -= 1;
    if (from < to) found.push({ start: from, end: to });
    start = end + 1;
  }
  return found;
}

const MOST_STEPS = 400;

/** The chain of names and calls that begins at a name, or at `new` or `await` in front of one; null where none does. */
export function chainAt(script: Script, begin: number): Chain | null {
  const { code, partner } = script;
  const head = /^(?:await\s+)?(new\s+)?([A-Za-z_$][\w$]*)/.exec(code.slice(begin, begin + 120));
  if (head === null) return null;
  const chain: Chain = { root: head[2] ?? '', fresh: head[1] !== undefined, at: begin, end: 0, steps: [] };
  let at = begin + head[0].length;
  let name = '';
  let named = begin;
  for (let hops = 0; hops < MOST_STEPS; hops++) {
    const types = /^\s*<[\w\s<>{}[\]:;,.|'"?]{0,300}?>(?=\()/.exec(code.slice(at, at + 310));
    if (types !== null) at += types[0].length;
    if (code[at] === '(') {
      chain.steps.push({ name, at: named, args: argumentsAt(script, at) });
      at = (partner.get(at) ?? at) + 1;
      name = '';
    } else if (name !== '') {
      chain.steps.push({ name, at: named, args: null });
      name = '';
    }
    if (code[at] === '(') continue;
    const next = /^\s{0,200}[!?]?\.\s?([A-Za-z_$][\w$]*)/.exec(code.slice(at, at + 260));
    if (next === null) break;
    named = at + next[0].length - (next[1] ?? '').length;
    name = next[1] ?? '';
    at += next[0].length;
  }
  const [first] = chain.steps;
  if (chain.root === 'this' && first !== undefined && first.args === null) {
    chain.root = `this.${first.name}`;
    chain.steps.shift();
  }
  chain.end = at;
  return chain;
}

/** Chains of a script that have a step of one of these names, in the order in which they stand. */
export function* chainsOf(script: Script, steps: RegExp): Generator<Chain> {
  for (const { index } of script.code.matchAll(
    /(?<![\w$.]|\bnew\s|\bawait\s|\bfunction\s{0,9}\*?\s{0,9})[A-Za-z_$][\w$]*/g,
  )) {
    const chain = chainAt(script, index);
    if (chain?.steps.some(({ name, args }) => args !== null && steps.test(name))) yield chain;
  }
}
