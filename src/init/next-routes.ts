import { needOf } from './handler-needs.ts';
import type { Seen } from './mounts.ts';
import type { Tree } from './tree.ts';

const HANDLERS: readonly RegExp[] = [
  /^(?:src\/)?app((?:\/[^/]+)+)\/route\.[cm]?[jt]sx?$/,
  /^(?:src\/)?pages(\/api(?:\/[^/]+)+)\.[cm]?[jt]sx?$/,
];
const NEXT_PAGE =
  /^(?:src\/)?(?:app((?:\/[^/]+)*)\/page|pages((?:\/[^/]+)*?)(?:\/index)?)\.(?:[jt]sx?|mdx?)$/;
/** Groups, slots and files that are no page. */
const NO_PART = /\/\([^)/.]*\)|\/@[^/]*/g;
const NO_PAGE = /^\/(?:_\w+|api)(?:\/|$)|\/\(\.|\/_/;

/** Routes and pages of Next, which are files. */
export function nextRoutes(tree: Tree): Seen[] {
  if (!/"next"\s*:/.test(tree.read('package.json') ?? '')) return [];
  const settings = tree.paths
    .filter((path) => /^next\.config\.\w+$/.test(path))
    .map((path) => tree.read(path) ?? '');
  const lost = settings.some((text) => /\bbasePath\b|\bi18n\b|\btrailingSlash\b/.test(text));
  const turned = tree.paths.some((path) => /^(?:src\/)?(?:middleware|proxy)\.[jt]s$/.test(path));
  return tree.paths.flatMap((file): Seen[] => {
    const handler = HANDLERS.map((pattern) => pattern.exec(file)?.[1]).find((found) => found !== undefined);
    const [whole, inApp, inPages] = NEXT_PAGE.exec(file) ?? [];
    const stated = handler ?? inApp ?? inPages;
    if (stated === undefined || (handler === undefined && whole === undefined)) return [];
    const route = stated.replace(NO_PART, '').replace(/\/index$/, '') || '/';
    if (handler === undefined && (NO_PAGE.test(route) || route === '/')) return [];
    const text = tree.read(file) ?? '';
    const exported = [
      ...text.matchAll(/\bexport\s+(?:async\s+)?(?:function|const)\s+(GET|POST|PUT|PATCH|DELETE)\b/g),
    ];
    const methods =
      file.includes('pages/') || handler === undefined ? ['GET'] : exported.map(([, one = '']) => one);
    const asks =
      handler !== undefined && /\breq(?:uest)?\.method\b/.test(text)
        ? 'it may be for another method'
        : undefined;
    const reason = turned
      ? 'middleware stands before it that may turn requests away'
      : (needOf(text) ?? asks);
    return methods.map((method) => ({
      method,
      route,
      file,
      ...(reason === undefined ? {} : { reason }),
      ...(lost ? { lost: true } : {}),
    }));
  });
}
