import type { Report } from '../domain/report.ts';
import { upsertComment } from '../github/comment.ts';
import type { RenderFrame } from '../github/comment-body.ts';
import type { Request } from '../pipeline/request.ts';
import { COMMENT_LIMIT, formatHeading, formatSection, formatShortSection } from '../report/markdown.ts';
import type { ActionContext } from './context.ts';

/** Verdicts that `comment: on-alert` begins a comment for. */
const ALERTS = new Set(['failed', 'regressed', 'inconclusive']);

/** Room in a comment for the markers and the heading over the sections. */
const FRAME_ROOM = 2_000;

/**
 * Puts the report into the pull request's comment. Gives its URL, or null where there is none; a token that may not
 * write is a notice, not an error: the summary and the artifact have it all.
 */
export async function comment(
  context: ActionContext,
  request: Request,
  report: Report,
): Promise<string | null> {
  const { event, inputs, client, log } = context;
  if (event.type !== 'pull_request' || inputs.comment === 'never') return null;
  if (client === null) {
    log.notice('There is no token, so the pull request gets no comment; the report is in the step summary.');
    return null;
  }
  const outcome = await upsertComment({
    client,
    repo: context.repo,
    issue: event.number,
    key: inputs.commentKey,
    sections: [
      {
        series: request.series,
        title: report.title,
        state: 'final',
        verdict: report.verdict,
        run: {
          workflow: context.origin.workflow,
          id: context.origin.runId,
          number: context.origin.runNumber,
          attempt: context.origin.runAttempt,
        },
        sha: event.head.sha.slice(0, 12),
        body: formatSection(report, { maxLength: COMMENT_LIMIT - FRAME_ROOM }),
        short: () => formatShortSection(report),
      },
    ],
    renderFrame,
    create: inputs.comment === 'auto' || ALERTS.has(report.verdict),
    log,
    sleep: context.sleep,
  });
  switch (outcome.status) {
    case 'skipped':
    case 'hasty':
      return null;
    case 'read-only':
      log.notice(
        `The token of this run may not comment (a fork or Dependabot, or a missing permission): the report is in the step summary and the artifact. ${outcome.reason}`,
      );
      return null;
    case 'failed':
      log.warning(outcome.reason);
      return null;
    default:
      return outcome.url;
  }
}

const renderFrame: RenderFrame = (sections) => ({ top: formatHeading(sections), bottom: '' });
