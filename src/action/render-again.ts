import { reportAnnotations } from '../github/annotations.ts';
import { ruleOn } from '../github/check-conclusion.ts';
import { writeCheck } from '../github/checks.ts';
import type { Client } from '../github/client.ts';
import { type CommentOptions, type OwnSection, toSection, upsertComment } from '../github/comment.ts';
import type { Section } from '../github/comment-sections.ts';
import { explain } from '../github/errors.ts';
import { ownWithHead, type PullRequest } from '../github/pull-request.ts';
import { brokenBaseline, type FailOn, isUnlike } from '../pipeline/outcome.ts';
import { shownVerdict } from '../report/accepted.ts';
import { formatHeading, formatShortSection } from '../report/markdown.ts';
import { changeSentence, limitSentence, plainVoice } from '../report/phrase.ts';
import { withAcceptanceLines } from './acceptance.ts';
import { type Commented, tell } from './comment.ts';
import { type ActionContext, requireClient } from './context.ts';
import type { JudgedAgain } from './judge-again.ts';
import { placeOf, reportSection, runSection, type WordOfRun } from './section.ts';
import { endedRuns, tellOfCheck } from './settle-check.ts';
import { linesText } from './tell-maintainer.ts';

export type RenderAgain = {
  pull: PullRequest;
  key: CommentOptions['key'];
  /** `failOn`: by which a job itself ruled, where it is not for this workflow to say. `reportedAt`: where it was reported before. */
  judged: readonly (JudgedAgain & { failOn?: FailOn; reportedAt?: number })[];
  create: boolean;
  revise?: (section: Section) => Section;
  /** Whether `revise` ends what is still called measuring: then a check run that waits for it is completed too. */
  mends?: boolean;
  /** What is said of the whole run. Where it fails, its check run is begun, with these reasons; `silent`: not in the comment. */
  word?: WordOfRun & { reasons: readonly string[]; silent: boolean };
  /** Markdown lines below the heading: what holds for no series in particular. */
  remarks?: readonly string[];
};

/** Puts judgements of stored results into the comment, and completes the check run where the workflow asks for one. */
export async function renderAgain(context: ActionContext, again: RenderAgain): Promise<Commented> {
  const { pull, judged, word, remarks = [] } = again;
  const client = requireClient(context, 'publishing');
  const sections = judged.map((one) => sectionOf(context, one, pull.headSha));
  const ofRun = word === undefined ? [] : [runSection(word, pull.headSha)];
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
            sections: word?.silent === true ? sections : [...sections, ...ofRun],
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
    (judged.length > 0 || again.mends || word !== undefined) &&
    (check || context.event.type === 'issue_comment')
  )
    await checkAgain(context, again, [...sections, ...ofRun].map(toSection), commented.sections);
  return commented;
}

function sectionOf(context: ActionContext, judged: RenderAgain['judged'][number], sha: string): OwnSection {
  const { stored, title, report, accepted, lacking, reportedAt } = judged;
  const { failOn = context.inputs.failOn } = judged;
  const ruling = ruleOn(shownVerdict(report), failOn, {
    // A verdict without the baseline that is there lets nothing pass.
    failed:
      brokenBaseline(judged.judged) !== null || failsAnyway(judged, failOn) || isFailedElsewhere(judged),
    lacking: lacking.length > 0,
  });
  const place = placeOf(stored, title, sha);
  return reportSection(reportedAt === undefined ? place : { ...place, reportedAt }, report, accepted, ruling);
}

async function checkAgain(
  context: ActionContext,
  again: RenderAgain,
  own: readonly Section[],
  comment: readonly Section[] | null,
): Promise<void> {
  const { pull, judged, word } = again;
  const texts = judged.map(({ report, accepted }) =>
    withAcceptanceLines(formatShortSection(report), accepted),
  );
  if (word?.conclusion === 'failure') texts.push(refusedText(word.reasons));
  else if (word !== undefined) texts.push(word.lines.join('\n'));
  const client = requireClient(context, 'the check run');
  if (pull.fork && (await isOfAnother(context, client, pull))) return;
  const outcome = await writeCheck({
    client,
    repo: context.repo,
    sha: pull.headSha,
    scope: String(pull.number),
    own,
    comment,
    // One is what a job that stands alone has without being told.
    legs: context.inputs.legs > 1 ? context.inputs.legs : null,
    onlyExisting: !context.inputs.check || (judged.length === 0 && word?.conclusion !== 'failure'),
    hasEnded: endedRuns(context, client),
    failOn: context.inputs.failOn,
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
  tellOfCheck(context, outcome);
}

/** Whoever copies a commit into a fork writes nothing into the check run of the pull request that it was copied from. */
async function isOfAnother(
  { repo, log }: ActionContext,
  client: Client,
  { headSha }: PullRequest,
): Promise<boolean> {
  try {
    const own = await ownWithHead(client, repo, headSha);
    if (own !== null)
      log.notice(`The check run is left alone: ${headSha.slice(0, 7)} is the head of #${own} too.`);
    return own !== null;
  } catch (error) {
    log.warning(`${explain(error, 'read-pull-request')}. The check run is left as it is: run this job again`);
    return true;
  }
}

/** Reasons told in a check run: any number can be uploaded. */
const MOST_REASONS = 20;

function refusedText(reasons: readonly string[]): string {
  const more = reasons.length - MOST_REASONS;
  const left = more > 0 ? `\n- and ${more} more, in the summary of the run that published this` : '';
  return `### 🛑 Refused: nothing that was uploaded for this commit could be used\n\n${linesText(reasons.slice(0, MOST_REASONS))}${left}`;
}

/** By the default criteria nothing passes that its own job has failed: the limits that it was held to are not known here. */
const isFailedElsewhere = ({ isConfigured, stored: { claimed } }: JudgedAgain): boolean =>
  !isConfigured && (claimed === 'failed' || claimed === 'regressed');

/** A limit on what was not measured is not kept; what could not be compared fails where all that is unsure is to. */
const failsAnyway = ({ judged, lacking }: JudgedAgain, failOn: FailOn): boolean =>
  lacking.some(({ limit }) => limit) ||
  (failOn === 'inconclusive' && (isUnlike(judged) || lacking.length > 0));
