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
