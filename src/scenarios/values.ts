import { randomUUID } from 'node:crypto';

/*
 * Values per request: ${uuid} ${int:1:100} ${pick:a,b,c} ${counter}, and ${name} for what an earlier step captured.
 * Any other ${...} is text and stays as it is.
 */

/** Where generated values come from. `counter` is one number per request; the others are fresh at each use. */
export type ValueSource = { random: () => number; counter: number; captured: ReadonlyMap<string, unknown> };

export type Placeholder =
  | { type: 'uuid' }
  | { type: 'int'; from: number; to: number }
  | { type: 'pick'; choices: string[] }
  | { type: 'counter' }
  | { type: 'captured'; name: string };

/** A piece of a template: text, or a placeholder with the way its value is written at this place. */
type Piece = string | { placeholder: Placeholder; write: (value: unknown) => string };

/** Renders one text; a constant one is the same for every request. */
export type Template = { constant: boolean; render(values: ValueSource): string };

const PLACEHOLDER = /\$\{([^}]*)\}/g;

/** Reads the inside of `${...}`; undefined when it is none of ours. Names in `captures` are captured values. */
function parsePlaceholder(inside: string, captures: ReadonlySet<string>): Placeholder | undefined {
  if (captures.has(inside)) return { type: 'captured', name: inside };
  if (inside === 'uuid') return { type: 'uuid' };
  if (inside === 'counter') return { type: 'counter' };
  const int = /^int:(-?\d+):(-?\d+)$/.exec(inside);
  if (int) {
    const [a, b] = [Number(int[1]), Number(int[2])];
    return { type: 'int', from: Math.min(a, b), to: Math.max(a, b) };
  }
  if (inside.startsWith('pick:')) return { type: 'pick', choices: inside.slice(5).split(',') };
  return undefined;
}

function produce(placeholder: Placeholder, values: ValueSource): unknown {
  switch (placeholder.type) {
    case 'uuid':
      return randomUUID();
    case 'counter':
      return values.counter;
    case 'int':
      return placeholder.from + Math.floor(values.random() * (placeholder.to - placeholder.from + 1));
    case 'pick':
      return placeholder.choices[Math.floor(values.random() * placeholder.choices.length)] ?? '';
    case 'captured':
      return values.captured.get(placeholder.name);
  }
}

/** A captured value as plain text: strings as they are, anything else as JSON, nothing as the empty text. */
export function plainText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Makes a template of pieces, joining neighbouring texts. */
function templateOf(pieces: readonly Piece[]): Template {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return {
    constant: joined.every((piece) => typeof piece === 'string'),
    render: (values) => {
      let text = '';
      for (const piece of joined)
        text += typeof piece === 'string' ? piece : piece.write(produce(piece.placeholder, values));
      return text;
    },
  };
}

function split(
  text: string,
  captures: ReadonlySet<string>,
  literal: (text: string) => string,
  writer: (offset: number, placeholder: Placeholder) => (value: unknown) => string,
): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const placeholder = parsePlaceholder(match[1] ?? '', captures);
    if (!placeholder) continue;
    if (match.index > end) pieces.push(literal(text.slice(end, match.index)));
    pieces.push({ placeholder, write: writer(match.index, placeholder) });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push(literal(text.slice(end)));
  return pieces;
}

const asIs = (text: string): string => text;

/** A template whose values are written as `writer` says for the offset of their placeholder; `literal` writes the text between. */
export function compileText(
  text: string,
  captures: ReadonlySet<string>,
  writer: (offset: number, placeholder: Placeholder) => (value: unknown) => string = () => plainText,
  literal: (text: string) => string = asIs,
): Template {
  return templateOf(split(text, captures, literal, writer));
}

const inString = (value: unknown): string => JSON.stringify(plainText(value)).slice(1, -1);
const asJson = (value: unknown): string => JSON.stringify(value) ?? 'null';

/**
 * A template of a JSON text. Inside a string a value is escaped as JSON wants it, and the string is unescaped before
 * its placeholders are read (`"${pick:\"a\",b}"`); outside of strings a value is written as JSON.
 */
export function compileJson(text: string, captures: ReadonlySet<string>): Template {
  const pieces: Piece[] = [];
  let end = 0;
  // A placeholder outside of strings may hold quotes, so placeholders and strings are told apart in one pass.
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|\$\{[^}]*\}/gs)) {
    if (!match[0].startsWith('"')) continue;
    pieces.push(...split(text.slice(end, match.index), captures, asIs, outside));
    pieces.push(...jsonString(match[0], captures));
    end = match.index + match[0].length;
  }
  pieces.push(...split(text.slice(end), captures, asIs, outside));
  return templateOf(pieces);
}

/** Outside of strings a captured value is written as JSON, a picked word or a number as it is (`${pick:1,2,null}`). */
function outside(_offset: number, placeholder: Placeholder): (value: unknown) => string {
  if (placeholder.type === 'captured' || placeholder.type === 'uuid') return asJson;
  return plainText;
}

function jsonString(quoted: string, captures: ReadonlySet<string>): Piece[] {
  let decoded: string;
  try {
    decoded = JSON.parse(quoted) as string;
  } catch {
    return [quoted];
  }
  if (!decoded.includes('${')) return [quoted];
  const pieces = split(decoded, captures, inString, () => inString);
  return pieces.some((piece) => typeof piece !== 'string') ? ['"', ...pieces, '"'] : [quoted];
}

/**
 * Generator of numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). Both sides of a paired run use the same
 * seed, so that they are sent the same values.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
