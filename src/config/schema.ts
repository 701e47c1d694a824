import { z } from 'zod';
import type { Metric } from '../domain/metric.ts';
import { metricCatalogue } from '../domain/metric-catalogue.ts';
import { mapping } from './forms.ts';
import { exampleOf, QUANTITY } from './quantity.ts';
import { scenarioReaders } from './scenarios/registry.ts';
import { maxErrors, type ScenarioReader, typeKey } from './scenarios/scenario.ts';
import { measureShape, targetShape } from './target.ts';
import { CONDITION, changeForms } from './threshold.ts';

const SCENARIO_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._/:()+-]{0,79}$/u;
const scenarioNameForm =
  'a name of at most 80 letters, digits, spaces and . _ / : ( ) + -, beginning with a letter or digit';

export const scenarioName = z.string().regex(SCENARIO_NAME, { error: scenarioNameForm });

const readShapes = new Map<ScenarioReader, ReturnType<typeof frame>>();

/**
 * Shape of one scenario of a type, for reading. What criteria and limits may say depends on the metric and on the
 * names of the parts, so that the reader checks them itself (bounds.ts).
 */
export function scenarioShape(reader: ScenarioReader) {
  const known = readShapes.get(reader) ?? frame(reader, z.unknown(), z.unknown());
  readShapes.set(reader, known);
  return known;
}

/** The same for publishing: criteria and limits have the keys and forms that an editor can complete. */
function publishedShape(reader: ScenarioReader) {
  const { scenario, part } = metricCatalogue[reader.type];
  return frame(
    reader,
    byMetric(scenario, criterion)
      .catchall(byMetric(part, criterion))
      .describe(
        "Allowed changes, metric by metric; before the file's. A part's name holds a mapping of its own.",
      ),
    byMetric(scenario, limit)
      .catchall(byMetric(part, limit))
      .describe('Absolute bounds, metric by metric. Needs no baseline.'),
  );
}

function frame({ type, keys }: ScenarioReader, criteria: z.ZodType, limits: z.ZodType) {
  // A type that counts no errors has none to allow: a benchmark that throws has no figures at all.
  const countsErrors = metricCatalogue[type].scenario.some(({ from }) => from.type === 'proportion');
  return mapping({
    type: typeKey(type, 'The kind of load.'),
    ...keys,
    ...(countsErrors && { 'max-errors': maxErrors }),
    criteria: criteria.optional(),
    limits: limits.optional(),
  });
}

function byMetric(metrics: readonly Metric[], value: (metric: Metric) => z.ZodType) {
  return z.strictObject(Object.fromEntries(metrics.map((metric) => [metric.name, value(metric).optional()])));
}

function levels(level: z.ZodType) {
  return z.union([level, z.strictObject({ warn: level.optional(), fail: level.optional() })]);
}

function criterion(metric: Metric) {
  const change = z.string().regex(CONDITION);
  const level = metric.unit === 'count' ? z.union([change, z.number()]) : change;
  return z.union([z.literal('off'), levels(level)]).describe(`${meaning(metric)}: ${changeForms(metric)}.`);
}

function limit(metric: Metric) {
  const side = metric.better === 'lower' ? 'maximum' : 'minimum';
  const bound = z.union([z.string().regex(QUANTITY), z.number()]);
  return levels(bound).describe(`${meaning(metric)}: a ${side} such as ${exampleOf(metric)}.`);
}

function meaning({ name, unit, better }: Metric): string {
  return `${name} (${unit}, ${better} is better)`;
}

/** Metrics of all types by name, for criteria that hold for the whole file. */
export const allMetrics: readonly Metric[] = [
  ...new Map(
    Object.values(metricCatalogue)
      .flatMap(({ scenario }) => scenario)
      .map((metric) => [metric.name, metric] as const),
  ).values(),
];

/** The whole file: what scripts publish as JSON Schema. The reader takes it piece by piece. */
export function configShape() {
  const [first, ...rest] = scenarioReaders.map(publishedShape);
  if (first === undefined) throw new Error('no type of scenario is registered');
  return mapping({
    $schema: z.string().optional().describe('The published schema, for editors.'),
    target: targetShape.optional().describe('The service under test. Only micro-benchmarks need none.'),
    measure: measureShape.optional(),
    scenarios: z
      .record(scenarioName, z.discriminatedUnion('type', [first, ...rest]))
      .meta({ description: 'What to measure, by name.', minProperties: 1 }),
    criteria: byMetric(allMetrics, criterion)
      .optional()
      .describe('Allowed changes against the baseline, for every scenario that has the metric.'),
  });
}
