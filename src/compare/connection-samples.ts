import type { Metric } from '../domain/metric.ts';
import { countsConnections } from '../domain/metric-catalogue.ts';
import { newcombeInterval, wilsonInterval } from '../stats/proportion.ts';
import { countsOf, pooledCount } from './estimates.ts';
import { worseSign } from './scale.ts';
import type { Evidence, Unit } from './units.ts';

/** What `connections` opened in the rounds of a side, by its counters; `drops`: they were lost on the way, and opened again. */
export type Opened = { connections: number; rounds: number; drops: boolean };

/** Undefined where no connections are counted. */
export function openedBy(units: readonly Unit[]): Opened | undefined {
  const rounds = units.reduce((sum, unit) => sum + unit.rounds.length, 0);
  const sum = (name: string) => units.reduce((all, { tally }) => all + (tally.counters[name] ?? 0), 0);
  const [opened, dropped] = [sum('opened'), sum('dropped')];
  const connections = Math.round((opened - dropped) / Math.max(1, rounds));
  return connections < 1 ? undefined : { connections, rounds, drops: dropped > 0 };
}

/**
 * Of the share of connections that fail: whether none did on either side. So few of them can hardly ever prove that as many
 * will hold the next time, and a row that says so in every report would be read in none: only failures are judged.
 */
export function noneFailed(metric: Metric, sides: readonly (Evidence | undefined)[]): boolean {
  if (!countsConnections(metric)) return false;
  return sides.every((side) => (side?.units ?? []).every(({ tally }) => !tally.counters.unkept));
}

/** Which setting gives that many `times` the samples, where each connection gives one. `roundsKey`: of the config. */
export function moreConnections({ connections, rounds }: Opened, times: number, roundsKey: string): string {
  const [more, longer] = [connections, rounds].map((now) => Math.ceil(now * times - 1e-9));
  return `set connections to at least ${more} (it is ${connections}), or ${roundsKey} to at least ${longer} (there were ${rounds})`;
}

/**
 * Of a proportion whose trials are the connections themselves (opened, or confirmed, and nothing sent or pushed on them):
 * what would make its interval narrow enough to lie below `allowed`. Undefined where trials are of another kind, or no
 * number of them would do.
 */
export function narrowedByConnections(
  metric: Metric,
  sides: { before: readonly Unit[]; now: readonly Unit[] },
  at: { critical: number; allowed: number; roundsKey: string },
): string | undefined {
  const opened = openedBy(sides.now);
  const isTrial = ({ tally: { counters } }: Unit): boolean =>
    (counters.messages ?? 0) === 0 && (counters.ok ?? 0) <= (counters.opened ?? 0);
  if (opened === undefined || worseSign(metric) !== 1) return undefined;
  if (![...sides.before, ...sides.now].every(isTrial)) return undefined;
  const times = timesTheTrials(metric, sides, at);
  if (times === undefined) return undefined;
  const none = opened.drops
    ? 'only where connections are opened again do longer rounds add any'
    : 'longer rounds add none';
  return `each connection gives one sample when it is opened, and ${none}: ${moreConnections(opened, times, at.roundsKey)}`;
}

/**
 * Of the share of connections that fail: why there were too few of them to judge, because even without a failure they would
 * not show that it is less than `allowed`; undefined where there were enough.
 */
export function tooFewConnections(
  metric: Metric,
  sides: { before: readonly Unit[]; now: readonly Unit[] },
  { critical, allowed, roundsKey }: { critical: number; allowed: number; roundsKey: string },
): string | undefined {
  if (!countsConnections(metric) || !Number.isFinite(allowed)) return undefined;
  const opened = openedBy(sides.now);
  const tried = [sides.before, sides.now].map((units) => pooledCount(countsOf(metric, units)).trials);
  const least = Math.min(...tried);
  // Without events, Newcombe's upper end is Wilson's: c² / (n + c²).
  const needed = Math.ceil(critical ** 2 * (1 / allowed - 1));
  if (least >= needed || allowed <= 0) return undefined;
  const none = opened?.drops ? '' : ', to which longer rounds add none';
  const advice = opened && least > 0 ? `${none}: ${moreConnections(opened, needed / least, roundsKey)}` : '';
  return `${metric.name} is judged from ${needed} connections a side, and there were ${least}${advice}`;
}

/** More than this is nobody's to measure. */
const MOST_TIMES = 1000;

/** How many times the trials of both sides, with errors in the same shares, put the interval's worse end below `allowed`. */
function timesTheTrials(
  metric: Metric,
  { before, now }: { before: readonly Unit[]; now: readonly Unit[] },
  { critical, allowed }: { critical: number; allowed: number },
): number | undefined {
  const [first, second] = [before, now].map((units) => pooledCount(countsOf(metric, units)).effective);
  if (first === undefined || second === undefined || first.trials <= 0 || second.trials <= 0)
    return undefined;
  const isEnough = (times: number): boolean => {
    const [a, b] = [first, second].map(({ events, trials }) =>
      wilsonInterval({ events: events * times, trials: trials * times }, critical),
    );
    return a !== undefined && b !== undefined && newcombeInterval(a, b).high < allowed;
  };
  if (!isEnough(MOST_TIMES)) return undefined;
  let [low, high] = [1, MOST_TIMES];
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
