import type { Annotation } from './annotations.ts';
import type { Client, Repo } from './client.ts';
import { hasMarker, inertText, parseSections, renderBody } from './comment-body.ts';
import { containsAll, mergeSections, type Section } from './comment-sections.ts';
import { explain } from './errors.ts';
import { shortHash } from './series.ts';

/** The check that branch protection can require: one for a commit, whatever number of jobs measured it. */
export const CHECK_NAME = 'perf-baseline';

const MAX_SUMMARY = 65_535;
const MAX_ANNOTATIONS = 50;
const MAX_TRIES = 6;
/** Workflows whose runs are awaited. */
const MAX_AWAITED = 20;
const SETTLE_MS = 2_000;

export type CheckOptions = {
  client: Pick<Client, 'rest'>;
  repo: Repo;
  /** The head of the pull request or merge group. */
  sha: string;
  /** What this job found. */
  own: readonly Section[];
  /** What the comment has of other jobs, where there is a comment: it was read back, and the check follows it. */
  comment: readonly Section[] | null;
  /** How many jobs of the run have to report before it is concluded; null: what the check that is there says. */
  legs: number | null;
  /** Jobs of the run ended without a report, and none will come; or what they left could not be used. */
  unreported?: boolean;
  /** The run whose results were all refused: the check fails and says so, and waits for one of its jobs whoever writes it next. */
  refused?: Pick<Section['run'], 'workflow' | 'id'>;
  /** Completes a check that is there, and begins none. */
  onlyExisting?: boolean;
  failOn: 'regression' | 'inconclusive' | 'never';
  /** Something besides the verdict failed this job. */
  failed: boolean;
  /** Markdown of the whole. */
  summary: (sections: readonly Section[]) => string;
  annotations: readonly Annotation[];
  url: string;
  sleep: (ms: number) => Promise<void>;
};

export type Conclusion = 'success' | 'failure' | 'neutral' | 'cancelled';
export type CheckOutcome =
  | { status: 'written'; conclusion: Conclusion | null }
  | { status: 'absent' }
  | { status: 'failed'; reason: string };

type CheckRun = { id: number; text: string; awaited: Awaited[] };

/**
 * How many sections of a workflow's newest run there must be: of a run that has only begun to report, what is there may all
 * be fine. Several workflows may share the check. `workflow`: as the marker of a section names it.
 */
export type Awaited = { workflow: string; run: number; legs: number };

/**
 * Writes the check run of a commit. Its text holds a section of every job, as the comment does, so that the conclusion is
 * that of all of them; without a comment it reads back, as the comment is. Never rejects: the verdict stands without it.
 */
export async function writeCheck(options: CheckOptions): Promise<CheckOutcome> {
  const { own, comment, sleep } = options;
  try {
    const current = options.sha.slice(0, 12);
    let wanted: Section[] = mergeSections([...(comment ?? []), ...own]).filter(({ sha }) => sha === current);
    for (let tries = 1; ; tries++) {
      // Another workflow, or another pull request of the same head, may have written it: nobody knows itself to be the first.
      const existing = await latest(options);
      if (existing === null && options.onlyExisting === true) return { status: 'absent' };
      if (isOvertaken(options, existing)) return { status: 'absent' };
      const found = existing === null ? [] : parseSections(existing.text);
      if (tries > 1 && containsAll(found, wanted))
        return { status: 'written', conclusion: concluded(wanted, options, awaitedOf(options, existing)) };
      wanted = mergeSections([...found, ...wanted]);
      const awaited = awaitedOf(options, existing);
      const conclusion = await write(options, existing, wanted, awaited, tries === 1);
      if (comment !== null || tries >= MAX_TRIES) return { status: 'written', conclusion };
      await sleep(SETTLE_MS);
    }
  } catch (error) {
    return { status: 'failed', reason: explain(error, 'check') };
  }
}

/** A later run of the workflow has spoken: that the results of this one were refused says nothing any more. */
function isOvertaken({ refused }: CheckOptions, existing: CheckRun | null): boolean {
  const known = existing?.awaited ?? [];
  return (
    refused !== undefined && known.some((one) => one.workflow === refused.workflow && one.run > refused.id)
  );
}

/** What is awaited of other workflows, and of this one: the newest run's, of which the largest number holds. */
function awaitedOf({ own, legs, refused }: CheckOptions, existing: CheckRun | null): Awaited[] {
  const known = existing?.awaited ?? [];
  const run = own[0]?.run ?? refused;
  if (run === undefined) return known;
  const before = known.find(({ workflow }) => workflow === run.workflow);
  if (before !== undefined && before.run > run.id) return known;
  const least = before?.run === run.id ? before.legs : 0;
  const now = {
    workflow: run.workflow,
    run: run.id,
    legs: Math.max(legs ?? 0, least, refused === undefined ? 0 : 1),
  };
  return [...known.filter(({ workflow }) => workflow !== run.workflow), now].slice(-MAX_AWAITED);
}

/** What the sections add up to; null while one of them is still being measured, or has not been heard of. */
export function concluded(
  sections: readonly Section[],
  { failOn, failed, unreported, refused }: Pick<CheckOptions, 'failOn' | 'failed' | 'unreported' | 'refused'>,
  awaited: readonly Awaited[] = [],
): Conclusion | null {
  const has = (verdict: Section['verdict']) =>
    sections.some((section) => section.state === 'final' && section.verdict === verdict);
  if (failed || refused !== undefined || has('failed')) return 'failure';
  if (has('regressed')) return failOn === 'never' ? 'neutral' : 'failure';
  if (sections.some(({ state }) => state === 'measuring')) return null;
  if (unreported === true) return 'cancelled';
  if (awaited.some(({ run, legs }) => reportedOf(sections, run) < legs)) return null;
  if (has('cancelled')) return 'cancelled';
  if (has('inconclusive')) return failOn === 'inconclusive' ? 'failure' : 'neutral';
  // What was compared with nothing was not shown to be fine.
  return has('none') || has('new') || sections.length === 0 ? 'neutral' : 'success';
}

const reportedOf = (sections: readonly Section[], id: number): number =>
  sections.filter(({ run, state }) => run.id === id && state === 'final').length;

async function latest({ client, repo, sha }: CheckOptions): Promise<CheckRun | null> {
  const { data } = await client.rest.checks.listForRef({
    ...repo,
    ref: sha,
    check_name: CHECK_NAME,
    filter: 'latest',
    per_page: 30,
  });
  // A job of that name has a check run too: what a workflow of the pull request can make is not what we write to.
  const check = data.check_runs.find(({ output }) => hasMarker(output.text ?? '', shortHash(CHECK_NAME)));
  if (check === undefined) return null;
  return { id: check.id, text: check.output.text ?? '', awaited: parseAwaited(check.external_id ?? '') };
}

/** `WORKFLOW:RUN:LEGS`, one after the other; what is not written so says nothing. */
const formatAwaited = (awaited: readonly Awaited[]): string =>
  awaited.map(({ workflow, run, legs }) => `${workflow}:${run}:${legs}`).join(' ');

function parseAwaited(text: string): Awaited[] {
  return [...text.slice(0, 1000).matchAll(/(?:^| )([0-9a-f]{1,20}):(\d{1,15}):(\d{1,4})(?= |$)/g)].map(
    ([, workflow = '', run, legs]) => ({ workflow, run: Number(run), legs: Number(legs) }),
  );
}

async function write(
  options: CheckOptions,
  existing: CheckRun | null,
  sections: readonly Section[],
  awaited: readonly Awaited[],
  first: boolean,
): Promise<Conclusion | null> {
  const { client, repo, sha, url } = options;
  const conclusion = concluded(sections, options, awaited);
  const external_id = formatAwaited(awaited);
  const text = renderBody(
    shortHash(CHECK_NAME),
    sections.map((section) => ({ ...section, form: 'bare' as const, text: '' })),
    () => ({ top: '', bottom: '' }),
  );
  const output = {
    title: options.refused === undefined ? titleOf(sections, conclusion, awaited) : 'refused',
    summary: cut(inertText(options.summary(sections)), MAX_SUMMARY),
    text: cut(text, MAX_SUMMARY),
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
    });
  else
    await client.rest.checks.update({
      ...repo,
      check_run_id: existing.id,
      details_url: url,
      external_id,
      output,
      ...state,
    });
  return conclusion;
}

function titleOf(
  sections: readonly Section[],
  conclusion: Conclusion | null,
  awaited: readonly Awaited[],
): string {
  const counts = new Map<string, number>();
  for (const { state, verdict } of sections) {
    const word = state === 'measuring' ? 'measuring' : verdict === 'none' ? 'without a verdict' : verdict;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => (sections.length === 1 ? word : `${count} ${word}`));
  for (const { run, legs } of conclusion === null ? awaited : []) {
    const there = reportedOf(sections, run);
    if (there < legs) words.push(`${there} of ${legs} jobs have reported`);
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

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
