import type { Client, Repo } from './client.ts';
import { parseSections, plainTitle, type RenderFrame, sameBody } from './comment-body.ts';
import { CommentTooLongError, fitBody } from './comment-fit.ts';
import { containsAll, mergeSections, type Section, type SectionHead } from './comment-sections.ts';
import { type CommentThread, isGone, type OwnComment, openThread } from './comment-thread.ts';
import { explain, isReadOnlyToken } from './errors.ts';
import type { Log } from './log.ts';
import { AmbiguousWrite, classify } from './retry.ts';
import { shortHash } from './series.ts';

/** This job's part of the comment. `series` and `run.workflow` are plain text; `short` is asked for when `body` is too long. */
export type OwnSection = {
  series: string;
  title: string;
  state: SectionHead['state'];
  verdict: SectionHead['verdict'];
  run: { workflow: string; id: number; number: number; attempt: number };
  sha: string;
  body: string;
  short: () => string;
};

export type CommentOptions = {
  client: Pick<Client, 'rest' | 'graphql'>;
  repo: Repo;
  /** Number of the pull request. */
  issue: number;
  /** Jobs with the same key share the comment. */
  key: string;
  section: OwnSection;
  renderFrame: RenderFrame;
  /** False: an existing comment is updated, but none is begun. */
  create: boolean;
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
 * How it ended. `superseded`: a newer run of the series was there first. `read-only`: the token of a fork or of
 * Dependabot, or a missing permission. `failed`: anything else; nothing of it is thrown, since the verdict, the
 * summary and the outputs do not depend on the comment.
 */
export type CommentOutcome =
  | { status: 'created' | 'updated' | 'unchanged' | 'superseded'; id: number; url: string }
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
 * Puts this job's section into the one comment that shares its key, and leaves the sections of other jobs as they
 * are. Comments have no compare-and-swap: after each write it waits, reads back, and writes again whatever another
 * job has overwritten meanwhile, its own section or any other that it has seen.
 */
export async function upsertComment(options: CommentOptions): Promise<CommentOutcome> {
  const thread = openThread(options.client, options.repo, options.issue, shortHash(options.key));
  try {
    return await settle(thread, options);
  } catch (error) {
    if (isReadOnlyToken(error)) return { status: 'read-only', reason: explain(error, 'comment') };
    const reason =
      error instanceof CommentTooLongError
        ? `could not comment on the pull request: ${error.message}`
        : explain(error, 'comment');
    return { status: 'failed', reason };
  }
}

async function settle(thread: CommentThread, options: CommentOptions): Promise<CommentOutcome> {
  const { section, sleep } = options;
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const end = now() + (options.deadlineMs ?? 300_000);
  const ours: Section = {
    series: shortHash(section.series),
    title: plainTitle(section.title),
    state: section.state,
    verdict: section.verdict,
    run: { ...section.run, workflow: shortHash(section.run.workflow).slice(0, 8) },
    sha: section.sha.slice(0, 12),
    form: 'full',
    text: section.body,
  };
  const keyHash = shortHash(options.key);
  const done: Progress = { status: 'unchanged', id: null, writes: 0, faults: 0, extras: new Set() };
  let known: Section[] = [];
  if ((options.crowd ?? 1) > 1) {
    await sleep(random() * Math.min((options.crowd ?? 1) * CROWD_MS, MAX_CROWD_MS));
  }

  for (let looks = 1; ; looks++) {
    const comments = await readOwn(thread, done);
    const [first, ...extras] = comments;
    if (first === undefined && !options.create) return { status: 'skipped' };
    known = mergeSections([...known, ...comments.flatMap(({ body }) => parseSections(body))]);
    const wanted = mergeSections([...known, ours]);
    const superseded = !wanted.includes(ours);
    const { body } = fitBody(
      keyHash,
      wanted,
      { series: ours.series, short: section.short },
      options.renderFrame,
    );
    const complete =
      first !== undefined &&
      (done.writes === 0 && !superseded
        ? sameBody(first.body, body)
        : containsAll(parseSections(first.body), wanted));
    if (complete) {
      const left = await tidy(thread, first, extras, ours.series, done, options.log);
      if (left === 0) return { status: superseded ? 'superseded' : done.status, ...place(first) };
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
  series: string,
  done: Progress,
  log: Pick<Log, 'debug'>,
): Promise<number> {
  let left = 0;
  for (const extra of extras) {
    const isMine = parseSections(extra.body).some((section) => section.series === series);
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

function place(comment: OwnComment): { id: number; url: string } {
  return { id: comment.id, url: comment.url };
}
