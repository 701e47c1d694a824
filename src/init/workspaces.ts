import type { Place } from './finding.ts';
import { parsePackageJson } from './package-manager.ts';
import type { Tree } from './tree.ts';

/** Folders of a monorepo that look like services of their own, those whose name says so first. */
export function packagesOf(tree: Tree): string[] {
  const folders = new Set<string>();
  for (const path of tree.paths) {
    const [, folder = '', file = ''] = /^(.+)\/([^/]+)$/.exec(path) ?? [];
    if (folder === '' || folder.split('/').length > 3) continue;
    if (file === 'package.json') {
      const { start, serve, 'start:prod': prod, dev } = parsePackageJson(tree.read(path))?.scripts ?? {};
      if ((start ?? serve ?? prod ?? dev) !== undefined) folders.add(folder);
    } else if (/^(?:Dockerfile|Procfile|go\.mod|requirements\.txt|pyproject\.toml)$/.test(file))
      folders.add(folder);
  }
  const likely = (folder: string) => (/api|server|service|backend|web/.test(folder) ? 0 : 1);
  return [...folders].sort((a, b) => likely(a) - likely(b) || (a < b ? -1 : 1));
}

/** Files that say how a service, or all that is below them, is set up. */
const MANIFEST =
  /^(?:package\.json|deno\.jsonc?|go\.mod|Cargo\.toml|pyproject\.toml|requirements\.txt|Pipfile|setup\.py|Gemfile|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|mix\.exs|[^/]+\.(?:csproj|sln)|Dockerfile|Containerfile|(?:docker-)?compose\.ya?ml|Procfile)$/;

/** The nearest such file around a folder that has none of its own, by its path from there; null where it has one, or none has. */
export function manifestAround({ tree, above }: Place): string | null {
  const manifest = ({ paths }: Tree) => paths.find((path) => MANIFEST.test(path));
  if (manifest(tree) !== undefined) return null;
  const [around] = above.flatMap((outer, depth) => {
    const file = manifest(outer);
    return file === undefined ? [] : [`${'../'.repeat(depth + 1)}${file}`];
  });
  return around ?? null;
}
