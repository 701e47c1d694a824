import type { OverallVerdict } from '../domain/verdict.ts';

/** Which run wrote a section. `workflow` is a hash of its file: run numbers count per workflow, run ids for all of them. */
export type SectionRun = { workflow: string; id: number; number: number; attempt: number };

export type Conclusion = 'success' | 'neutral' | 'cancelled' | 'failure';

/**
 * What its own writer made of a section for the check run, and by which `fail-on`: no other writer knows what failed its
 * job, or was allowed there. `run`: it is the publisher's word of a whole run.
 */
export type Ruling = { conclusion: Conclusion; by: 'regression' | 'inconclusive' | 'never' | 'run' };

/** What a section says of itself in its marker: enough for a heading over all sections. */
export type SectionHead = {
  /** Hash of the series. */
  series: string;
  title: string;
  state: 'measuring' | 'final';
  verdict: OverallVerdict | 'accepted' | 'cancelled' | 'none';
  run: SectionRun;
  /** First 12 digits of the commit that was measured. */
  sha: string;
  /** Absent while it measures, and in what older versions wrote. */
  ruling?: Ruling;
  finding?: Finding;
};

/**
 * What there was to see of a section, and since when, in seconds since 1970 UTC: who accepts it answers for no more.
 * `failing`: short ids of the rows that fail, or would without having been accepted, at most MOST_FAILING; `more`: there are
 * more of them.
 */
export type Finding = { reportedAt: number; failing: readonly string[]; more: boolean };

/** Every byte of a marker counts where there are hundreds. */
export const MOST_FAILING = 24;

/** Whether this is no job's section: what the publisher says of a run as a whole, of jobs that never reported above all. */
export const isOfRun = ({ ruling }: Pick<SectionHead, 'ruling'>): boolean => ruling?.by === 'run';

/** Whether nothing is to be shown of it: it says of a run that nothing of it is missing. */
export const isQuiet = (head: Pick<SectionHead, 'ruling'>): boolean =>
  isOfRun(head) && head.ruling?.conclusion === 'success';

/** `form` tells how much of the report `text` holds: it was shortened when the comment grew too long. */
export type Section = SectionHead & { form: 'full' | 'short' | 'line' | 'bare'; text: string };

/**
 * Positive when `a` is of a later run than `b`, negative when of an earlier one. A re-run keeps its run's number, so
 * an old run's second attempt stays older than the next run. Of one attempt, the final state is later.
 */
export function compareRuns(a: SectionHead, b: SectionHead): number {
  const byNumber = a.run.workflow === b.run.workflow ? a.run.number - b.run.number : 0;
  return byNumber || a.run.id - b.run.id || a.run.attempt - b.run.attempt || rank(a) - rank(b);
}

function rank(head: SectionHead): number {
  return head.state === 'final' ? 1 : 0;
}

/**
 * The newest section of each series, in a stable order. Of equally new ones, the one that comes later in `sections`. What
 * was said of a whole run is out of date once a later one of the workflow speaks.
 */
export function mergeSections<S extends SectionHead>(sections: readonly S[]): S[] {
  const newest = new Map<string, S>();
  for (const section of sections) {
    const known = newest.get(section.series);
    if (known === undefined || compareRuns(section, known) >= 0) newest.set(section.series, section);
  }
  const all = [...newest.values()];
  return all
    .filter(
      (section) =>
        !isOfRun(section) ||
        !all.some(({ run }) => run.workflow === section.run.workflow && run.id > section.run.id),
    )
    .sort(
      (a, b) =>
        Number(isOfRun(b)) - Number(isOfRun(a)) || order(a.title, b.title) || order(a.series, b.series),
    );
}

/** Whether every one of `wanted` is in `found`, as it is or from a later run. */
export function containsAll(found: readonly SectionHead[], wanted: readonly SectionHead[]): boolean {
  return wanted.every((section) =>
    found.some((other) => other.series === section.series && compareRuns(other, section) >= 0),
  );
}

/** Sections of other commits than `head`, by default the newest run's: they must not look current. */
export function staleSeries(sections: readonly SectionHead[], head?: string): Set<string> {
  if (head !== undefined) {
    const current = head.slice(0, 12);
    return new Set(sections.filter(({ sha }) => sha !== current).map(({ series }) => series));
  }
  const newest = sections.reduce<SectionHead | undefined>(
    (latest, section) => (latest === undefined || section.run.id > latest.run.id ? section : latest),
    undefined,
  );
  const stale = sections.filter((section) => newest !== undefined && section.sha !== newest.sha);
  return new Set(stale.map(({ series }) => series));
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
