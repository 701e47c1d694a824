import { estimateOf, unitsFor } from './estimates.ts';
import type { Unjudgeable } from './judgement.ts';
import type { Comparable } from './plan.ts';
import { isSpeed } from './scale.ts';
import { memorySources, mostlySilent, type Unit } from './units.ts';

/** From this share of invalid blocks on, what is left is a selection and says nothing either. */
const TOLERATED = 0.2;

/** Fewest boots whose peaks make an interval. */
const FEWEST_BOOTS = 3;

/** Why a row cannot be judged at all: speeds of a side that mostly erred, unlike or too few memory figures. */
export function unjudgeable(row: Comparable): Unjudgeable | undefined {
  const { metric, baseline, candidate } = row;
  if (isSpeed(metric)) {
    const now = spoiledBy(candidate.units, 'candidate', candidate.kind);
    const before = spoiledBy(baseline.units, 'baseline', baseline.kind);
    const reason = now ?? before;
    if (reason !== undefined) {
      const broken = before === undefined && mostlySilent(candidate.units);
      return {
        status: 'unjudgeable',
        verdict: 'invalid',
        reason,
        ...(broken && { broken }),
        ...known(row),
      };
    }
  }
  if (metric.from.type !== 'peak') return undefined;
  const sources = [memorySources(baseline.blocks), memorySources(candidate.blocks)] as const;
  if (sources.some((list) => list.length > 1) || sources[0].join() !== sources[1].join())
    return {
      status: 'unjudgeable',
      verdict: 'inconclusive',
      reason: `memory was measured as ${sources[0].join(' and ') || 'nothing known'} on the baseline's side and as ${sources[1].join(' and ') || 'nothing known'} on the candidate's: only like is compared with like`,
      ...known(row),
    };
  const boots = unitsFor(metric, candidate).length;
  if (boots < FEWEST_BOOTS)
    return {
      status: 'unjudgeable',
      verdict: 'inconclusive',
      reason: `${metric.name} is one value a boot, and ${boots === 1 ? 'one boot is' : `${boots} boots are`} too few for an interval: at least ${FEWEST_BOOTS} are needed, each a start of the target by target.start, so set measure.rounds to ${FEWEST_BOOTS} or more`,
      ...known(row),
    };
  return undefined;
}

/** The figures there are, of the units that may speak. */
function known({
  metric,
  baseline,
  candidate,
}: Comparable): Pick<Unjudgeable, 'baseline' | 'candidate' | 'n'> {
  const [before, now] = [unitsFor(metric, baseline), unitsFor(metric, candidate)];
  return {
    baseline: estimateOf(metric, before),
    candidate: estimateOf(metric, now),
    n: { baseline: before.length, candidate: now.length },
  };
}

/** Why a side's speeds are invalid as a whole, or undefined; fewer invalid units are left out. */
function spoiledBy(units: readonly Unit[], side: string, kind: 'block' | 'round'): string | undefined {
  const invalid = units.filter((unit) => unit.invalid !== undefined);
  if (units.length > 0 && invalid.length < TOLERATED * units.length) return undefined;
  if (units.length === 0) return `nothing was measured on the ${side}'s side`;
  const all = invalid.length === units.length;
  const share = all ? '' : ` in ${invalid.length} of ${units.length} ${kind}s`;
  return `on the ${side}'s side${share}: ${invalid[0]?.invalid ?? 'nothing was answered'}`;
}

/** A note on the units left out, if any. */
export function leftOut(row: Comparable): string[] {
  if (!isSpeed(row.metric)) return [];
  const count = [...row.baseline.units, ...row.candidate.units].filter(
    (unit) => unit.invalid !== undefined,
  ).length;
  return count === 0
    ? []
    : [`${count} invalid ${row.candidate.kind}${count === 1 ? ' was' : 's were'} left out`];
}
