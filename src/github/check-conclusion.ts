import { type Conclusion, isOfRun, isQuiet, type Ruling, type Section } from './comment-sections.ts';

/**
 * How many sections of a workflow's newest run there must be: of a run that has only begun to report, what is there may all
 * be fine. Several workflows may share the check. `workflow`: as the marker of a section names it.
 */
export type Awaited = { workflow: string; run: number; legs: number };

export type FailOn = Exclude<Ruling['by'], 'run'>;

/** From the best on. */
const ORDER = ['success', 'neutral', 'cancelled', 'failure'] as const satisfies Conclusion[];

const worst = (conclusions: readonly Conclusion[]): Conclusion =>
  ORDER.findLast((one) => conclusions.includes(one)) ?? 'neutral';

/**
 * What a writer makes of its own section. `failed`: something besides the verdict failed it. `lacking`: not all was measured
 * that was to be.
 */
export function ruleOn(
  verdict: Section['verdict'],
  by: FailOn,
  { failed = false, lacking = false } = {},
): Ruling {
  const found = [ofVerdict(verdict, by)];
  if (failed) found.push('failure');
  if (lacking) found.push('cancelled');
  return { conclusion: worst(found), by };
}

function ofVerdict(verdict: Section['verdict'], failOn: FailOn): Conclusion {
  switch (verdict) {
    case 'failed':
      return 'failure';
    case 'regressed':
      return failOn === 'never' ? 'neutral' : 'failure';
    case 'cancelled':
      return 'cancelled';
    case 'inconclusive':
      return failOn === 'inconclusive' ? 'failure' : 'neutral';
    // What was compared with nothing was not shown to be fine.
    case 'none':
    case 'new':
      return 'neutral';
    default:
      return 'success';
  }
}

/**
 * The worst that the sections' own writers found; null while one of them is still being measured, or has not been heard of,
 * unless it has failed already. `failOn` is for sections that say nothing of it.
 */
export function concluded(
  sections: readonly Section[],
  failOn: FailOn,
  awaited: readonly Awaited[] = [],
): Conclusion | null {
  const spoken = sections.filter((section) => !isQuiet(section));
  const found = spoken
    .filter(({ state }) => state === 'final')
    .map(({ verdict, ruling }) => ruling?.conclusion ?? ofVerdict(verdict, failOn));
  if (found.includes('failure')) return 'failure';
  if (found.length < spoken.length) return null;
  if (awaited.some((one) => missingOf(spoken, one) > 0)) return null;
  return worst(found);
}

/** How many jobs of a run have reported. */
export const reportedOf = (sections: readonly Section[], id: number): number =>
  sections.filter((section) => section.run.id === id && section.state === 'final' && !isOfRun(section))
    .length;

/** How many are still to come. None once it was said that the run has ended without some. */
export function missingOf(sections: readonly Section[], { run, legs }: Awaited): number {
  const isOver = sections.some((section) => section.run.id === run && isOfRun(section) && !isQuiet(section));
  return isOver ? 0 : Math.max(0, legs - reportedOf(sections, run));
}
