import { parse } from 'yaml';
import { shellWord } from '../domain/shell-word.ts';
import type { Place } from './finding.ts';
import { type ManagerName, type PackageJson, parsePackageJson } from './package-manager.ts';
import { firstOf, type Tree } from './tree.ts';

/** The workspace that a package is in: its root, the way there, and what of it the package needs built. */
export type Workspace = {
  /** From the package to the root, such as `../..`. */
  up: string;
  root: PackageJson | null;
  /** Packages that it depends on, in the order in which they are built. */
  builds: { name: string; folder: string }[];
};

/** Null for a package that is in none: one with a lock file of its own is not, and neither is one no pattern names. */
export function workspaceOf(place: Place, json: PackageJson, locks: readonly string[]): Workspace | null {
  if (firstOf(place.tree, locks) !== undefined) return null;
  for (const [depth, tree] of place.above.entries()) {
    const patterns = patternsOf(tree);
    if (patterns === null) continue;
    const folder = place.within
      .split('/')
      .slice(-depth - 1)
      .join('/');
    if (!matches(folder, patterns)) return null;
    return {
      up: Array(depth + 1)
        .fill('..')
        .join('/'),
      root: parsePackageJson(tree.read('package.json')),
      builds: buildsOf(json, packagesIn(tree, patterns)),
    };
  }
  return null;
}

function patternsOf(tree: Tree): string[] | null {
  try {
    const { workspaces } = JSON.parse(tree.read('package.json') ?? '{}');
    const listed =
      workspaces?.packages ?? workspaces ?? parse(tree.read('pnpm-workspace.yaml') ?? '')?.packages;
    return Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : null;
  } catch {
    return null;
  }
}

function matches(folder: string, patterns: readonly string[]): boolean {
  const one = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/^!?(?:\.\/)?|\/+$/g, '')
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replace(/\*\*?/g, (stars) => (stars === '**' ? '.+' : '[^/]+'))}$`,
    ).test(folder);
  return (
    patterns.some((pattern) => !pattern.startsWith('!') && one(pattern)) &&
    !patterns.some((pattern) => pattern.startsWith('!') && one(pattern))
  );
}

type Local = { folder: string; json: PackageJson };

function packagesIn(tree: Tree, patterns: readonly string[]): Map<string, Local> {
  const found = new Map<string, Local>();
  for (const path of tree.paths) {
    const folder = path.replace(/\/?package\.json$/, '');
    if (folder === path || folder === '' || !matches(folder, patterns)) continue;
    const json = parsePackageJson(tree.read(path));
    if (json?.name !== undefined) found.set(json.name, { folder, json });
  }
  return found;
}

/** What a package depends on, whatever that depends on before it; each once, also where they depend on each other. */
function buildsOf(json: PackageJson, packages: ReadonlyMap<string, Local>): Workspace['builds'] {
  const seen = new Set([json.name]);
  const builds: Workspace['builds'] = [];
  const visit = (one: PackageJson) => {
    for (const name of Object.keys(one.dependencies)) {
      const local = packages.get(name);
      if (local === undefined || seen.has(name)) continue;
      seen.add(name);
      visit(local.json);
      if (local.json.scripts.build !== undefined) builds.push({ name, folder: local.folder });
    }
  };
  visit(json);
  return builds;
}

/** The commands that build what a package depends on, run in its folder. */
export function localBuilds(
  { up, builds }: Workspace,
  manager: ManagerName,
  own: string | undefined,
): string[] {
  if (builds.length === 0) return [];
  // By their own folders or names, in order: npm in a package of a workspace knows that package alone.
  switch (manager) {
    case 'pnpm':
      return own === undefined
        ? builds.map(({ name }) => `pnpm --filter ${shellWord(name)} run build`)
        : [`pnpm --filter ${shellWord(`${own}^...`)} run build`];
    case 'npm':
      return builds.map(({ folder }) => `npm --prefix ${shellWord(`${up}/${folder}`)} run build`);
    case 'yarn':
      return builds.map(({ name }) => `yarn workspace ${shellWord(name)} run build`);
    case 'bun':
      return builds.map(({ name }) => `bun run --filter ${shellWord(name)} build`);
  }
}
