import { z } from 'zod';
import type { Benchmark } from '../../domain/config.ts';
import { microMetrics } from '../../domain/metric-catalogue.ts';
import { commandText, duration, mapping, text, wholeNumber } from '../forms.ts';
import { parseDuration } from '../quantity.ts';
import { ENV, ENV_NAME } from '../templates.ts';
import type { ScenarioContext, ScenarioReader } from './scenario.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
const MOST_INPUTS = 100;

const value = z.union([z.string(), z.number(), z.boolean()], { error: 'text, a number, true or false' });
const valueForm = `a list of 1 to ${MOST_INPUTS} values, such as [10, 1000]`;
const values = z
  .array(value, { error: valueForm })
  .min(1, { error: valueForm })
  .max(MOST_INPUTS, { error: valueForm });
const exportName = text('the name of an export', /^[^\p{C}]{1,120}$/u);
const exportList = 'the name of an export, or a list of different ones';
const paramsForm = 'a list of values such as [10, 1000], or a mapping of names to such lists';

const microKeys = {
  module: text('the path of a module, relative to the working directory', /^(?![/\\]|[A-Za-z]:)[^\0]*\S$/)
    .optional()
    .describe('A module that exports functions, or { setup, fn, teardown }. Each is a case of its own.'),
  command: commandText()
    .optional()
    .describe('A program to time as a whole: its wall time, CPU time and peak memory.'),
  bench: z
    .union([exportName, z.array(exportName).min(1, { error: exportList })], { error: exportList })
    .optional()
    .describe('Exports of the module to measure. Default: all that are functions or have a fn.'),
  params: z
    .union(
      [
        values,
        z
          .record(
            z.string().regex(/^[A-Za-z_]\w{0,39}$/, { error: 'a name of at most 40 letters, digits and _' }),
            values,
          )
          .refine((record) => Object.keys(record).length > 0, { error: paramsForm }),
      ],
      { error: paramsForm },
    )
    .optional()
    .describe('Values that every case is measured with: a list, or names with a list each.'),
  concurrency: wholeNumber(1, 10_000)
    .optional()
    .describe('Calls under way at a time, of an asynchronous function. Default: 1.'),
  timeout: duration('10ms', '1h')
    .optional()
    .describe('Longest that a call, a setup or a run of the command may take. Default: 30s.'),
};

const microShape = mapping(microKeys);
type RawMicro = z.infer<typeof microShape>;
type Params = NonNullable<RawMicro['params']>;

const OF_MODULES = ['bench', 'params', 'concurrency'] as const;

export const microReader: ScenarioReader = {
  type: 'micro',
  keys: microKeys,
  standsAlone: true,
  read(shaped, context) {
    const raw = shaped as RawMicro;
    check(raw, context);
    const timeoutMs =
      (raw.timeout === undefined ? undefined : parseDuration(raw.timeout)) ?? DEFAULT_TIMEOUT_MS;
    const run: Benchmark =
      raw.command === undefined
        ? {
            type: 'module',
            module: raw.module ?? '',
            bench: raw.bench === undefined ? [] : [raw.bench].flat(),
            inputs: inputsOf(raw.params),
            concurrency: raw.concurrency ?? 1,
          }
        : { type: 'command', ...shellCommand(raw.command, context) };
    const load = run.type === 'command' ? { command: raw.command } : run;
    return {
      fields: { type: 'micro', timeoutMs, run },
      parts: null,
      ...possibleParts(run, context),
      metrics: microMetrics[run.type],
      load: { ...load, timeoutMs },
    };
  },
};

/** Parts have the names of the exports, where `bench` lists these, with the words of the inputs; a command has none. */
function possibleParts(run: Benchmark, { leftOut }: ScenarioContext): { possibleParts?: string[] } {
  if (leftOut.length > 0) return {};
  if (run.type === 'command') return { possibleParts: [] };
  if (run.bench.length === 0) return {};
  const { bench, inputs } = run;
  const parts = bench.flatMap((name) =>
    inputs.length === 0 ? [name] : inputs.map((input) => `${name} (${input.name})`),
  );
  // Long names are cut, and equal ones told apart, when the module is loaded.
  const sure = parts.every((name) => name.length <= SURELY_WHOLE && name.trim() === name);
  return sure && new Set(parts).size === parts.length ? { possibleParts: parts } : {};
}

/** Names of parts up to this length are not cut. */
const SURELY_WHOLE = 80;

function check(raw: RawMicro, { path, problems, environment, lacks }: ScenarioContext): void {
  if (lacks('module', 'command')) problems.value([...path, 'module'], 'a module, or a command, to measure');
  if (raw.command === undefined) {
    const names = [raw.bench ?? []].flat();
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index) problems.value([...path, 'bench', index], 'each export once');
    checkInputs(raw.params, { path, problems });
    return;
  }
  environment.check(problems, raw.command, [...path, 'command'], { lines: true, templates: true });
  if (raw.module !== undefined)
    problems.value([...path, 'command'], 'either a module or a command', 'cannot stand beside module');
  for (const key of OF_MODULES)
    if (raw[key] !== undefined)
      problems.value([...path, key], 'nothing here: it is for a module', 'cannot stand beside command');
}

function checkInputs(
  params: Params | undefined,
  { path, problems }: Pick<ScenarioContext, 'path' | 'problems'>,
) {
  if (params === undefined) return;
  const at = [...path, 'params'];
  const lists = Array.isArray(params) ? [{ at, list: params }] : listsOf(params, at);
  for (const { at: where, list } of lists)
    for (const [index, item] of list.entries())
      if (list.findIndex((other) => String(other) === String(item)) < index)
        problems.value([...where, index], 'each value once');
  const combinations = lists.reduce((product, { list }) => product * list.length, 1);
  if (combinations > MOST_INPUTS)
    problems.value(at, `at most ${MOST_INPUTS} combinations`, `makes ${combinations} combinations`);
}

const listsOf = (params: Exclude<Params, unknown[]>, at: (string | number)[]) =>
  Object.entries(params).map(([name, list]) => ({ at: [...at, name], list }));

/** All combinations, each with the words that tell it apart in a part's name. */
function inputsOf(params: Params | undefined): { name: string; value: unknown }[] {
  if (params === undefined) return [];
  if (Array.isArray(params)) return params.map((item) => ({ name: shown(item), value: item }));
  let inputs: { name: string; value: Record<string, unknown> }[] = [{ name: '', value: {} }];
  for (const [key, list] of Object.entries(params)) {
    inputs = inputs.flatMap((input) =>
      list.map((item) => ({
        name: `${input.name === '' ? '' : `${input.name}, `}${key}=${shown(item)}`,
        value: { ...input.value, [key]: item },
      })),
    );
  }
  return inputs;
}

function shown(item: string | number | boolean): string {
  const plain = String(item).replace(/\p{C}/gu, ' ');
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain;
}

/** A secret in a command line would be there for every process to see: the shell gets its name, and the value by its environment. */
function shellCommand(
  command: string,
  { environment }: ScenarioContext,
): { command: string; env: Record<string, string> } {
  const env: Record<string, string> = {};
  const written = command.replace(ENV, (whole, name: string) => {
    const found = ENV_NAME.test(name) ? environment.take(name) : undefined;
    if (found === undefined) return whole;
    env[name] = found;
    return `\${${name}}`;
  });
  return { command: written, env };
}
