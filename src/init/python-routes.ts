import { NEEDS_KEY, needOf } from './handler-needs.ts';
import { type Router, resolvedRoutes, type Seen } from './mounts.ts';

type File = { path: string; text: string };

const MADE =
  /^[ \t]*([\w.]+)\s*(?::\s*\w+\s*)?=\s*(?:\w+\.)?(FastAPI|Flask|Quart|Starlette|Sanic|Bottle|APIRouter|Blueprint)\(/gm;
const HUNG_IN = /\b(\w+)\.(?:include_router|register_blueprint)\(\s*([\w.]+)/g;
const DECORATED = /^[ \t]*@(\w+)\.(get|post|put|patch|delete|route|websocket)\(\s*(["'])([^"'\n]*)\3/gm;
const IMPORTED = /^[ \t]*from\s+([.\w]+)\s+import\s+(?:\(([^)]*)\)|([^\n]+))/gm;
const NAMED = /^(?:app|api|application)$/;
/** What FastAPI gives to a handler by its type. */
const GIVEN = /:\s*(?:Request|Response|BackgroundTasks|WebSocket|HTTPConnection)\b/;

/** Routes of FastAPI and Flask, behind the prefixes of their routers. */
export function pythonRoutes(files: readonly File[]): Seen[] {
  const all = new Map(files.map(({ path, text }) => [path, text.replace(/^[ \t]*#.*$/gm, '')]));
  const routers = new Map<string, Router>();
  for (const [file, text] of all) for (const one of made(file, text)) routers.set(one.key, one.router);
  const find = (file: string, name: string) => routerOf(all, routers, file, name, 0);
  for (const [file, text] of all) {
    for (const { index: at, 0: whole, 1: into = '', 2: what = '' } of text.matchAll(HUNG_IN)) {
      const child = find(file, what);
      const parent = find(file, into);
      if (child === null || parent === null) continue;
      const options = callAt(text, at + whole.indexOf('('));
      const router = routers.get(child);
      const prefix = prefixOf(options);
      // What a blueprint is registered with takes the place of its own.
      if (router !== undefined && prefix !== '' && /\bregister_blueprint\(/.test(whole)) router.base = '';
      router?.mounts.push({ parent, prefix, at, ...(isGuarded(options) ? { reason: NEEDS_KEY } : {}) });
    }
    for (const { index: at, 0: whole, 1: name = '', 2: verb = '', 4: route = '' } of text.matchAll(
      DECORATED,
    )) {
      if (verb === 'websocket' || !/^(?:\/|$)/.test(route)) continue;
      let key = find(file, name);
      if (key === null && NAMED.test(name)) {
        key = `${file}?${name}`;
        routers.set(key, routerIn(file, true, ''));
      }
      const router = key === null ? undefined : routers.get(key);
      const options = callAt(text, at + whole.indexOf('('));
      const reason = needAt(text, at, options, route);
      const target = router ?? routers.get(`${file}!`) ?? routerIn(file, false, '');
      if (router === undefined) routers.set(`${file}!`, target);
      for (const method of methodsOf(verb, options))
        target.routes.push({ method, route, at, ...(reason === undefined ? {} : { reason }) });
    }
  }
  return resolvedRoutes(routers, (prefix, route) => `${prefix.replace(/\/$/, '')}${route}` || '/');
}

const routerIn = (file: string, root: boolean, base: string | null): Router => ({
  file,
  root,
  base,
  routes: [],
  mounts: [],
  guards: [],
});

function* made(file: string, text: string): Generator<{ key: string; router: Router }> {
  for (const { index, 0: whole, 1: name = '', 2: kind = '' } of text.matchAll(MADE)) {
    const options = callAt(text, index + whole.length - 1);
    const root = !/^(?:APIRouter|Blueprint)$/.test(kind);
    const router = routerIn(file, root, root ? '' : prefixOf(options));
    if (isGuarded(options)) router.guards.push({ prefix: '', at: -1, reason: NEEDS_KEY });
    yield { key: `${file}:${name}`, router };
  }
}

/** The text of a call whose parenthesis stands at a place. */
function callAt(text: string, open: number): string {
  let depth = 0;
  const last = Math.min(text.length, open + 3000);
  for (let at = open; at < last; at++) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')' && --depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1, last);
}

/** The prefix that a call says; none where it says none, null where that is no text. */
function prefixOf(options: string): string | null {
  const [, value] = /\b(?:prefix|url_prefix)\s*=\s*([^,)\n]*)/.exec(options) ?? [];
  if (value === undefined) return /\*\*/.test(options) ? null : '';
  const [, , inside] = /^(["'])([^"'{}]*)\1\s*$/.exec(value.trim()) ?? [];
  return inside ?? null;
}

const isGuarded = (options: string): boolean => /\bdependencies\s*=/.test(options);

function methodsOf(verb: string, options: string): string[] {
  if (verb !== 'route') return [verb.toUpperCase()];
  const [, stated] = /\bmethods\s*=\s*[[({]([^\])}]*)/.exec(options) ?? [];
  return stated === undefined
    ? ['GET']
    : [...stated.matchAll(/["'](\w+)["']/g)].map(([, one = '']) => one.toUpperCase());
}

/** Why a handler is not called by itself: what stands around it, what it takes, and what it does. */
function needAt(text: string, at: number, options: string, route: string): string | undefined {
  if (isGuarded(options)) return NEEDS_KEY;
  const rest = text.slice(at, at + 4000);
  const definition = /^[ \t]*(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(/m.exec(rest);
  if (definition === null) return undefined;
  const above = rest.slice(rest.indexOf(options) + options.length, definition.index);
  const before =
    text
      .slice(Math.max(0, at - 300), at)
      .split(/\n[ \t]*\n/)
      .at(-1) ?? '';
  const decorators = `${above}\n${/^(?:[ \t]*@[^\n]*\n)+$/.test(before) ? before : ''}`;
  if (/@\w*(?:login|auth|require|jwt|permission|roles?|protected)\w*/i.test(decorators)) return NEEDS_KEY;
  const signature = callAt(rest, definition.index + definition[0].length - 1);
  if (/\b(?:Depends|Security|Header|Cookie)\(/.test(signature)) return NEEDS_KEY;
  const body = rest.slice(definition.index + definition[0].length).split(/^(?=\S)/m)[0] ?? '';
  const need = needOf(body);
  if (need !== undefined) return need;
  const asks = topLevel(signature).some(
    (one) =>
      !/=/.test(one.replace(/\[[^\]]*\]/g, '')) &&
      !/^\s*(?:\*|self\b|cls\b|request\b|$)/.test(one) &&
      !GIVEN.test(one) &&
      !route.includes((/\w+/.exec(one) ?? ['?'])[0]),
  );
  return asks ? 'it may need a value in its query' : undefined;
}

function topLevel(signature: string): string[] {
  let depth = 0;
  let from = 0;
  const parts: string[] = [];
  for (let at = 0; at < signature.length; at++) {
    if (/[([{]/.test(signature[at] ?? '')) depth += 1;
    else if (/[)\]}]/.test(signature[at] ?? '')) depth -= 1;
    else if (signature[at] === ',' && depth === 0) {
      parts.push(signature.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, signature.slice(from)];
}

/** The router of a name such as `router` or `items.router`, in a file or where that has it from. */
function routerOf(
  files: ReadonlyMap<string, string>,
  routers: ReadonlyMap<string, Router>,
  file: string,
  name: string,
  hops: number,
): string | null {
  const key = `${file}:${name}`;
  if (routers.has(key)) return key;
  if (hops > 4) return null;
  const [first = '', ...members] = name.split('.');
  const text = files.get(file) ?? '';
  for (const { 1: from = '', 2: several, 3: one } of text.matchAll(IMPORTED)) {
    for (const entry of (several ?? one ?? '').split(',')) {
      const [, original = '', local = original] = /^\s*(\w+)(?:\s+as\s+(\w+))?/.exec(entry) ?? [];
      if (local !== first) continue;
      const module = moduleFile(
        files,
        file,
        `${from.replace(/\.$/, '..')}.${original}`.replace(/^(\.+)\.(?=\w)/, '$1'),
      );
      if (members.length > 0 && module !== undefined)
        return routerOf(files, routers, module, members.join('.'), hops + 1);
      const whole = moduleFile(files, file, from);
      if (members.length === 0 && whole !== undefined)
        return routerOf(files, routers, whole, original, hops + 1);
    }
  }
  if (
    members.length > 1 ||
    (members.length === 1 && new RegExp(`^import\\s+.*\\b${first}\\b`, 'm').test(text))
  ) {
    const module = moduleFile(files, file, [first, ...members.slice(0, -1)].join('.'));
    return module === undefined ? null : routerOf(files, routers, module, members.at(-1) ?? '', hops + 1);
  }
  return null;
}

function moduleFile(files: ReadonlyMap<string, string>, file: string, dotted: string): string | undefined {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(dotted) ?? [];
  const folders = file.split('/').slice(0, -1);
  const inner = rest.split('.').filter((part) => part !== '');
  const roots =
    dots === ''
      ? folders.map((_, i) => folders.slice(0, folders.length - i)).concat([[], ['src']])
      : [folders.slice(0, folders.length - dots.length + 1)];
  for (const root of roots) {
    const base = [...root, ...inner].join('/');
    for (const path of [`${base}.py`, base === '' ? '__init__.py' : `${base}/__init__.py`])
      if (files.has(path)) return path;
  }
  return undefined;
}
