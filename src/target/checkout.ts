import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Warning } from '../domain/result.ts';
import { FULL_SHA, type GitOptions, git, type Remote } from './git.ts';
import { fetchInto, openScratch, temporaryRoot } from './scratch-repository.ts';

export type Checkout = {
  /** Root of the checked-out tree. */
  root: string;
  /** What `dir` of the request is in it; it may not exist at that commit. */
  directory: string;
  sha: string;
  /** Whether its root is as long a path as the repository's own, so that both sides see equally long paths. */
  equalLength: boolean;
  warnings: Warning[];
  dispose(): Promise<void>;
};

/** A base commit that could not be had; the message says what to change. */
export class CheckoutError extends Error {
  override name = 'CheckoutError';
}

/**
 * Checks a commit out, outside the workspace, for the time until `dispose`. The user's repository only lends
 * its objects; a commit it does not have is fetched from `fetchFrom`, one commit deep. Throws a CheckoutError
 * or a CancelledError, and then leaves nothing behind.
 */
export async function createBaseCheckout(request: {
  /** A folder in the user's repository: the working directory. */
  dir: string;
  sha: string;
  fetchFrom?: Remote;
  signal?: AbortSignal;
}): Promise<Checkout> {
  const { dir, sha, fetchFrom, signal } = request;
  if (!FULL_SHA.test(sha)) throw new CheckoutError(`"${sha}" is not a full commit id`);
  const top = await git(['rev-parse', '--show-toplevel'], { cwd: dir, ...(signal ? { signal } : {}) });
  if (!top.ok) throw new CheckoutError(`${dir} cannot be read by git: ${top.message}`);
  const repository = await realpath(path.resolve(dir, top.stdout.trim()));
  const within = path.relative(repository, await realpath(dir));
  const root = await emptyFolder(repository.length);
  const dispose = () => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    await fill(root, repository, sha, fetchFrom, signal);
    return {
      root,
      directory: path.join(root, within),
      sha,
      equalLength: root.length === repository.length,
      warnings: await unsupported(root, sha),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** A new folder whose path is as long as asked where that can be: some programs' memory depends on it. */
async function emptyFolder(length: number): Promise<string> {
  const parent = await temporaryRoot();
  const name = `base-${randomBytes(6).toString('hex')}`;
  const missing = length - parent.length - 1 - name.length;
  const root = path.join(parent, name + '0'.repeat(Math.max(0, Math.min(missing, 200))));
  await mkdir(root);
  return root;
}

async function fill(
  root: string,
  repository: string,
  sha: string,
  fetchFrom: Remote | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const at = { cwd: root, ...(signal ? { signal } : {}) };
  await openScratch(root, repository, { borrow: true, bare: false, ...(signal ? { signal } : {}) });
  const present = await git(['cat-file', '-e', `${sha}^{commit}`], at);
  const local = present.ok ? await checkOut(sha, at) : present.message;
  if (local === null) return;
  if (fetchFrom === undefined) {
    const why = present.ok ? `cannot be checked out: ${local}` : 'is not in this repository';
    throw new CheckoutError(
      `the base commit ${sha} ${why}; fetch it first, or set fetch-depth: 0 of actions/checkout`,
    );
  }
  await rm(root, { recursive: true, force: true });
  await mkdir(root);
  await openScratch(root, repository, { borrow: false, bare: false, ...(signal ? { signal } : {}) });
  const problem = await fetchInto(root, fetchFrom, [sha], 'one', signal);
  if (problem !== null) {
    throw new CheckoutError(
      `the base commit ${sha} could not be fetched: ${problem}; the token needs contents: read`,
    );
  }
  const fetched = await checkOut(sha, at);
  if (fetched !== null) throw new CheckoutError(`the base commit ${sha} cannot be checked out: ${fetched}`);
}

/** What went wrong, or null. In a partial clone git reports success for a commit whose files it does not have. */
async function checkOut(sha: string, at: GitOptions): Promise<string | null> {
  const done = await git(['checkout', '--quiet', '--detach', sha], at);
  if (!done.ok) return done.message;
  const missing = await git(['ls-files', '--deleted'], at);
  if (!missing.ok) return missing.message;
  const [file] = missing.stdout.split('\n');
  return file ? `the content of ${file} is not in this repository (a partial clone)` : null;
}

/** What a plain checkout of one commit leaves out. */
async function unsupported(root: string, sha: string): Promise<Warning[]> {
  const warnings: Warning[] = [];
  const short = sha.slice(0, 10);
  const has = (file: string) =>
    access(path.join(root, file)).then(
      () => true,
      () => false,
    );
  if (await has('.gitmodules')) {
    const message = `the base commit ${short} has submodules, which are not checked out for it; let target.setup fetch what it needs`;
    warnings.push({ code: 'base-submodules', message });
  }
  const attributes = await readFile(path.join(root, '.gitattributes'), 'utf8').catch(() => '');
  if (/\bfilter=lfs\b/.test(attributes)) {
    const message = `the base commit ${short} keeps files in Git LFS, which may be pointers in its checkout; let target.setup fetch what it needs`;
    warnings.push({ code: 'base-lfs', message });
  }
  return warnings;
}
