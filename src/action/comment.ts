import type { Report } from '../domain/report.ts';
import { type Acceptances, acceptedIn, listOwnComments, NONE_ACCEPTED } from '../github/chat-answers.ts';
import type { Client } from '../github/client.ts';
import {
  type CommentOptions,
  type CommentOutcome,
  type OwnSection,
  upsertComment,
} from '../github/comment.ts';
import type { RenderFrame } from '../github/comment-body.ts';
import type { Ruling, Section } from '../github/comment-sections.ts';
import { explain } from '../github/errors.ts';
import { mayOnlyRead, type PullRequestEvent } from '../github/event.ts';
import { readPullRequest } from '../github/pull-request.ts';
import type { Named, Request } from '../pipeline/request.ts';
import { formatHeading } from '../report/markdown.ts';
import type { ActionContext } from './context.ts';
import { lapsing } from './lapsed.ts';
import { measuringSection, reportSection, type SectionPlace, unjudgedSection } from './section.ts';

/** Verdicts that `comment: on-alert` begins a comment for. */
export const ALERTS = new Set(['failed', 'regressed', 'inconclusive']);

export const renderFrame: RenderFrame = (sections) => ({ top: formatHeading(sections), bottom: '' });

/** Legs that are counted on to end at about the same time, where there are several: how many there are cannot be known. */
const CROWD = 10;

/** Whether this job may be one of several that begin at the same time. */
function isOneOfMany({ inputs }: Pick<ActionContext, 'inputs'>): boolean {
  return !/^(auto\s*(null)?)?$/.test(inputs.series.trim());
}

/** `judgedBefore`: this very head has a report already, which somebody may have accepted; `acceptedBefore`: and has. */
export type Announced = { judgedBefore: boolean; acceptedBefore: boolean };

/**
 * Says that it measures. Written once, and begun only by a job that stands alone: the legs of a matrix begin all at the
 * same moment. A word that is lost costs nothing.
 */
export async function announce(context: ActionContext, request: Request): Promise<Announced> {
  const { event, inputs, client } = context;
  const again = context.origin.runAttempt > 1;
  if (event.type !== 'pull_request' || inputs.comment === 'never' || client === null || mayOnlyRead(event))
    return { judgedBefore: again, acceptedBefore: false };
  const outcome = await put(context, event, client, {
    sections: [measuringSection(placeOf(context, request, event))],
    create: inputs.comment === 'auto' && !isOneOfMany(context),
    hasty: true,
  });
  const head = event.head.sha.slice(0, 12);
  const before = (outcome.status === 'hasty' ? outcome.before : []).filter(
    ({ sha, state }) => sha === head && state === 'final',
  );
  return {
    judgedBefore: again || before.length > 0,
    acceptedBefore: before.some(({ verdict }) => verdict === 'accepted'),
  };
}

/** What was accepted for the head of this pull request; null where that is not known: the verdict is only stricter. */
export async function readAcceptances(context: ActionContext): Promise<Acceptances | null> {
  const { event, client, repo, log } = context;
  if (event.type !== 'pull_request' || client === null) return null;
  try {
    return acceptedIn(await listOwnComments(client, repo, event.number), event.head.sha);
  } catch (error) {
    log.warning(`${explain(error, 'comment')}. What was accepted on the pull request is not known here`);
    return null;
  }
}

/** `used`: what this report rests on. `known`: all that was accepted for the head, where it was asked for. */
export type Accepted = { used: Acceptances; known: Acceptances | null };

export const NOT_ASKED: Accepted = { used: NONE_ACCEPTED, known: null };

/** Tries to put something else where "measuring…" stands. */
const LAST_TRIES = 2;
/** A run that is cancelled is killed soon: it has time to ask again only where it was refused at once. */
const CANCELLED_MS = 2_000;

/** `url`: null where there is no comment. `sections`: all that it holds; null where it could not be written. */
export type Commented = { url: string | null; sections: Section[] | null };

const NOWHERE: Commented = { url: null, sections: null };

/**
 * Puts the report into the pull request's comment. A token that may not write is a notice, not an error: the summary and
 * the artifact have it all.
 */
export async function comment(
  context: ActionContext,
  request: Request,
  report: Report,
  { used, known }: Accepted,
  ruling: Ruling,
): Promise<Commented> {
  const { event, inputs, client, log } = context;
  if (event.type !== 'pull_request' || inputs.comment === 'never') return NOWHERE;
  if (client === null) {
    log.notice('There is no token, so the pull request gets no comment; the report is in the step summary.');
    return NOWHERE;
  }
  const section = reportSection(placeOf(context, request, event), report, used, ruling);
  const current = await currentHead(context, client, event);
  const options = {
    sections: [section],
    create: current.open && (inputs.comment === 'auto' || ALERTS.has(report.verdict)),
    head: current.head,
    // Whatever of ours comes by takes back what stands there as accepted and is not.
    ...(known && { revise: lapsing(known, event.head.sha) }),
    crowd: isOneOfMany(context) ? CROWD : 1,
  };
  const outcome = await put(context, event, client, options);
  const refused = outcome.status === 'failed' || (outcome.status === 'read-only' && !mayOnlyRead(event));
  if (!refused) return tell(context, outcome);
  const said = await insist(context, event, section);
  if (said) log.notice('The report could be put into the comment only after several tries.');
  return said || context.signal.aborted ? NOWHERE : tell(context, outcome);
}

/** "Measuring…" is not left behind for requests that were lost or refused now and then. Tells whether it was said. */
async function insist(
  context: ActionContext,
  event: PullRequestEvent,
  section: OwnSection,
): Promise<boolean> {
  const began = performance.now();
  for (let tries = 1; tries <= LAST_TRIES; tries++) {
    const outcome = await sayLast(context, event, section);
    if (outcome === null || outcome.status === 'skipped') return false;
    const isRefused = outcome.status === 'failed' || outcome.status === 'read-only';
    if (outcome.status === 'hasty' ? outcome.written : !isRefused) return true;
    if (context.signal.aborted && performance.now() - began > CANCELLED_MS) return false;
  }
  return false;
}

/**
 * Takes "measuring…", or the report of an older commit, back when a run has no report to put in its place. Begins no comment.
 * Never rejects.
 */
export async function retract(context: ActionContext, named: Named, error: unknown): Promise<void> {
  const { event, inputs } = context;
  if (event.type !== 'pull_request' || inputs.comment === 'never' || mayOnlyRead(event)) return;
  await insist(context, event, unjudgedSection(placeOf(context, named, event), error, context));
}

/** One line about what came of a comment, and where it is. */
export function tell({ event, inputs, log }: ActionContext, outcome: CommentOutcome): Commented {
  switch (outcome.status) {
    case 'skipped':
    case 'hasty':
      return NOWHERE;
    case 'read-only':
      log.notice(
        event.type === 'pull_request' && event.fork
          ? `The report is in the step summary. This run may not comment, as its pull request is a fork's${inputs.uploadResult ? ': the workflow that `perf-baseline init --forks` writes judges the artifact and comments, where the default branch has it' : ''}.`
          : `The report is in the step summary. ${outcome.reason}`,
      );
      return NOWHERE;
    case 'failed':
      log.warning(outcome.reason);
      return NOWHERE;
    default:
      return { url: outcome.url, sections: outcome.sections };
  }
}

async function sayLast(
  context: ActionContext,
  event: PullRequestEvent,
  section: OwnSection,
): Promise<CommentOutcome | null> {
  const client = context.lastWords();
  if (client === null) return null;
  return await put(context, event, client, { sections: [section], create: false, hasty: true });
}

async function put(
  context: ActionContext,
  event: PullRequestEvent,
  client: Client,
  options: Pick<CommentOptions, 'sections' | 'create' | 'hasty' | 'crowd' | 'revise'> & {
    head?: string | undefined;
  },
): Promise<CommentOutcome> {
  const { head, ...rest } = options;
  return await upsertComment({
    client,
    repo: context.repo,
    issue: event.number,
    key: context.inputs.commentKey,
    ...rest,
    ...(head !== undefined && { head }),
    renderFrame,
    log: context.log,
    sleep: context.sleep,
  });
}

/** Where the pull request is now: a push may have overtaken this run, whose numbers are then not the current ones. */
async function currentHead(context: ActionContext, client: Client, event: PullRequestEvent) {
  try {
    const { state, headSha } = await readPullRequest(client, context.repo, event.number);
    const moved = headSha !== event.head.sha;
    if (moved)
      context.log.notice(
        `The pull request has moved on to ${headSha.slice(0, 7)} while ${event.head.sha.slice(0, 7)} was measured: this report is shown as one of an older commit.`,
      );
    return { open: state === 'open' && !moved, head: headSha };
  } catch (error) {
    context.log.debug(explain(error, 'read-pull-request'));
    return { open: true, head: undefined };
  }
}

function placeOf(
  { origin, workflow }: ActionContext,
  { series, title }: Named,
  event: PullRequestEvent,
): SectionPlace {
  return { series, title, sha: event.head.sha, origin, workflow };
}
