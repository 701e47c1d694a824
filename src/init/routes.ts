import type { Finding } from './finding.ts';
import { djangoRoutes, nestRoutes } from './framework-routes.ts';
import { type PlainRoute, plainRoutes } from './plain-routes.ts';
import { sources, type Tree } from './tree.ts';

/** Names of health checks. The weak ones are words for other things too. */
const STRONG = 'health|healthz|health-?check|_health|ready|readyz|readiness|livez|liveness';
const WEAK = 'live|ping|status|up';
const BEFORE = '\\/(?:(?:api|actuator|internal|-|_)\\/)?(?:v\\d\\/)?';
const LITERAL = new RegExp(`["'\`](?:GET )?(${BEFORE}(?:${STRONG}))\\/?["'\`]`, 'g');
const HEALTH = new RegExp(`^${BEFORE}(?:${STRONG}|${WEAK})\\/?$`);
/** The first is the likeliest to answer 2xx as soon as the service does; readiness may ask for a database. */
const PREFERENCE = ['health', 'healthz', 'healthcheck', 'health-check', '_health', 'livez', 'liveness'];

/** A route of a router: behind whatever prefix the router is mounted at. */
const ON_ROUTER =
  /(?:\b(?:\w*[rR]outer|routes?|api|v\d|bp|\w*[bB]lueprint)|Router\(\))\s*\.(?:get|all|route|GET)\(\s*$/;
const MOUNTED =
  /\.use\(\s*["'`]\/\w|include_router\([^)]*prefix|APIRouter\([^)]*prefix|url_prefix|\bprefix:\s*["'`]\/|\.(?:Group|nest)\(\s*"\/\w/;
/** Fastify: what a plugin adds stands behind the prefix that it is registered with, or that of its folder. */
const PLUGIN = /\bexport default\b|\bmodule\.exports\s*=|\bFastifyPlugin|\bfp\(/;
const REGISTERED = /\bprefix:\s*["'`]\/|@fastify\/autoload/;
const LISTENS = /\.listen\(/;
/** Nest: a controller of that name, behind the prefix of all of them. */
const CONTROLLER = new RegExp(`@Controller\\(\\s*["'\`]\\/?(${STRONG})["'\`]`);
const GLOBAL_PREFIX = /setGlobalPrefix\(\s*["'`]\/?([\w/-]+)["'`]\s*([,)])/;

const PLAIN = '(\\/[\\w./~-]*)';
/** GET routes on the application itself: those of a router may stand behind a prefix. */
const ROUTES: readonly RegExp[] = [
  // app.get('/x'), fastify.get("/x", server.get<Reply>('/x'
  new RegExp(`\\b(?:app|server|fastify)\\.get(?:<[^>]*>)?\\(\\s*["'\`]${PLAIN}["'\`]\\s*,`, 'g'),
  // @app.get("/x"), @app.route("/x")
  new RegExp(`@(?:app|api)\\.(?:get|route)\\(\\s*["']${PLAIN}["']\\s*[,)](?![^)\\n]*methods)`, 'g'),
  // http.HandleFunc("GET /x", mux.HandleFunc("/x", r.GET("/x", e.GET("/x"
  new RegExp(`\\.(?:HandleFunc|Handle)\\(\\s*"(?:GET )?${PLAIN}"`, 'g'),
  new RegExp(`\\b(?:r|e|app|router)\\.(?:GET|Get)\\(\\s*"${PLAIN}"`, 'g'),
  // .route("/x", get(handler))
  new RegExp(`\\.route\\(\\s*"${PLAIN}"\\s*,\\s*(?:axum::routing::|web::)?get\\(`, 'g'),
];

export type HealthCheck =
  | { status: 'found'; path: string; why: string }
  /** There is one, behind a prefix that cannot be told. */
  | { status: 'prefixed'; path: string; why: string };

/** What in the sources tells whether the service is ready, the likeliest; null where there is nothing. */
export function healthCheck(tree: Tree, first: readonly string[]): HealthCheck | null {
  const found: { path: string; why: string; routed: boolean; named: boolean }[] = [];
  let mounted = false;
  let controller: { name: string; why: string } | undefined;
  let prefix: RegExpExecArray | null = null;
  for (const { path: why, text } of sources(tree, first)) {
    mounted ||= MOUNTED.test(text) || REGISTERED.test(text);
    prefix ??= GLOBAL_PREFIX.exec(text);
    const name = CONTROLLER.exec(text)?.[1];
    if (name !== undefined) controller ??= { name, why };
    const named = first.includes(why);
    for (const match of text.matchAll(LITERAL)) {
      const routed = isPlugin(text) || ON_ROUTER.test(text.slice(Math.max(0, match.index - 60), match.index));
      if (!CONTROLLER.test(text)) found.push({ path: match[1] ?? '', why, routed, named });
    }
    for (const path of routesIn(why, text))
      if (isHealth(path)) found.push({ path, why, routed: isPlugin(text), named });
  }
  if (controller !== undefined) {
    const [, stated, more] = prefix ?? [];
    const path = `${stated === undefined ? '' : `/${stated}`}/${controller.name}`;
    return { status: more === ',' ? 'prefixed' : 'found', path, why: controller.why };
  }
  const order = (one: (typeof found)[number]) =>
    (one.routed && mounted ? 100 : 0) + (one.named ? 0 : 10) + rankOf(one.path);
  const [best] = found.sort((a, b) => order(a) - order(b));
  if (best === undefined) return null;
  return { status: best.routed && mounted ? 'prefixed' : 'found', path: best.path, why: best.why };
}

function rankOf(path: string): number {
  const at = PREFERENCE.indexOf(path.slice(path.lastIndexOf('/') + 1));
  return at < 0 ? PREFERENCE.length : at;
}

export const isHealth = (path: string): boolean => HEALTH.test(path);

const isPlugin = (text: string): boolean =>
  /\bfastify\b/i.test(text) && PLUGIN.test(text) && !LISTENS.test(text);

function* routesIn(path: string, text: string): Generator<string> {
  // Of Go, only what stands beside main: elsewhere a router may be a group behind a prefix.
  if (/^package (?!main\b)/m.test(text)) return;
  for (const pattern of ROUTES) for (const [, route = ''] of text.matchAll(pattern)) yield route;
  for (const { method, route, open } of plainIn(path, text)) if (method === 'GET' && open) yield route;
}

const isScript = (path: string): boolean => /\.[cm]?[jt]s$/.test(path);

const plainIn = (path: string, text: string): PlainRoute[] => (isScript(path) ? plainRoutes(text) : []);

/** GET routes without parameters that stand in the sources as texts; none where there is no telling. */
export function sourceRoutes(tree: Tree, first: readonly string[]): Finding<string[]> | null {
  const found = new Map<string, string>();
  const all = [...sources(tree, first)];
  const registered = all.some(({ text }) => REGISTERED.test(text));
  for (const { path, text } of all) {
    if (registered && isPlugin(text)) continue;
    for (const route of routesIn(path, text)) if (!found.has(route)) found.set(route, path);
  }
  for (const { method, route, path } of routerRoutes(all))
    if (method === 'GET' && !route.includes(':') && !found.has(route)) found.set(route, path);
  for (const { route, path } of [...nestRoutes(tree, first), ...djangoRoutes(tree)])
    if (!found.has(route)) found.set(route, path);
  if (found.size === 0) return null;
  return { value: [...found.keys()], why: [...new Set(found.values())].slice(0, 3).join(', ') };
}

/** `router.get('/x', …)`, of a framework's router or of one written by hand. */
const OF_ROUTER = withMethod('\\w*[rR]outer|routes');
/** `app.post('/x', …)`, and paths with parameters: `app.get('/x/:id', …)`. */
const OF_APPLICATION = withMethod('app|server|fastify');

function withMethod(objects: string): RegExp {
  return new RegExp(
    `\\b(?:${objects})\\.(get|post|put|patch|delete)(?:<[^>]*>)?\\(\\s*["'\`](\\/[\\w./~:-]*)["'\`]\\s*,`,
    'g',
  );
}

/** A router behind a prefix that only the code knows. */
const MOUNTED_SOMEWHERE = /\.use\(\s*[\w.]{0,60}(?:prefix|base|path|root|mount)\w{0,30}\s*,/i;

/** Routes of routers; none where routers stand behind prefixes, as it could not be told which. */
function* routerRoutes(all: readonly { path: string; text: string }[]): Generator<Seen> {
  const mounted = [MOUNTED, REGISTERED, MOUNTED_SOMEWHERE];
  if (all.some(({ text }) => mounted.some((pattern) => pattern.test(text)))) return;
  for (const { path, text } of all.filter((one) => isScript(one.path)))
    for (const [, method = '', route = ''] of text.matchAll(OF_ROUTER))
      yield { method: method.toUpperCase(), route, path };
}

type Seen = { method: string; route: string; path: string };

/** Routes that were seen, and that cannot be requested as they stand: `POST /orders`, `GET /products/:id`. */
export function otherRoutes(tree: Tree, first: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (method: string, route: string) => {
    if (method !== 'GET' || route.includes(':')) found.add(`${method} ${route}`);
  };
  const all = [...sources(tree, first)].filter(({ path }) => isScript(path));
  for (const { path, text } of all) {
    if (isPlugin(text)) continue;
    for (const [, method = '', route = ''] of text.matchAll(OF_APPLICATION)) add(method.toUpperCase(), route);
    for (const { method, route, open } of plainIn(path, text))
      if (method !== 'GET' || !open) found.add(`${method} ${route}${open ? '' : '…'}`);
  }
  for (const { method, route } of routerRoutes(all)) add(method, route);
  return [...found];
}
