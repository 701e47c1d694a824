import { Unmeasurable } from './words.ts';

type Fn = (...args: unknown[]) => unknown;

/** One export with one input: what is timed as a part. */
export type Case = {
  part: string;
  /** Called as a method of `self`, where the case is an object. */
  self: object | null;
  fn: Fn;
  setup: Fn | null;
  teardown: Fn | null;
  /** What a function without a setup is called with, and what a setup gets. */
  args: unknown[];
  /** What is to be changed before it can be run. */
  fault?: string;
};

export type Choice = { bench: readonly string[]; inputs: readonly { name: string; value: unknown }[] };

const LONGEST_NAME = 100;
const MOST_PARTS = 400;

/**
 * The cases of a module: exported functions, and objects with a `fn`, each with every input. Exports named `setup` and
 * `teardown` are for all cases that have none of their own; with a `fn` beside them the module itself is the only case.
 * A default export is taken for what it holds. An object that is meant for a case and is none is one with a fault: what it
 * lacks would else be left out without a word. Throws an Unmeasurable where there are none, or not the named ones.
 */
export function casesOf(exports: Readonly<Record<string, unknown>>, choice: Choice): Case[] {
  const found = collect(exports);
  for (const name of ['setup', 'teardown'])
    if (found.get(name) !== undefined && asFunction(found.get(name)) === null)
      throw new Unmeasurable(
        'cannot be run',
        `the module exports ${name}, which is for a function to call ${name === 'setup' ? 'before' : 'after'} each case, and it is not one; make it one, or name it otherwise`,
      );
  const own = asFunction(found.get('fn'));
  const shared = { setup: asFunction(found.get('setup')), teardown: asFunction(found.get('teardown')) };
  const isWhole = own !== null && (shared.setup !== null || shared.teardown !== null);
  const names = [...found.keys()].filter((name) =>
    isWhole ? name === 'fn' : name !== 'setup' && name !== 'teardown',
  );
  const able = names.filter((name) => benchmarkOf(found.get(name), name) !== null);
  const missing = choice.bench.filter((name) => !able.includes(name));
  const list = able.length === 0 ? 'none' : able.slice(0, 20).join(', ');
  if (missing.length > 0)
    throw new Unmeasurable(
      'cannot be run',
      `bench names ${missing.join(', ')}, which the module does not export as a function or { fn }; it has ${list}`,
    );
  const chosen = choice.bench.length === 0 ? able : [...choice.bench];
  if (chosen.length === 0)
    throw new Unmeasurable('cannot be run', 'the module exports no function, and no object with a fn');
  const inputs = choice.inputs.length === 0 ? [null] : choice.inputs;
  if (chosen.length * inputs.length > MOST_PARTS)
    throw new Unmeasurable(
      'cannot be run',
      `${chosen.length} cases with ${inputs.length} inputs are more than ${MOST_PARTS} parts; name some with bench`,
    );
  const cases = chosen.flatMap((name) => {
    const benchmark = benchmarkOf(found.get(name), name);
    if (benchmark === null) return [];
    return inputs.map((input) => ({
      part: partName(name, input?.name),
      ...benchmark,
      setup: benchmark.setup ?? shared.setup,
      teardown: benchmark.teardown ?? shared.teardown,
      args: input === null ? [] : [input.value],
    }));
  });
  return distinct(cases);
}

/** Exports by name; those of a default export beside them, as CommonJS modules have them. */
function collect(exports: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const found = new Map(
    Object.entries(exports).filter(([name]) => name !== 'default' && name !== 'module.exports'),
  );
  const { default: main } = exports;
  const whole = benchmarkOf(main, 'default');
  if (whole !== null && whole.fault === undefined) {
    if (![...found.values()].includes(main)) found.set('default', main);
  } else if (typeof main === 'object' && main !== null) {
    for (const [name, value] of Object.entries(main)) if (!found.has(name)) found.set(name, value);
  }
  return found;
}

const HOOKS = ['setup', 'fn', 'teardown'] as const;

function benchmarkOf(
  value: unknown,
  name: string,
): Pick<Case, 'self' | 'fn' | 'setup' | 'teardown' | 'fault'> | null {
  const plain = asFunction(value);
  if (plain !== null) return { self: null, fn: plain, setup: null, teardown: null };
  if (typeof value !== 'object' || value === null) return null;
  const { fn, setup, teardown } = value as Record<string, unknown>;
  const timed = asFunction(fn);
  // Only a plain object that names none of the three is surely there for something else.
  if (timed === null && !(isPlain(value) && HOOKS.some((hook) => hook in value))) return null;
  const fault = faultOf(value as Record<string, unknown>, name);
  return {
    self: value,
    fn: timed ?? (() => {}),
    setup: asFunction(setup),
    teardown: asFunction(teardown),
    ...(fault !== undefined && { fault }),
  };
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Why an object is no case, with what to change; keys of its own for its own use are no fault, those that are nearly one of ours are. */
function faultOf(value: Record<string, unknown>, name: string): string | undefined {
  if (value.fn === undefined || value.fn === null) {
    const meant = nearTo(value, 'fn');
    return `${name} has no fn${meant === undefined ? '; give it the function to be timed' : `, but ${meant}; call it fn`}`;
  }
  for (const hook of HOOKS) {
    const given = value[hook];
    if (given !== undefined && given !== null && asFunction(given) === null)
      return `${hook} of ${name} is not a function that can be called; make it one, or leave it out`;
    const meant = nearTo(value, hook);
    if (meant !== undefined && given === undefined)
      return `${name} has ${meant}, which nothing calls; call it ${hook}`;
  }
  return undefined;
}

/** A key that is one of ours but for capitals, or for what stands between the words. */
const nearTo = (value: object, hook: string): string | undefined =>
  Object.keys(value).find((key) => key !== hook && key.toLowerCase().replace(/[^a-z]/g, '') === hook);

/** A class cannot be called: it is no benchmark. */
function asFunction(value: unknown): Fn | null {
  if (typeof value !== 'function') return null;
  return /^class\b/.test(Function.prototype.toString.call(value)) ? null : (value as Fn);
}

function partName(name: string, input: string | undefined): string {
  const whole = input === undefined ? name : `${name} (${input})`;
  const plain = whole.replace(/\p{C}/gu, ' ').trim() || 'unnamed';
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME - 1)}…` : plain;
}

function distinct(cases: readonly Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const count = (seen.get(one.part) ?? 0) + 1;
    seen.set(one.part, count);
    return count === 1 ? one : { ...one, part: `${one.part} #${count}` };
  });
}

/** Whether a function has no body at all, comments aside: `() => {}`, `async function () { // later }`. */
export function hasEmptyBody(fn: Fn): boolean {
  const source = Function.prototype.toString
    .call(fn)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    .trim();
  return /(\)|=>)\s*\{\s*\}$/.test(source);
}

const tagOf = (value: unknown): string => Object.prototype.toString.call(value);

/** `function*` and `async function*`. */
export const isGeneratorFunction = (fn: Fn): boolean =>
  ['[object GeneratorFunction]', '[object AsyncGeneratorFunction]'].includes(tagOf(fn));

/** What calling one gives. */
export const isGenerator = (value: unknown): boolean =>
  ['[object Generator]', '[object AsyncGenerator]'].includes(tagOf(value));
