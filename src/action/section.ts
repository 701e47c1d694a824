import type { Report } from '../domain/report.ts';
import type { Origin } from '../domain/result.ts';
import type { Acceptances } from '../github/chat-answers.ts';
import type { OwnSection } from '../github/comment.ts';
import { type Conclusion, MOST_FAILING, type Ruling } from '../github/comment-sections.ts';
import { redact } from '../github/log.ts';
import type { WorkflowRun } from '../github/runs.ts';
import { shownVerdict } from '../report/accepted.ts';
import { COMMENT_LIMIT, formatSection, formatShortSection } from '../report/markdown.ts';
import { code, linkTarget, prose } from '../report/untrusted.ts';
import { failingIds, withAcceptanceLines } from './acceptance.ts';
import type { ActionContext } from './context.ts';
import type { StoredResult } from './stored-results.ts';

/** Room in a comment for the markers and the heading over the sections. */
const FRAME_ROOM = 2_000;

/** Of which series and commit a section is, and which run writes it. */
export type SectionPlace = {
  series: string;
  title: string;
  /** The head of the pull request. */
  sha: string;
  origin: Pick<Origin, 'runId' | 'runNumber' | 'runAttempt' | 'url'>;
  /** File of the workflow whose run it is. */
  workflow: string;
  /** When it was reported first, in seconds since 1970 UTC, where that is not now. */
  reportedAt?: number;
};

/** A report as a section. */
export function reportSection(
  place: SectionPlace,
  report: Report,
  accepted: Acceptances,
  ruling: Ruling,
): OwnSection {
  const extra = withAcceptanceLines('', accepted).length;
  const failing = failingIds(place.series, report);
  return {
    ...frame(place),
    state: 'final',
    verdict: shownVerdict(report),
    ruling,
    finding: {
      reportedAt: place.reportedAt ?? Math.floor(Date.now() / 1000),
      failing: failing.slice(0, MOST_FAILING),
      more: failing.length > MOST_FAILING,
    },
    body: withAcceptanceLines(
      formatSection(report, { maxLength: COMMENT_LIMIT - FRAME_ROOM - extra }),
      accepted,
    ),
    short: () => withAcceptanceLines(formatShortSection(report), accepted),
  };
}

/** What stands there while a run measures. */
export function measuringSection(place: SectionPlace): OwnSection {
  return { ...frame(place), state: 'measuring', verdict: 'none', ...said('⏳ Measuring…', '', place) };
}

/** What stands there for a job that comes to no judgement: it was cancelled, or `error` is its own. */
export function unjudgedSection(
  place: SectionPlace,
  error: unknown,
  { signal, secrets }: Pick<ActionContext, 'signal' | 'secrets'>,
): OwnSection {
  if (signal.aborted) return cancelledSection(place);
  // Nobody masks a comment or a check run.
  return brokenSection(place, redact(error instanceof Error ? error.message : String(error), secrets));
}

function cancelledSection(place: SectionPlace): OwnSection {
  const words = 'This is not a verdict. Run it again for one.';
  return {
    ...frame(place),
    state: 'final',
    verdict: 'cancelled',
    ...said('⏹️ Cancelled before it was finished', words, place),
  };
}

/** A run that ended with an error of its own, before there was anything to judge. */
function brokenSection(place: SectionPlace, message: string): OwnSection {
  return {
    ...frame(place),
    state: 'final',
    verdict: 'failed',
    ...said('🛑 Ended with an error: nothing was judged', prose(message.split('\n')[0] ?? '', 400), place),
  };
}

/** What is known of a run as a whole: markdown lines of jobs that never reported, of results that could not be used. */
export type WordOfRun = {
  run: Pick<WorkflowRun, 'id' | 'number' | 'attempt' | 'path'>;
  conclusion: Exclude<Conclusion, 'neutral'>;
  lines: readonly string[];
};

/** It stays until another one is said of the same run or a later run speaks, whoever writes the other sections meanwhile. */
export function runSection({ run, conclusion, lines }: WordOfRun, sha: string): OwnSection {
  const { path: workflow, id, number, attempt } = run;
  const text = lines.join('\n');
  return {
    series: `the whole run of ${workflow}`,
    title: conclusion === 'failure' ? 'refused' : 'not reported',
    state: 'final',
    verdict: conclusion === 'failure' ? 'failed' : conclusion === 'cancelled' ? 'cancelled' : 'none',
    run: { workflow, id, number, attempt },
    sha,
    ruling: { conclusion, by: 'run' },
    body: text,
    short: () => text,
  };
}

/** A section whose run ended without a word. */
export function silentText(url: string): string {
  const link = linkTarget(url);
  const run = link === null ? '' : ` [Run and its log](${link})`;
  return `### ⏹️ Never reported\n\nThe run ended before this job had a result: it was cancelled, lost its machine, or failed before it could say so.${run}`;
}

/** Where the section of a result belongs that was read from an artifact. */
export function placeOf(
  { result: { series, origin }, workflow }: StoredResult,
  title: string,
  headSha: string,
): SectionPlace {
  if (origin === null) throw new Error('a result of a workflow run has an origin');
  return { series, title, sha: headSha, origin, workflow };
}

function frame({ series, title, sha, origin, workflow }: SectionPlace) {
  const { runId: id, runNumber: number, runAttempt: attempt } = origin;
  return { series, title, sha, run: { workflow, id, number, attempt } };
}

function said(heading: string, words: string, { title, sha, origin }: SectionPlace) {
  const url = linkTarget(origin.url);
  const facts = [
    ...(title === '' ? [] : [code(title, 100)]),
    code(sha.slice(0, 7)),
    ...(url === null ? [] : [`[Run and its log](${url})`]),
  ].join(' · ');
  const text = [`### ${heading}`, words, facts].filter((part) => part !== '').join('\n\n');
  return { body: text, short: () => text };
}
