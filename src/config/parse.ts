import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Config, Measure, Scenario } from '../domain/config.ts';
import { ConfigError, type Problem } from '../domain/errors.ts';
import { metricCatalogue } from '../domain/metric-catalogue.ts';
import { type BoundsReader, readCriteria, readLimits, type WrittenCriterion } from './bounds.ts';
import { effectiveCriteria } from './defaults.ts';
import { type Path, parseSource, type SourceDocument } from './document.ts';
import { isWrittenWrong, reportIssues, withoutFaults } from './issues.ts';
import { inert, nearest, ProblemList } from './problems.ts';
import { parsePercentage } from './quantity.ts';
import { scenarioReaders } from './scenarios/registry.ts';
import type { ScenarioReader } from './scenarios/scenario.ts';
import { allMetrics, scenarioName, scenarioShape } from './schema.ts';
import { measureShape, readMeasure, readTarget, targetShape } from './target.ts';
import { valueAt } from './value-at.ts';
import { Environment, type Variables } from './variables.ts';

export type ParseOptions = {
  /** Shown in problems and kept in the config. */
  file: string;
  /** Where commands will run, kept in the config. */
  workingDirectory: string;
  /** Variables for `${env:NAME}`; null leaves the templates in place (a config that is only judged by, never run). */
  env: Variables | null;
};

const TOP_LEVEL = ['target', 'scenarios', 'measure', 'criteria', '$schema'];
const MAX_SCENARIOS = 500;
const MAX_ERRORS = 0.1;

type Reader = BoundsReader & { environment: Environment };

/** The config of a text in YAML or JSON. Throws a ConfigError with every problem in it; reads nothing but its arguments. */
export function parseConfig(text: string, options: ParseOptions): Config {
  const { document, problems } = parseSource(text);
  const written = problems.map(({ message, value, expected, ...place }) => ({
    ...place,
    file: options.file,
    path: '',
    value: inert(value),
    expected,
    message: inert(`${value === '' ? '' : `${JSON.stringify(value)} `}${message}; expected ${expected}`),
  }));
  if (document === null) throw new ConfigError(written);
  return readDocument(document, written, options);
}

/** The config of a document that can be read; `written` are the problems of its syntax. */
function readDocument(
  source: SourceDocument,
  written: readonly Problem[],
  { file, workingDirectory, env }: ParseOptions,
): Config {
  const problems = new ProblemList(
    {
      file,
      placeOf: (path, at) => source.placeOf(path, at),
      valueAt: (path) => valueAt(source.value, path),
      textOf: (path) => source.textOf(path),
    },
    written,
  );
  const reader: Reader = { problems, source, environment: new Environment(env) };
  const root = source.value;
  if (!isMapping(root)) {
    problems.value([], 'a mapping with the keys target and scenarios');
    throw new ConfigError(problems.all());
  }
  for (const key of Object.keys(root))
    if (!TOP_LEVEL.includes(key)) problems.key([key], TOP_LEVEL.slice(0, 4));

  const service = needsService(root.scenarios);
  const target = shaped(
    reader,
    targetShape,
    root.target ?? (service ? undefined : {}),
    ['target'],
    (raw, leftOut) =>
      readTarget(
        isWrittenWrong('start', leftOut, targetShape) ? { ...raw, start: 'true' } : raw,
        { ...reader, path: ['target'] },
        service,
      ),
  );
  const measure = shaped(reader, measureShape, root.measure ?? {}, ['measure'], (raw) =>
    readMeasure(raw, problems, ['measure']),
  );
  const metrics = { scenario: allMetrics, part: [], parts: [] };
  const criteria = readCriteria(reader, root.criteria, ['criteria'], metrics);
  const [first, ...rest] = readScenarios(reader, root.scenarios, criteria, measure);
  if (problems.count > 0 || target === undefined || measure === undefined || first === undefined)
    throw new ConfigError(problems.all());
  const { secrets } = reader.environment;
  return { file, workingDirectory, target, measure, scenarios: [first, ...rest], secrets };
}

/** Whether any scenario is of a type that puts load on a service; one whose type cannot be told may be. */
function needsService(scenarios: unknown): boolean {
  if (!isMapping(scenarios) || Object.keys(scenarios).length === 0) return true;
  const alone = scenarioReaders.filter(({ standsAlone }) => standsAlone).map(({ type }): unknown => type);
  return Object.values(scenarios).some((raw) => !isMapping(raw) || !alone.includes(raw.type));
}

/**
 * Reads a piece whose shape is right. Tells what is wrong with it otherwise, and reads what is left of it for the
 * problems it may have besides (`leftOut`: what was wrong, and is missing now).
 */
function shaped<S extends z.ZodObject, T>(
  { problems }: Reader,
  shape: S,
  raw: unknown,
  path: Path,
  read: (raw: z.infer<S>, leftOut: readonly Path[]) => T,
): T | undefined {
  const result = shape.safeParse(raw);
  if (result.success) return read(result.data, []);
  reportIssues(problems, result.error.issues, path);
  if (!isMapping(raw)) return undefined;
  const { rest, leftOut } = withoutFaults(raw, shape, result.error.issues);
  const sound = shape.safeParse(rest);
  if (sound.success) read(sound.data, leftOut);
  return undefined;
}

function readScenarios(
  reader: Reader,
  raw: unknown,
  criteria: readonly WrittenCriterion[],
  measure: Measure | undefined,
): Scenario[] {
  const { problems } = reader;
  const expected = 'a mapping of at least one name to a scenario';
  if (!isMapping(raw) || Object.keys(raw).length === 0) {
    problems.value(['scenarios'], expected);
    return [];
  }
  const entries = Object.entries(raw);
  if (entries.length > MAX_SCENARIOS) {
    problems.value(['scenarios'], `at most ${MAX_SCENARIOS} scenarios`, `holds ${entries.length}`);
    return [];
  }
  const scenarios: Scenario[] = [];
  for (const [name, value] of entries) {
    const path = ['scenarios', name];
    const named = scenarioName.safeParse(name);
    if (!named.success) problems.key(path, [], named.error.issues[0]?.message ?? 'another name');
    const scenario = readScenario(reader, name, value, path, criteria, measure);
    if (scenario !== undefined) scenarios.push(scenario);
  }
  return scenarios;
}

function readScenario(
  reader: Reader,
  name: string,
  raw: unknown,
  path: Path,
  ofFile: readonly WrittenCriterion[],
  measure: Measure | undefined,
): Scenario | undefined {
  const { problems } = reader;
  if (!isMapping(raw)) {
    problems.value(path, 'a mapping with a type');
    return undefined;
  }
  const type = readerFor(reader, raw.type, path);
  if (type === undefined) return undefined;

  const shape = scenarioShape(type);
  const issues = shape.safeParse(raw).error?.issues ?? [];
  reportIssues(problems, issues, path);
  const { rest, leftOut } =
    issues.length === 0 ? { rest: raw, leftOut: [] } : withoutFaults(raw, shape, issues);
  const lacks = (...keys: string[]) =>
    keys.every((key) => rest[key] === undefined && !isWrittenWrong(key, leftOut, shape));
  const found = type.read(rest, { ...reader, path, leftOut, lacks });
  const read = issues.length === 0 ? found : undefined;

  const { scenario: ofType, part } = metricCatalogue[type.type];
  const metrics = read?.metrics ?? ofType;
  const names = { scenario: metrics, part, parts: found.parts ?? found.possibleParts ?? null };
  const written = readCriteria(reader, raw.criteria, [...path, 'criteria'], names);
  const limits = readLimits(reader, raw.limits, [...path, 'limits'], names);
  if (read === undefined) return undefined;
  const whole = read.parts?.length === 1;
  const load = {
    type: type.type,
    durationMs: measure?.durationMs,
    warmupMs: measure?.warmupMs,
    load: read.load,
  };
  const maxErrors = raw['max-errors'];
  return {
    name,
    ...read.fields,
    load: createHash('sha256').update(canonicalJson(load)).digest('hex'),
    criteria: effectiveCriteria(metrics, ofFile, whole ? written.map(withoutPart) : written),
    limits: whole ? limits.map(withoutPart) : limits,
    maxErrors: (typeof maxErrors === 'string' ? parsePercentage(maxErrors) : undefined) ?? MAX_ERRORS,
  };
}

/** The only part of a scenario is the scenario. */
function withoutPart<T extends { part?: string }>({ part: _, ...bound }: T): Omit<T, 'part'> {
  return bound;
}

function readerFor({ problems }: Reader, type: unknown, path: Path): ScenarioReader | undefined {
  const found = scenarioReaders.find((candidate) => candidate.type === type);
  const known = scenarioReaders.map((candidate) => candidate.type);
  const types = known.join(', ');
  if (found !== undefined) return found;
  const near = typeof type === 'string' ? nearest(type, known) : undefined;
  const hint = near === undefined ? undefined : `is not a type, did you mean "${near}"?`;
  problems.value([...path, 'type'], `a type of scenario: ${types}`, hint);
  return undefined;
}

/** JSON with sorted keys: equal values give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    isMapping(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
