import type { Result } from '../domain/result.ts';
import { seriesHash } from './series-key.ts';

/*
 * series/<hash of the series>/series.json                           which series this is
 *                            /<commit>-<run>-<attempt>.json.gz      one baseline, never changed
 *                            /<commit>-<run>-<attempt>-<id>.json.gz when that name is taken by another result
 *                            /window.json                           copies of the newest, to read them at once
 *
 * Run ids grow with time, so names alone tell which baselines are the newest. Outside a workflow run stand 0 and
 * the time in milliseconds.
 */

export const WINDOW_FILE = 'window.json';
export const SERIES_FILE = 'series.json';

/** Folder of a series on the branch. */
export function seriesFolder(series: string): string {
  return `series/${seriesHash(series)}`;
}

/** The file name of a baseline, and the one to use where that is taken by another result. */
export function baselineNames(result: Result): [name: string, alternative: string] {
  const commit = result.commit?.sha ?? 'nocommit';
  const { origin, id } = result;
  if (origin === null) {
    const name = `${commit}-0-${Date.parse(result.createdAt)}-${id}.json.gz`;
    return [name, name];
  }
  const stem = `${commit}-${origin.runId}-${origin.runAttempt}`;
  return [`${stem}.json.gz`, `${stem}-${id}.json.gz`];
}

const NAME = /^(?:[0-9a-f]{7,64}|nocommit)-(\d{1,16})-(\d{1,16})(?:-[A-Za-z0-9._-]+)?\.json\.gz$/;

/** Run and attempt of a baseline's file name; undefined for any other file. */
export function parseName(name: string): { run: number; attempt: number } | undefined {
  const match = NAME.exec(name);
  return match ? { run: Number(match[1]), attempt: Number(match[2]) } : undefined;
}

/** The baselines among some files, newest run first. */
export function newestFirst<T extends { path: string }>(files: readonly T[]): { file: T; name: string }[] {
  return files
    .flatMap((file) => {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const order = parseName(name);
      return order ? [{ file, name, order }] : [];
    })
    .sort(
      (a, b) => b.order.run - a.order.run || b.order.attempt - a.order.attempt || (a.name < b.name ? 1 : -1),
    );
}

/** What stands on the branch for whoever comes across it. */
export const README = `# Performance baselines

This branch is written by perf-baseline. It shares no history with the code, and nothing is built from it.

- \`series/<hash>/series.json\` names a series: one job, one leg of a matrix, one config.
- \`series/<hash>/<commit>-<run>-<attempt>.json.gz\` is what one run on the default branch measured. These files
  are never changed; the oldest are removed as new ones come.
- \`series/<hash>/window.json\` holds copies of the newest ones, so that one request reads them all. A copy that
  differs from its file is ignored. It may be deleted at any time.

To forget a baseline, delete its file. To forget all of them, delete the branch.
`;
