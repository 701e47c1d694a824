import { type Conclusion, isOfRun, isQuiet, type Ruling, type Section } from './comment-sections.ts';

/**
 * How many sections of a workflow's newest run there must be: of a run that has only begun to report, what is there may all
 * be fine. Several workflows may share the check. `workflow`: as the marker of a section names it. `ended`: GitHub said that
 * the run is over, so what is missing does not come any more.
 */
export type Awaited = { workflow: string; run: number; legs: number; ended: boolean };

export type FailOn = Exclude<Ruling['by'], 'run'>;

/** From the best on. */
const ORDER = ['success', 'neutral', 'cancelled', 'failure'] as const satisfies Conclusion[];

const worst = (conclusions: readonly Conclusion[]): Conclusion =>
  ORDER.findLast((one) => conclusions.includes(one)) ?? 'neutral';

/** A ruling, or the conclusion of another one where that is worse. */
export const noBetter = (ruling: Ruling, than: Ruling): Ruling => ({
  ...ruling,
  conclusion: worst([ruling.conclusion, than.conclusion]),
});

/** From the best ruling on. One that is not known is in between, and what is said of a whole run is compared with nothing. */
export const byRuling = (a: Section, b: Section): number => severity(a) - severity(b);

const severity = (section: Section): number =>
  isOfRun(section) ? 0 : ORDER.indexOf(section.ruling?.conclusion ?? 'neutral');

/**
 * A section that is judged by somebody else than its job, no better than what the job's own `fail-on` makes of it, and, of the
 * same verdict, than what the job itself found. `found`: what the job has written.
 */
export function asItsJobRuled(section: Section, found: readonly Section[]): Section {
  const before = found.find(
    ({ series, run }) =>
      series === section.series && run.id === section.run.id && run.attempt === section.run.attempt,
  );
  const { ruling } = section;
  if (
    ruling === undefined ||
    ruling.by === 'run' ||
    before?.ruling === undefined ||
    before.ruling.by === 'run'
  )
    return section;
  const { by } = before.ruling;
  const ruled = noBetter({ ...ruling, by }, ruleOn(section.verdict, by));
  return { ...section, ruling: before.verdict === section.verdict ? noBetter(ruled, before.ruling) : ruled };
}

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
  if (outstanding(sections, awaited).length > 0) return null;
  return awaited.some(({ run, legs }) => reportedOf(spoken, run) < legs)
    ? worst([...found, 'cancelled'])
    : worst(found);
}

/** What of it may still come. */
export const outstanding = (sections: readonly Section[], awaited: readonly Awaited[]): Awaited[] =>
  awaited.filter(
    ({ run, legs, ended }) => !ended && reportedOf(sections, run) < legs && !isOver(sections, run),
  );

/** How many jobs of a run have reported. */
export const reportedOf = (sections: readonly Section[], id: number): number =>
  sections.filter((section) => section.run.id === id && section.state === 'final' && !isOfRun(section))
    .length;

/** Whether it was said of a run as a whole what came of it: then nothing more does. */
export const isOver = (sections: readonly Section[], id: number): boolean =>
  sections.some((section) => section.run.id === id && isOfRun(section));
