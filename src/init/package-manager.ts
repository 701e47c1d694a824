import type { Finding, Place, Step } from './finding.ts';
import { versionOfWorkflows } from './node-version.ts';
import { firstOf } from './tree.ts';

export type PackageJson = {
  name?: string;
  main?: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  hasEngines: boolean;
  packageManager?: string;
  workspaces: boolean;
};

/** A package.json, whatever shape it has; null where it is no JSON object. */
export function parsePackageJson(text: string | null): PackageJson | null {
  const raw = objectOf(parsed(text));
  if (raw === null) return null;
  const { name, main, packageManager } = raw;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof main === 'string' ? { main } : {}),
    ...(typeof packageManager === 'string' ? { packageManager } : {}),
    scripts: textsOf(raw.scripts),
    dependencies: { ...textsOf(raw.devDependencies), ...textsOf(raw.dependencies) },
    hasEngines:
      'node' in textsOf(raw.engines) || 'node' in textsOf(raw.volta) || objectOf(raw.devEngines) !== null,
    workspaces: raw.workspaces !== undefined,
  };
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function textsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(objectOf(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export type ManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';
export type PackageManager = {
  name: ManagerName;
  /** Null where there is nothing to install. */
  install: Finding<string> | null;
  /** Whether it is a yarn newer than 1. */
  berry: boolean;
};

/** Files that say of which packages an install is made. */
export const LOCKS: readonly [file: string, name: ManagerName, install: string][] = [
  ['package-lock.json', 'npm', 'npm ci'],
  ['npm-shrinkwrap.json', 'npm', 'npm ci'],
  ['pnpm-lock.yaml', 'pnpm', 'pnpm install --frozen-lockfile'],
  ['yarn.lock', 'yarn', 'yarn install --frozen-lockfile'],
  ['bun.lock', 'bun', 'bun install --frozen-lockfile'],
  ['bun.lockb', 'bun', 'bun install --frozen-lockfile'],
];

/** The package manager by its lock file, which in a monorepo stands further up, else by `packageManager`. */
export function packageManagerOf(place: Place, json: PackageJson): PackageManager {
  // Stated once, at the root of a workspace.
  const around = place.above.map((tree) => parsePackageJson(tree.read('package.json')));
  const [stated] = [json, ...around].flatMap(
    (one) => (/^(npm|pnpm|yarn|bun)@/.exec(one?.packageManager ?? '')?.[1] ?? []) as ManagerName | [],
  );
  for (const [depth, tree] of [place.tree, ...place.above].entries()) {
    const found = LOCKS.filter(([file]) => tree.paths.includes(file));
    const [lock] = found.some(([, name]) => name === stated)
      ? found.filter(([, name]) => name === stated)
      : found;
    if (lock === undefined) continue;
    const [file, name, install] = lock;
    const berry =
      name === 'yarn' &&
      (firstOf(tree, ['.yarnrc.yml']) !== undefined || /^__metadata:/m.test(tree.read(file) ?? ''));
    const value = berry ? 'yarn install --immutable' : install;
    return { name, install: { value, why: `by ${'../'.repeat(depth)}${file}` }, berry };
  }
  const name = stated ?? 'npm';
  if (Object.keys(json.dependencies).length === 0) return { name, install: null, berry: false };
  return {
    name,
    install: { value: `${name} install`, why: 'by package.json, which has dependencies and no lock file' },
    berry: false,
  };
}

/** The same for a package of a workspace, whose root has tools that it is built with: npm would install it alone. */
export function installedAt(
  up: string,
  root: PackageJson | null,
  { name, install }: PackageManager,
): PackageManager['install'] {
  const needed =
    install ??
    (Object.keys(root?.dependencies ?? {}).length === 0
      ? null
      : { value: `${name} install`, why: 'by the package.json of the workspace' });
  return name !== 'npm' || needed === null
    ? needed
    : { ...needed, value: needed.value.replace(/^npm /, `npm --prefix ${up} `) };
}

/** The command that runs a script. Only npm takes the script's own arguments after `--`. */
export function runScript(name: ManagerName, script: string, args = ''): string {
  if (name === 'npm') {
    const run = script === 'start' ? 'npm start' : `npm run ${script}`;
    return args === '' ? run : `${run} -- ${args}`;
  }
  return [`${name} run ${script}`, args].filter((part) => part !== '').join(' ');
}

const SETUP_NODE = {
  uses: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020',
  version: 'v7.0.0',
};
/** Node where the repository does not say. */
const NODE = '24';

/** Steps that put Node and the package manager on the runner. */
export function nodeSteps(
  place: Place,
  json: PackageJson,
  { name, berry }: Pick<PackageManager, 'name' | 'berry'>,
): Step[] {
  const folder = place.within === '.' ? '' : `${place.within}/`;
  const above = place.above.at(-1);
  const versionFiles = ['.nvmrc', '.node-version', '.tool-versions'];
  const own = firstOf(place.tree, versionFiles) ?? (json.hasEngines ? 'package.json' : undefined);
  const outer = above && firstOf(above, versionFiles);
  const file = own === undefined ? outer : `${folder}${own}`;
  const elsewhere = file === undefined ? versionOfWorkflows(place) : null;
  const setup: Step = {
    ...SETUP_NODE,
    with: file === undefined ? { 'node-version': elsewhere?.value ?? NODE } : { 'node-version-file': file },
    why:
      file === undefined
        ? elsewhere !== null
          ? `Node ${elsewhere.value}, as in ${elsewhere.why}`
          : `Node ${NODE}: neither .nvmrc nor "engines" in package.json says which`
        : `the version of Node is that of ${file}`,
  };
  if (name === 'npm') return [setup];
  if (name === 'bun')
    return [setup, { run: 'npm install --global bun', why: 'bun, which the runner does not have' }];
  const corepack = 'npm install --global corepack && corepack enable';
  if (name === 'pnpm') return [setup, { run: corepack, why: 'pnpm, which the runner does not have' }];
  const stated = [place.tree, ...place.above].some(
    (tree) => parsePackageJson(tree.read('package.json'))?.packageManager !== undefined,
  );
  if (stated) return [setup, { run: corepack, why: 'yarn, in the version that packageManager states' }];
  return berry ? [setup, { run: corepack, why: 'yarn, of which the runner has version 1 alone' }] : [setup];
}
