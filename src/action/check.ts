import type { Report } from '../domain/report.ts';
import type { Annotation } from '../github/annotations.ts';
import type { Acceptances } from '../github/chat-answers.ts';
import { writeCheck } from '../github/checks.ts';
import { toSection } from '../github/comment.ts';
import type { Ruling, Section } from '../github/comment-sections.ts';
import type { Request } from '../pipeline/request.ts';
import { formatHeading, formatShortSection } from '../report/markdown.ts';
import { withAcceptanceLines } from './acceptance.ts';
import type { ActionContext } from './context.ts';
import { reportSection } from './section.ts';

export type CheckInput = {
  report: Report;
  accepted: Acceptances;
  annotations: readonly Annotation[];
  /** Of the comment, where there is one. */
  sections: readonly Section[] | null;
  ruling: Ruling;
};

/** Writes the check run of the head that was measured, where the workflow asks for it. */
export async function check(context: ActionContext, request: Request, input: CheckInput): Promise<void> {
  const { event, inputs, client, log, origin } = context;
  if (!inputs.check) return;
  if (client === null) {
    log.notice('There is no token, so there is no check run.');
    return;
  }
  const { report, accepted } = input;
  const sha =
    event.type === 'pull_request' || event.type === 'merge_group'
      ? event.head.sha
      : (context.env.GITHUB_SHA ?? '');
  const { series, title } = request;
  const own = toSection(reportSection({ series, title, sha, origin }, report, accepted, input.ruling));
  const outcome = await writeCheck({
    client,
    repo: context.repo,
    sha,
    own: [own],
    comment: input.sections,
    legs: inputs.legs,
    failOn: inputs.failOn,
    summary: (sections) =>
      [formatHeading(sections), withAcceptanceLines(formatShortSection(report), accepted)]
        .join('\n\n')
        .trim(),
    annotations: input.annotations,
    url: origin.url,
    sleep: context.sleep,
  });
  if (outcome.status === 'failed') log.warning(outcome.reason);
  else if (outcome.status === 'written')
    log.info(
      `check run: ${outcome.conclusion ?? `in progress, not all of ${inputs.legs} jobs have reported yet (\`legs\`)`}`,
    );
}
