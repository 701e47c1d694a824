import type { Scenario } from '../domain/config.ts';
import type { Tally } from '../domain/result.ts';

/** The rate that a scenario asks for, per second; undefined where it sends as fast as answers come, or nothing. */
export function rateOf(scenario: Scenario): number | undefined {
  return scenario.type === 'micro' ? undefined : scenario.rate;
}

/** What was sent at the rate: each connection that is opened subscribes beside that. */
export function sentOf(scenario: Scenario, { counters }: Tally): number {
  const subscribes = scenario.type === 'websocket' && scenario.subscribe !== undefined;
  return Math.max(0, (counters.sent ?? 0) - (subscribes ? (counters.opened ?? 0) : 0));
}

const figure = (perSecond: number): string => `${Number(perSecond.toPrecision(3))}/s`;

/**
 * "5000/s were asked for, 812/s were sent and 790/s answered", of a scenario with a fixed rate and what it tallied; undefined
 * of any other. What is sent late prolongs the time that the counts belong to, so that these are rates, not shares.
 */
export function paceOf(scenario: Scenario, tallies: readonly Tally[]): string | undefined {
  const rate = rateOf(scenario);
  if (rate === undefined) return undefined;
  const ms = tallies.reduce((sum, tally) => sum + tally.elapsedMs, 0);
  if (ms <= 0) return `${figure(rate)} were asked for`;
  const perSecond = (count: (tally: Tally) => number) =>
    figure((tallies.reduce((sum, tally) => sum + count(tally), 0) * 1000) / ms);
  const answered =
    scenario.type === 'websocket' && scenario.expect === undefined
      ? ''
      : ` and ${perSecond(({ counters }) => counters.ok ?? 0)} answered`;
  return `${figure(rate)} were asked for, ${perSecond((tally) => sentOf(scenario, tally))} were sent${answered}`;
}

/** Below this share of its rate a scenario did not keep it. */
const KEPT = 0.95;

/**
 * Why a scenario may have taken all of the budget, where its rate is more than the target takes: what is due within a stretch
 * is sent all the same, after its end. `tallies`: of the stretches that were through by then.
 */
export function overrunBy(scenario: Scenario, tallies: readonly Tally[]): string | undefined {
  const pace = paceOf(scenario, tallies);
  if (pace === undefined) return undefined;
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const sentAt = (sum((tally) => sentOf(scenario, tally)) * 1000) / sum(({ elapsedMs }) => elapsedMs);
  if (sentAt >= KEPT * (rateOf(scenario) ?? 0)) return undefined;
  const stretches = tallies.length === 0 ? ', and not even a part of the warm-up was through' : '';
  return `${pace}${stretches}; what is due within a round is still sent after its end, so lower the rate to what the target takes`;
}
