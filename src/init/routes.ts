import type { Finding } from './finding.ts';
import type { Seen } from './mounts.ts';
import { isOpen } from './seen-routes.ts';
import { sources, type Tree } from './tree.ts';

/** Names of health checks. The weak ones are words for other things too. */
const STRONG = 'health|healthz|health-?check|_health|ready|readyz|readiness|livez|liveness';
const WEAK = 'live|ping|status|up';
const BEFORE = '\\/(?:(?:api|actuator|internal|-|_)\\/)?(?:v\\d\\/)?';
const LITERAL = new RegExp(`["'\`](?:GET )?(${BEFORE}(?:${STRONG}))\\/?["'\`]`, 'g');
const HEALTH = new RegExp(`^${BEFORE}(?:${STRONG}|${WEAK})\\/?$`);
const STRONGLY = new RegExp(`^${BEFORE}(?:${STRONG})\\/?$`);
/** The first is the likeliest to answer 2xx as soon as the service does; readiness may ask for a database. */
const PREFERENCE = ['health', 'healthz', 'healthcheck', 'health-check', '_health', 'livez', 'liveness'];

/** Nest: a controller of that name, behind the prefix of all of them. */
const CONTROLLER = new RegExp(`@Controller\\(\\s*["'\`]\\/?(${STRONG})["'\`]`);
const GLOBAL_PREFIX = /setGlobalPrefix\(\s*["'`]\/?([\w/-]+)["'`]\s*([,)])/;
/** Behind a prefix that is known, a health check may stand anywhere. */
const ANYWHERE = /^(?:\/[\w.~-]+)*\/(?:health|healthz|health-?check|_health|livez|liveness)\/?$/;

export type HealthCheck =
  | { status: 'found'; path: string; why: string }
  /** There is one, behind a prefix that cannot be told. */
  | { status: 'prefixed'; path: string; why: string };

/** What in the sources tells whether the service is ready, the likeliest; null where there is nothing. */
export function healthCheck(tree: Tree, first: readonly string[], seen: readonly Seen[]): HealthCheck | null {
  const found: { path: string; why: string; lost: boolean; named: boolean }[] = [];
  let controller: { name: string; why: string } | undefined;
  let prefix: RegExpExecArray | null = null;
  let versioned = false;
  for (const { path: why, text } of sources(tree, first)) {
    prefix ??= GLOBAL_PREFIX.exec(text);
    versioned ||= /enableVersioning\(/.test(text);
    const name = CONTROLLER.exec(text)?.[1];
    if (name !== undefined) controller ??= { name, why };
    const named = first.includes(why);
    const routes = seen.filter(({ file }) => file === why);
    for (const { method, route, reason, lost } of routes)
      if (method === 'GET' && !(lost ? !STRONGLY.test(route) : reason !== undefined || !isReady(route)))
        found.push({ path: route, why, lost: lost === true, named });
    // A text that stands in no route which was understood: how a server of another kind is told its routes.
    for (const [, path = ''] of text.matchAll(LITERAL))
      if (name === undefined && !routes.some(({ route }) => route.endsWith(path)))
        found.push({ path, why, lost: false, named });
  }
  if (controller !== undefined) {
    const [, stated, more] = prefix ?? [];
    const path = `${stated === undefined ? '' : `/${stated}`}/${controller.name}`;
    return { status: more === ',' || versioned ? 'prefixed' : 'found', path, why: controller.why };
  }
  const order = (one: (typeof found)[number]) =>
    (one.lost ? 100 : 0) + (one.named ? 0 : 10) + rankOf(one.path);
  const [best] = found.sort((a, b) => order(a) - order(b));
  if (best === undefined) return null;
  return { status: best.lost ? 'prefixed' : 'found', path: best.path, why: best.why };
}

function rankOf(path: string): number {
  const at = PREFERENCE.indexOf(path.slice(path.lastIndexOf('/') + 1));
  return at < 0 ? PREFERENCE.length : at;
}

/** `strong`: by a name that means nothing else. */
export const isHealth = (path: string, how?: 'strong'): boolean =>
  (how === 'strong' ? STRONGLY : HEALTH).test(path);

const isReady = (route: string): boolean => isHealth(route) || ANYWHERE.test(route);

/** GET routes that can be requested as they stand; null where none was seen. */
export function openRoutes(seen: readonly Seen[]): Finding<string[]> | null {
  const open = new Map<string, string>();
  for (const one of seen) if (isOpen(one) && !open.has(one.route)) open.set(one.route, one.file);
  if (open.size === 0) return null;
  return { value: [...open.keys()], why: [...new Set(open.values())].slice(0, 3).join(', ') };
}
