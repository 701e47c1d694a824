import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as core from '@actions/core';
import { listAncestors } from '../github/ancestors.ts';
import { type Acceptances, acceptedIn, listOwnComments, type OwnComments } from '../github/chat-answers.ts';
import type { Client } from '../github/client.ts';
import type { Section } from '../github/comment-sections.ts';
import { explained } from '../github/errors.ts';
import { mayOnlyRead, type WorkflowRunEvent } from '../github/event.ts';
import { findPullRequest, type PullRequest } from '../github/pull-request.ts';
import { readRun } from '../github/runs.ts';
import { brokenBaseline } from '../pipeline/outcome.ts';
import { trustIn } from './base-criteria.ts';
import { keyHashFor, sectionsIn } from './comment-key.ts';
import { type ActionContext, requireClient } from './context.ts';
import { type JudgedAgain, judgeAgain } from './judge-again.ts';
import { beingMeasured, endLeftBehind } from './left-behind.ts';
import { once } from './once.ts';
import { publishJudged } from './publish-judged.ts';
import { renderAgain } from './render-again.ts';
import { settleCheck } from './settle-check.ts';
import { showChanged } from './show-accepted.ts';
import { readStoredResults } from './stored-results.ts';
import { artifactPorts, openStore } from './stores.ts';
import { tellMaintainer } from './tell-maintainer.ts';

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
  if (event.action !== 'completed') {
    await announceRun(context, found);
    return;
  }
  // What a run of the repository itself could have reported, and did not: its section was lost. A run that may not comment
  // has not: what stands of it is ours, and may have been interrupted halfway.
  const isTrusted = !mayOnlyRead(event) && !found.pull.fork;
  const { unread, refused, judged, acceptances, now } = await judgeStored(context, client, event, {
    found,
    isTrusted,
  });
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
  const { pull, keyHash, standing } = now;
  const unusable = refused.length + unread.length > 0;
  await publishJudged(context, client, {
    run,
    pull,
    keyHash,
    standing,
    judged,
    acceptances,
    lines,
    isTrusted,
    unusable,
  });
  await showChanged(context, pull, acceptances);
  const broken = new Set(judged.flatMap((one) => brokenBaseline(one.judged) ?? []));
  const again = [...unread, ...broken];
  if (again.length > 0) core.setFailed([...again, 'Run this job again.'].join('\n'));
}

/** Judgements of the same results, while commands change what is accepted. */
const MOST_LOOKS = 3;

/** What the run uploaded, judged by what is accepted at the end; `now`: the place as it was then. */
type JudgedRun = {
  judged: JudgedAgain[];
  refused: string[];
  unread: string[];
  acceptances: Acceptances;
  now: Awaited<ReturnType<typeof findPlace>>;
};

/** Judges until what is accepted holds still. */
async function judgeStored(
  context: ActionContext,
  client: Client,
  event: WorkflowRunEvent,
  { found, isTrusted }: { found: Place; isTrusted: boolean },
): Promise<JudgedRun> {
  const { run } = event;
  const workflow = posix.basename(run.path);
  const isReported = (series: string, attempt: number) =>
    isTrusted &&
    found.standing.some(
      (section) =>
        series.startsWith(section.series) &&
        section.state === 'final' &&
        section.run.id === run.id &&
        section.run.attempt >= attempt,
    );
  const { artifacts } = artifactPorts(context, workflow);
  const { unread, ...stored } = await readStoredResults(artifacts, run, { skip: isReported });
  const store = openStore(context, workflow);
  if (store === null) throw new Error('a token opens a store');
  const ancestors = once(() => listAncestors(client, context.repo, found.pull.baseSha, context.log));
  const trust = trustIn(context, run, found.pull, isTrusted);
  let acceptances = acceptedIn(found.own, run.headSha);
  for (let looks = 1; ; looks++) {
    const refused = [...stored.refused];
    const judged: JudgedAgain[] = [];
    for (const result of stored.results) {
      const one = await judgeAgain(result, { context, store, ancestors, acceptances, ...trust(result) });
      if ('refused' in one) refused.push(one.refused);
      else judged.push(one);
    }
    // The judgement took its time: a push meanwhile makes it one of an old commit, and a command changes what is accepted.
    const now = await findPlace(context, client, event);
    const holds = 'reason' in now || looks === MOST_LOOKS ? acceptances : acceptedIn(now.own, run.headSha);
    if (isDeepStrictEqual(holds, acceptances)) return { judged, refused, unread, acceptances, now };
    acceptances = holds;
  }
}

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
