import { reportAnnotations } from '../github/annotations.ts';
import { writeCheck } from '../github/checks.ts';
import { type CommentOptions, toSection, upsertComment, workflowHash } from '../github/comment.ts';
import type { Section } from '../github/comment-sections.ts';
import type { PullRequest } from '../github/pull-request.ts';
import type { WorkflowRun } from '../github/runs.ts';
import { brokenBaseline, type FailOn, isUnlike } from '../pipeline/outcome.ts';
import { formatHeading, formatShortSection } from '../report/markdown.ts';
import { changeSentence, limitSentence, plainVoice } from '../report/phrase.ts';
import { withAcceptanceLines } from './acceptance.ts';
import { type Commented, tell } from './comment.ts';
import { type ActionContext, requireClient } from './context.ts';
import type { JudgedAgain } from './judge-again.ts';
import { placeOf, reportSection } from './section.ts';
import { linesText } from './tell-maintainer.ts';

export type RenderAgain = {
  pull: PullRequest;
  key: CommentOptions['key'];
  judged: readonly JudgedAgain[];
  create: boolean;
  revise?: (section: Section) => Section;
  /** Whether `revise` ends what is still called measuring: then a check run that waits for it is completed too. */
  mends?: boolean;
  /** Whether jobs of the run ended without a report: then no check run is green. */
  unreported?: boolean;
  /** A run of which nothing could be used, and why: its check run is begun, and fails. */
  refused?: { run: Pick<WorkflowRun, 'id' | 'workflow'>; reasons: readonly string[] };
  /** Markdown lines below the heading: what holds for no series in particular. */
  remarks?: readonly string[];
};

/** Puts judgements of stored results into the comment, and completes the check run where the workflow asks for one. */
export async function renderAgain(context: ActionContext, again: RenderAgain): Promise<Commented> {
  const { pull, judged, refused, remarks = [] } = again;
  const client = requireClient(context, 'publishing');
  const sections = judged.map(({ stored, title, report, accepted }) =>
    reportSection(placeOf(stored.result, title, pull.headSha), report, accepted),
  );
  const commented =
    context.inputs.comment === 'never'
      ? { url: null, sections: null }
      : tell(
          context,
          await upsertComment({
            client,
            repo: context.repo,
            issue: pull.number,
            key: again.key,
            sections,
            head: pull.headSha,
            ...(again.revise && { revise: again.revise }),
            renderFrame: (heads) => ({
              top: [formatHeading(heads), remarks.join('\n')].filter((part) => part !== '').join('\n\n'),
              bottom: '',
            }),
            create: again.create,
            log: context.log,
            sleep: context.sleep,
          }),
        );
  // A command completes the check that the measuring workflow has begun, told to or not.
  const { check } = context.inputs;
  if (
    (judged.length > 0 || again.mends || refused !== undefined) &&
    (check || context.event.type === 'issue_comment')
  )
    await checkAgain(context, again, commented.sections);
  return commented;
}

async function checkAgain(
  context: ActionContext,
  again: RenderAgain,
  comment: readonly Section[] | null,
): Promise<void> {
  const { pull, judged, refused } = again;
  const own = judged.map(({ stored, title, report, accepted }) =>
    toSection(reportSection(placeOf(stored.result, title, pull.headSha), report, accepted)),
  );
  const texts = judged.map(({ report, accepted }) =>
    withAcceptanceLines(formatShortSection(report), accepted),
  );
  if (refused !== undefined) texts.push(refusedText(refused.reasons));
  const { failOn } = context.inputs;
  const outcome = await writeCheck({
    client: requireClient(context, 'the check run'),
    repo: context.repo,
    sha: pull.headSha,
    own,
    comment,
    // One is what a job that stands alone has without being told.
    legs: context.inputs.legs > 1 ? context.inputs.legs : null,
    unreported: again.unreported === true || judged.some(({ lacking }) => lacking.length > 0),
    ...(refused && { refused: { workflow: workflowHash(refused.run.workflow), id: refused.run.id } }),
    onlyExisting: !context.inputs.check || (judged.length === 0 && refused === undefined),
    failOn,
    // A verdict without the baseline that is there lets nothing pass.
    failed: judged.some((one) => brokenBaseline(one.judged) !== null || failsAnyway(one, failOn)),
    summary: (sections) => [formatHeading(sections), ...texts].join('\n\n').trim(),
    annotations: judged.flatMap(({ report }) =>
      reportAnnotations(report, {
        file: null,
        describe: (row) => changeSentence(row, plainVoice),
        describeLimit: (row) => limitSentence(row, plainVoice),
      }),
    ),
    url: judged[0]?.stored.result.origin?.url ?? context.origin.url,
    sleep: context.sleep,
  });
  if (outcome.status === 'written') context.log.info(`check run: ${outcome.conclusion ?? 'in progress'}`);
  else if (outcome.status === 'failed' && context.inputs.check) context.log.warning(outcome.reason);
  else context.log.debug(`check run: ${outcome.status}`);
}

/** Reasons told in a check run: any number can be uploaded. */
const MOST_REASONS = 20;

function refusedText(reasons: readonly string[]): string {
  const more = reasons.length - MOST_REASONS;
  const left = more > 0 ? `\n- and ${more} more, in the summary of the run that published this` : '';
  return `### 🛑 Refused: nothing that was uploaded for this commit could be used\n\n${linesText(reasons.slice(0, MOST_REASONS))}${left}`;
}

/** A limit on what was not measured is not kept; what could not be compared fails where all that is unsure is to. */
const failsAnyway = ({ judged, lacking }: JudgedAgain, failOn: FailOn): boolean =>
  lacking.some(({ limit }) => limit) ||
  (failOn === 'inconclusive' && (isUnlike(judged) || lacking.length > 0));
