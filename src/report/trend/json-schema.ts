import * as z from 'zod';
import { TREND_SCHEMA, TREND_VERSION, type TrendDocument } from './document.ts';

const point = z.strictObject({
  createdAt: z.string(),
  sha: z.string().nullable().describe('The commit; null outside of git.'),
  value: z.number(),
});

const metric = z.strictObject({
  scenario: z.string(),
  part: z.string().nullable().describe('Null for the scenario as a whole.'),
  metric: z.string(),
  unit: z.enum(['ms', 'ns', '1/s', 'fraction', 'bytes', 'cores', 'count']),
  better: z.enum(['lower', 'higher']),
  main: z.boolean().describe('Judged by default, and so in the other formats too.'),
  points: z.array(point).describe('Oldest first, in the unit of the metric.'),
  values: z.array(z.number()).describe('Those of the points.'),
  sparkline: z.string(),
  change: z
    .number()
    .nullable()
    .describe('From the first level to the last; null of a single value, and of what is not finite.'),
  changeType: z
    .enum(['relative', 'absolute'])
    .describe('A fraction of the first level; of a proportion the difference.'),
  direction: z.enum(['improving', 'stable', 'degrading', 'unclear']),
  reason: z.string().nullable().describe('Why it is unclear.'),
  changePoints: z
    .array(z.strictObject({ point, before: z.number(), after: z.number() }))
    .describe('Where the level changed: the first point of the new one, and the means around it.'),
});

const environment = z.strictObject({
  gates: z
    .strictObject({
      os: z.string(),
      imageFamily: z.string(),
      arch: z.string(),
      cpuModel: z.string(),
      cpuCount: z.number(),
      memoryGb: z.number(),
      runtime: z.string(),
      measurementVersion: z.number(),
    })
    .describe('What must be alike for numbers to be comparable.'),
  recorded: z.record(z.string(), z.string()),
});

const section = z.strictObject({
  series: z.string(),
  environment,
  results: z.int().min(1).describe('Baselines that the section rests on.'),
  from: z.string().describe('When the oldest was measured.'),
  to: z.string().describe('When the newest was measured.'),
  metrics: z.array(metric),
  notes: z.array(z.string()).describe('What was left out, and why.'),
});

const trendSchema = z.strictObject({
  schema: z.literal(TREND_SCHEMA),
  version: z
    .literal(TREND_VERSION)
    .describe('Raised when a reader of this version would misread the document.'),
  sections: z
    .array(section)
    .describe('One for each series on each environment: only like is put beside like.'),
  unreadable: z.array(z.string()).describe('Baselines that could not be read, and why.'),
}) satisfies z.ZodType<TrendDocument>;

/** JSON Schema (draft 2020-12) of what `trend --format json` prints. */
export function trendJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(trendSchema);
  return {
    $schema,
    title: 'perf-baseline trend',
    description:
      'What `perf-baseline trend --format json` prints: one document. Numbers are in base units, named beside them; a number that is not known or not finite is null, never 0.',
    ...schema,
  };
}
