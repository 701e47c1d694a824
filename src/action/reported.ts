import { posix } from 'node:path';
import { DocumentError, UsageError } from '../domain/errors.ts';
import { listAncestors } from '../github/ancestors.ts';
import type { Acceptances, OwnComments } from '../github/chat-answers.ts';
import type { Client } from '../github/client.ts';
import { keyOfBody, parseSections } from '../github/comment-body.ts';
import { isOfRun, isQuiet, mergeSections, type Section } from '../github/comment-sections.ts';
import { explained } from '../github/errors.ts';
import type { PullRequest } from '../github/pull-request.ts';
import { readRun, repeatJobs } from '../github/runs.ts';
import { shortHash } from '../github/series.ts';
import { brokenBaseline, type FailOn } from '../pipeline/outcome.ts';
import { failingIds } from './acceptance.ts';
import { trustIn } from './base-criteria.ts';
import { type ActionContext, requireClient } from './context.ts';
import { type JudgedAgain, judgeAgain } from './judge-again.ts';
import { lapsing } from './lapsed.ts';
import { once } from './once.ts';
import { renderAgain } from './render-again.ts';
import { readStoredResults } from './stored-results.ts';
import { artifactPorts, openStore } from './stores.ts';
import { noticeAll } from './tell-maintainer.ts';

export type KeyedSection = Section & { keyHash: string };

/** What our comments on a pull request say: of its head, of what is still being measured, of older commits. */
export type Reported = {
  pull: PullRequest;
  current: KeyedSection[];
  measuring: KeyedSection[];
  /** Of the head too: their jobs have ended without a word. Known once `findSilent` has asked; `url` is of the run. */
  silent: { section: KeyedSection; url: string }[];
  older: KeyedSection[];
  /** Judges the stored results behind the current sections, with these acceptances. */
  judge(context: ActionContext, acceptances: Acceptances): Promise<JudgedReports>;
};

/**
 * `failOn`: by which the job itself ruled, where its section says so. `unjudged`: current sections of which no result could be
 * used; `refused` says why.
 */
export type JudgedReports = {
  results: (JudgedAgain & { keyHash: string; failOn?: FailOn; reportedAt?: number })[];
  refused: string[];
  unjudged: KeyedSection[];
};

export function readReported(pull: PullRequest, own: OwnComments): Reported {
  const head = pull.headSha.slice(0, 12);
  const all = own.flatMap(({ body }) => {
    const keyHash = keyOfBody(body);
    return keyHash === undefined
      ? []
      : mergeSections(parseSections(body).map((section) => ({ ...section, keyHash }))).filter(
          (section) => !isQuiet(section),
        );
  });
  const ofHead = all.filter(({ sha }) => sha === head);
  const current = ofHead.filter(({ state }) => state === 'final');
  return {
    pull,
    current,
    measuring: ofHead.filter(({ state }) => state === 'measuring'),
    silent: [],
    older: all.filter(({ sha }) => sha !== head),
    judge: (context, acceptances) => judgeSections(context, pull, current, acceptances),
  };
}

async function judgeSections(
  context: ActionContext,
  pull: PullRequest,
  sections: readonly KeyedSection[],
  acceptances: Acceptances,
): Promise<JudgedReports> {
  const client = requireClient(context, 'reading results');
  const { repo, log } = context;
  const found: JudgedReports = { results: [], refused: [], unjudged: [...sections] };
  const ancestors = once(() => listAncestors(client, repo, pull.baseSha, log));
  for (const id of new Set(sections.map(({ run }) => run.id))) {
    const run = await explained('read-runs', () => readRun(client, repo, id));
    if (run.event !== 'pull_request' || run.headSha !== pull.headSha) {
      found.refused.push(`run ${id} did not measure this head`);
      continue;
    }
    const workflow = posix.basename(run.path);
    const store = openStore(context, workflow);
    if (store === null) throw new Error('a token opens a store');
    const { artifacts } = artifactPorts(context, workflow);
    const { results, refused, unread } = await readStoredResults(artifacts, run);
    // What was not seen can be neither accepted nor shown: no answer is better than one about the rest.
    if (unread[0] !== undefined) throw new UsageError(`${capitalised(unread[0])}. Run this job again.`);
    found.refused.push(...refused);
    const trust = trustIn(context, run, pull, !pull.fork && !run.dependabot);
    for (const stored of results) {
      const section = sections.find((one) => one.run.id === id && one.series === shortHash(stored.series));
      if (section === undefined) continue;
      if (stored.attempt !== section.run.attempt) {
        found.refused.push(`${stored.where} is of attempt ${stored.attempt}, which is not reported yet`);
        continue;
      }
      const judged = await judgeAgain(stored, { context, store, ancestors, acceptances, ...trust(stored) });
      if ('refused' in judged) {
        found.refused.push(judged.refused);
        continue;
      }
      // Without it nothing seems to fail, and there would be nothing to accept.
      const broken = brokenBaseline(judged.judged);
      if (broken !== null) throw new UsageError(`${broken}. Run this job again.`);
      const other = otherFinding(section, judged);
      if (other !== null) {
        found.refused.push(`${stored.where}: ${other}`);
        continue;
      }
      const by = section.ruling?.by;
      found.results.push({
        ...judged,
        keyHash: section.keyHash,
        ...(by !== undefined && by !== 'run' && { failOn: by }),
        ...(section.finding && { reportedAt: section.finding.reportedAt }),
      });
      found.unjudged = found.unjudged.filter((one) => one !== section);
    }
  }
  return found;
}

/** Verdicts of what was compared with a baseline. */
const COMPARED = new Set<Section['verdict']>([
  'regressed',
  'inconclusive',
  'improved',
  'unchanged',
  'accepted',
]);

/**
 * Why a judgement is not one of what its section shows, so that it may change nothing there; null where it is. What failed must
 * fail here too before anybody answers for it: by another config, or without the baseline, it would pass unseen.
 */
function otherFinding({ verdict, finding }: Section, { stored, unaccepted }: JudgedAgain): string | null {
  const failing = failingIds(stored.series, unaccepted);
  const { failing: shown = [], more = false } = finding ?? {};
  const isSame = shown.every((id) => failing.includes(id)) && (!more || failing.length > shown.length);
  if (isSame && !(unaccepted.verdict === 'new' && COMPARED.has(verdict))) return null;
  return 'what it was compared with, or the limits that it was held to, cannot be found here; the `config`, `baseline-store` and `baseline-branch` of this workflow have to be those of the one that measured';
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Judges what was reported with these acceptances, and puts it into the comments that its sections are in. */
export async function renderReported(
  context: ActionContext,
  { pull, judge }: Reported,
  acceptances: Acceptances,
): Promise<void> {
  const { results, refused, unjudged } = await judge(context, acceptances);
  noticeAll(
    context.log,
    refused.map((reason) => `Refused: ${reason}`),
    'the log of this job',
  );
  const revise = lapsing(acceptances, pull.headSha);
  const lapsed = unjudged.filter((section) => revise(section) !== section);
  for (const hash of new Set([...results, ...lapsed].map(({ keyHash }) => keyHash))) {
    const judged = results.filter(({ keyHash }) => keyHash === hash);
    const mends = lapsed.some(({ keyHash }) => keyHash === hash);
    await renderAgain(context, { pull, key: { hash }, judged, create: false, revise, mends });
  }
}

/** Has the runs behind the sections of the head repeated, also those that never reported. Gives the words for the answer. */
export async function repeatReported(
  { repo }: ActionContext,
  client: Client,
  { current, silent, pull }: Reported,
): Promise<string> {
  const lines: string[] = [];
  const ended = [...current, ...silent.map(({ section }) => section)];
  for (const id of new Set(ended.map(({ run }) => run.id))) {
    const run = await explained('read-runs', () => readRun(client, repo, id));
    const link = `[run ${run.number}](${run.url})`;
    if (run.headSha !== pull.headSha) continue;
    if (run.status !== 'completed') {
      lines.push(`${link} is still running.`);
      continue;
    }
    const ofRun = ended.filter((section) => section.run.id === id);
    // What is said of the whole run, of jobs that never reported above all, names no job.
    const names = ofRun.map((section) => (isOfRun(section) ? '' : (section.title.split(' (', 1)[0] ?? '')));
    try {
      await explained('rerun', () => repeatJobs(client, repo, id, [...new Set(names)]));
      lines.push(
        `${link} measures \`${pull.headSha.slice(0, 7)}\` again. Its blocks are judged together with the earlier ones.`,
      );
    } catch (error) {
      if (!(error instanceof UsageError) || error instanceof DocumentError) throw error;
      lines.push(`${link} was not repeated. ${error.message}.`);
    }
  }
  return lines.join('\n') || 'There is no run to repeat.';
}
