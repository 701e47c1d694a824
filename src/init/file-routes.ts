import type { Finding } from './finding.ts';
import { isHealth } from './routes.ts';
import type { Tree } from './tree.ts';

/** Frameworks whose routes are files: what of a file's path is the route. */
const HANDLERS: readonly RegExp[] = [
  // Next, app and pages
  /^(?:src\/)?app((?:\/[^/]+)+)\/route\.[cm]?[jt]sx?$/,
  /^(?:src\/)?pages(\/api(?:\/[^/]+)+)\.[cm]?[jt]sx?$/,
  // Nuxt, Nitro
  /^server(\/api(?:\/[^/.]+)+)(?:\.get)?\.[cm]?[jt]s$/,
  /^server\/routes((?:\/[^/.]+)+)(?:\.get)?\.[cm]?[jt]s$/,
  // SvelteKit, Astro, React Router
  /^src\/routes((?:\/[^/]+)+)\/\+server\.[jt]s$/,
  /^src\/pages((?:\/[^/]+)+)\.[jt]s$/,
  /^app\/routes(\/[\w-]+)\.[jt]sx?$/,
];

const HOME: readonly RegExp[] = [
  /^(?:src\/)?app\/page\.[jt]sx?$/,
  /^(?:src\/)?pages\/index\.(?:[jt]sx?|vue|astro|mdx?)$/,
  /^src\/routes\/\+page\.svelte$/,
  /^app\/routes\/_index\.[jt]sx?$/,
  /^(?:app\/)?app\.vue$/,
  /^(?:public\/)?index\.html$/,
];

/** The health check among routes that are files. Groups such as `(internal)` are no part of a path. */
export function healthFile(tree: Tree): Finding<string> | null {
  for (const file of tree.paths) {
    for (const pattern of HANDLERS) {
      const route = pattern.exec(file)?.[1]?.replace(/\/\([^)]*\)/g, '');
      if (route !== undefined && isHealth(route)) return { value: route, why: `found in ${file}` };
    }
  }
  return null;
}

/** The file that `/` shows, where there is one. */
export function homeFile(tree: Tree): string | undefined {
  return tree.paths.find((file) => HOME.some((pattern) => pattern.test(file)));
}
