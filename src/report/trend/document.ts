import { sparkline } from '../sparkline.ts';
import type { TrendReport } from './build.ts';

export const TREND_SCHEMA = 'perf-baseline/trend';
export const TREND_VERSION = 1;

export type TrendDocument = ReturnType<typeof trendDocument>;

/** What `trend --format json` prints, described by schema/trend.schema.json. Numbers in the base unit of their metric. */
export function trendDocument(report: TrendReport) {
  return {
    schema: TREND_SCHEMA,
    version: TREND_VERSION,
    sections: report.sections.map(({ metrics, ...section }) => ({
      ...section,
      metrics: metrics.map(({ metric, part, points, reason, ...trend }) => ({
        ...trend,
        part: part ?? null,
        metric: metric.name,
        unit: metric.unit,
        better: metric.better,
        values: points.map(({ value }) => value),
        points,
        sparkline: sparkline(points.map(({ value }) => value)),
        changeType: metric.from.type === 'proportion' ? ('absolute' as const) : ('relative' as const),
        reason: reason ?? null,
      })),
    })),
    unreadable: report.unreadable,
  };
}
