import type { PartSummary, Report } from '../domain/report.ts';
import type { Change, Comparison, Estimate, LimitOutcome } from '../domain/verdict.ts';
import { criterionText } from './selection.ts';
import { inertJson } from './untrusted.ts';

export const REPORT_SCHEMA = 'perf-baseline/report';
export const REPORT_VERSION = 1;

/**
 * The report as one JSON document, described by schema/report.schema.json. Numbers are in the base unit of their
 * metric (`unit` beside them); a number that is not known, or not finite, is null, never 0.
 */
export function formatJson(report: Report): string {
  return `${inertJson(reportDocument(report))}\n`;
}

function reportDocument(report: Report) {
  const { sampling } = report;
  return {
    schema: REPORT_SCHEMA,
    version: REPORT_VERSION,
    verdict: report.verdict,
    comparisons: report.comparisons.map(comparison),
    limits: report.limits.map(limit),
    scenarios: report.scenarios.map(({ generator, parts, ...scenario }) => ({
      ...scenario,
      generator: generator && { cpu: finite(generator.cpu), limited: generator.limited },
      parts: parts.map(part),
    })),
    environment: report.environment,
    baseline: report.baseline,
    sampling: {
      rounds: sampling.rounds,
      stopped: sampling.stopped,
      loadMs: finite(sampling.loadMs),
      wallMs: finite(sampling.wallMs),
    },
    series: report.series,
    title: report.title,
    createdAt: report.createdAt,
    commit: report.commit,
    headSha: report.headSha ?? null,
    trends: report.trends.map((trend) => ({ ...trend, values: trend.values.map(finite) })),
    criterionChanges: report.criterionChanges,
    warnings: report.warnings,
    reproduce: report.reproduce,
    runUrl: report.runUrl,
  };
}

function comparison(row: Comparison) {
  return {
    scenario: row.scenario,
    ...(row.part === undefined ? {} : { part: row.part }),
    metric: row.metric.name,
    unit: row.metric.unit,
    better: row.metric.better,
    verdict: row.verdict,
    level: row.level,
    gating: row.gating,
    ...(row.broken && { broken: true }),
    baseline: estimate(row.baseline),
    candidate: estimate(row.candidate),
    change: change(row.change),
    criterion: criterionText(row.criterion),
    detectable: row.detectable === null ? null : finite(row.detectable),
    n: row.n,
    ...(row.reason === undefined ? {} : { reason: row.reason }),
  };
}

function limit(row: LimitOutcome) {
  return {
    scenario: row.scenario,
    ...(row.part === undefined ? {} : { part: row.part }),
    metric: row.metric.name,
    unit: row.metric.unit,
    better: row.metric.better,
    level: row.level,
    bound: row.bound,
    text: row.text,
    outcome: row.outcome,
    ...(row.broken && { broken: true }),
    candidate: estimate(row.candidate),
    ...(row.reason === undefined ? {} : { reason: row.reason }),
  };
}

function part({ name, metrics, values, counters, errors }: PartSummary) {
  const units = Object.fromEntries(
    metrics.filter((m) => Object.hasOwn(values, m.name)).map((m) => [m.name, m.unit]),
  );
  return { name, values: finiteValues(values), units, counters, errors };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function finiteValues(values: Record<string, number>): Record<string, number | null> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, finite(value)]));
}

function estimate(value: Estimate | null) {
  if (value === null) return null;
  const { center, low, high, confidence } = value;
  return { center: finite(center), low: finite(low), high: finite(high), confidence: finite(confidence) };
}

function change(value: Change | null) {
  return value === null ? null : { type: value.type, ...estimate(value) };
}
