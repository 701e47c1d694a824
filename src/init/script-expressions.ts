import type { Router } from './mounts.ts';
import { exported, functionAt, literalAt, type Module, namedAt, resolvedFile } from './script-modules.ts';
import { type Chain, chainAt, type Span } from './script-text.ts';

const APPLICATION = /^(?:express|[fF]astify|polka|restana|tinyhttp)$/;
const NEW_APPLICATION = /^(?:\w*Hono|Koa|Elysia|App)$/;
const ROUTER_PACKAGE = /^(?:@?koa[-/](?:joi-)?(?:tree-)?router|express-promise-router|router|find-my-way)$/;
/** An application and a router that nothing in the file declares go by their names. */
const NAMED_APPLICATION = /^(?:this\.)?(?:app|server|fastify)$/;
const NAMED_ROUTER = /^(?:this\.)?(?:\w*[rR]outer|routes)$/;

/** What expressions of scripts are routers, and where each stands. */
export class Expressions {
  readonly routers = new Map<string, Router>();

  readonly modules: ReadonlyMap<string, Module>;

  /** Whether a router that is hung in nowhere may answer: one that is written by hand. */
  private readonly byHand: boolean;

  constructor(modules: ReadonlyMap<string, Module>, byHand: boolean) {
    this.modules = modules;
    this.byHand = byHand;
  }

  /** The router of a key, made where it is not known yet. */
  protected routerAt(key: string, file: string, root: boolean, base: string | null = ''): string {
    if (!this.routers.has(key))
      this.routers.set(key, { file, root, base, routes: [], mounts: [], guards: [] });
    return key;
  }

  protected literal(module: Module, span: Span | undefined): string | null {
    return span === undefined ? null : literalAt(this.modules, module, span);
  }

  /** The prefix of options: none where they have none, null where it is no text. */
  protected prefixIn(module: Module, options: Span | undefined): string | null {
    if (options === undefined) return '';
    const text = module.code.slice(options.start, options.end);
    if (!text.startsWith('{')) return null;
    const match = /(?<=[{,]\s{0,40})["']?\b(?:prefix|[a-z]*Prefix)\b["']?\s{0,9}:\s{0,9}/.exec(text);
    if (match === null) return /\bprefix\b|\.\.\./.test(text) ? null : '';
    const start = options.start + match.index + match[0].length;
    const [value = ''] = /^[^,}]*/.exec(module.text.slice(start, options.end)) ?? [];
    return this.literal(module, { start, end: start + value.trimEnd().length });
  }

  /** `new Hono().basePath('/x')` is itself behind it; `app.basePath('/x')` is another router. */
  protected behind(module: Module, key: string, chain: Chain, index: number): string {
    const step = chain.steps[index];
    const prefix = this.literal(module, step?.args?.[0]);
    const derived = `${module.path}@${step?.at}`;
    const isNew = !this.routers.has(derived);
    this.routerAt(derived, module.path, false);
    if (isNew) this.routers.get(derived)?.mounts.push({ parent: key, prefix, at: step?.at ?? 0 });
    return derived;
  }

  /** The router that a function has as a parameter; null where no function is known. */
  protected parameterOf(module: Module, at: number, index: number): string | null {
    const fresh = functionAt(module, at);
    if (fresh !== undefined) return this.parameter(module, fresh, index);
    const chain = chainAt(module, at);
    if (chain === null) return null;
    const [first, second] = chain.steps;
    if (/^(?:fp|fastifyPlugin)$/.test(chain.root) && first?.args?.[0] !== undefined)
      return this.parameterOf(module, first.args[0].start, index);
    const named =
      chain.root === 'require' || chain.root === 'import'
        ? this.fileOf(module, first?.args?.[0], second?.args === null ? second.name : 'default')
        : namedAt(this.modules, module, chain.root, at);
    if (named.type !== 'value') return null;
    const scope = functionAt(named.module, named.at);
    if (scope !== undefined) return this.parameter(named.module, scope, index);
    const value = chainAt(named.module, named.at);
    return value !== null &&
      /^(?:fp|fastifyPlugin)$/.test(value.root) &&
      value.steps[0]?.args?.[0] !== undefined
      ? this.parameterOf(named.module, value.steps[0].args[0].start, index)
      : null;
  }

  protected parameter(module: Module, { start, params }: { start: number; params: string[] }, index: number) {
    return params[index] === undefined || params[index] === ''
      ? null
      : this.routerAt(`${module.path}#${start}:${index}`, module.path, false);
  }

  protected fileOf(module: Module, span: Span | undefined, name: string) {
    const from = this.literal(module, span) ?? '';
    const file = resolvedFile(module.path, from, new Set(this.modules.keys()));
    return exported(this.modules, file ?? '', name);
  }

  /** The router that an expression at a place is; null where it is none. */
  protected nodeAt(module: Module, at: number, hops: number): string | null {
    if (hops > 6 || functionAt(module, at) !== undefined) return null;
    const chain = chainAt(module, at);
    if (chain === null) return null;
    let key = this.rootOf(module, chain, hops);
    for (const [index, { name, args }] of chain.steps.entries())
      if (key !== null && name === 'basePath' && args !== null) key = this.behind(module, key, chain, index);
    return key;
  }

  /** The router that a chain of calls begins with. */
  protected rootOf(module: Module, chain: Chain, hops: number): string | null {
    const { root, fresh, at, steps } = chain;
    const [first] = steps;
    const key = `${module.path}@${at}`;
    if (this.routers.has(key)) return key;
    const own = () => this.prefixIn(module, steps.find(({ args }) => args !== null)?.args?.[0]);
    if (fresh) {
      if (NEW_APPLICATION.test(root))
        return this.routerAt(key, module.path, true, root === 'Koa' ? '' : own());
      return /Router$/.test(root) ? this.routerAt(key, module.path, this.byHand, own()) : null;
    }
    if (first?.args != null && first.name === '') {
      if (APPLICATION.test(root)) return this.routerAt(key, module.path, true);
      if (/Router$/.test(root) && !/^(?:create|make|build|get|use)/.test(root))
        return this.routerAt(key, module.path, false, own());
      if (root === 'require') return this.required(module, chain, key, hops);
      return this.returned(module, root, at, hops);
    }
    if (first?.name === 'Router' && first.args !== null) return this.routerAt(key, module.path, false);
    if (first?.name === 'createServer' && root === 'restify') return this.routerAt(key, module.path, true);
    return first !== undefined && first.args === null ? null : this.variable(module, root, at, hops);
  }

  /** What `require(…)` gives, and what is made of it at once. */
  protected required(module: Module, { steps }: Chain, key: string, hops: number): string | null {
    const [{ args } = { args: null }, second] = steps;
    const name = this.literal(module, args?.[0]) ?? '';
    if (second?.name === 'Router' && second.args !== null) return this.routerAt(key, module.path, false);
    if (second?.name === '' && APPLICATION.test(name)) return this.routerAt(key, module.path, true);
    if (second?.name === '' && ROUTER_PACKAGE.test(name))
      return this.routerAt(key, module.path, false, this.prefixIn(module, second.args?.[0]));
    const found = this.fileOf(module, args?.[0], second?.args === null ? second.name : 'default');
    return found.type === 'value' ? this.nodeAt(found.module, found.at, hops + 1) : null;
  }

  /** The router that a function gives back. */
  protected returned(module: Module, name: string, at: number, hops: number): string | null {
    const named = namedAt(this.modules, module, name, at);
    const scope = named.type === 'value' && hops < 6 ? functionAt(named.module, named.at) : undefined;
    if (named.type !== 'value' || scope === undefined) return null;
    const body = named.module.code.slice(scope.start, scope.end);
    const [last] = [...body.matchAll(/\breturn\s+(?=[\w$]+\s*[;}\n])/g)].slice(-1);
    return last === undefined
      ? null
      : this.nodeAt(named.module, scope.start + last.index + last[0].length, hops + 1);
  }

  protected variable(module: Module, name: string, at: number, hops: number): string | null {
    const named = namedAt(this.modules, module, name, at);
    if (named.type === 'parameter') return this.parameter(module, named.scope, named.index);
    const found = named.type === 'value' ? this.nodeAt(named.module, named.at, hops + 1) : null;
    if (found !== null) return found;
    if (NAMED_APPLICATION.test(name)) return this.routerAt(`${module.path}?${name}`, module.path, true);
    return NAMED_ROUTER.test(name) ? this.routerAt(`${module.path}?${name}`, module.path, this.byHand) : null;
  }
}
