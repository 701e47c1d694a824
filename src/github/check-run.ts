import type { Annotation } from './annotations.ts';
import { type Awaited, reportedOf } from './check-conclusion.ts';
import type { Client, Repo } from './client.ts';
import { hasMarker, inertText, parseSections, renderBody } from './comment-body.ts';
import { type Conclusion, isOfRun, isQuiet, mergeSections, type Section } from './comment-sections.ts';
import { shortHash } from './series.ts';

/** The check that branch protection can require: one for a commit, whatever number of jobs measured it. */
const CHECK_NAME = 'perf-baseline';

/** Bytes of the summary, and of the text. */
export const MAX_BYTES = 65_535;
const MAX_ANNOTATIONS = 50;
/** Which check run, and what its writer puts there besides the sections. */
export type CheckPlace = {
  client: Pick<Client, 'rest'>;
  repo: Repo;
  /** The head of the pull request or merge group. */
  sha: string;
  /** Written once, over nothing that was reported, and not read back: for a job that has no time left. */
  hasty?: boolean;
  /** Markdown of the whole. */
  summary: (sections: readonly Section[]) => string;
  annotations: readonly Annotation[];
  url: string;
};

/** `extras`: older ones, of jobs that began one at the same time; what they hold is in here too. */
export type CheckRun = {
  id: number;
  sections: Section[];
  awaited: Awaited[];
  conclusion: string | null;
  summary: string;
  extras: number[];
};

/** What is to stand there. */
export type Wanted = { sections: Section[]; awaited: Awaited[]; conclusion: Conclusion | null };

/** What stands there; null where there is none. */
export async function readCheckRun({ client, repo, sha }: CheckPlace): Promise<CheckRun | null> {
  const { data } = await client.rest.checks.listForRef({
    ...repo,
    ref: sha,
    check_name: CHECK_NAME,
    filter: 'all',
    per_page: 100,
  });
  // A job of that name has a check run too: what a workflow of the pull request can make is not what we write to.
  const all = data.check_runs
    .filter(({ output }) => hasMarker(output.text ?? '', shortHash(CHECK_NAME)))
    .sort((a, b) => a.id - b.id);
  // The last one is what GitHub goes by.
  const check = all.pop();
  if (check === undefined) return null;
  return {
    id: check.id,
    sections: mergeSections([...all, check].flatMap(({ output }) => parseSections(output.text ?? ''))),
    awaited: newestOf([...all, check].flatMap(({ external_id }) => parseAwaited(external_id ?? ''))),
    conclusion: check.status === 'completed' ? check.conclusion : null,
    summary: check.output.summary ?? '',
    extras: all.map(({ id }) => id),
  };
}

/** The newest run of each workflow; what is known of it twice counts together. */
function newestOf(all: readonly Awaited[]): Awaited[] {
  const newest = new Map<string, Awaited>();
  for (const one of all) {
    const known = newest.get(one.workflow);
    if (known === undefined || one.run > known.run) newest.set(one.workflow, one);
    else if (one.run === known.run)
      newest.set(one.workflow, {
        ...one,
        legs: Math.max(one.legs, known.legs),
        ended: one.ended || known.ended,
      });
  }
  return [...newest.values()];
}

/** `WORKFLOW:RUN:LEGS`, and `:ended`, one after the other; what is not written so says nothing. */
export const formatAwaited = (awaited: readonly Awaited[]): string =>
  awaited
    .map(({ workflow, run, legs, ended }) => `${workflow}:${run}:${legs}${ended ? ':ended' : ''}`)
    .join(' ');

function parseAwaited(text: string): Awaited[] {
  const written = /(?:^| )([0-9a-f]{1,20}):(\d{1,15}):(\d{1,4})(:ended)?(?= |$)/g;
  return [...text.slice(0, 1000).matchAll(written)].map(([, workflow = '', run, legs, ended]) => ({
    ...{ workflow, run: Number(run), legs: Number(legs) },
    ended: ended !== undefined,
  }));
}

export const textOf = (sections: readonly Section[]): string =>
  renderBody(
    shortHash(CHECK_NAME),
    sections.map((section) => ({ ...section, form: 'bare' as const, text: '' })),
    () => ({ top: '', bottom: '' }),
  );

/** Sent once: a late repetition would undo what another job wrote in between. */
export async function writeCheckRun(
  options: CheckPlace,
  existing: CheckRun | null,
  { sections, awaited, conclusion }: Wanted,
  first: boolean,
): Promise<void> {
  const { client, repo, sha, url } = options;
  const once = { request: { lookFirst: true } };
  const external_id = formatAwaited(awaited);
  const spoken = sections.filter((section) => !isQuiet(section));
  const output = {
    title: titleOf(spoken, conclusion, awaited),
    // Who has nothing to show leaves what another job has shown.
    summary: cut(inertText(options.summary(spoken)) || existing?.summary || NOTHING_YET, MAX_BYTES),
    text: cut(textOf(sections), MAX_BYTES),
    ...(first && { annotations: options.annotations.slice(0, MAX_ANNOTATIONS).flatMap(apiAnnotation) }),
  };
  const state =
    conclusion === null ? { status: 'in_progress' as const } : { status: 'completed' as const, conclusion };
  if (existing === null)
    await client.rest.checks.create({
      ...repo,
      name: CHECK_NAME,
      head_sha: sha,
      details_url: url,
      external_id,
      output,
      ...state,
      ...once,
    });
  else
    await client.rest.checks.update({
      ...repo,
      check_run_id: existing.id,
      details_url: url,
      external_id,
      output,
      ...state,
      ...once,
    });
  if (options.hasty !== true)
    for (const id of existing?.extras ?? [])
      await client.rest.checks.update({ ...repo, check_run_id: id, ...MOVED, ...once });
}

const NOTHING_YET = 'Nothing is reported yet.';

/** What becomes of a check run that was begun beside another one: without a marker nobody takes it for the report. */
const MOVED = {
  status: 'completed',
  conclusion: 'neutral',
  output: {
    title: 'moved',
    summary: 'This report has moved to the other check run of this name.',
    text: 'Moved.',
  },
} as const;

function titleOf(
  sections: readonly Section[],
  conclusion: Conclusion | null,
  awaited: readonly Awaited[],
): string {
  const counts = new Map<string, number>();
  for (const section of sections) {
    const { state, verdict } = section;
    const own = verdict === 'none' ? 'without a verdict' : verdict;
    const word = state === 'measuring' ? 'measuring' : isOfRun(section) ? section.title : own;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => (sections.length === 1 ? word : `${count} ${word}`));
  for (const { run, legs } of conclusion === null || conclusion === 'cancelled' ? awaited : []) {
    const there = reportedOf(sections, run);
    if (there < legs)
      words.push(
        `${there} of ${legs} jobs have reported${conclusion === null ? '' : ', and the run has ended'}`,
      );
  }
  return words.join(', ') || (conclusion ?? 'measuring');
}

function apiAnnotation({ level, title, message, file, line }: Annotation) {
  if (file === undefined) return [];
  return [
    {
      path: file,
      start_line: line ?? 1,
      end_line: line ?? 1,
      annotation_level: level === 'error' ? ('failure' as const) : ('warning' as const),
      title: title.slice(0, 200),
      message: message.slice(0, 4_000),
    },
  ];
}

function cut(text: string, bytes: number): string {
  const all = Buffer.from(text);
  if (all.length <= bytes) return text;
  // What a cut leaves of a character is U+FFFD.
  const kept = all.subarray(0, bytes - Buffer.byteLength('…')).toString();
  return `${kept.replace(/\ufffd+$/, '')}…`;
}
