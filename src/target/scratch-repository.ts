import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FULL_SHA, git, type Remote } from './git.ts';

/** A repository outside the user's: what is fetched goes here, and all of it is gone after `dispose`. */
export type Scratch = { dir: string; dispose(): Promise<void> };

/**
 * An empty repository in a folder of our own, which reads the objects of `source` but writes nothing there: no
 * ref, no FETCH_HEAD, no worktree entry ever appears in the user's .git. `borrow: false` leaves the objects out.
 */
export async function openScratch(
  dir: string,
  source: string,
  options: { borrow: boolean; bare: boolean; signal?: AbortSignal },
): Promise<void> {
  const at = { cwd: dir, ...(options.signal ? { signal: options.signal } : {}) };
  const format = await git(['rev-parse', '--show-object-format'], { ...at, cwd: source });
  const hash = format.ok && format.stdout.trim() === 'sha256' ? ['--object-format=sha256'] : [];
  const bare = options.bare ? ['--bare'] : [];
  const made = await git(['init', '--quiet', '--template=', ...hash, ...bare, '.'], at);
  if (!made.ok) throw new Error(`git could not make a repository in ${dir}: ${made.message}`);
  if (!options.borrow) return;
  const objects = await git(['rev-parse', '--git-path', 'objects'], { ...at, cwd: source });
  if (!objects.ok) throw new Error(`git cannot read ${source}: ${objects.message}`);
  const own = options.bare ? dir : path.join(dir, '.git');
  const borrowed = await realpath(path.resolve(source, objects.stdout.trim()));
  // One line a path; git reads a line that starts with a quote as a C string, which JSON is near enough to.
  const line = /^"|[\n]/.test(borrowed) ? JSON.stringify(borrowed) : borrowed;
  await mkdir(path.join(own, 'objects', 'info'), { recursive: true });
  await writeFile(path.join(own, 'objects', 'info', 'alternates'), `${line}\n`);
  await copyShallow(source, own, at);
}

/** In a shallow clone the parents of its oldest commits are missing, and the borrower has to know where it ends. */
async function copyShallow(source: string, own: string, at: { cwd: string; signal?: AbortSignal }) {
  const file = await git(['rev-parse', '--git-path', 'shallow'], { ...at, cwd: source });
  if (!file.ok) return;
  const text = await readFile(path.resolve(source, file.stdout.trim()), 'utf8').catch(() => null);
  if (text !== null) await writeFile(path.join(own, 'shallow'), text);
}

/** A bare scratch repository in a temporary folder. */
export async function temporaryScratch(source: string, signal?: AbortSignal): Promise<Scratch> {
  const dir = await mkdtemp(path.join(await temporaryRoot(), 'perf-baseline-git-'));
  const dispose = () => rm(dir, { recursive: true, force: true, maxRetries: 3 });
  try {
    await openScratch(dir, source, { borrow: false, bare: true, ...(signal ? { signal } : {}) });
  } catch (error) {
    await dispose();
    throw error;
  }
  return { dir, dispose };
}

/** Where temporary folders go. A runner empties its own after each job, whatever happens to us. */
export async function temporaryRoot(): Promise<string> {
  const root = process.env.RUNNER_TEMP || os.tmpdir();
  await mkdir(root, { recursive: true });
  return realpath(root);
}

/** Fetches commits or branches by name, nothing else and without tags. Answers what went wrong, or null. */
export async function fetchInto(
  dir: string,
  remote: Remote,
  wanted: readonly string[],
  depth: 'one' | 'history-without-files',
  signal?: AbortSignal,
): Promise<string | null> {
  const how = depth === 'one' ? ['--depth=1'] : ['--filter=tree:0'];
  const refs = wanted.map((name, index) => (FULL_SHA.test(name) ? name : `${name}:refs/wanted/${index}`));
  const args = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--force', ...how];
  const fetched = await git([...args, '--', remote.url, ...refs], {
    cwd: dir,
    ...(remote.env ? { env: remote.env } : {}),
    ...(signal ? { signal } : {}),
  });
  return fetched.ok ? null : fetched.message;
}
