import type { Problem } from '../domain/errors.ts';
import type { Path, Place } from './document.ts';
import { lacksUnit } from './forms.ts';

/** Where problems get their places and values from. */
export type ProblemSource = {
  file: string;
  placeOf(path: Path, at?: 'key' | 'value'): Place;
  valueAt(path: Path): unknown;
  textOf(path: Path): string | undefined;
};

const MAX_PROBLEMS = 1000;

/** Collects every problem of a config, so that they are all told at once. */
export class ProblemList {
  readonly #source: ProblemSource;
  readonly #problems: Problem[];
  readonly #told = new Set<string>();
  #omitted = 0;

  /** `written`: problems found before, in the text itself. */
  constructor(source: ProblemSource, written: readonly Problem[] = []) {
    this.#source = source;
    this.#problems = [...written];
  }

  /** A value that is not of the expected form, or is missing. `why` says what is wrong where that is not plain to see. */
  value(at: Path, expected: string, why?: string): void {
    const path = this.#written(at);
    const found = this.#source.valueAt(path);
    const written = typeof found === 'number' ? (this.#source.textOf(path) ?? String(found)) : shown(found);
    const wrong = why ?? lacksUnit(found, String(written).replaceAll('"', ''), expected) ?? 'is not valid';
    const what = found === undefined ? 'is missing' : `${clipped(written, 80)} ${wrong}`;
    this.#push(path, 'value', found, expected, `${what}; expected ${expected}`);
  }

  /** A key that has no meaning where it stands, with the nearest one that has. */
  key(path: Path, allowed: readonly string[], expected = `one of ${allowed.join(', ')}`): void {
    const key = String(path.at(-1));
    const near = nearest(key, allowed);
    const hint = near === undefined ? '' : `, did you mean "${near}"?`;
    this.#push(path, 'key', key, expected, `unknown key ${shown(key)}${hint || ';'} expected ${expected}`);
  }

  /** A field of something written in short (`GET /health`) stands where that text does. */
  #written(path: Path): Path {
    const text = path.findIndex(
      (_, i) => i > 0 && typeof this.#source.valueAt(path.slice(0, i)) === 'string',
    );
    return text === -1 ? path : path.slice(0, text);
  }

  /** One problem a place: the first is the cause, others follow from it. */
  #push(path: Path, at: 'key' | 'value', found: unknown, expected: string, message: string): void {
    const place = JSON.stringify(path);
    if (this.#told.has(place)) return;
    this.#told.add(place);
    if (this.#problems.length >= MAX_PROBLEMS) {
      this.#omitted += 1;
      return;
    }
    const { line, column } = this.#source.placeOf(path, at);
    const where = shownPath(path);
    const text = inert(where === '' ? message : `${where}: ${message}`);
    this.#problems.push({
      file: this.#source.file,
      line,
      column,
      path: inert(where),
      value: found === undefined ? '' : inert(shown(found)),
      expected: inert(expected),
      message: text,
    });
  }

  get count(): number {
    return this.#problems.length;
  }

  /** In the order of the file. */
  all(): Problem[] {
    const sorted = this.#problems
      .map((problem, index) => ({ problem, index }))
      .sort(
        (a, b) => a.problem.line - b.problem.line || a.problem.column - b.problem.column || a.index - b.index,
      )
      .map(({ problem }) => problem);
    const last = sorted.at(-1);
    if (this.#omitted > 0 && last)
      sorted.push({ ...last, value: '', message: `and ${this.#omitted} more problems like these` });
    return sorted;
  }
}

/** `scenarios.mixed.requests[1].path`; keys that are not plain words stand in brackets. */
export function shownPath(path: Path): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (/^[\w-]+$/.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${clipped(JSON.stringify(segment), 120)}]`;
  }
  return text;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  return clipped(JSON.stringify(value) ?? String(value), 80);
}

function clipped(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** A runner reads `##[` anywhere in a line as a command, and terminals obey control and direction characters. */
export function inert(text: string): string {
  return text
    .replaceAll('##[', '##\u200b[')
    .replace(
      /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    );
}

/** The allowed word within two edits (one for short words) or alike but for case, `-` and `_`. */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  if (word.length > 60) return undefined;
  const plain = (text: string) => text.toLowerCase().replace(/[-_ ]/g, '');
  const same = allowed.find((candidate) => plain(candidate) === plain(word));
  if (same !== undefined) return same;
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of allowed) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const bound = Math.min(word.length, candidate.length) <= 4 ? 1 : 2;
    if (distance <= bound && distance < (best?.distance ?? 3)) best = { candidate, distance };
  }
  return best?.candidate;
}

/** Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
