import { goRoutes, rustRoutes } from './compiled-routes.ts';
import { djangoRoutes, nestRoutes } from './framework-routes.ts';
import { riskOf } from './handler-needs.ts';
import type { Seen } from './mounts.ts';
import { nextRoutes } from './next-routes.ts';
import { plainRoutes } from './plain-routes.ts';
import { pythonRoutes } from './python-routes.ts';
import { scriptRoutes } from './script-routers.ts';
import { sources, type Tree } from './tree.ts';

const SCRIPT = /\.[cm]?[jt]sx?$/;
/** Where one of these is used, a router that is hung in nowhere answers nothing; one written by hand may. */
const FRAMEWORK = /["'`](?:express|fastify|hono|polka|@?koa[-/][\w-]*router|koa|restify)["'`]/;
/** Code that compares paths itself, beside a framework. */
const SERVES = /\bcreateServer\(|\b(?:Bun|Deno)\.serve\(/;
const MOUNTED =
  /\.use\(\s*(?:["'`]\/|[\w.]{0,60}(?:prefix|base|path|root|mount)\w{0,30}\s*,)|\bprefix:\s*["'`]\//i;
const PLAIN = /^\/[\w./~@+-]*$/;

/** All routes that stand in the sources as texts, in the order of the files; none is requested that has a reason or a value. */
export function seenRoutes(tree: Tree, first: readonly string[]): Seen[] {
  const all = [...sources(tree, first)];
  const of = (pattern: RegExp) => all.filter(({ path }) => pattern.test(path));
  const scripts = of(SCRIPT);
  const byHand = !scripts.some(({ text }) => FRAMEWORK.test(text) || MOUNTED.test(text));
  const found: Seen[] = [
    ...scriptRoutes(scripts, byHand),
    ...scripts
      .filter(({ text }) => byHand || SERVES.test(text))
      .flatMap(({ path, text }) =>
        plainRoutes(text).map(
          ({ method, route, open }): Seen => ({ method, route: open ? route : `${route}…`, file: path }),
        ),
      ),
    ...pythonRoutes(of(/\.py$/)),
    ...goRoutes(of(/\.go$/)),
    ...rustRoutes(of(/\.rs$/)),
    ...nestRoutes(tree, first),
    ...djangoRoutes(tree),
    ...nextRoutes(tree),
  ];
  const order = new Map(all.map(({ path }, i) => [path, i]));
  const at = ({ file }: Seen) => order.get(file) ?? all.length;
  return found.map(withRisk).sort((a, b) => at(a) - at(b));
}

function withRisk(seen: Seen): Seen {
  const reason = seen.reason ?? (seen.method === 'GET' ? riskOf(seen.route) : undefined);
  return reason === undefined ? seen : { ...seen, reason };
}

/** Whether a route can be requested as it stands. */
export const isOpen = ({ method, route, reason, lost }: Seen): boolean =>
  method === 'GET' && reason === undefined && lost === undefined && PLAIN.test(route);

/** Routes whose place is known and that are not requested by themselves, each with what it is for. */
export function leftRoutes(seen: readonly Seen[]): string[] {
  const left = seen.filter((one) => one.lost === undefined && !isOpen(one));
  const words = left.map(({ method, route, reason }) => {
    const why = method === 'GET' && reason !== undefined ? ` (${reason})` : '';
    return `${method} ${route}${why}`;
  });
  return [...new Set(words)];
}

const MOST_NAMED = 5;

/** What is said of routes whose prefix could not be followed, file by file. */
export function lostNotes(seen: readonly Seen[]): string[] {
  const files = new Map<string, Set<string>>();
  for (const { method, route, file, lost } of seen)
    if (lost) files.set(file, (files.get(file) ?? new Set()).add(`${method} ${route === '' ? '/' : route}`));
  return [...files].slice(0, MOST_NAMED).map(([file, routes]) => {
    const names = [...routes];
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
    const what = names.length === 1 ? 'route' : 'routes';
    const [stand, are] = names.length === 1 ? ['stands', 'is'] : ['stand', 'are'];
    return `${names.length} ${what} of ${file} ${stand} behind a prefix that could not be followed, and ${are} left out: ${names.slice(0, MOST_NAMED).join(', ')}${more}`;
  });
}
