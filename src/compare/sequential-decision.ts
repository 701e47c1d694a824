import { unitsFor } from './estimates.ts';
import { JOB_ALPHA } from './input.ts';
import { shortageOf } from './judgement.ts';
import { DEFAULT_LOOKS } from './looks.ts';
import { type PairedInput, replay } from './paired.ts';
import { type Comparable, planComparisons } from './plan.ts';
import { evidenceOf, roundsOfFewBoots } from './units.ts';
import { unjudgeable } from './validity.ts';

/** Where one gating comparison stands. `hopeless`: broken, or even at the last look it would rest on too few samples. */
export type GateStanding = {
  scenario: string;
  part?: string;
  metric: string;
  status: 'conclusive' | 'open' | 'hopeless';
};

export type SequentialDecision = {
  /** Measure on: something is open, and a look is left. */
  proceed: boolean;
  /** Every gating comparison is conclusive. */
  conclusive: boolean;
  /** Number of blocks at which to ask again; null when there is none left. */
  nextLook: number | null;
  /** Names of scenarios whose gating comparisons are all conclusive or hopeless: measuring them on decides nothing. */
  settledScenarios: string[];
  gates: GateStanding[];
};

/**
 * Whether a paired measurement should go on, from what both sides have so far. Ask after each look: the comparisons that
 * are conclusive stay so, whatever is measured later, exactly as comparePaired will find them.
 */
export function sequentialDecision(input: PairedInput): SequentialDecision {
  const looks = input.looks ?? DEFAULT_LOOKS;
  const { rows, gates } = planComparisons(input.baseline, input.candidate, input.criteria);
  const gating = rows.filter(
    (row): row is Comparable => row.status === 'comparable' && row.criterion !== null,
  );
  const alpha = JOB_ALPHA / Math.max(1, gates);
  const standings = gating.map((row): GateStanding => {
    const { scenario, part, metric } = row;
    const conclusive = replay(row, alpha, looks, false).conclusive;
    const status = conclusive ? 'conclusive' : hopeless(row, looks) ? 'hopeless' : 'open';
    return { scenario, ...(part === undefined ? {} : { part }), metric: metric.name, status };
  });
  const open = standings.filter(({ status }) => status === 'open');
  const blocks = blocksOf(input);
  const nextLook = looks.find((look) => look > blocks) ?? null;
  return {
    proceed: open.length > 0 && nextLook !== null,
    conclusive: standings.every(({ status }) => status === 'conclusive'),
    nextLook,
    settledScenarios: input.candidate.scenarios
      .map(({ name }) => name)
      .filter((name) => open.every(({ scenario }) => scenario !== name)),
    gates: standings,
  };
}

/** Blocks, or rounds where boots are shared, of the scenario that has the most on both sides. */
function blocksOf({ baseline, candidate }: PairedInput): number {
  const count = (side: PairedInput['baseline'], name: string): number => {
    const scenario = side.scenarios.find((one) => one.name === name);
    if (scenario === undefined) return 0;
    const evidence = evidenceOf(scenario);
    return roundsOfFewBoots(evidence)?.length ?? evidence.blocks.length;
  };
  return Math.max(
    0,
    ...candidate.scenarios.map(({ name }) => Math.min(count(baseline, name), count(candidate, name))),
  );
}

/** Broken, or too few samples a side even at the last look, at the rate seen so far. */
function hopeless(row: Comparable, looks: readonly number[]): boolean {
  if (unjudgeable(row)?.broken) return true;
  const sides = [unitsFor(row.metric, row.baseline), unitsFor(row.metric, row.candidate)];
  const shortage = shortageOf(row, sides);
  const blocks = Math.min(...sides.map((units) => units.length));
  return (
    shortage !== undefined && blocks > 0 && (shortage.least / blocks) * (looks.at(-1) ?? 0) < shortage.needed
  );
}
