import type { Condition, Criterion, Limit } from '../domain/criterion.ts';
import type { Metric } from '../domain/metric.ts';
import type { Path, SourceDocument } from './document.ts';
import type { ProblemList } from './problems.ts';
import { exampleOf, quantityIn, takesBareNumber } from './quantity.ts';
import { changeForms, type Parsed, parseCondition } from './threshold.ts';

/** A level of a criterion or limit as written, `{ warn, fail }` or one value that means `fail`. */
type Levels<T> = { warn?: T; fail?: T };

export type BoundsReader = { problems: ProblemList; source: SourceDocument };

/** Metrics of a whole scenario and of its parts, and the parts' names: null where they could not be read. */
type Names = { scenario: readonly Metric[]; part: readonly Metric[]; parts: readonly string[] | null };

/** `off`: the criterion is switched off. */
export type WrittenCriterion = Criterion | { metric: string; part?: string; off: true };

/** The criteria of one mapping (the file's or a scenario's), each checked against its metric. */
export function readCriteria(
  reader: BoundsReader,
  raw: unknown,
  path: Path,
  names: Names,
): WrittenCriterion[] {
  return readByMetric(reader, raw, path, names, 'criteria', (value, at, metric, owner) => {
    if (value === 'off') return { ...owner, off: true };
    const levels = readLevels(reader, value, at, changeForms(metric), (text) => conditionOf(text, metric));
    if (levels?.warn && levels.fail && !increases(levels.warn, levels.fail)) {
      reader.problems.value(
        [...at, 'warn'],
        `less than the fail level (${levels.fail.text})`,
        'is not below the fail level',
      );
      return undefined;
    }
    return levels && { ...owner, ...levels };
  });
}

/** The absolute bounds of one scenario, in base units. */
export function readLimits(reader: BoundsReader, raw: unknown, path: Path, names: Names): Limit[] {
  return readByMetric(reader, raw, path, names, 'limits', (value, at, metric, owner) => {
    const levels = readLevels(reader, value, at, boundForms(metric), (text) => boundOf(text, metric));
    if (levels?.warn && levels.fail) {
      const { warn, fail } = levels;
      const inside = metric.better === 'lower' ? warn.bound < fail.bound : warn.bound > fail.bound;
      if (!inside) {
        const side = metric.better === 'lower' ? 'below' : 'above';
        reader.problems.value(
          [...at, 'warn'],
          `a value ${side} the fail level (${fail.text})`,
          'never warns',
        );
        return undefined;
      }
    }
    return levels && { ...owner, ...levels };
  });
}

function readByMetric<T>(
  reader: BoundsReader,
  raw: unknown,
  path: Path,
  names: Names,
  word: string,
  read: (
    value: unknown,
    path: Path,
    metric: Metric,
    owner: { metric: string; part?: string },
  ) => T | undefined,
): T[] {
  if (raw === undefined) return [];
  if (!isMapping(raw)) {
    reader.problems.value(path, `a mapping of metrics to ${word}`);
    return [];
  }
  const found: T[] = [];
  const visit = (mapping: Record<string, unknown>, at: Path, metrics: readonly Metric[], part?: string) => {
    for (const [key, value] of Object.entries(mapping)) {
      const here = [...at, key];
      const metric = metrics.find((candidate) => candidate.name === key);
      if (metric !== undefined) {
        const one = read(value, here, metric, part === undefined ? { metric: key } : { metric: key, part });
        if (one !== undefined) found.push(one);
      } else if (part === undefined && isMapping(value) && (names.parts?.includes(key) ?? true)) {
        visit(value, here, names.part, key);
      } else if (part !== undefined && names.scenario.some(({ name }) => name === key)) {
        reader.problems.key(here, namesOf(metrics), `a metric of a part: ${key} is of the whole scenario`);
      } else {
        const parts = part === undefined ? (names.parts ?? []) : [];
        const list = `a metric (${namesOf(metrics).join(', ')})`;
        const also = parts.length === 0 ? '' : ` or a part (${parts.slice(0, 20).join(', ')})`;
        reader.problems.key(here, [...namesOf(metrics), ...parts], list + also);
      }
    }
  };
  visit(raw, path, names.scenario);
  return found;
}

const namesOf = (metrics: readonly Metric[]): string[] => metrics.map(({ name }) => name);

function readLevels<T>(
  { problems, source }: BoundsReader,
  value: unknown,
  path: Path,
  expected: string,
  parse: (text: string) => Parsed<T>,
): Levels<T> | undefined {
  const one = (scalar: unknown, at: Path): T | undefined => {
    if (typeof scalar !== 'string' && typeof scalar !== 'number') {
      problems.value(at, expected);
      return undefined;
    }
    const parsed = parse((typeof scalar === 'number' ? source.textOf(at) : undefined) ?? String(scalar));
    if ('value' in parsed) return parsed.value;
    problems.value(at, parsed.expected, parsed.why);
    return undefined;
  };
  if (!isMapping(value)) {
    const fail = one(value, path);
    return fail === undefined ? undefined : { fail };
  }
  const levels: Levels<T> = {};
  let sound = true;
  for (const [key, scalar] of Object.entries(value)) {
    if (key !== 'warn' && key !== 'fail') {
      problems.key([...path, key], ['warn', 'fail']);
      sound = false;
      continue;
    }
    const parsed = one(scalar, [...path, key]);
    if (parsed === undefined) sound = false;
    else levels[key] = parsed;
  }
  if (Object.keys(value).length === 0) problems.value(path, expected);
  return sound && Object.keys(levels).length > 0 ? levels : undefined;
}

function conditionOf(text: string, metric: Metric): Parsed<Condition> {
  return parseCondition(text, metric);
}

/** Where both levels have a change of the same kind, the warning's must be the smaller. */
function increases(warn: Condition, fail: Condition): boolean {
  return warn.all.every((w) => {
    const f = fail.all.find(({ type }) => type === w.type);
    return f === undefined || Math.abs(w.change) < Math.abs(f.change) || warn.all.length < fail.all.length;
  });
}

function boundForms(metric: Metric): string {
  const side = metric.better === 'lower' ? 'a maximum' : 'a minimum';
  return `${side} for ${metric.name} such as ${exampleOf(metric)}, or { warn: …, fail: … }`;
}

function boundOf(text: string, metric: Metric): Parsed<{ bound: number; text: string }> {
  const expected = boundForms(metric);
  if (/^[+-]/.test(text)) return { expected, why: 'has a sign: a limit is an absolute bound' };
  if (/^\d+(\.\d+)?$/.test(text) && !takesBareNumber(metric.unit))
    return {
      expected,
      why: `has no unit: write ${text}${metric.unit === 'fraction' ? '%' : unitOf(metric)}`,
    };
  if (metric.unit === 'cores' && text.endsWith('%'))
    return { expected, why: 'is not a number of cores: 70% of one core is 0.7' };
  const bound = quantityIn(metric.unit, text);
  if (bound === undefined) return { expected };
  if (metric.unit === 'fraction' && bound > 1) return { expected, why: 'is more than 100%' };
  if (bound === 0 && metric.better === 'higher') return { expected, why: 'can never be missed' };
  if (bound === 0 && (metric.unit === 'ms' || metric.unit === 'ns' || metric.name === 'memory'))
    return { expected, why: 'can never be kept' };
  return { value: { bound, text } };
}

function unitOf(metric: Metric): string {
  return metric.unit === 'bytes' ? 'MB' : metric.unit;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
