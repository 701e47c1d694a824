import {
  type Awaited,
  asItsJobRuled,
  byRuling,
  concluded,
  type FailOn,
  outstanding,
  reportedOf,
} from './check-conclusion.ts';
import {
  type CheckPlace,
  type CheckRun,
  formatAwaited,
  MAX_BYTES,
  readCheckRun,
  textOf,
  type Wanted,
  writeCheckRun,
} from './check-run.ts';
import { type Conclusion, isOfRun, isQuiet, mergeSections, type Section } from './comment-sections.ts';
import { explain } from './errors.ts';
import { AmbiguousWrite, classify } from './retry.ts';
import { shortHash } from './series.ts';

const MAX_TRIES = 20;
const MAX_FAULTS = 5;
const MAX_WAIT_MS = 120_000;
/** Workflows whose runs are awaited. */
const MAX_AWAITED = 20;
const SETTLE_MS = 2_000;

export type CheckOptions = CheckPlace & {
  /** Of which pull request, or what other event, all of it is. */
  scope: string;
  /** What this job found. Without any section of a job, only what is wrong in the check is written anew. */
  own: readonly Section[];
  /** What the comment has of other jobs, where there is a comment: the check follows it. */
  comment: readonly Section[] | null;
  /** How many jobs of the run have to report before it is concluded; null: what the check that is there says. */
  legs: number | null;
  /** Whether a run is over, by its id: for who is not a job of what is waited for. */
  hasEnded?: (run: number) => Promise<boolean>;
  /** Completes a check that is there, and begins none. */
  onlyExisting?: boolean;
  /** For sections that do not say what their own writer made of them. */
  failOn: FailOn;
  sleep: (ms: number) => Promise<void>;
  random?: () => number;
};

export type CheckOutcome =
  | { status: 'written'; conclusion: Conclusion | null }
  | { status: 'absent' }
  | { status: 'failed'; reason: string };

/**
 * Writes the check run of a commit. Its text holds a section of every job, as the comment does, so that the conclusion is
 * that of all of them. A check has no compare-and-swap either: it is written once, read back, and written again until
 * nothing is missing. Never rejects: the verdict stands without it.
 */
export async function writeCheck(options: CheckOptions): Promise<CheckOutcome> {
  try {
    const { own, comment, scope } = options;
    const within = (sections: readonly Section[]) => sections.map((section) => scoped(section, scope));
    return await settle({ ...options, own: within(own), comment: comment && within(comment) });
  } catch (error) {
    return { status: 'failed', reason: explain(error, 'check') };
  }
}

/**
 * A push and pull requests can share a head, and compare it with different things: the sections of one stand beside those
 * of the other, with runs of their own, and the worst holds.
 */
function scoped(section: Section, scope: string): Section {
  const { series, run } = section;
  const workflow = shortHash(`${scope} ${run.workflow}`).slice(0, 8);
  return { ...section, series: shortHash(`${scope} ${series}`), run: { ...run, workflow } };
}

async function settle(options: CheckOptions): Promise<CheckOutcome> {
  const { own, sleep, random = Math.random } = options;
  const speaks = own.some((section) => !isOfRun(section) || !isQuiet(section));
  let known: Section[] = [];
  let faults = 0;
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    // Another workflow, or another pull request of the same head, may have written it: nobody knows itself to be the first.
    const existing = await readCheckRun(options);
    if (existing === null && options.onlyExisting === true) return { status: 'absent' };
    const wanted = await withEnded(options, wantedOf(options, existing, known, tries === 1));
    known = wanted.sections;
    const { conclusion } = wanted;
    if ((tries > 1 || !speaks) && existing !== null && isAs(existing, wanted))
      return { status: 'written', conclusion };
    let waitMs = 0;
    try {
      await writeCheckRun(options, existing, wanted, tries === 1);
      faults = 0;
    } catch (error) {
      // A late repetition would undo what another job wrote in between: it looks again first.
      const fault = error instanceof AmbiguousWrite ? { status: 'lost' } : classify(error, Date.now());
      waitMs = 'waitMs' in fault ? (fault.waitMs ?? 0) : 0;
      faults++;
      if (options.hasty || fault.status === 'final' || faults >= MAX_FAULTS || waitMs > MAX_WAIT_MS)
        throw error;
    }
    // What was cut off can never be found there.
    if (options.hasty || Buffer.byteLength(textOf(wanted.sections)) > MAX_BYTES)
      return { status: 'written', conclusion };
    await sleep(Math.max(SETTLE_MS + (tries - 1) * SETTLE_MS * random(), waitMs));
  }
  return { status: 'failed', reason: 'could not write the check run: other jobs kept overwriting it' };
}

/**
 * All that is known, and what it adds up to. Of equally new sections the comment's is the fresher one at first, since it is
 * written before the check; what is found there afterwards is what others have written since.
 */
function wantedOf(
  options: CheckOptions,
  existing: CheckRun | null,
  known: readonly Section[],
  first: boolean,
): Wanted {
  const current = options.sha.slice(0, 12);
  const found = existing?.sections ?? [];
  const { own, comment, hasty } = options;
  // Which of two equally new ones is the fresher cannot be known at first: the worse is kept, and its own writer improves it.
  const others = first ? [...found, ...(comment ?? [])].sort(byRuling) : [...known, ...found];
  const ruled = own.map((section) => asItsJobRuled(section, found));
  const all = hasty === true ? [...ruled, ...others] : [...others, ...ruled];
  const merged = mergeSections(all.filter(({ sha }) => sha === current));
  const awaited = awaitedOf(options, existing);
  // That nothing is missing is said only to what says otherwise, or waits.
  const sections = merged.filter(
    (section) =>
      !isQuiet(section) ||
      found.some(({ series }) => series === section.series) ||
      awaited.some(({ run, legs }) => run === section.run.id && reportedOf(merged, run) < legs),
  );
  return { sections, awaited, conclusion: concluded(sections, options.failOn, awaited) };
}

/** Of a run that is over nothing more is waited for: a job that has lost its machine says no last word, and perhaps no first one. */
async function withEnded({ hasEnded, failOn }: CheckOptions, wanted: Wanted): Promise<Wanted> {
  if (hasEnded === undefined || wanted.conclusion !== null) return wanted;
  const sections: Section[] = [];
  for (const section of wanted.sections) {
    const isLost = section.state === 'measuring' && (await hasEnded(section.run.id));
    sections.push(isLost ? { ...section, state: 'final', verdict: 'cancelled' } : section);
  }
  const awaited: Awaited[] = [];
  for (const one of wanted.awaited) {
    const ended = outstanding(sections, [one]).length > 0 && (await hasEnded(one.run));
    awaited.push(ended ? { ...one, ended } : one);
  }
  return { sections, awaited, conclusion: concluded(sections, failOn, awaited) };
}

const isAs = (existing: CheckRun, wanted: Wanted): boolean =>
  existing.extras.length === 0 &&
  existing.conclusion === wanted.conclusion &&
  formatAwaited(existing.awaited) === formatAwaited(wanted.awaited) &&
  textOf(mergeSections(existing.sections)) === textOf(wanted.sections);

/** What is awaited of other workflows, and of this one: the newest run's, of which the largest number holds. */
function awaitedOf({ own, legs }: CheckOptions, existing: CheckRun | null): Awaited[] {
  const known = existing?.awaited ?? [];
  // That nothing of a run is missing ends no wait for another one.
  const run = own.find((section) => !isQuiet(section))?.run;
  if (run === undefined) return known;
  const before = known.find(({ workflow }) => workflow === run.workflow);
  if (before !== undefined && before.run > run.id) return known;
  const least = before?.run === run.id ? before.legs : 0;
  // A run that speaks goes on, as its next attempt perhaps.
  const now = { workflow: run.workflow, run: run.id, legs: Math.max(legs ?? 0, least), ended: false };
  return [...known.filter(({ workflow }) => workflow !== run.workflow), now].slice(-MAX_AWAITED);
}
