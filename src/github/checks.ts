import type { Annotation } from './annotations.ts';
import {
  type Awaited,
  asItsJobRuled,
  byRuling,
  concluded,
  type FailOn,
  outstanding,
  reportedOf,
} from './check-conclusion.ts';
import type { Client, Repo } from './client.ts';
import { hasMarker, inertText, parseSections, renderBody } from './comment-body.ts';
import { type Conclusion, isOfRun, isQuiet, mergeSections, type Section } from './comment-sections.ts';
import { explain } from './errors.ts';
import { AmbiguousWrite, classify } from './retry.ts';
import { shortHash } from './series.ts';

/** The check that branch protection can require: one for a commit, whatever number of jobs measured it. */
export const CHECK_NAME = 'perf-baseline';

/** Bytes of the summary, and of the text. */
const MAX_BYTES = 65_535;
const MAX_ANNOTATIONS = 50;
const MAX_TRIES = 20;
const MAX_FAULTS = 5;
const MAX_WAIT_MS = 120_000;
/** Workflows whose runs are awaited. */
const MAX_AWAITED = 20;
const SETTLE_MS = 2_000;

export type CheckOptions = {
  client: Pick<Client, 'rest'>;
  repo: Repo;
  /** The head of the pull request or merge group. */
  sha: string;
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
  /** Written once, over nothing that was reported, and not read back: for a job that has no time left. */
  hasty?: boolean;
  /** For sections that do not say what their own writer made of them. */
  failOn: FailOn;
  /** Markdown of the whole. */
  summary: (sections: readonly Section[]) => string;
  annotations: readonly Annotation[];
  url: string;
  sleep: (ms: number) => Promise<void>;
  random?: () => number;
};

export type CheckOutcome =
  | { status: 'written'; conclusion: Conclusion | null }
  | { status: 'absent' }
  | { status: 'failed'; reason: string };

/** `extras`: older ones, of jobs that began one at the same time; what they hold is in here too. */
type CheckRun = {
  id: number;
  sections: Section[];
  awaited: Awaited[];
  conclusion: string | null;
  summary: string;
  extras: number[];
};

/** What is to stand there. */
type Wanted = { sections: Section[]; awaited: Awaited[]; conclusion: Conclusion | null };

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
    const existing = await latest(options);
    if (existing === null && options.onlyExisting === true) return { status: 'absent' };
    const wanted = await withEnded(options, wantedOf(options, existing, known, tries === 1));
    known = wanted.sections;
    const { conclusion } = wanted;
    if ((tries > 1 || !speaks) && existing !== null && isAs(existing, wanted))
      return { status: 'written', conclusion };
    let waitMs = 0;
    try {
      await write(options, existing, wanted, tries === 1);
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

async function latest({ client, repo, sha }: CheckOptions): Promise<CheckRun | null> {
  const { data } = await client.rest.checks.listForRef({
    ...repo,
    ref: sha,
    check_name: CHECK_NAME,
    filter: 'all',
    per_page: 100,
  });
  // A job of that name has a check run too: what a workflow of the pull request can make is not what we write to.
  const all = data.check_runs
    .filter(({ output }) => hasMarker(output.text ?? '', shortHash(CHECK_NAME)))
    .sort((a, b) => a.id - b.id);
  // The last one is what GitHub goes by.
  const check = all.pop();
  if (check === undefined) return null;
  return {
    id: check.id,
    sections: mergeSections([...all, check].flatMap(({ output }) => parseSections(output.text ?? ''))),
    awaited: newestOf([...all, check].flatMap(({ external_id }) => parseAwaited(external_id ?? ''))),
    conclusion: check.status === 'completed' ? check.conclusion : null,
    summary: check.output.summary ?? '',
    extras: all.map(({ id }) => id),
  };
}

/** The newest run of each workflow; what is known of it twice counts together. */
function newestOf(all: readonly Awaited[]): Awaited[] {
  const newest = new Map<string, Awaited>();
  for (const one of all) {
    const known = newest.get(one.workflow);
    if (known === undefined || one.run > known.run) newest.set(one.workflow, one);
    else if (one.run === known.run)
      newest.set(one.workflow, {
        ...one,
        legs: Math.max(one.legs, known.legs),
        ended: one.ended || known.ended,
      });
  }
  return [...newest.values()];
}

/** `WORKFLOW:RUN:LEGS`, and `:ended`, one after the other; what is not written so says nothing. */
const formatAwaited = (awaited: readonly Awaited[]): string =>
  awaited
    .map(({ workflow, run, legs, ended }) => `${workflow}:${run}:${legs}${ended ? ':ended' : ''}`)
    .join(' ');

function parseAwaited(text: string): Awaited[] {
  const written = /(?:^| )([0-9a-f]{1,20}):(\d{1,15}):(\d{1,4})(:ended)?(?= |$)/g;
  return [...text.slice(0, 1000).matchAll(written)].map(([, workflow = '', run, legs, ended]) => ({
    ...{ workflow, run: Number(run), legs: Number(legs) },
    ended: ended !== undefined,
  }));
}

const textOf = (sections: readonly Section[]): string =>
  renderBody(
    shortHash(CHECK_NAME),
    sections.map((section) => ({ ...section, form: 'bare' as const, text: '' })),
    () => ({ top: '', bottom: '' }),
  );

/** Sent once: see `settle`. */
async function write(
  options: CheckOptions,
  existing: CheckRun | null,
  { sections, awaited, conclusion }: Wanted,
  first: boolean,
): Promise<void> {
  const { client, repo, sha, url } = options;
  const once = { request: { lookFirst: true } };
  const external_id = formatAwaited(awaited);
  const spoken = sections.filter((section) => !isQuiet(section));
  const output = {
    title: titleOf(spoken, conclusion, awaited),
    // Who has nothing to show leaves what another job has shown.
    summary: cut(inertText(options.summary(spoken)) || existing?.summary || NOTHING_YET, MAX_BYTES),
    text: cut(textOf(sections), MAX_BYTES),
    ...(first && { annotations: options.annotations.slice(0, MAX_ANNOTATIONS).flatMap(apiAnnotation) }),
  };
  const state =
    conclusion === null ? { status: 'in_progress' as const } : { status: 'completed' as const, conclusion };
  if (existing === null)
    await client.rest.checks.create({
      ...repo,
      name: CHECK_NAME,
      head_sha: sha,
      details_url: url,
      external_id,
      output,
      ...state,
      ...once,
    });
  else
    await client.rest.checks.update({
      ...repo,
      check_run_id: existing.id,
      details_url: url,
      external_id,
      output,
      ...state,
      ...once,
    });
  if (options.hasty !== true)
    for (const id of existing?.extras ?? [])
      await client.rest.checks.update({ ...repo, check_run_id: id, ...MOVED, ...once });
}

const NOTHING_YET = 'Nothing is reported yet.';

/** What becomes of a check run that was begun beside another one: without a marker nobody takes it for the report. */
const MOVED = {
  status: 'completed',
  conclusion: 'neutral',
  output: {
    title: 'moved',
    summary: 'This report has moved to the other check run of this name.',
    text: 'Moved.',
  },
} as const;

function titleOf(
  sections: readonly Section[],
  conclusion: Conclusion | null,
  awaited: readonly Awaited[],
): string {
  const counts = new Map<string, number>();
  for (const section of sections) {
    const { state, verdict } = section;
    const own = verdict === 'none' ? 'without a verdict' : verdict;
    const word = state === 'measuring' ? 'measuring' : isOfRun(section) ? section.title : own;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => (sections.length === 1 ? word : `${count} ${word}`));
  for (const { run, legs } of conclusion === null || conclusion === 'cancelled' ? awaited : []) {
    const there = reportedOf(sections, run);
    if (there < legs)
      words.push(
        `${there} of ${legs} jobs have reported${conclusion === null ? '' : ', and the run has ended'}`,
      );
  }
  return words.join(', ') || (conclusion ?? 'measuring');
}

function apiAnnotation({ level, title, message, file, line }: Annotation) {
  if (file === undefined) return [];
  return [
    {
      path: file,
      start_line: line ?? 1,
      end_line: line ?? 1,
      annotation_level: level === 'error' ? ('failure' as const) : ('warning' as const),
      title: title.slice(0, 200),
      message: message.slice(0, 4_000),
    },
  ];
}

function cut(text: string, bytes: number): string {
  const all = Buffer.from(text);
  if (all.length <= bytes) return text;
  // What a cut leaves of a character is U+FFFD.
  const kept = all.subarray(0, bytes - Buffer.byteLength('…')).toString();
  return `${kept.replace(/\ufffd+$/, '')}…`;
}
