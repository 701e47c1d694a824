import type { Comparable } from './plan.ts';
import { isSpeed } from './scale.ts';
import type { Unit } from './units.ts';

/** What a reader is told of a row that the generator's limit leaves open. */
export const GENERATOR_LIMITED =
  'the load generator, not the target, was the bottleneck on both sides, so a loss of speed could hide: use fewer connections, or a fixed rate';

/** Whether most of what was seen of a target's speed, on both sides, was the generator's own. */
export function isGeneratorLimited({ metric, baseline, candidate }: Comparable): boolean {
  const limited = (units: readonly Unit[]): boolean => {
    const rounds = units.flatMap((unit) => unit.rounds);
    return 2 * rounds.filter(({ round }) => round.generator.limited).length > rounds.length;
  };
  return isSpeed(metric) && limited(baseline.units) && limited(candidate.units);
}
