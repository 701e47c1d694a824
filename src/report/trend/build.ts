import { isProportion, worseLog, worseSign } from '../../compare/scale.ts';
import { type Environment, environmentDifferences } from '../../domain/environment.ts';
import type { Metric } from '../../domain/metric.ts';
import type { Result, ScenarioResult } from '../../domain/result.ts';
import { type Drift, driftOf, FEWEST } from '../../stats/trend.ts';
import { pooledValue, poolParts } from '../pooling.ts';
import { plural } from '../quantity.ts';

/** A value of the history, in the metric's base unit. */
export type Point = { createdAt: string; sha: string | null; value: number };

export type Direction = 'improving' | 'stable' | 'degrading' | 'unclear';

export type MetricTrend = {
  scenario: string;
  part?: string;
  metric: Metric;
  /** Judged by default, and so shown where there is no room for all. */
  main: boolean;
  /** Oldest first. */
  points: Point[];
  /** A fraction of the first level, or of a proportion a difference; null of a single value. */
  change: number | null;
  direction: Direction;
  /** Why it is unclear. */
  reason?: string;
  /** Where the level changed: the first point of the new level, and the means around it. */
  changePoints: { point: Point; before: number; after: number }[];
};

/** The history of one series on one environment: only like is put beside like. */
export type TrendSection = {
  series: string;
  environment: Environment;
  results: number;
  from: string;
  to: string;
  metrics: MetricTrend[];
  notes: string[];
};

export type TrendReport = { sections: TrendSection[]; unreadable: string[] };

export type TrendOptions = {
  isMain: (metric: Metric) => boolean;
  only?: string | undefined;
};

/** Up to this a change is stable: 5%, or one percentage point of a proportion. */
const STABLE = { relative: Math.log(1.05), points: 0.01 };
const ROUNDING = 1e-9;

/** How each metric went over some results, in any order. Pure. */
export function buildTrend(
  results: readonly Result[],
  unreadable: readonly string[],
  options: TrendOptions,
): TrendReport {
  const newestFirst = [...results].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const groups: Result[][] = [];
  for (const result of newestFirst) {
    const group = groups.find(
      ([first]) =>
        first?.series === result.series &&
        environmentDifferences(first.environment, result.environment).length === 0,
    );
    if (group === undefined) groups.push([result]);
    else group.push(result);
  }
  const sections = groups.flatMap((group) => section(group.reverse(), options));
  return { sections, unreadable: [...unreadable] };
}

/** `results` oldest first. */
function section(results: readonly Result[], options: TrendOptions): TrendSection[] {
  const [oldest, newest] = [results[0], results.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const notes: string[] = [];
  const names = [
    ...new Set([...results].reverse().flatMap(({ scenarios }) => scenarios.map(({ name }) => name))),
  ];
  const metrics = names
    .filter((name) => options.only === undefined || name === options.only)
    .flatMap((name) => scenarioTrends(name, results, options, notes));
  const { series, environment } = newest;
  return [
    {
      series,
      environment,
      results: results.length,
      from: oldest.createdAt,
      to: newest.createdAt,
      metrics,
      notes,
    },
  ];
}

type Measured = { result: Result; scenario: ScenarioResult };

function scenarioTrends(
  name: string,
  results: readonly Result[],
  options: TrendOptions,
  notes: string[],
): MetricTrend[] {
  const all = results.flatMap((result): Measured[] => {
    const scenario = result.scenarios.find((one) => one.name === name);
    return scenario?.outcome.status === 'measured' ? [{ result, scenario }] : [];
  });
  const newest = all.at(-1)?.scenario;
  if (newest === undefined) {
    notes.push(`${name}: was never measured`);
    return [];
  }
  const alike = all.filter(({ scenario }) => scenario.load === newest.load);
  const other = all.length - alike.length;
  if (other > 0) notes.push(`${name}: ${plural(other, 'result')} with another load left out`);
  const gone = results.slice(results.indexOf(alike.at(-1)?.result as Result) + 1).length;
  if (gone > 0) notes.push(`${name}: not measured in the newest ${plural(gone, 'result')}`);
  return poolParts(newest).flatMap(({ name: part, metrics }) =>
    metrics.flatMap((metric) => {
      const points = alike.flatMap(({ result, scenario }): Point[] => {
        const value = pooledValue(scenario, part ?? undefined, metric.name);
        if (value === undefined || !Number.isFinite(value)) return [];
        return [{ createdAt: result.createdAt, sha: result.commit?.sha ?? null, value }];
      });
      if (points.length === 0) return [];
      const trend = {
        scenario: name,
        ...(part === null ? {} : { part }),
        metric,
        main: options.isMain(metric),
        points,
      };
      return [{ ...trend, ...judged(metric, points) }];
    }),
  );
}

type Judged = Pick<MetricTrend, 'change' | 'direction' | 'reason' | 'changePoints'>;

function judged(metric: Metric, points: readonly Point[]): Judged {
  const proportion = isProportion(metric);
  const magnitude = proportion ? STABLE.points : STABLE.relative;
  // On this axis more is worse, whatever the metric's direction.
  const place = (value: number) => (proportion ? worseSign(metric) * value : worseLog(metric, value));
  const drift = driftOf(
    points.map(({ value }) => place(value)),
    magnitude,
  );
  const signed = worseSign(metric) * drift.change;
  return {
    change: points.length < 2 ? null : proportion ? signed : Math.expm1(signed),
    ...directionOf(drift, magnitude, points.length),
    changePoints: levelsOf(points, drift.levels),
  };
}

function directionOf(drift: Drift, magnitude: number, n: number): Pick<MetricTrend, 'direction' | 'reason'> {
  if (n < FEWEST)
    return { direction: 'unclear', reason: `${plural(n, 'value')}; a direction needs ${FEWEST}` };
  if (Math.abs(drift.change) <= magnitude + ROUNDING) return { direction: 'stable' };
  if (!drift.supported) return { direction: 'unclear', reason: 'no more than these values scatter' };
  return { direction: drift.change > 0 ? 'degrading' : 'improving' };
}

function levelsOf(points: readonly Point[], levels: readonly number[]): MetricTrend['changePoints'] {
  const mean = (from: number, to: number) => {
    const values = points.slice(from, to).map(({ value }) => value);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return levels.flatMap((at, i) => {
    const point = points[at];
    if (point === undefined) return [];
    const before = mean(levels[i - 1] ?? 0, at);
    return [{ point, before, after: mean(at, levels[i + 1] ?? points.length) }];
  });
}
