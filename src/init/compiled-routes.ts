import { GUARD, NEEDS_KEY, needOf } from './handler-needs.ts';
import { joined, type Router, resolvedRoutes, type Seen } from './mounts.ts';
import { type Chain, chainsOf, type Script, type Span, scriptOf } from './script-text.ts';

type File = { path: string; text: string };

const VERB = /^(?:GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|HandleFunc|Handle)$/;
const STEPS = new RegExp(`${VERB.source}|^(?:Route|Group|Mount|Subrouter|PathPrefix|Use|With)$`);
const MADE =
  /\b(\w+)\s*(?::=|=)\s*(?:gin\.(?:Default|New)|chi\.NewRouter|echo\.New|fiber\.New|http\.NewServeMux|mux\.NewRouter)\(/g;
const ENGINE = /\b(\w+)\s+\*(?:gin\.Engine|echo\.Echo|chi\.Mux|fiber\.App|http\.ServeMux|mux\.Router)\b/;

/** Routes of Go's routers: those beside main, each behind its group's prefix; of others it is not known where they hang. */
export const goRoutes = (files: readonly File[]): Seen[] =>
  files.flatMap(({ path, text }) => goFile(path, text));

function goFile(path: string, text: string): Seen[] {
  const script = scriptOf(path, text);
  const routers = new Map<string, Router>();
  // What is served without its prefix has that in front of its routes.
  const stripped = /StripPrefix\([^,\n]*,(?!\s*(?:http\.FileServer|\w*[fF]s\b|\w*[fF]ile))/.test(text);
  const beside = !stripped && !/^package (?!main\b)/m.test(text);
  const add = (key: string, root: boolean): string => {
    if (!routers.has(key))
      routers.set(key, { file: path, root: root && beside, base: '', routes: [], mounts: [], guards: [] });
    return key;
  };
  const roots = new Set([...script.code.matchAll(MADE)].map(([, name = '']) => name));
  const groups = [
    ...script.code.matchAll(/\b(\w+)\s*(?::=|=)\s*(?=\w+\.(?:Group|PathPrefix|With|Route)\()/g),
  ];
  const nodeOf = (name: string, at: number): string => {
    const scope = script.functions
      .filter((one) => one.params.includes(name) && one.start < at && at < one.end)
      .sort((a, b) => b.start - a.start)[0];
    const group = groups.filter((one) => one[1] === name && one.index < at).at(-1);
    if (group !== undefined && group.index > (scope?.start ?? -1))
      return add(`group ${group.index + group[0].length}`, false);
    if (scope !== undefined) return add(`scope ${scope.start}`, isEngine(script, scope.start, name));
    return add(`root ${name}`, roots.has(name) || /^(?:http|mux|r|e|app|router)$/.test(name));
  };
  for (const chain of chainsOf(script, STEPS)) readChain(script, chain, nodeOf, add, routers);
  return resolvedRoutes(routers);
}

const isEngine = ({ code }: Script, start: number, name: string): boolean =>
  ENGINE.exec(code.slice(Math.max(0, start - 200), start).replace(/^[\s\S]*\bfunc\b/, ''))?.[1] === name;

/** A router that a structure holds: `s.router.HandleFunc(…)`. */
const FIELD = /^(?:router|mux|engine|app|echo|r|e)$/i;

function readChain(
  script: Script,
  chain: Chain,
  nodeOf: (name: string, at: number) => string,
  add: (key: string, root: boolean) => string,
  routers: Map<string, Router>,
): void {
  const [first] = chain.steps;
  const field = first?.args === null && FIELD.test(first.name) ? `${chain.root}.${first.name}` : undefined;
  let key = field === undefined ? nodeOf(chain.root, chain.at) : add(`field ${field}`, true);
  for (const { name, args, at } of chain.steps) {
    const router = routers.get(key);
    if (args === null || router === undefined) continue;
    const [first, second] = args;
    const literal = textAt(script, first);
    const guarded = args.some(
      ({ start, end }) =>
        !/^func\b/.test(script.code.slice(start, end)) && GUARD.test(script.text.slice(start, end)),
    );
    if (VERB.test(name)) {
      const [, method = /^Handle/.test(name) ? 'GET' : name.toUpperCase(), route] =
        /^(?:([A-Z]+) )?(\/.*|)$/.exec(literal ?? '?') ?? [];
      // What ends in a slash is all that is below it.
      if (route === undefined || (name === 'Handle' && /.\/$/.test(route))) continue;
      const reason =
        args.length > 2 || (args.length === 2 && guarded)
          ? NEEDS_KEY
          : needOf(handlerOf(script, args.at(-1)));
      router.routes.push({ method, route, at, ...(reason === undefined ? {} : { reason }) });
    } else if (name === 'Use') {
      if (guarded) router.guards.push({ prefix: '', at, reason: NEEDS_KEY });
    } else if (/^(?:Group|Route|PathPrefix|With)$/.test(name)) {
      const inner = args.at(-1);
      const scope = script.functions.find(
        ({ start }) => inner !== undefined && start > inner.start && start < inner.end,
      );
      const child =
        scope === undefined ? add(`group ${chain.at}`, false) : add(`scope ${scope.start}`, false);
      const prefix =
        name === 'With' || (name === 'Group' && scope !== undefined && literal === null) ? '' : literal;
      if (child !== key)
        routers
          .get(child)
          ?.mounts.push({ parent: key, prefix, at, ...(guarded ? { reason: NEEDS_KEY } : {}) });
      if (scope === undefined) key = child;
    } else if (name === 'Mount' && second !== undefined) {
      const what = script.code.slice(second.start, second.end);
      // What is mounted is no application of its own.
      if (!/^\w+$/.test(what)) continue;
      const child = routers.get(nodeOf(what, second.start));
      child?.mounts.push({ parent: key, prefix: literal, at });
    }
  }
}

function textAt({ text }: Script, span: Span | undefined): string | null {
  return span === undefined
    ? null
    : (/^(["`])([^"`\n]*)\1$/.exec(text.slice(span.start, span.end))?.[2] ?? null);
}

/** The code of a handler that stands in place, or under its name in the same file. */
function handlerOf({ text, functions }: Script, span: Span | undefined): string {
  if (span === undefined) return '';
  const inPlace = text.slice(span.start, span.end);
  if (!/^\w+$/.test(inPlace)) return inPlace;
  const scope = functions.find(({ name }) => name === inPlace);
  return scope === undefined ? '' : text.slice(scope.start, scope.end);
}

const RUST_ROUTE = /\.route\(\s*"(\/[^"\n]*)"\s*,\s*/g;
const RUST_VERB = /\b(?:axum::routing::|web::|routing::)?(get|post|put|patch|delete)\(/g;

/** Routes of axum and actix, behind what they are nested at. */
export function rustRoutes(files: readonly File[]): Seen[] {
  const scripts = files.map(({ path, text }) => scriptOf(path, text.replace(/'(?=[a-z_]\w*\b(?!'))/g, ' ')));
  const whole = scripts.map(({ text }) => text).join('\n');
  const elsewhere = /\bscope\(|\.nest(?:_service)?\(\s*(?:[^"\s]|"[^"]*"\s*,(?!\s*Router::new\b))/.test(
    whole,
  );
  return scripts.flatMap((script) => rustFile(script, elsewhere));
}

function rustFile(script: Script, elsewhere: boolean): Seen[] {
  const { code, text, partner, path: file } = script;
  const parens = [...partner].filter(([open, close]) => open < close && code[open] === '(');
  return [...text.matchAll(RUST_ROUTE)].flatMap(({ index, 0: whole, 1: own = '' }): Seen[] => {
    if (!/\S/.test(code[index] ?? ' ')) return [];
    const open = index + '.route'.length;
    const close = partner.get(open) ?? index + whole.length;
    let lost = elsewhere;
    const around = parens.filter(([from, to]) => from < index && index < to).sort(([a], [b]) => a - b);
    const prefixes = around.flatMap(([from]) => {
      if (!/\.nest$/.test(code.slice(Math.max(0, from - 8), from))) return [];
      const [, prefix] = /^\(\s*"([^"\n]*)"/.exec(text.slice(from, from + 200)) ?? [];
      lost ||= prefix === undefined;
      return [prefix ?? ''];
    });
    const route = joined(prefixes.join(''), own);
    const handlers = text.slice(index + whole.length, close);
    const chained = /\.(?:route_)?layer\([^;]{0,200}(?:auth|from_fn)/i.test(text.slice(close, close + 1500));
    return [...handlers.matchAll(RUST_VERB)].map(
      ([, verb = '']): Seen => ({
        method: verb.toUpperCase(),
        route: lost ? own : route,
        file,
        ...(lost ? { lost: true } : chained ? { reason: NEEDS_KEY } : {}),
      }),
    );
  });
}
