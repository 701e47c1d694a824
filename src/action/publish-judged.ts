import * as core from '@actions/core';
import type { Acceptances } from '../github/chat-answers.ts';
import type { Client } from '../github/client.ts';
import { workflowHash } from '../github/comment.ts';
import { isOfRun, type Section } from '../github/comment-sections.ts';
import type { WorkflowRunEvent } from '../github/event.ts';
import { setOutputs } from '../github/outputs.ts';
import type { PullRequest } from '../github/pull-request.ts';
import { shownVerdict } from '../report/accepted.ts';
import { plain } from '../report/untrusted.ts';
import { ALERTS } from './comment.ts';
import type { ActionContext } from './context.ts';
import type { JudgedAgain } from './judge-again.ts';
import { lapsing } from './lapsed.ts';
import { isLeft } from './left-behind.ts';
import { renderAgain } from './render-again.ts';
import { silenced } from './silent.ts';
import { findSilentJobs, type ReportedJobs, type SilentJobs } from './silent-jobs.ts';
import { tellMaintainer } from './tell-maintainer.ts';

/** Verdicts from the worst on, as product of several series. */
const WORST = ['failed', 'regressed', 'inconclusive', 'improved', 'unchanged', 'new'] as const;

/** Verdicts whose jobs end with success. */
const FINE = new Set<Section['verdict']>(['unchanged', 'improved', 'new', 'inconclusive']);

/** Nothing that a stranger wrote: what it is, the maintainer is told. */
const UNUSABLE =
  '- ⚠️ Not all that was uploaded for this commit could be used, so this is not all of it: the run that published it says why';

const ALL_UNUSABLE =
  '- 🛑 Nothing that was uploaded last for this commit could be used, so what is here is of before: the run that published it says why';

/** A run whose results are judged. `standing`: what is in the comment already; `lines`: sentences for the maintainer alone. */
export type Publication = {
  run: WorkflowRunEvent['run'];
  pull: PullRequest;
  keyHash: string;
  standing: readonly Section[];
  judged: readonly JudgedAgain[];
  acceptances: Acceptances;
  lines: readonly string[];
  isTrusted: boolean;
  /** Something was uploaded that could not be read, or was refused: whatever it would have said, nothing of it is green. */
  unusable: boolean;
};

/** Puts what was judged into the comment and the check run, and says in the job itself what became of all that was uploaded. */
export async function publishJudged(
  context: ActionContext,
  client: Client,
  publication: Publication,
): Promise<void> {
  const { run, judged, lines } = publication;
  const silent = await findSilentJobs(context, client, run, reportedJobs(publication, context.inputs.failOn));
  const url = await comment(context, publication, silent);
  if (judged.length === 0 && lines.length === 0)
    context.log.info(`Run ${run.id} has nothing left to publish: it reported itself, or uploaded no result.`);
  for (const one of judged)
    context.log.info(
      `${plain(one.title)}: ${shownVerdict(one.report)}${url === null ? ', not commented' : `; the comment is ${url}`}`,
    );
  await tellMaintainer(context, [...lines, ...judged.flatMap(claimNote)], judged);
  if (judged.length > 0) writeOutputs(judged, url);
}

const jobSections = ({ standing }: Publication): Section[] => standing.filter((section) => !isOfRun(section));

function reportedJobs(publication: Publication, failOn: ActionContext['inputs']['failOn']): ReportedJobs {
  const { run, judged } = publication;
  const failing = new Set(['failed', 'regressed']);
  if (failOn === 'inconclusive') failing.add('inconclusive');
  const standing = jobSections(publication);
  return {
    reported: [
      ...standing
        .filter((section) => section.run.id === run.id && !isLeft(section, run))
        .map(({ title, verdict, ruling }) => ({
          title,
          fails: ruling === undefined ? !FINE.has(verdict) : ruling.conclusion === 'failure',
        })),
      ...judged.map(({ title, unaccepted, stored: { claimed } }) => ({
        title,
        fails: failing.has(unaccepted.verdict) || failing.has(claimed ?? ''),
      })),
    ],
    left: standing.filter((section) => isLeft(section, run)).map(({ title }) => title),
  };
}

/** The comment's address; null where there is none, or nothing to say in it. */
async function comment(
  context: ActionContext,
  publication: Publication,
  silent: SilentJobs,
): Promise<string | null> {
  const { run, pull, keyHash, judged, acceptances, lines, isTrusted, unusable } = publication;
  const standing = jobSections(publication);
  const lapse = lapsing(acceptances, pull.headSha);
  const lapsed = standing.some((section) => lapse(section) !== section);
  const isStale = standing.some(({ sha }) => sha !== pull.headSha.slice(0, 12));
  const isOvertaken = standing.some(
    (section) => section.run.workflow === workflowHash(run.path) && section.run.id > run.id,
  );
  // A run of the repository itself has reported what it could.
  const isRefused = unusable && judged.length === 0 && !isTrusted && !isOvertaken;
  // What was said of an earlier attempt must not stand there any more.
  const isToldBefore = publication.standing.some((section) => isOfRun(section) && section.run.id === run.id);
  const isAnyLeft = standing.some((section) => isLeft(section, run));
  const hasNews = judged.length > 0 || isAnyLeft || silent.lines.length > 0 || isStale || isRefused || lapsed;
  if (!hasNews && !isToldBefore && !context.inputs.check) return null;

  const alert = judged.some(({ judged: { verdict } }) => ALERTS.has(verdict));
  const isMissing = unusable || silent.isMissing;
  const remarks = [...silent.lines, ...(unusable ? [isRefused ? ALL_UNUSABLE : UNUSABLE] : [])];
  const { url } = await renderAgain(context, {
    pull,
    key: { hash: keyHash },
    judged,
    // A run of the repository itself may have been told to comment on alerts only.
    create:
      pull.state === 'open' &&
      judged.length > 0 &&
      (alert || (context.inputs.comment === 'auto' && !isTrusted)),
    revise: (section) => (isLeft(section, run) ? silenced(section, run.url) : lapse(section)),
    word: {
      run,
      conclusion: isRefused ? 'failure' : isMissing ? 'cancelled' : 'success',
      lines: isMissing ? remarks : [],
      reasons: lines,
      silent: !isMissing && !isToldBefore,
    },
    // What is no fault is said once.
    remarks: isMissing ? [] : remarks,
  });
  return url;
}

function claimNote({ stored: { claimed }, title, judged: { verdict } }: JudgedAgain): string[] {
  if (claimed === undefined || claimed === verdict) return [];
  // What a result calls its verdict may be any text.
  const word = WORST.find((one) => one === claimed) ?? 'something that is no verdict';
  return [`The result of ${title} says ${word} of itself; judged anew it is ${verdict}`];
}

function writeOutputs(judged: readonly JudgedAgain[], url: string | null): void {
  const rows = judged.flatMap(({ judged: { comparisons } }) => comparisons.filter(({ gating }) => gating));
  const verdict = WORST.find((one) => judged.some((each) => each.judged.verdict === one)) ?? 'new';
  setOutputs(core, {
    verdict,
    regressions: rows.filter((row) => row.verdict === 'regressed').length,
    improvements: rows.filter((row) => row.verdict === 'improved').length,
    ...(url !== null && { commentUrl: url }),
  });
}
