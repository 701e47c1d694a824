import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';

export type Path = readonly (string | number)[];
export type Place = { line: number; column: number };

/** A parsed config text: its plain value, and where each part of it stands in the file (from 1). */
export type SourceDocument = {
  value: unknown;
  /** Place of a value, of its key, or of the nearest surrounding node that exists. */
  placeOf(path: Path, at?: 'key' | 'value'): Place;
  /** A scalar exactly as written (`1.10`), where its parsed value would lose that. */
  textOf(path: Path): string | undefined;
};

export type SyntaxProblem = Place & { value: string; expected: string; message: string };

const MAX_DEPTH = 60;
const MAX_VALUES = 100_000;
/** Lexemes of the YAML text; a cheap bound on the work of everything after. */
const MAX_LEXEMES = 250_000;
const MAX_PROBLEMS = 100;
/** How often one anchor may be used; nested anchors multiply (the yaml library's own measure). */
const MAX_ALIASES = 100;

/** `document` is null where the text cannot be read at all; one that can may have problems too. */
export type Source = { document: SourceDocument | null; problems: SyntaxProblem[] };

/**
 * Reads YAML 1.2 or JSON. Never throws: gives every syntax problem, and the document where it can be read in spite of
 * them. Refused besides bad syntax are duplicate keys, several documents, unknown tags, anchors that expand without
 * bound, `__proto__` keys, and numbers that JavaScript cannot hold.
 */
export function parseSource(text: string): Source {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.max(0, offset));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problem = (offset: number, message: string, expected: string, value = ''): SyntaxProblem => ({
    ...place(offset),
    value,
    expected,
    message,
  });
  const unreadable = (...problems: SyntaxProblem[]): Source => ({ document: null, problems });
  try {
    const depth = flowDepth(text);
    if (depth > MAX_DEPTH) return unreadable(problem(0, `nested ${depth} levels deep`, nesting));
    if (hasTooManyLexemes(text)) return unreadable(problem(0, 'the file has too many parts', size));
    const parsed = parseDocument(text, {
      lineCounter: lines,
      merge: true,
      prettyErrors: false,
      schema: 'core',
      // The library compares each key with each other one; checkNodes does it in one pass.
      uniqueKeys: false,
    });
    const errors = [...parsed.errors, ...parsed.warnings].slice(0, MAX_PROBLEMS);
    if (errors.some(({ message }) => message.includes('call stack')))
      return unreadable(problem(0, 'nested too deeply', nesting));
    const problems = causes(errors).map(({ code, pos, message }) =>
      code === 'MULTIPLE_DOCS'
        ? problem(pos[0], 'a second document begins', 'a single YAML document')
        : problem(pos[0], firstLine(message), 'valid YAML 1.2 or JSON'),
    );
    if (problems.length > 0) return unreadable(...problems);
    const root: Node | null = isNode(parsed.contents) ? parsed.contents : null;
    if (root === null || (isScalar(root) && root.value === null))
      return unreadable(problem(0, 'the file is empty', 'a mapping with the keys target and scenarios'));
    let readable = true;
    checkNodes(root, 0, (node, message, expected, harmless = false) => {
      readable &&= harmless;
      const value = isScalar(node) ? String(node.source ?? node.value) : '';
      if (problems.length < MAX_PROBLEMS)
        problems.push(problem(node?.range?.[0] ?? 0, message, expected, value));
    });
    if (!readable) return unreadable(...problems);
    const value: unknown = parsed.toJS({ maxAliasCount: MAX_ALIASES });
    if (countValues(value, 0) > MAX_VALUES)
      return unreadable(problem(0, 'the file expands to too many values', size));
    return { document: { value, ...locator(root, (id) => anchorOf(root, id), place) }, problems };
  } catch (error) {
    // A stack overflow or the library's refusal of an alias bomb: both are properties of the text.
    const detail = error instanceof RangeError ? 'nested too deeply' : firstLine((error as Error).message);
    return unreadable(problem(0, detail, nesting));
  }
}

/** What the library finds after a tab follows from it, for it takes the line for another one's. */
function causes<E extends { code: string }>(errors: readonly E[]): readonly E[] {
  const tab = errors.findIndex(({ code }) => code === 'TAB_AS_INDENT');
  return tab === -1 ? errors : errors.filter(({ code }, i) => i < tab || code === 'TAB_AS_INDENT');
}

const nesting = `at most ${MAX_DEPTH} levels of nesting and ${MAX_ALIASES} uses of an anchor`;

const size = `less than ${MAX_VALUES} values`;

function hasTooManyLexemes(text: string): boolean {
  // Each bad escape of a quoted text costs the library an error of its own.
  let count = text.match(/\\[^0abtnvfre "/\\N_LPxuU\r\n]/g)?.length ?? 0;
  for (const _ of new Lexer().lex(text)) if (++count > MAX_LEXEMES) return true;
  return false;
}

function firstLine(message: string): string {
  return message.split(/\r\n|\r|\n/, 1)[0] ?? '';
}

/** Deepest run of open brackets: cheap, before a recursive parser sees them. Counts those in strings too, hence the wide margin. */
function flowDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quote !== '') {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote || c === '\n') quote = '';
    } else if (c === '"') quote = c;
    else if (c === '[' || c === '{') deepest = Math.max(deepest, ++depth);
    else if (c === ']' || c === '}') depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** `harmless`: the document can be read in spite of it. */
type Report = (node: Node | null, message: string, expected: string, harmless?: boolean) => void;

function checkNodes(node: unknown, depth: number, report: Report): void {
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  if (isScalar(node)) {
    if (typeof node.value !== 'number') return;
    if (!Number.isFinite(node.value)) report(node, 'not a finite number', 'a finite number');
    else if (Number.isInteger(node.value) && !Number.isSafeInteger(node.value))
      report(node, 'an integer beyond 2^53 would be rounded', 'a quoted string, or a smaller number');
  } else if (isMap(node)) {
    const keys = new Set<string>();
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = pair.key as Node | null;
      const name = keyName(key);
      if (name !== undefined && keys.has(name) && name !== '<<')
        report(key, 'the key is there twice', 'each key once', true);
      else if (name !== undefined) keys.add(name);
      if (!isScalar(key)) report(key, 'a key must be plain text', 'a plain key');
      else if (key.value === '__proto__') report(key, 'the key __proto__ is not allowed', 'another key');
      checkNodes(pair.value, depth + 1, report);
    }
  } else if (isSeq(node)) for (const item of node.items) checkNodes(item, depth + 1, report);
}

/** Name of a key in the plain value; that of a merge (`<<`) is a symbol in the library. */
function keyName(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'symbol' ? key.value.description : String(key.value ?? '');
}

/** Values after anchors are expanded; stops counting beyond the limit. */
function countValues(value: unknown, counted: number): number {
  let count = counted + 1;
  if (typeof value !== 'object' || value === null) return count;
  for (const item of Object.values(value)) {
    if (count > MAX_VALUES) return count;
    count = countValues(item, count);
  }
  return count;
}

function anchorOf(root: Node, name: string): Node | null {
  const stack: unknown[] = [root];
  let found: Node | null = null;
  while (stack.length > 0) {
    const node = stack.pop();
    if (isNode(node) && !isAlias(node) && (node as { anchor?: string }).anchor === name) found = node;
    if (isMap(node)) for (const pair of node.items) stack.push(pair.value);
    else if (isSeq(node)) stack.push(...node.items);
  }
  return found;
}

/** Follows a path of the plain value back to the nodes it came from, through aliases and merge keys (`<<`). */
function locator(
  root: Node,
  anchor: (name: string) => Node | null,
  place: (offset: number) => Place,
): Pick<SourceDocument, 'placeOf' | 'textOf'> {
  const target = (node: unknown): Node | null => {
    if (isAlias(node)) return anchor(node.source);
    return isNode(node) ? node : null;
  };
  type Step = { key: Node | null; value: Node | null };
  const child = (parent: Node | null, segment: string | number): Step | null => {
    if (isSeq(parent)) {
      const item = parent.items[Number(segment)];
      return isNode(item) ? { key: null, value: item } : null;
    }
    if (!isMap(parent)) return null;
    // Of a key that is there twice the last one counts.
    const found = parent.items.findLast(({ key }) => isNode(key) && keyName(key) === String(segment));
    if (found !== undefined && isNode(found.key))
      return { key: found.key, value: isNode(found.value) ? found.value : null };
    for (const pair of parent.items) {
      if (keyName(pair.key) !== '<<') continue;
      const source = target(pair.value);
      for (const merged of isSeq(source) ? source.items : [source]) {
        const step = child(target(merged), segment);
        if (step !== null) return step;
      }
    }
    return null;
  };
  const walk = (path: Path): Step & { complete: boolean } => {
    let step: Step = { key: null, value: root };
    for (const segment of path) {
      const next = child(target(step.value), segment);
      if (next === null) return { ...step, complete: false };
      step = next;
    }
    return { ...step, complete: true };
  };
  return {
    placeOf(path, at = 'value') {
      const { key, value, complete } = walk(path);
      const node = at === 'key' || !complete ? (key ?? value) : (value ?? key);
      return place(node?.range?.[0] ?? 0);
    },
    textOf(path) {
      const { value, complete } = walk(path);
      const node = target(value);
      return complete && isScalar(node) ? (node.source ?? String(node.value)) : undefined;
    },
  };
}
