import { environmentDifferences } from '../domain/environment.ts';
import type { Result, Round, ScenarioResult } from '../domain/result.ts';

/** A candidate, and the base that was measured beside it in a paired run. */
export type Measurement = { result: Result; base: Result | null };

export type Pooled = ({ status: 'pooled' } & Measurement) | { status: 'unlike'; reason: string };

/**
 * The blocks of two measurements of the same commit as one measurement: those of the earlier one first. Only like is
 * pooled with like: commit, base, environment and load. A pool is looked at once, as a whole: which of its parts stopped
 * where was decided by what they showed, and repeating until one of them is lucky must change nothing. Pure.
 */
export function pool(earlier: Measurement, later: Measurement): Pooled {
  const unlike = (reason: string): Pooled => ({ status: 'unlike', reason });
  const [a, b] = [earlier.result, later.result];
  if (a.series !== b.series) return unlike('the series are not the same');
  if (a.commit?.sha !== b.commit?.sha || a.commit?.dirty || b.commit?.dirty)
    return unlike('they did not measure the same commit');
  const [difference] = environmentDifferences(a.environment, b.environment);
  if (difference !== undefined)
    return unlike(`the machine differs: ${difference.gate} is ${difference.b}, it was ${difference.a}`);
  if ((earlier.base === null) !== (later.base === null))
    return unlike('one of them measured base and head side by side, the other the head alone');
  if (earlier.base?.commit?.sha !== later.base?.commit?.sha)
    return unlike('they did not measure the same base commit');

  const offset = 1 + lastBlock([a, ...(earlier.base ? [earlier.base] : [])]);
  const like = b.scenarios
    .filter(({ name }) => isLike(a, b, name) && (!later.base || isLike(earlier.base, later.base, name)))
    .map(({ name }) => name);
  if (like.length === 0) return unlike('no scenario was measured under the same load in both');
  const result = joined(a, b, like, offset);
  const base = earlier.base && later.base ? joined(earlier.base, later.base, like, offset) : null;
  const blocks = Math.max(2, distinctBlocks(result));
  const sampling = { ...result.sampling, rounds: blocks, ...(base && { looks: [blocks] }) };
  return {
    status: 'pooled',
    result: { ...result, sampling },
    base: base && { ...base, sampling: { ...base.sampling, rounds: blocks, looks: [blocks] } },
  };
}

function isLike(earlier: Result | null, later: Result | null, name: string): boolean {
  const [a, b] = [earlier, later].map((result) => result?.scenarios.find((one) => one.name === name));
  return (
    a?.outcome.status === 'measured' &&
    b?.outcome.status === 'measured' &&
    a.type === b.type &&
    a.load === b.load
  );
}

function joined(earlier: Result, later: Result, like: readonly string[], offset: number): Result {
  const { loadMs, wallMs } = earlier.sampling;
  return {
    ...later,
    sampling: {
      ...later.sampling,
      loadMs: loadMs + later.sampling.loadMs,
      wallMs: wallMs + later.sampling.wallMs,
    },
    scenarios: later.scenarios.map((scenario) => {
      const before = earlier.scenarios.find(({ name }) => name === scenario.name);
      return before !== undefined && like.includes(scenario.name)
        ? appended(before, scenario, offset)
        : scenario;
    }),
  };
}

function appended(before: ScenarioResult, scenario: ScenarioResult, offset: number): ScenarioResult {
  if (before.outcome.status !== 'measured' || scenario.outcome.status !== 'measured') return scenario;
  const [first, ...rest] = before.outcome.rounds;
  const shifted = scenario.outcome.rounds.map((round) => ({ ...round, block: round.block + offset }));
  return {
    ...scenario,
    outcome: {
      status: 'measured',
      rounds: [first, ...rest, ...shifted],
      warnings: [...before.outcome.warnings, ...scenario.outcome.warnings],
    },
  };
}

const roundsOf = (result: Result): Round[] => result.scenarios.flatMap(({ outcome }) => outcome.rounds);

function lastBlock(results: readonly Result[]): number {
  return results.flatMap(roundsOf).reduce((last, { block }) => Math.max(last, block), -1);
}

/** Most blocks that any scenario has. */
function distinctBlocks({ scenarios }: Result): number {
  return Math.max(
    0,
    ...scenarios.map(({ outcome }) => new Set(outcome.rounds.map(({ block }) => block)).size),
  );
}
