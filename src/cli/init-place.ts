import { realpath, stat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import type { Place } from '../init/finding.ts';
import { readTree } from '../init/tree.ts';
import { git } from '../target/git.ts';

/** A folder of a repository, read, and what is around it. */
export function placeOf(folder: string, root: string): Place {
  const within = relative(root, folder).replaceAll('\\', '/') || '.';
  const above = [];
  for (let outer = folder; outer !== root; ) {
    outer = dirname(outer);
    above.push(readTree(outer));
  }
  return { tree: readTree(folder), above, within };
}

export async function existingFolder(given: string): Promise<string> {
  const kind = await stat(given).catch(() => null);
  if (kind?.isDirectory()) return realpath(given);
  throw new UsageError(`--working-directory ${JSON.stringify(given)}: expected a folder that exists.`);
}

/** The repository's root, where workflows are; outside git, the current folder when it holds the other one. */
export async function rootOf(folder: string, signal: AbortSignal): Promise<string> {
  const found = await git(['rev-parse', '--show-toplevel'], { cwd: folder, signal });
  if (found.ok && found.stdout.trim() !== '') return realpath(found.stdout.trim());
  const here = await realpath('.');
  return relative(here, folder).startsWith('..') ? folder : here;
}
