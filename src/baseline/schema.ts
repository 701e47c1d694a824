import * as z from 'zod';
import type { Distribution, HistogramDistribution } from '../domain/distribution.ts';
import { MAX_BUCKET_INDEX } from '../domain/histogram.ts';
import {
  type FailureReason,
  RESULT_SCHEMA,
  RESULT_VERSION,
  type Result,
  type Tally,
} from '../domain/result.ts';
import { CAPS } from './limits.ts';

const name = z.string().min(1).max(CAPS.nameLength);
const text = z.string().max(CAPS.textLength);
const count = z.int().min(0);
const finite = z.number().min(-CAPS.magnitude).max(CAPS.magnitude);
const positive = z.number().min(0).max(CAPS.magnitude);
const share = z.number().min(0).max(1);
const instant = z.iso.datetime({ offset: true }).max(40);
const counts = z.record(name, count);
const values = z.record(name, finite);
/** These become parts of paths and file names: nothing but these characters ever may. */
const sha = z.string().regex(/^[0-9a-f]{7,64}$/, 'a commit hash (7 to 64 hexadecimal digits)');
const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'up to 100 letters, digits, dots, dashes and underscores');

/** Checked by hand: one problem a list instead of one a bucket, and ten times as fast. */
export const bucketsSchema = z.custom<HistogramDistribution['buckets']>(
  areBuckets,
  `[index, count] pairs, ascending in index from 0 to ${MAX_BUCKET_INDEX}, each count at least 1`,
);

function areBuckets(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  let previous = -1;
  for (const pair of value) {
    if (!Array.isArray(pair) || pair.length !== 2) return false;
    const [index, samples] = pair;
    if (!Number.isSafeInteger(index) || index <= previous || index > MAX_BUCKET_INDEX) return false;
    if (!Number.isSafeInteger(samples) || samples < 1) return false;
    previous = index;
  }
  return true;
}

/** Equal to within rounding: sums are added in another order by every writer. */
const atMost = (a: number, b: number): boolean => a <= b + 1e-6 * Math.max(Math.abs(a), Math.abs(b), 1e-9);

/** Why the figures of a histogram contradict each other, or undefined. */
function contradiction(h: HistogramDistribution): string | undefined {
  const counted = h.buckets.reduce((sum, [, samples]) => sum + samples, 0);
  if (counted !== h.count) return `buckets that add up to its count (they hold ${counted})`;
  if (h.count === 0) return h.sum === 0 && h.sumOfSquares === 0 ? undefined : 'sums of 0, as its count is 0';
  if (h.min > h.max) return 'a min no greater than its max';
  if (!atMost(h.count * h.min, h.sum) || !atMost(h.sum, h.count * h.max))
    return 'a sum between count x min and count x max';
  if (!atMost(h.sum ** 2 / h.count, h.sumOfSquares) || !atMost(h.sumOfSquares, h.count * h.max ** 2))
    return 'a sumOfSquares between sum² / count and count x max²';
  return undefined;
}

const histogram = z
  .strictObject({
    type: z.literal('histogram'),
    unit: z.enum(['ms', 'ns']),
    count,
    sum: positive,
    sumOfSquares: positive,
    min: positive,
    max: positive,
    buckets: bucketsSchema,
  })
  .superRefine((value, context) => {
    const message = contradiction(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

const quantiles = z.strictObject({
  type: z.literal('quantiles'),
  unit: z.enum(['ms', 'ns']),
  count,
  points: z.array(z.tuple([share, positive])).max(CAPS.points),
});

const distribution = z.discriminatedUnion('type', [histogram, quantiles]) satisfies z.ZodType<Distribution>;

const tally = z.strictObject({
  elapsedMs: positive,
  counters: counts,
  errors: counts,
  distributions: z.record(name, distribution),
  values,
}) satisfies z.ZodType<Tally>;

const derivation = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('quantile'), of: name, q: share }),
  z.strictObject({ type: z.enum(['mean', 'max', 'sd']), of: name }),
  z.strictObject({ type: z.literal('rate'), of: name }),
  z.strictObject({ type: z.literal('proportion'), of: name, among: name }),
  z.strictObject({ type: z.literal('count'), of: name }),
  z.strictObject({ type: z.literal('value') }),
  z.strictObject({ type: z.literal('peak') }),
]);

const metric = z.strictObject({
  name,
  unit: z.enum(['ms', 'ns', '1/s', 'fraction', 'bytes', 'cores', 'count']),
  better: z.enum(['lower', 'higher']),
  from: derivation,
  cpuBound: z.boolean(),
});

const resources = z.strictObject({
  memory: z
    .strictObject({ peak: positive, source: z.enum(['pss', 'rss', 'cgroup', 'pid-file']) })
    .exactOptional(),
  cpu: z.strictObject({ seconds: positive, source: z.enum(['proc', 'pidusage']) }).exactOptional(),
  unmeasured: text.exactOptional(),
});

export const DIFFERENT_NAMES = 'names that are all different';

const unique = <T>(key: (item: T) => string) => ({
  check: (items: T[]) => new Set(items.map(key)).size === items.length,
  message: DIFFERENT_NAMES,
});
const uniqueNames = unique<{ name: string }>((item) => item.name);

const round = z.strictObject({
  block: count,
  index: count,
  startedAt: instant,
  durationMs: positive,
  total: tally,
  parts: z
    .array(z.strictObject({ name, tally, invalid: text.exactOptional() }))
    .max(CAPS.parts)
    .refine(uniqueNames.check, uniqueNames.message),
  values,
  resources,
  generator: z.strictObject({ cpu: positive, limited: z.boolean(), starved: share.exactOptional() }),
  anchor: tally.exactOptional(),
  invalid: text.exactOptional(),
  phase: name.exactOptional(),
  load: z
    .strictObject({ connections: positive.exactOptional(), rate: positive.exactOptional() })
    .exactOptional(),
});

const warnings = z.array(z.strictObject({ code: name, message: text })).max(CAPS.warnings);

/** Every reason there is: a document with one that its reader does not know would be refused. */
const FAILURE_REASONS: Record<FailureReason, true> = {
  'setup-failed': true,
  'start-failed': true,
  'not-ready': true,
  'port-in-use': true,
  'target-died': true,
  'nothing-answered': true,
  'only-errors': true,
  'generator-failed': true,
  'benchmark-failed': true,
  'budget-spent': true,
  cancelled: true,
};

const failure = z.strictObject({
  reason: z.enum(Object.keys(FAILURE_REASONS) as FailureReason[]),
  detail: text,
  exitCode: z.int().nullable().exactOptional(),
  signal: name.exactOptional(),
  log: z.string().max(CAPS.logLength).exactOptional(),
});

export const scenarioSchema = z.strictObject({
  name,
  type: name,
  load: name,
  metrics: z.array(metric).max(CAPS.metrics).refine(uniqueNames.check, uniqueNames.message),
  maxErrors: share,
  outcome: z.discriminatedUnion('status', [
    z.strictObject({
      status: z.literal('measured'),
      rounds: z
        .tuple([round], round)
        .refine((rounds) => rounds.length <= CAPS.rounds, `at most ${CAPS.rounds} rounds`),
      warnings,
    }),
    z.strictObject({
      status: z.literal('failed'),
      failure,
      rounds: z.array(round).max(CAPS.rounds),
      warnings,
    }),
  ]),
});

const environment = z.strictObject({
  gates: z.strictObject({
    os: text,
    imageFamily: text,
    arch: text,
    cpuModel: text,
    cpuCount: positive,
    memoryGb: positive,
    runtime: text,
    measurementVersion: count,
  }),
  recorded: z.record(name, text),
});

const origin = z.strictObject({
  repository: z.string().regex(/^[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}$/, 'OWNER/NAME'),
  event: name,
  workflow: text,
  runId: count,
  runNumber: count,
  runAttempt: count,
  job: text,
  url: text,
  headSha: sha.exactOptional(),
});

/** The result document, version 1. Unknown keys are refused: a field added later comes with a new version. */
export const resultSchema = z.strictObject({
  schema: z.literal(RESULT_SCHEMA),
  version: z.literal(RESULT_VERSION),
  tool: z.strictObject({ name: z.literal('perf-baseline'), version: name }),
  id,
  createdAt: instant,
  series: z.string().min(1).max(CAPS.textLength),
  commit: z
    .strictObject({
      sha,
      ref: text.exactOptional(),
      dirty: z.boolean(),
      committedAt: instant.exactOptional(),
    })
    .nullable(),
  origin: origin.nullable(),
  environment,
  pairing: z.strictObject({ id: name, side: z.enum(['baseline', 'candidate']) }).nullable(),
  sampling: z.strictObject({
    rounds: count,
    stopped: z.enum(['rounds', 'conclusive', 'budget', 'cancelled', 'failed']),
    loadMs: positive,
    wallMs: positive,
    looks: z.array(count).max(100).exactOptional(),
  }),
  scenarios: z.array(scenarioSchema).max(CAPS.scenarios).refine(uniqueNames.check, uniqueNames.message),
  warnings,
  verdict: name.exactOptional(),
}) satisfies z.ZodType<Result>;
