import { parsePackageJson } from './package-manager.ts';
import type { Tree } from './tree.ts';

/** A module of benchmarks. `runner` is the library that it hands them to itself, where it exports none. */
export type Benchmarks = { module: string; why: string; runner?: string };

const FILE =
  /(?:^|\/)(?:bench(?:es|marks?)?|perf)\/(?:[^/]+\/)?[^/]+\.[cm]?[jt]s$|(?:^|\/)bench(?:marks?)?\.[cm]?[jt]s$|\.bench\.[cm]?[jt]s$/;
const LIBRARIES = ['tinybench', 'mitata', 'vitest', 'benchmark', 'cronometro', 'bench-node'];
const EXPORTS = /^export\s+(?:(?:async\s+)?function|const|default|\{)|^(?:module\.)?exports\b/m;

/** The benchmarks of a library for Node, the one that a script runs first; null where it has none. */
export function benchmarksOf(tree: Tree): Benchmarks | null {
  const json = parsePackageJson(tree.read('package.json'));
  if (json === null) return null;
  const scripts = Object.entries(json.scripts).filter(([name]) => /^(?:bench|benchmarks?|perf)\b/.test(name));
  const library = LIBRARIES.find((name) => json.dependencies[name] !== undefined);
  if (scripts.length === 0 && library === undefined) return null;
  const files = tree.paths.filter((path) => FILE.test(path) && !/\.d\.[cm]?ts$/.test(path));
  const run = files.find((path) => scripts.some(([, text]) => text.includes(path)));
  const read = (path: string) => tree.read(path) ?? '';
  const used = (path: string) => LIBRARIES.find((name) => new RegExp(`["']${name}["']`).test(read(path)));
  const sound = files.find((path) => used(path) === undefined && EXPORTS.test(read(path)));
  const module = sound ?? run ?? files[0];
  if (module === undefined) return null;
  const [script] = scripts.find(([, text]) => text.includes(module)) ?? [];
  const why =
    script === undefined
      ? `${module} looks like benchmarks`
      : `the script ${JSON.stringify(script)} of package.json runs it`;
  return module === sound
    ? { module, why }
    : { module, why, runner: used(module) ?? library ?? 'a runner of its own' };
}

/** What is left to do, as the product calls functions and no runner of benchmarks. */
export const toExport = ({ module, runner }: Benchmarks): string =>
  `what to call: ${module} hands its benchmarks to ${runner} itself, and a scenario of type micro measures what a module exports; move the functions into one without ${runner}, as export function parse() { … }, and name it in module (command: COMMAND times a whole program instead). The pull request that adds the module is compared with nothing, as its base does not have it`;
