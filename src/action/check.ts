import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../domain/report.ts';
import type { Annotation } from '../github/annotations.ts';
import type { Acceptances } from '../github/chat-answers.ts';
import { type CheckOptions, type CheckOutcome, writeCheck } from '../github/checks.ts';
import { toSection } from '../github/comment.ts';
import type { Ruling, Section } from '../github/comment-sections.ts';
import { mayOnlyRead } from '../github/event.ts';
import type { Named, Request } from '../pipeline/request.ts';
import { formatHeading, formatShortSection } from '../report/markdown.ts';
import { withAcceptanceLines } from './acceptance.ts';
import type { ActionContext } from './context.ts';
import { measuringSection, reportSection, unjudgedSection } from './section.ts';

export type CheckInput = {
  report: Report;
  accepted: Acceptances;
  annotations: readonly Annotation[];
  /** Of the comment, where there is one. */
  sections: readonly Section[] | null;
  ruling: Ruling;
};

/** Of the seconds before a job that was cancelled is killed. */
const CANCELLED_MS = 4_000;

/**
 * Says in the check run that this job is at work: what another workflow has found is not all then. Begun only by a job that stands
 * alone, and written once, as the word in the comment is. Never rejects.
 */
export async function beginCheck(context: ActionContext, named: Named): Promise<void> {
  const { client, inputs, event, log, origin, workflow } = context;
  if (!inputs.check || client === null) return;
  // Nobody waits to merge what others measure.
  if (event.type !== 'pull_request' && event.type !== 'merge_group') return;
  if (event.type === 'pull_request' && mayOnlyRead(event)) return;
  const own = measuringSection({ ...named, sha: headOf(context), origin, workflow });
  const outcome = await writeCheck({
    client,
    ...placeIn(context),
    own: [toSection(own)],
    comment: null,
    hasty: true,
    onlyExisting: inputs.legs > 1,
    summary: formatHeading,
    annotations: [],
  });
  log.debug(`check run: ${outcome.status}${outcome.status === 'failed' ? `, ${outcome.reason}` : ''}`);
}

/**
 * Says in the check run that this job comes to no judgement, so that nobody waits for it: it was cancelled, or ended with an
 * error of its own. Never rejects.
 */
export async function checkUnjudged(context: ActionContext, named: Named, error: unknown): Promise<void> {
  const { client, inputs, log, origin, workflow } = context;
  if (!inputs.check || client === null) return;
  const own = unjudgedSection({ ...named, sha: headOf(context), origin, workflow }, error, context);
  const outcome = await written(context, {
    client,
    ...placeIn(context),
    own: [toSection(own)],
    comment: null,
    summary: (sections) => [formatHeading(sections), own.body].join('\n\n').trim(),
    annotations: [],
  });
  if (outcome.status === 'failed') log.warning(outcome.reason);
  else log.debug(`check run: ${outcome.status}`);
}

/**
 * A run that is cancelled, also while this is written, has time for one write, with a client that still speaks. So has one whose
 * writes were refused or lost: what it has begun must not wait for good.
 */
async function written(context: ActionContext, options: CheckOptions): Promise<CheckOutcome> {
  let late: CheckOutcome = { status: 'failed', reason: 'no time was left for the check run' };
  if (!context.signal.aborted) {
    const outcome = await writeCheck(options);
    if (outcome.status !== 'failed') return outcome;
    if (!context.signal.aborted) late = outcome;
  }
  const client = context.lastWords();
  if (client === null) return late;
  return Promise.race([
    writeCheck({ ...options, client, hasty: true }),
    delay(CANCELLED_MS, late, { ref: false }),
  ]);
}

/** Writes the check run of the head that was measured, where the workflow asks for it. */
export async function check(context: ActionContext, request: Request, input: CheckInput): Promise<void> {
  const { inputs, client, log, origin, workflow } = context;
  if (!inputs.check) return;
  if (client === null) {
    log.notice('There is no token, so there is no check run.');
    return;
  }
  const { report, accepted } = input;
  const sha = headOf(context);
  const { series, title } = request;
  const own = toSection(
    reportSection({ series, title, sha, origin, workflow }, report, accepted, input.ruling),
  );
  const outcome = await written(context, {
    client,
    ...placeIn(context),
    own: [own],
    comment: input.sections,
    summary: (sections) =>
      [formatHeading(sections), withAcceptanceLines(formatShortSection(report), accepted)]
        .join('\n\n')
        .trim(),
    annotations: input.annotations,
  });
  if (outcome.status === 'failed') log.warning(outcome.reason);
  else if (outcome.status === 'written')
    log.info(
      `check run: ${outcome.conclusion ?? `in progress, not all of ${inputs.legs} jobs have reported yet (\`legs\`)`}`,
    );
}

function headOf({ event, env }: ActionContext): string {
  return event.type === 'pull_request' || event.type === 'merge_group'
    ? event.head.sha
    : (env.GITHUB_SHA ?? '');
}

/** What every check run of this job has in common. */
function placeIn(context: ActionContext) {
  const { repo, inputs, event, origin, sleep } = context;
  return {
    scope: event.type === 'pull_request' ? String(event.number) : event.type,
    ...{ repo, sha: headOf(context), legs: inputs.legs, failOn: inputs.failOn },
    ...{ url: origin.url, sleep },
  };
}
