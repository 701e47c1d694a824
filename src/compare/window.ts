import { environmentDifferences } from '../domain/environment.ts';
import type { Metric } from '../domain/metric.ts';
import type { Result, ScenarioResult } from '../domain/result.ts';
import type { RunCenter } from '../stats/between-run.ts';
import { changePoints } from '../stats/change-points.ts';
import { anchorLog } from './anchor.ts';
import { resolvedMoments, UNSEEN_BOOT_SD, unitsFor } from './estimates.ts';
import { worseLog } from './scale.ts';
import { type Evidence, evidenceOf, type Unit, unitValue } from './units.ts';

/** Most runs of a window: older ones say little about today. */
const MOST_RUNS = 20;

/** Runs searched for changes of level; a longer history finds them better. */
const MOST_SEARCHED = 50;

/** The evidence of earlier runs on one subject, oldest first; `chosen` is the index of the baseline itself. */
export type EarlierRuns = { runs: readonly Evidence[]; chosen: number };

/** Looks up earlier runs by subject. Runs of another environment or load say nothing, and are passed over. */
export class History {
  readonly #baseline: Result;
  readonly #runs: readonly { id: string; scenarios: ReadonlyMap<string, ScenarioResult> }[];
  readonly #known = new Map<string, Map<string | undefined, EarlierRuns>>();

  /** `window` newest first; the baseline joins it when it is not in it. */
  constructor(baseline: Result, window: readonly Result[]) {
    this.#baseline = baseline;
    const alike = window.filter(
      (result) => environmentDifferences(result.environment, baseline.environment).length === 0,
    );
    const older = alike.findIndex((result) => result.createdAt <= baseline.createdAt);
    const at = older < 0 ? alike.length : older;
    const complete = alike.some((result) => result.id === baseline.id)
      ? alike
      : [...alike.slice(0, at), baseline, ...alike.slice(at)];
    const chosen = complete.findIndex((result) => result.id === baseline.id);
    this.#runs = complete
      .slice(0, Math.max(MOST_SEARCHED, chosen + 1))
      .reverse()
      .map(({ id, scenarios }) => ({ id, scenarios: byName(scenarios) }));
  }

  /** Earlier evidence on a scenario or part, measured under `load`; `own` is the baseline's own, known already. */
  of(scenario: string, part: string | undefined, load: string, own: Evidence): EarlierRuns {
    const parts = this.#known.get(scenario) ?? new Map<string | undefined, EarlierRuns>();
    this.#known.set(scenario, parts);
    const known = parts.get(part);
    if (known) return known;
    const runs: Evidence[] = [];
    let chosen = 0;
    for (const { id, scenarios } of this.#runs) {
      const measured = scenarios.get(scenario);
      if (!usable(measured, load)) continue;
      const isBaseline = id === this.#baseline.id;
      if (isBaseline) chosen = runs.length;
      runs.push(isBaseline ? own : evidenceOf(measured, part));
    }
    const found = { runs, chosen };
    parts.set(part, found);
    return found;
  }
}

/** Of scenarios of one name the first counts. */
function byName(scenarios: readonly ScenarioResult[]): Map<string, ScenarioResult> {
  return new Map(scenarios.map((scenario) => [scenario.name, scenario] as const).reverse());
}

function usable(scenario: ScenarioResult | undefined, load: string): scenario is ScenarioResult {
  return scenario?.outcome.status === 'measured' && scenario.load === load;
}

/** One run's centre on the axis on which more is worse, with the anchor's centre where it had one. */
export type RunPoint = RunCenter & {
  units: number;
  /** The chosen baseline. */
  chosen: boolean;
  anchor: number | undefined;
  /** The run's values less `slope` times the anchor, for comparing the anchored form. */
  anchored: (slope: number) => RunCenter;
};

/** Centres of one run's valid units, or undefined where it has none. */
export function runPoint(metric: Metric, evidence: Evidence, chosen = false): RunPoint | undefined {
  const places: number[] = [];
  const anchors: (number | undefined)[] = [];
  for (const unit of unitsFor(metric, evidence)) {
    const value = unitValue(metric, unit);
    if (value === undefined) continue;
    places.push(worseLog(metric, value));
    anchors.push(unitAnchor(unit));
  }
  if (places.length === 0) return undefined;
  const unseen = evidence.kind === 'round' && metric.from.type !== 'peak' ? UNSEEN_BOOT_SD ** 2 : 0;
  const centre = (values: readonly number[]): RunCenter => {
    const { n, mean, variance } = resolvedMoments(metric, values, 1);
    return { value: mean, variance: variance / n + unseen, df: n - 1 };
  };
  const plain = centre(places);
  const common = { ...plain, units: places.length, chosen };
  if (!anchors.every((place) => place !== undefined))
    return { ...common, anchor: undefined, anchored: () => plain };
  return {
    ...common,
    anchor: anchors.reduce((sum, place) => sum + place, 0) / anchors.length,
    anchored: (slope) => centre(places.map((place, i) => place - slope * (anchors[i] ?? 0))),
  };
}

const unitAnchor = (unit: Unit): number | undefined => (unit.anchor ? anchorLog(unit.anchor) : undefined);

/**
 * The runs that share the chosen baseline's level: between the changes of level around it, the newest twenty, the chosen
 * one always among them.
 */
export function sameLevel<T extends { chosen: boolean }>(
  points: readonly T[],
  place: (point: T) => number,
): T[] {
  const own = points.find((point) => point.chosen) ?? points.at(-1);
  const chosen = own === undefined ? 0 : points.indexOf(own);
  let from = 0;
  let to = points.length;
  for (const at of changePoints(points.map(place))) {
    if (at <= chosen) from = at;
    else if (at < to) to = at;
  }
  const level = points.slice(from, to);
  const newest = level.slice(-MOST_RUNS);
  return own && !newest.includes(own) ? [own, ...newest.slice(1)] : newest;
}
