import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as core from '@actions/core';
import { listAncestors } from '../github/ancestors.ts';
import { type Acceptances, acceptedIn, listOwnComments, type OwnComments } from '../github/chat-answers.ts';
import type { Client } from '../github/client.ts';
import { workflowHash } from '../github/comment.ts';
import { isOfRun, type Section } from '../github/comment-sections.ts';
import { explained } from '../github/errors.ts';
import type { WorkflowRunEvent } from '../github/event.ts';
import { setOutputs } from '../github/outputs.ts';
import { findPullRequest, type PullRequest } from '../github/pull-request.ts';
import { readRun } from '../github/runs.ts';
import { brokenBaseline } from '../pipeline/outcome.ts';
import { shownVerdict } from '../report/accepted.ts';
import { plain } from '../report/untrusted.ts';
import { trustIn } from './base-criteria.ts';
import { ALERTS } from './comment.ts';
import { keyHashFor, sectionsIn } from './comment-key.ts';
import { type ActionContext, requireClient } from './context.ts';
import { type JudgedAgain, judgeAgain } from './judge-again.ts';
import { lapsing } from './lapsed.ts';
import { beingMeasured, endLeftBehind, isLeft } from './left-behind.ts';
import { once } from './once.ts';
import { renderAgain } from './render-again.ts';
import { settleCheck } from './settle-check.ts';
import { showChanged } from './show-accepted.ts';
import { silenced } from './silent.ts';
import { findSilentJobs } from './silent-jobs.ts';
import { readStoredResults } from './stored-results.ts';
import { artifactPorts, openStore } from './stores.ts';
import { tellMaintainer } from './tell-maintainer.ts';

/** Verdicts from the worst on, as product of several series. */
const WORST = ['failed', 'regressed', 'inconclusive', 'improved', 'unchanged', 'new'] as const;

/** Verdicts whose jobs end with success. */
const FINE = new Set<Section['verdict']>(['unchanged', 'improved', 'new', 'inconclusive']);

/**
 * Publishes what the run of a pull request measured that could not do so itself, a fork's above all: with the rights of
 * the repository, hence from numbers alone. Nothing of the pull request is executed, checked out or printed as it is.
 */
export async function publishRun(context: ActionContext, event: WorkflowRunEvent): Promise<void> {
  const { run } = event;
  const client = requireClient(context, 'publishing a result');
  const isCheckOver = context.inputs.check && event.action === 'completed';
  if (run.event !== 'pull_request') {
    context.log.info(`Run ${run.id} is of ${run.event}, not of a pull request: nothing to publish.`);
    if (isCheckOver) await settleCheck(context, client, run.headSha);
    return;
  }
  const found = await findPlace(context, client, event);
  if (event.action === 'completed') await endLeftBehind(context, client, run, found.others);
  if ('reason' in found) {
    if (isCheckOver) await settleCheck(context, client, run.headSha);
    await tellMaintainer(context, [`Run ${run.id} is not published: ${found.reason}`], []);
    return;
  }
  const { pull: pullRequest, own, standing } = found;
  if (event.action !== 'completed') {
    await announceRun(context, found);
    return;
  }
  const workflow = posix.basename(run.path);
  const { artifacts } = artifactPorts(context, workflow);
  // What a run of the repository itself could have reported, and did not: its section was lost. A run that may not comment
  // has not: what stands of it is ours, and may have been interrupted halfway.
  const isTrusted = !event.fork && !event.dependabot && !pullRequest.fork;
  const isReported = (series: string, attempt: number) =>
    isTrusted &&
    standing.some(
      (section) =>
        series.startsWith(section.series) &&
        section.state === 'final' &&
        section.run.id === run.id &&
        section.run.attempt >= attempt,
    );
  const stored = await readStoredResults(artifacts, run, { skip: isReported });
  const store = openStore(context, workflow);
  if (store === null) throw new Error('a token opens a store');
  const ancestors = once(() => listAncestors(client, context.repo, pullRequest.baseSha, context.log));
  const trust = trustIn(context, run, pullRequest, isTrusted);
  const { unread } = stored;
  const refused = [...stored.refused];
  let judged: JudgedAgain[] = [];
  let acceptances = acceptedIn(own, run.headSha);
  let now: Awaited<ReturnType<typeof findPlace>>;
  for (let looks = 1; ; looks++) {
    judged = [];
    refused.length = stored.refused.length;
    for (const result of stored.results) {
      const one = await judgeAgain(result, { context, store, ancestors, acceptances, ...trust(result) });
      if ('refused' in one) refused.push(one.refused);
      else judged.push(one);
    }
    // The judgement took its time: a push meanwhile makes it one of an old commit, and a command changes what is accepted.
    now = await findPlace(context, client, event);
    if ('reason' in now || looks === MOST_LOOKS) break;
    const holds = acceptedIn(now.own, run.headSha);
    if (isDeepStrictEqual(holds, acceptances)) break;
    acceptances = holds;
  }
  const lines = [
    ...refused.map((reason) => `Refused: ${reason}`),
    ...unread.map((reason) => `Not published: ${reason}`),
    ...judged.flatMap(({ title, lacking }) => lacking.map(({ sentence }) => `${title}: ${sentence}`)),
  ];
  if ('reason' in now) {
    await endLeftBehind(context, client, run, now.others);
    if (isCheckOver) await settleCheck(context, client, run.headSha);
    await tellMaintainer(context, [...lines, `Run ${run.id} is not published: ${now.reason}`], []);
    return;
  }
  const unusable = refused.length + unread.length > 0;
  await publishAll(context, client, { ...now, event, judged, lines, isTrusted, unusable, acceptances });
  await showChanged(context, now.pull, acceptances);
  const broken = new Set(judged.flatMap((one) => brokenBaseline(one.judged) ?? []));
  const again = [...unread, ...broken];
  if (again.length > 0) core.setFailed([...again, 'Run this job again.'].join('\n'));
}

/** Judgements of the same results, while commands change what is accepted. */
const MOST_LOOKS = 3;

/** `isOver`: the run has ended by now, whatever the event tells of. */
type Place = {
  pull: PullRequest;
  own: OwnComments;
  keyHash: string;
  standing: Section[];
  isOver: boolean;
  others: PullRequest[];
};

/**
 * Where a run is published, with what stands there: in its pull request, or, where that was closed meanwhile, in the comment
 * that is there already, so that nothing in it is called unfinished for good. Nowhere once it has a later attempt: this job
 * may have waited in a queue, or be run again, and what publishes that attempt publishes all that this one left.
 */
async function findPlace(
  context: ActionContext,
  client: Client,
  event: WorkflowRunEvent,
): Promise<Place | { reason: string; others: PullRequest[] }> {
  const { repo } = context;
  const latest = await explained('read-runs', () => readRun(client, repo, event.run.id));
  if (latest.attempt > event.run.attempt)
    return {
      reason: `it is at attempt ${latest.attempt} by now, and this is attempt ${event.run.attempt}`,
      others: [],
    };
  const found = await explained('read-pull-request', () => findPullRequest(client, repo, event));
  const pull = found.status === 'found' ? found.pullRequest : found.closed;
  const own = pull && (await explained('comment', () => listOwnComments(client, repo, pull.number)));
  const keyHash = keyHashFor(context, event.run, own ?? []);
  const standing = sectionsIn(own ?? [], keyHash);
  const { others } = found;
  if (found.status === 'none' && standing.length === 0) return { reason: found.reason, others };
  if (pull === undefined || own === undefined) throw new Error('what stands in a comment has a pull request');
  return { pull, own, keyHash, standing, isOver: latest.status === 'completed', others };
}

/** A run has begun that cannot say so itself: what stands in the comment is of an older commit from now on. */
async function announceRun(
  context: ActionContext,
  { pull, keyHash, standing, isOver }: Place,
): Promise<void> {
  const head = pull.headSha.slice(0, 12);
  if (pull.state === 'closed' || standing.length === 0 || standing.some(({ sha }) => sha === head)) return;
  // GitHub does not promise to tell of a run's beginning before its end.
  if (isOver) return;
  const remarks = [beingMeasured(head)];
  await renderAgain(context, { pull, key: { hash: keyHash }, judged: [], create: false, remarks });
}

/** Nothing that a stranger wrote: what it is, the maintainer is told. */
const UNUSABLE =
  '- ⚠️ Not all that was uploaded for this commit could be used, so this is not all of it: the run that published it says why';

const ALL_UNUSABLE =
  '- 🛑 Nothing that was uploaded last for this commit could be used, so what is here is of before: the run that published it says why';

type Publication = {
  event: WorkflowRunEvent;
  pull: PullRequest;
  judged: JudgedAgain[];
  keyHash: string;
  standing: readonly Section[];
  lines: string[];
  isTrusted: boolean;
  acceptances: Acceptances;
  /** Something was uploaded that could not be read, or was refused: whatever it would have said, nothing of it is green. */
  unusable: boolean;
};

async function publishAll(
  context: ActionContext,
  client: Client,
  {
    event: { run },
    pull,
    keyHash,
    judged,
    standing: found,
    lines,
    isTrusted,
    unusable,
    acceptances,
  }: Publication,
): Promise<void> {
  const standing = found.filter((section) => !isOfRun(section));
  const failing = new Set(['failed', 'regressed']);
  if (context.inputs.failOn === 'inconclusive') failing.add('inconclusive');
  const reported = [
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
  ];
  const left = standing.filter((section) => isLeft(section, run)).map(({ title }) => title);
  const silent = await findSilentJobs(context, client, run, { reported, left });
  const lapse = lapsing(acceptances, pull.headSha);
  const lapsed = standing.some((section) => lapse(section) !== section);
  const isStale = standing.some(({ sha }) => sha !== pull.headSha.slice(0, 12));
  const alert = judged.some(({ judged: { verdict } }) => ALERTS.has(verdict));
  const isOvertaken = standing.some(
    (section) => section.run.workflow === workflowHash(run.path) && section.run.id > run.id,
  );
  // A run of the repository itself has reported what it could.
  const isRefused = unusable && judged.length === 0 && !isTrusted && !isOvertaken;
  const isMissing = unusable || silent.isMissing;
  const remarks = [...silent.lines, ...(unusable ? [isRefused ? ALL_UNUSABLE : UNUSABLE] : [])];
  // What was said of an earlier attempt must not stand there any more.
  const isToldBefore = found.some((section) => isOfRun(section) && section.run.id === run.id);
  let url: string | null = null;
  if (
    judged.length + left.length + silent.lines.length > 0 ||
    isStale ||
    isRefused ||
    lapsed ||
    context.inputs.check ||
    isToldBefore
  ) {
    const commented = await renderAgain(context, {
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
    url = commented.url;
  }
  const notes = judged.flatMap(({ stored: { claimed }, title, judged: { verdict } }) =>
    claimed === undefined || claimed === verdict
      ? []
      : [`The result of ${title} says ${verdictWord(claimed)} of itself; judged anew it is ${verdict}`],
  );
  if (judged.length === 0 && lines.length === 0)
    context.log.info(`Run ${run.id} has nothing left to publish: it reported itself, or uploaded no result.`);
  for (const one of judged)
    context.log.info(
      `${plain(one.title)}: ${shownVerdict(one.report)}${url === null ? ', not commented' : `; the comment is ${url}`}`,
    );
  await tellMaintainer(context, [...lines, ...notes], judged);
  if (judged.length > 0) writeOutputs(judged, url);
}

/** What a result calls its verdict may be any text. */
const verdictWord = (claimed: string): string =>
  WORST.find((one) => one === claimed) ?? 'something that is no verdict';

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
