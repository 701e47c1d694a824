import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a folder, by their path in it with `/`. `read` gives null for what is not there, or is no text to read. */
export type Tree = { paths: readonly string[]; read(path: string): string | null };

/** Folders of other people's code, of builds and of tests: nothing in them tells how the service starts. */
const PASSED_OVER =
  /^(node_modules|bower_components|vendor|third_party|dist|build|out|target|coverage|__pycache__|venv|env|site-packages|__tests__|tests?|spec|specs|e2e|cypress|fixtures|__fixtures__|__mocks__)$/;
/** Of the hidden folders only the one that is written to. */
const HIDDEN = /^\.(?!github$)/;
const DEEPEST = 7;
const MOST_FILES = 5000;
const MOST_BYTES = 2_000_000;

/** The files of a folder. Symbolic links are not followed; a folder that cannot be listed counts as empty. */
export function readTree(folder: string, deepest = DEEPEST): Tree {
  const paths: string[] = [];
  // Breadth first, so that where there are too many files the outer ones are known.
  let level = [''];
  for (let depth = 0; depth < deepest && level.length > 0 && paths.length < MOST_FILES; depth++) {
    const next: string[] = [];
    for (const inner of level) {
      for (const entry of entriesOf(join(folder, inner))) {
        const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
        if (entry.isFile() && paths.length < MOST_FILES) paths.push(path);
        // A test folder at the top of a service is passed over; `api/spec/openapi.yaml` is a specification.
        const passed = PASSED_OVER.test(entry.name) && !(depth > 0 && /^specs?$/.test(entry.name));
        if (entry.isDirectory() && !passed && !HIDDEN.test(entry.name)) next.push(path);
      }
    }
    level = next;
  }
  const texts = new Map<string, string | null>();
  const read = (path: string) => {
    const text = texts.has(path) ? texts.get(path) : textOf(join(folder, path));
    texts.set(path, text ?? null);
    return text ?? null;
  };
  return { paths, read };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function textOf(path: string): string | null {
  try {
    const { size } = statSync(path);
    return size > MOST_BYTES ? null : readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** The same files, less those outside a folder. */
export function within(tree: Tree, folder: string): Tree {
  return { ...tree, paths: tree.paths.filter((path) => path.startsWith(`${folder}/`)) };
}

/** A folder of a tree, its files by their path in that folder. */
export function subtree(tree: Tree, folder: string): Tree {
  const start = `${folder}/`;
  const inner = tree.paths.filter((path) => path.startsWith(start));
  return {
    paths: inner.map((path) => path.slice(start.length)),
    read: (path) => tree.read(start + path),
  };
}

/** The first of some paths that is there. */
export function firstOf(tree: Tree, paths: readonly string[]): string | undefined {
  return paths.find((path) => tree.paths.includes(path));
}

const SOURCE = /\.(?:[cm]?[jt]sx?|py|go|rs|rb|java|kt|php|ex|exs|cs|properties)$/;
const NO_SOURCE =
  /\.(?:test|spec|bench|stories|d|min|config)\.[cm]?[jt]sx?$|_test\.(?:go|py)$|(?:^|\/)test_\w+\.py$/;
const MOST_SOURCES = 500;
const MOST_SOURCE_CHARACTERS = 300_000;

/** Source files that may hold the service, the likeliest first: those named, then the outer ones. */
export function* sources(
  tree: Tree,
  first: readonly string[] = [],
): Generator<{ path: string; text: string }> {
  const found = tree.paths.filter((path) => SOURCE.test(path) && !NO_SOURCE.test(path));
  const depth = (path: string) => path.split('/').length;
  const ordered = [
    ...first.filter((path) => found.includes(path)),
    ...found.filter((path) => !first.includes(path)).sort((a, b) => depth(a) - depth(b)),
  ];
  for (const path of ordered.slice(0, MOST_SOURCES)) {
    const text = tree.read(path);
    if (text !== null && text.length <= MOST_SOURCE_CHARACTERS) yield { path, text };
  }
}
