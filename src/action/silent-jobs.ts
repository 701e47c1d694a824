import type { Client } from '../github/client.ts';
import { explain } from '../github/errors.ts';
import { mayOnlyRead, type WorkflowRunEvent } from '../github/event.ts';
import { listJobs, type RunJob } from '../github/runs.ts';
import { code } from '../report/untrusted.ts';
import type { ActionContext } from './context.ts';

/** What a run has reported, by the titles of its sections. `fails`: a job of which this is known ends without success. */
export type ReportedJobs = {
  reported: readonly { title: string; fails: boolean }[];
  left: readonly string[];
};

/** Markdown lines about jobs; `isMissing`: whether a result may be missing, so that nothing of the run is green. */
export type SilentJobs = { lines: string[]; isMissing: boolean };

const FINE = new Set<string | null>(['success', 'skipped', 'neutral', null]);
const MOST_LINES = 20;

/**
 * Jobs of a run that left nothing: other legs of a matrix that has reported, by name; and, since a job can have any name,
 * all that ended without success if there are more of them than results that explain it. Which of them measures cannot be
 * known, and one that does must not go unnoticed. A result that is fine explains no failure: it may be of another step of
 * the job, or of an attempt before this one.
 *
 * Except of a first attempt of the repository's own: there what is accepted counts as fine, though its job failed for it; and
 * a step that begins to measure says so in the comment, where it is found if no more comes of it.
 */
export async function findSilentJobs(
  { repo, log, event }: ActionContext,
  client: Client,
  run: Pick<WorkflowRunEvent['run'], 'id' | 'conclusion'>,
  { reported, left }: ReportedJobs,
): Promise<SilentJobs> {
  const titles = new Set([...reported.map(({ title }) => title), ...left]);
  if (titles.size === 0) return { lines: [], isMissing: false };
  const jobs = await listed(async () => await listJobs(client, repo, run.id), log);
  const names = (jobs ?? []).map(({ name }) => name);
  const bases = new Set([...titles].map(baseOf));
  // One that succeeded may have had nothing to measure.
  const ended = (jobs ?? []).filter(
    ({ name, conclusion }) => conclusion !== 'success' && ![...titles].some((title) => isOf(title, name)),
  );
  const legs = ended.filter(({ name }) => bases.has(baseOf(name)));
  const telling = [...reported.filter(({ fails }) => fails).map(({ title }) => title), ...left];
  const isOwn = event.type === 'workflow_run' && !mayOnlyRead(event);
  const isExplained = ({ name, attempt }: RunJob) =>
    (isOwn && attempt === 1 ? [...titles] : telling).some((title) => isOf(title, name));
  const others = (jobs ?? []).filter(
    (job) => !FINE.has(job.conclusion) && !legs.includes(job) && !isExplained(job),
  );
  const explained =
    reported.filter(({ title, fails }) => fails && !names.some((name) => isOf(title, name))).length +
    left.filter((title) => !names.some((name) => isOf(title, name))).length;
  const unexplained = others.length > explained ? others : [];
  const isMissing = legs.some(({ conclusion }) => conclusion !== 'skipped') || unexplained.length > 0;
  const lines = [
    ...legs.map(
      ({ name, conclusion }) =>
        `- ⏹️ ${code(name, 100)} did not report for this commit: ${conclusion ?? 'no conclusion'}`,
    ),
    ...unexplained.map(({ name, conclusion }) => {
      const why = [...titles].some((title) => isOf(title, name))
        ? 'and nothing that is known of it says why: something that it measures may be missing'
        : 'and no result is known to be of it: if it measures, it did not report';
      return `- ⏹️ ${code(name, 100)} ended with ${conclusion}, ${why}`;
    }),
  ].slice(0, MOST_LINES);
  const isUnclear =
    !isMissing &&
    !FINE.has(run.conclusion) &&
    (jobs === null ||
      (!jobs.some(({ conclusion }) => !FINE.has(conclusion)) &&
        left.length === 0 &&
        !reported.some(({ fails }) => fails)));
  if (!isUnclear) return { lines, isMissing };
  const words = `- ⏹️ The run ended with ${code(run.conclusion ?? '', 30)}, and nothing that was reported explains it: a job may be missing here`;
  return { lines: [...lines, words], isMissing: true };
}

/** Whether a title is that of a job: its name, perhaps followed by a folder or a config, and cut off where it is long. */
const isOf = (title: string, name: string): boolean =>
  title === name ||
  title.startsWith(`${name} `) ||
  (title.endsWith('…') && name.startsWith(title.slice(0, -1)));

const baseOf = (title: string): string => title.split(' (', 1)[0] ?? '';

async function listed(ask: () => Promise<RunJob[]>, log: ActionContext['log']): Promise<RunJob[] | null> {
  try {
    return await ask();
  } catch (error) {
    log.warning(`${explain(error, 'read-runs')}. Jobs that did not report are not listed`);
    return null;
  }
}
