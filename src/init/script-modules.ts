import { chainAt, type Scope, type Script, type Span, scriptOf } from './script-text.ts';

/** A name of a file: what it imports it from, and under which name it stands there. */
type Import = { file: string; name: string };
/** A variable, the block it is known in, and where its value stands. */
type Variable = Span & { value: number };

export type Module = Script & {
  variables: ReadonlyMap<string, readonly Variable[]>;
  imports: ReadonlyMap<string, Import>;
  /** Where the value of each export stands; `default` for `module.exports` too. */
  exports: ReadonlyMap<string, number>;
  functionsByStart: ReadonlyMap<number, Scope>;
  functionsByParameter: ReadonlyMap<string, readonly Scope[]>;
};

/** What a name stands for at a place: a parameter, a variable's value, or something of another file. */
export type Named =
  | { type: 'parameter'; scope: Scope; index: number }
  | { type: 'value'; module: Module; at: number }
  | { type: 'unknown' };

const ENDINGS = ['.ts', '.js', '.mjs', '.mts', '.cjs', '.cts', '.tsx', '.jsx'];
const VARIABLE =
  /(?:\b(?:const|let|var|public|private|protected|readonly)\s{1,9}|\bthis\.|(?<=^|[;{}\n])\s{0,40})([A-Za-z_$][\w$]{0,60})\s{0,9}[!?]?(?::[^=;{}()\n]{1,120})?=(?![=>])\s{0,200}/g;
const IMPORT = /\bimport\s+(?!type\b)([^;"'`(]{1,2000}?)\s*\bfrom\s*["']([^"'\n]+)["']/g;
const REQUIRED =
  /\b(?:const|let|var)\s+([\w$]+|\{[^}=]{1,1000}\})\s*=\s*require\(\s*["']([^"'\n]+)["']\s*\)(?:\.([\w$]+))?(?![\w$]|\s*[.(])/g;

/** The scripts of a repository, with what each takes from another and gives to others. */
export function modulesOf(files: readonly { path: string; text: string }[]): ReadonlyMap<string, Module> {
  const paths = new Set(files.map(({ path }) => path));
  const modules = new Map<string, Module>();
  for (const { path, text } of files) {
    const script = scriptOf(path, text);
    modules.set(path, {
      ...script,
      variables: variablesOf(script),
      imports: importsOf(script, paths),
      exports: exportsOf(script),
      functionsByStart: new Map(script.functions.map((one) => [one.start, one])),
      functionsByParameter: byParameter(script.functions),
    });
  }
  return modules;
}

function byParameter(functions: readonly Scope[]): Map<string, Scope[]> {
  const found = new Map<string, Scope[]>();
  for (const scope of functions)
    for (const name of new Set(scope.params)) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [scope]);
      else known.push(scope);
    }
  return found;
}

function variablesOf({ code, partner }: Script): Map<string, Variable[]> {
  const found = new Map<string, Variable[]>();
  const blocks = [...partner].filter(([open, close]) => open < close && code[open] === '{');
  blocks.sort(([a], [b]) => a - b);
  const around: [number, number][] = [];
  let next = 0;
  for (const match of code.matchAll(VARIABLE)) {
    const [whole, name = ''] = match;
    const at = match.index + whole.length;
    while (next < blocks.length && (blocks[next]?.[0] ?? 0) < at) around.push(blocks[next++] ?? [0, 0]);
    while (around.length > 0 && (around.at(-1)?.[1] ?? 0) < at) around.pop();
    // A field is known in the whole class, and a value given to a name declared elsewhere in the whole file.
    const ofClass = !/^(?:const|let|var)\b/.test(whole);
    const [start, end] = ofClass ? [-1, code.length] : (around.at(-1) ?? [-1, code.length]);
    for (const key of ofClass ? [name, `this.${name}`] : [name])
      if (found.get(key)?.push({ start, end, value: at }) === undefined)
        found.set(key, [{ start, end, value: at }]);
  }
  return found;
}

function importsOf({ path, text, code }: Script, paths: ReadonlySet<string>): Map<string, Import> {
  const found = new Map<string, Import>();
  const add = (local: string, from: string, name: string) => {
    const file = resolvedFile(path, from, paths);
    found.set(local, { file: file ?? '', name });
  };
  const isCode = (at: number) => /\S/.test(code[at] ?? ' ');
  for (const { index, 1: names = '', 2: from = '' } of text.matchAll(IMPORT)) {
    if (!isCode(index)) continue;
    const [, plain] = /^\s*([\w$]+)\s*(?:,|$)/.exec(names) ?? [];
    if (plain !== undefined) add(plain, from, 'default');
    for (const [, name = '', local = name] of (/\{([^}]*)\}/.exec(names)?.[1] ?? '').matchAll(
      /([\w$]+)(?:\s+as\s+([\w$]+))?/g,
    ))
      add(local, from, name);
  }
  for (const { index, 1: names = '', 2: from = '', 3: member = 'default' } of text.matchAll(REQUIRED)) {
    if (!isCode(index)) continue;
    if (!names.startsWith('{')) add(names, from, member);
    else
      for (const [, name = '', local = name] of names.matchAll(/([\w$]+)(?:\s*:\s*([\w$]+))?/g))
        add(local, from, name);
  }
  return found;
}

/** The file that a relative import means; undefined for packages, and for what is not there. */
export function resolvedFile(path: string, from: string, paths: ReadonlySet<string>): string | undefined {
  if (!/^\.\.?(?:\/|$)/.test(from)) return undefined;
  const parts = path.split('/').slice(0, -1);
  for (const part of from.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '.' && part !== '..' && part !== '') parts.push(part);
  }
  const base = parts.join('/');
  const bare = base.replace(/\.[cm]?jsx?$/, '');
  const names = [
    base,
    ...ENDINGS.map((ending) => bare + ending),
    ...ENDINGS.map((ending) => `${base}${ending}`),
    ...ENDINGS.map((ending) => (base === '' ? `index${ending}` : `${base}/index${ending}`)),
  ];
  return names.find((name) => paths.has(name));
}

function exportsOf({ code, partner }: Script): Map<string, number> {
  const found = new Map<string, number>();
  const patterns: readonly [RegExp, string?][] = [
    [/\bexport\s+default\s+/g, 'default'],
    [/\bmodule\.exports\s*=\s*/g, 'default'],
    [/\b(?:module\.)?exports\.([\w$]+)\s*=\s*/g],
    [/\bexport\s+(?:const|let|var)\s+([\w$]+)\s*(?::[^=;{}()\n]{1,120})?=\s*/g],
    [/\bexport\s+(?=(?:async\s+)?function\s+([\w$]+))/g],
  ];
  for (const [pattern, called] of patterns)
    for (const { index, 0: whole, 1: name } of code.matchAll(pattern))
      if (!found.has(called ?? name ?? '')) found.set(called ?? name ?? '', index + whole.length);
  for (const { index, 0: whole } of code.matchAll(/\bexport\s*\{|\bmodule\.exports\s*=\s*\{/g)) {
    const open = index + whole.length - 1;
    const inside = code.slice(open + 1, partner.get(open) ?? open + 1);
    // Only names: of `{ router: Router() }` the value stands elsewhere than its name.
    for (const { index: offset, 1: name = '', 2: as, 3: value } of inside.matchAll(
      /(?<=^|,)\s*([\w$]+)(?:\s+as\s+([\w$]+)|\s*:\s*([\w$]+))?(?=\s*(?:,|$))/g,
    )) {
      const spelled = value ?? name;
      found.set(
        as ?? name,
        open + 1 + offset + inside.slice(offset).indexOf(spelled, value === undefined ? 0 : name.length),
      );
    }
  }
  return found;
}

const MOST_HOPS = 8;

/** What a name means where it stands; the innermost of what it may be. */
export function namedAt(
  modules: ReadonlyMap<string, Module>,
  module: Module,
  name: string,
  at: number,
  hops = 0,
): Named {
  if (hops > MOST_HOPS) return { type: 'unknown' };
  const inside = (span: Span) => span.start < at && at < span.end;
  const scope = (module.functionsByParameter.get(name) ?? [])
    .filter(inside)
    .sort((a, b) => b.start - a.start)[0];
  const variable = (module.variables.get(name) ?? [])
    .filter((one) => inside(one) && one.value !== at)
    .sort((a, b) => b.start - a.start)[0];
  if (scope !== undefined && scope.start >= (variable?.start ?? -1))
    return { type: 'parameter', scope, index: scope.params.indexOf(name) };
  const from = module.imports.get(name);
  if (from !== undefined && (variable === undefined || variable.start === -1))
    return exported(modules, from.file, from.name, hops + 1);
  if (variable !== undefined) return { type: 'value', module, at: variable.value };
  const own = module.functions.find((one) => one.name === name);
  return own === undefined ? { type: 'unknown' } : { type: 'value', module, at: own.start };
}

/** What a file gives under a name. */
export function exported(modules: ReadonlyMap<string, Module>, file: string, name: string, hops = 0): Named {
  const module = modules.get(file);
  const at = module?.exports.get(name);
  if (module === undefined || at === undefined || hops > MOST_HOPS) return { type: 'unknown' };
  const chain = chainAt(module, at);
  const isName = chain !== null && !chain.fresh && chain.steps.length === 0;
  const isFunction = /^(?:async\s+)?(?:function\b|\([^()]*\)\s*(?::[^=]{1,80})?=>|[\w$]+\s*=>)/.test(
    module.code.slice(at, at + 400),
  );
  return isName && !isFunction
    ? namedAt(modules, module, chain.root, at, hops + 1)
    : { type: 'value', module, at };
}

/** The function that stands at a place, or whose body does. */
export function functionAt({ code, functions, functionsByStart }: Module, at: number): Scope | undefined {
  const own = functionsByStart.get(at);
  if (own !== undefined) return own;
  const head = /^(?:async\s+)?(?:function\b|\(|[\w$]+\s*=>)/.exec(code.slice(at, at + 200));
  if (head === null) return undefined;
  // The next body is its own, unless a parameter's default is a function.
  return functions
    .filter(({ start }) => start > at && start < at + 1000)
    .sort((a, b) => a.start - b.start)[0];
}

/** The text that stands at a span, as far as it is one in so many words, or a name for one. */
export function literalAt(
  modules: ReadonlyMap<string, Module>,
  module: Module,
  { start, end }: Span,
  hops = 0,
): string | null {
  const text = module.text.slice(start, end);
  const [, quote, inside = ''] = /^(["'`])([^"'`\\\n]*)\1$/.exec(text) ?? [];
  if (quote !== undefined && (quote !== '`' || !inside.includes('${'))) return inside;
  if (hops > 3) return null;
  const textOf = (name: string): string | null => {
    const named = namedAt(modules, module, name, start);
    if (named.type !== 'value') return null;
    const rest = named.module.text.slice(named.at, named.at + 200);
    const literal = /^(["'`])[^"'`\\\n]*\1/.exec(rest);
    if (literal === null || /^\s*[+?|&]/.test(rest.slice(literal[0].length))) return null;
    return literalAt(modules, named.module, { start: named.at, end: named.at + literal[0].length }, hops + 1);
  };
  if (/^[\w$]+$/.test(text)) return textOf(text);
  if (quote === undefined) return null;
  const parts = inside.split(/\$\{\s*([\w$]+)\s*\}/);
  const filled = parts.map((part, i) => (i % 2 === 0 ? part : textOf(part)));
  return filled.includes(null) || filled.join('').includes('${') ? null : filled.join('');
}
