import { GUARD, NEEDS_KEY, needBefore, needOf } from './handler-needs.ts';
import { type Router, resolvedRoutes, type Seen } from './mounts.ts';
import { Expressions } from './script-expressions.ts';
import { functionAt, type Module, modulesOf, namedAt } from './script-modules.ts';
import { type Chain, chainsOf, type Span, type Step, UP_TO_BODY } from './script-text.ts';

const VERB = /^(?:get|post|put|patch|delete|all)$/;
const STEPS = /^(?:get|post|put|patch|delete|all|use|route|register|basePath|prefix|group|addHook|on)$|^$/;
const PREFIX_NAME = /prefix|base|path|root|mount|url/i;
const MOST_CHAINS = 6000;

/** The routes of JavaScript and TypeScript frameworks, each behind the prefix that its router is hung in at. */
export function scriptRoutes(files: readonly { path: string; text: string }[], byHand: boolean): Seen[] {
  const graph = new Graph(modulesOf(files), byHand);
  for (const module of graph.modules.values()) {
    let count = 0;
    for (const chain of chainsOf(module, STEPS)) if (count++ < MOST_CHAINS) graph.read(module, chain);
  }
  withoutStrangers(graph);
  return resolvedRoutes(graph.routers);
}

const SERVED = /\.listen\(|\bserve\(|\bcreateServer\(|\.fetch\b|\bhandle\(/;

/** Of several applications, one that nothing is seen to serve may be hung in another in a way that was not followed. */
function withoutStrangers({ routers, modules }: Graph): void {
  const roots = [...routers].filter(([key, one]) => one.root && one.mounts.length === 0 && key.includes('@'));
  if (roots.length < 2) return;
  for (const [key, router] of roots) {
    const own = modules.get(router.file);
    const importers = [...modules.values()].filter((one) =>
      [...one.imports.values()].some(({ file }) => file === router.file),
    );
    // Hono's applications are its routers as well: that their importer serves says nothing of them.
    const isHono = /Hono/.test(
      own?.code.slice(Number(key.slice(key.lastIndexOf('@') + 1))).slice(0, 40) ?? '',
    );
    const places = isHono ? [own] : [own, ...importers];
    router.root = places.some((one) => one !== undefined && SERVED.test(one.code));
  }
}

class Graph extends Expressions {
  /** Takes up what a chain of calls says: routes, and what is hung in where. */
  read(module: Module, chain: Chain): void {
    let key = this.rootOf(module, chain, 0);
    if (key === null) {
      this.handOver(module, chain);
      return;
    }
    let path: string | null = null;
    for (const [index, step] of chain.steps.entries()) {
      const router = this.routers.get(key);
      const { name, args } = step;
      if (router === undefined || args === null) continue;
      if (VERB.test(name)) this.verb(module, router, step, path);
      else if (name === 'route' && args.length === 1) path = this.routeStep(module, router, step);
      else if (name === 'use') this.use(module, key, step);
      else if (name === 'route' || name === 'group') this.hang(module, key, args[0], args[1]);
      else if (name === 'register') this.register(module, key, step);
      else if (name === 'addHook') this.hook(module, router, step);
      else if (name === 'prefix' && args.length === 1) router.base = this.literal(module, args[0]);
      else if (name === 'basePath') key = this.behind(module, key, chain, index);
    }
  }

  private verb(module: Module, router: Router, { name, args, at }: Step, path: string | null): void {
    const method = name === 'all' ? 'GET' : name.toUpperCase();
    const all = [...(args ?? [])];
    if (path === null) {
      if (all.length < 2) return;
      const [first, second] = all;
      const stated = this.literal(module, first);
      // Koa's router may have a name before the path.
      const named = stated !== null && !/^\/|^$/.test(stated) ? this.literal(module, second) : null;
      all.splice(0, named === null ? 1 : 2);
      const route = named ?? stated;
      if (route === null || !/^\/|^$/.test(route)) return;
      router.routes.push({ method, route, at, ...this.need(module, all) });
    } else router.routes.push({ method, route: path, at, ...this.need(module, all) });
  }

  /** What a route asks for, by what stands before its handler, and by the handler. */
  private need(module: Module, args: readonly Span[]): { reason?: string } {
    const texts = args.map(({ start, end }) => module.text.slice(start, end));
    const last = texts.at(-1) ?? '';
    const before = texts
      .slice(0, -1)
      .map(needBefore)
      .find((reason) => reason !== undefined);
    const reason = before ?? needOf(last) ?? this.needOfNamed(module, args.at(-1), last);
    return reason === undefined ? {} : { reason };
  }

  private needOfNamed(module: Module, span: Span | undefined, name: string): string | undefined {
    if (span === undefined || !/^[\w$]+$/.test(name)) return undefined;
    const named = namedAt(this.modules, module, name, span.start);
    if (named.type !== 'value') return undefined;
    const scope = functionAt(named.module, named.at);
    return scope === undefined ? undefined : needOf(named.module.text.slice(scope.start, scope.end));
  }

  /** `route('/x')` of Express, which verbs follow; `route({ method, url, handler })` of Fastify. */
  private routeStep(module: Module, router: Router, { args, at }: Step): string | null {
    const [first] = args ?? [];
    const stated = this.literal(module, first);
    if (stated !== null || first === undefined) return stated;
    const text = module.text.slice(first.start, first.end);
    if (!text.startsWith('{')) return null;
    const [, route] = /\b(?:url|path):\s*["'`](\/[^"'`\n$]*|)["'`]/.exec(text) ?? [];
    const [, methods = ''] = /\bmethod:\s*(\[[^\]]*\]|["'`]\w+["'`])/.exec(text) ?? [];
    const reason = needBefore(text) ?? needOf(text);
    if (route !== undefined)
      for (const [, method = ''] of methods.matchAll(/["'`](GET|POST|PUT|PATCH|DELETE)["'`]/gi))
        router.routes.push({
          method: method.toUpperCase(),
          route,
          at,
          ...(reason === undefined ? {} : { reason }),
        });
    return null;
  }

  /** `use('/x', guard, router)`: what is hung in, and what stands before that and what follows. */
  private use(module: Module, key: string, { args, at }: Step): void {
    const all = [...(args ?? [])];
    const stated = this.literal(module, all[0]);
    let prefix: string | null = '';
    if (stated !== null) {
      prefix = stated.replace(/\/?\*$/, '');
      all.shift();
    } else if (all.length > 1 && all[0] !== undefined && this.nodeAt(module, all[0].start, 0) === null) {
      const text = module.text.slice(all[0].start, all[0].end);
      if (/^\[/.test(text) || (/^[\w$.]+$/.test(text) && PREFIX_NAME.test(text) && !GUARD.test(text))) {
        prefix = null;
        all.shift();
      }
    }
    let reason: string | undefined;
    for (const span of all) {
      const child = this.nodeAt(module, span.start, 0);
      const text = module.text.slice(span.start, span.end);
      if (child !== null && child !== key)
        this.routers
          .get(child)
          ?.mounts.push({ parent: key, prefix, at, ...(reason === undefined ? {} : { reason }) });
      else if (GUARD.test(text)) reason = NEEDS_KEY;
    }
    if (
      reason !== undefined &&
      (prefix === null || all.every(({ start }) => this.nodeAt(module, start, 0) === null))
    )
      this.routers.get(key)?.guards.push({ prefix: prefix ?? '', at, reason });
  }

  /** `route('/x', router)`, `group('/x', (app) => …)` */
  private hang(module: Module, key: string, at: Span | undefined, what: Span | undefined): void {
    const child =
      what === undefined
        ? null
        : (this.nodeAt(module, what.start, 0) ?? this.parameterOf(module, what.start, 0));
    if (child !== null && child !== key && at !== undefined)
      this.routers.get(child)?.mounts.push({ parent: key, prefix: this.literal(module, at), at: at.start });
  }

  /** `register(plugin, { prefix: '/x' })` */
  private register(module: Module, key: string, { args, at }: Step): void {
    const [what, options] = args ?? [];
    if (what === undefined) return;
    const child = this.parameterOf(module, what.start, 0);
    if (child === null) return;
    const text = options === undefined ? '' : module.text.slice(options.start, options.end);
    // A plugin that is wrapped shares what it is registered at, and has no prefix of its own.
    const wrapped = /^(?:fp|fastifyPlugin|plugin)\(/.test(module.code.slice(what.start, what.end));
    this.routers.get(child)?.mounts.push({
      parent: key,
      prefix: wrapped && text !== '' ? null : this.prefixIn(module, options),
      at,
    });
  }

  private hook(module: Module, router: Router, { args, at }: Step): void {
    const [when, what] = args ?? [];
    if (what === undefined || !/onRequest|preHandler|preValidation/.test(this.literal(module, when) ?? ''))
      return;
    if (GUARD.test(module.text.slice(what.start, what.end)))
      router.guards.push({ prefix: '', at, reason: NEEDS_KEY });
  }

  /** `routes(app)`: the parameter of a function stands for what it is called with. */
  private handOver(module: Module, chain: Chain): void {
    const [call] = chain.steps.filter(({ args }) => args !== null).slice(-1);
    if (call === undefined || call.args === null || VERB.test(call.name)) return;
    // A method as it is written down is no call of it.
    if (UP_TO_BODY.test(module.code.slice(chain.end, chain.end + 160))) return;
    for (const [index, span] of call.args.entries()) {
      if (!/^(?:this\.)?[\w$]+$/.test(module.code.slice(span.start, span.end))) continue;
      const parent = this.nodeAt(module, span.start, 0);
      const child = parent === null ? null : this.parameterOf(module, chain.at, index);
      if (parent === null || child === null || child === parent) continue;
      this.routers.get(child)?.mounts.push({ parent, prefix: '', at: span.start });
    }
  }
}
