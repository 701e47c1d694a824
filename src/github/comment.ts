import type { Client, Repo } from './client.ts';
import { COMMENT_LENGTH, parseSections, plainTitle, type RenderFrame, sameBody } from './comment-body.ts';
import { CommentTooLongError, fitBody } from './comment-fit.ts';
import { containsAll, mergeSections, type Section, type SectionHead } from './comment-sections.ts';
import { type CommentThread, isGone, type OwnComment, openThread } from './comment-thread.ts';
import { explain, isReadOnlyToken } from './errors.ts';
import type { Log } from './log.ts';
import { AmbiguousWrite, classify } from './retry.ts';
import { shortHash } from './series.ts';

/** This job's part of the comment. `series` and `run.workflow`, a workflow's file, are plain text; `short` is asked for when `body` is too long. */
export type OwnSection = {
  series: string;
  title: string;
  state: SectionHead['state'];
  verdict: SectionHead['verdict'];
  run: { workflow: string; id: number; number: number; attempt: number };
  sha: string;
  ruling?: SectionHead['ruling'];
  finding?: SectionHead['finding'];
  body: string;
  short: () => string;
};

export type CommentOptions = {
  client: Pick<Client, 'rest' | 'graphql'>;
  repo: Repo;
  /** Number of the pull request. */
  issue: number;
  /** Jobs with the same key share the comment. `hash`: of a comment that was found, whose key is not known. */
  key: string | { hash: string };
  /** None: only what `revise` changes is written. */
  sections: readonly OwnSection[];
  /** The commit that is current; by default that of the newest run's section. Sections of others are shown as such. */
  head?: string;
  /** Changes a section that stands there, before anything else: one whose run has ended without a word, say. */
  revise?: (section: Section) => Section;
  renderFrame: RenderFrame;
  /** False: an existing comment is updated, but none is begun. */
  create: boolean;
  /** Written once and not read back: for what may be lost, and for a job that has no time left. */
  hasty?: boolean;
  /** Jobs that may end at about the same time, as the legs of a matrix do: they spread their first look. */
  crowd?: number;
  log: Pick<Log, 'debug'>;
  sleep: (ms: number) => Promise<void>;
  random?: () => number;
  now?: () => number;
  /** Milliseconds after which no further try is begun. */
  deadlineMs?: number;
};

/**
 * How it ended. `hasty`: written once, as was asked. `superseded`: a newer run of the series was there first. `read-only`: the token of a fork or of
 * Dependabot, or a missing permission. `failed`: anything else; nothing of it is thrown, since the verdict, the
 * summary and the outputs do not depend on the comment.
 */
export type CommentOutcome =
  | {
      status: 'created' | 'updated' | 'unchanged' | 'superseded';
      id: number;
      url: string;
      /** All that the comment holds, other jobs' sections too. */
      sections: Section[];
    }
  /** `before`: what the comment held. `written`: false where the one try was refused, or its answer lost. */
  | { status: 'hasty'; before: Section[]; written: boolean }
  | { status: 'skipped' }
  | { status: 'read-only' | 'failed'; reason: string };

/** Longer than the time that another job needs between reading the comment and writing it. */
const SETTLE_MS = 2_000;
const CROWD_MS = 500;
const MAX_CROWD_MS = 15_000;
const MAX_WRITES = 20;
const MAX_LOOKS = 40;
const MAX_FAULTS = 5;
const MAX_WAIT_MS = 120_000;

/**
 * Puts this job's sections into the one comment that shares its key, and leaves the sections of other jobs as they
 * are. Comments have no compare-and-swap: after each write it waits, reads back, and writes again whatever another
 * job has overwritten meanwhile, its own section or any other that it has seen.
 */
export async function upsertComment(options: CommentOptions): Promise<CommentOutcome> {
  const keyHash = typeof options.key === 'string' ? shortHash(options.key) : options.key.hash;
  const thread = openThread(options.client, options.repo, options.issue, keyHash);
  try {
    return await settle(thread, keyHash, options);
  } catch (error) {
    if (isReadOnlyToken(error)) return { status: 'read-only', reason: explain(error, 'comment') };
    const reason =
      error instanceof CommentTooLongError
        ? `could not comment on the pull request: ${error.message}`
        : explain(error, 'comment');
    return { status: 'failed', reason };
  }
}

async function settle(
  thread: CommentThread,
  keyHash: string,
  options: CommentOptions,
): Promise<CommentOutcome> {
  const { sleep, revise = (section) => section } = options;
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const end = now() + (options.deadlineMs ?? 300_000);
  const ours = options.sections.map(toSection);
  const shorts = new Map(options.sections.map(({ series, short }) => [shortHash(series), short]));
  const done: Progress = { status: 'unchanged', id: null, writes: 0, faults: 0, extras: new Set() };
  let known: Section[] = [];
  if ((options.crowd ?? 1) > 1) {
    await sleep(random() * Math.min((options.crowd ?? 1) * CROWD_MS, MAX_CROWD_MS));
  }

  for (let looks = 1; ; looks++) {
    const comments = await readOwn(thread, done);
    const [first, ...extras] = comments;
    if (first === undefined && !options.create) return { status: 'skipped' };
    known = mergeSections([...known, ...comments.flatMap(({ body }) => parseSections(body).map(revise))]);
    const wanted = mergeSections([...known, ...ours]);
    const superseded = ours.length > 0 && !ours.some((section) => wanted.includes(section));
    const { renderFrame, head } = options;
    const { body, sections } = fitBody(keyHash, wanted, shorts, renderFrame, COMMENT_LENGTH, head);
    const complete =
      first !== undefined &&
      (done.writes === 0 && !superseded
        ? sameBody(first.body, body)
        : containsAll(parseSections(first.body), sections));
    if (complete) {
      const left = await tidy(thread, first, extras, shorts, done, options.log);
      if (left === 0) return { status: superseded ? 'superseded' : done.status, ...place(first), sections };
    }
    if (done.writes >= MAX_WRITES || looks > MAX_LOOKS || now() > end) {
      return {
        status: 'failed',
        reason: 'could not comment on the pull request: other jobs kept overwriting it',
      };
    }
    for (const extra of extras) done.extras.add(extra.id);
    let waitMs = 0;
    if (!complete) {
      done.writes++;
      const fault = await attempt(() => write(thread, first, body, done), done, now);
      if (fault !== null) options.log.debug(`comment: ${fault.message}; reading it again`);
      if (options.hasty === true) return { status: 'hasty', before: known, written: fault === null };
      waitMs = fault?.waitMs ?? 0;
    }
    // The spread grows, so that many jobs that end together come to write one after the other.
    await sleep(Math.max(SETTLE_MS + SETTLE_MS * looks * random(), waitMs));
  }
}

/**
 * `id`: the comment that was updated last. `faults`: writes in a row without an answer. `extras`: second comments
 * that an earlier look has found.
 */
type Progress = {
  status: 'created' | 'updated' | 'unchanged';
  id: number | null;
  writes: number;
  faults: number;
  extras: Set<number>;
};

/** What stands there now: the comment just updated; everything of ours when there may be a second one. */
async function readOwn(thread: CommentThread, done: Progress): Promise<OwnComment[]> {
  if (done.status === 'updated' && done.id !== null && done.extras.size === 0) {
    const comment = await thread.read(done.id);
    if (comment !== null) return [comment];
  }
  return thread.list();
}

async function write(
  thread: CommentThread,
  first: OwnComment | undefined,
  body: string,
  done: Progress,
): Promise<void> {
  if (first === undefined) {
    done.status = 'created';
    await thread.create(body);
    return;
  }
  if (done.status === 'unchanged') done.status = 'updated';
  done.id = first.id;
  try {
    await thread.update(first.id, body);
  } catch (error) {
    // Another job merged it into an older one, or a person deleted it: the next look finds what is there.
    if (!isGone(error)) throw error;
  }
}

/**
 * Jobs that found no comment at the same time have each begun one. The oldest stays, and has every section by now.
 * Each job takes away the one with its own section, and any other only when it was there at an earlier look: if all
 * took away all, the requests would grow with the square of the jobs. Returns how many are left.
 */
async function tidy(
  thread: CommentThread,
  first: OwnComment,
  extras: readonly OwnComment[],
  own: ReadonlyMap<string, unknown>,
  done: Progress,
  log: Pick<Log, 'debug'>,
): Promise<number> {
  let left = 0;
  for (const extra of extras) {
    const isMine = parseSections(extra.body).some(({ series }) => own.has(series));
    if (isMine || done.extras.has(extra.id)) await discard(thread, extra, first, log);
    else left++;
  }
  return left;
}

/** Writes once. Returns the fault when the write may be tried again after a fresh look, and throws any other. */
async function attempt(
  writeOnce: () => Promise<void>,
  done: Progress,
  now: () => number,
): Promise<{ message: string; waitMs: number } | null> {
  try {
    await writeOnce();
    done.faults = 0;
    return null;
  } catch (error) {
    const fault = error instanceof AmbiguousWrite ? { status: 'lost' } : classify(error, now());
    const waitMs = 'waitMs' in fault ? (fault.waitMs ?? 0) : 0;
    done.faults++;
    if (fault.status === 'final' || done.faults >= MAX_FAULTS || waitMs > MAX_WAIT_MS) throw error;
    return { message: error instanceof Error ? error.message : String(error), waitMs };
  }
}

async function discard(
  thread: CommentThread,
  extra: OwnComment,
  first: OwnComment,
  log: Pick<Log, 'debug'>,
): Promise<void> {
  try {
    await thread.remove(extra.id);
  } catch (error) {
    log.debug(`could not delete the second comment ${extra.url}: ${explain(error, 'comment')}`);
    await thread.update(extra.id, `This report has moved to [the first comment](${first.url}).`);
  }
}

/** A section as it stands in a comment, where its series is a hash. */
export function toSection(own: OwnSection): Section {
  return {
    series: shortHash(own.series),
    title: plainTitle(own.title),
    state: own.state,
    verdict: own.verdict,
    run: { ...own.run, workflow: workflowHash(own.run.workflow) },
    sha: own.sha.slice(0, 12),
    ...(own.ruling && { ruling: own.ruling }),
    ...(own.finding && { finding: own.finding }),
    form: 'full',
    text: own.body,
  };
}

/** How the marker of a section names the workflow that wrote it. */
export function workflowHash(workflow: string): string {
  return shortHash(workflow).slice(0, 8);
}

function place(comment: OwnComment): { id: number; url: string } {
  return { id: comment.id, url: comment.url };
}
