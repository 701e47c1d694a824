import type { Client } from '../github/client.ts';
import type { Section } from '../github/comment-sections.ts';
import { explain, explained } from '../github/errors.ts';
import { listJobs, readRun } from '../github/runs.ts';
import type { ActionContext } from './context.ts';
import { renderAgain } from './render-again.ts';
import type { Reported } from './reported.ts';
import { silentText } from './section.ts';
import { settleCheck } from './settle-check.ts';

/** A section whose job has ended without a word, as it is to stand there. `url`: of the run. */
export function silenced<S extends Section>(section: S, url: string): S {
  return { ...section, state: 'final', verdict: 'cancelled', form: 'full', text: silentText(url) };
}

/**
 * Tells sections whose job was killed from those that are still being measured: the run has ended, or the job of that
 * name has. Where GitHub does not say, they count as being measured.
 */
export async function findSilent(
  context: ActionContext,
  client: Client,
  reported: Reported,
): Promise<Reported> {
  const { repo, log } = context;
  const silent: Reported['silent'] = [];
  for (const id of new Set(reported.measuring.map(({ run }) => run.id))) {
    const sections = reported.measuring.filter(({ run }) => run.id === id);
    try {
      const run = await explained('read-runs', () => readRun(client, repo, id));
      const over = run.status === 'completed';
      const jobs = over ? [] : await explained('read-runs', () => listJobs(client, repo, id));
      for (const section of sections) {
        // What an attempt has left is not always for the next one to end: that may repeat other jobs, or fail before it speaks.
        const ended = over
          ? section.run.attempt <= run.attempt
          : section.run.attempt === run.attempt &&
            jobs.some(({ name, status }) => name === section.title && status === 'completed');
        if (ended) silent.push({ section, url: run.url });
      }
    } catch (error) {
      log.warning(`${explain(error, 'read-runs')}. Whether run ${id} is still at work is not known`);
    }
  }
  const found = new Set(silent.map(({ section }) => section));
  return { ...reported, silent, measuring: reported.measuring.filter((section) => !found.has(section)) };
}

/**
 * Says of silent sections in their comments that they never reported, in place of "measuring…". A job that was killed after
 * it had said so in the comment has left the check run waiting: that is completed too, also where there is no comment.
 */
export async function mendSilent(
  context: ActionContext,
  client: Client,
  { pull, silent, current }: Reported,
): Promise<void> {
  const sections = [...silent.map(({ section }) => section), ...current];
  if (sections.length === 0) await settleCheck(context, client, pull.headSha);
  for (const hash of new Set(sections.map(({ keyHash }) => keyHash))) {
    const urls = new Map(
      silent
        .filter(({ section }) => section.keyHash === hash)
        .map(({ section, url }) => [keyOf(section), url] as const),
    );
    await renderAgain(context, {
      ...{ pull, key: { hash }, judged: [], create: false, mends: true },
      revise: (section) => {
        const url = section.state === 'measuring' ? urls.get(keyOf(section)) : undefined;
        return url === undefined ? section : silenced(section, url);
      },
    });
  }
}

const keyOf = ({ series, run }: Section): string => `${series} ${run.id} ${run.attempt}`;
