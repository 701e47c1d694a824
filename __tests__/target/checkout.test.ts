import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CancelledError } from '../../src/domain/errors.ts';
import { resolveBase } from '../../src/target/base.ts';
import { CheckoutError, createBaseCheckout } from '../../src/target/checkout.ts';
import { ancestorsOf, commitOf } from '../../src/target/commit.ts';

let folder: string;
let repository: string;
let temporary: string;
const before = process.env.RUNNER_TEMP;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'checkout-test-')));
  repository = path.join(folder, 'a-workspace-with-a-path-that-is-long-enough');
  temporary = path.join(folder, 'temp');
  process.env.RUNNER_TEMP = temporary;
  await mkdir(repository);
  git(repository, 'init', '--quiet', '--initial-branch=main', '.');
});

afterEach(async () => {
  if (before === undefined) delete process.env.RUNNER_TEMP;
  else process.env.RUNNER_TEMP = before;
  await rm(folder, { recursive: true, force: true });
});

function git(cwd: string, ...args: string[]): string {
  const identity = [
    '-c',
    'user.name=t',
    '-c',
    'user.email=t@example.com',
    '-c',
    'protocol.file.allow=always',
  ];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
}

async function commit(cwd: string, files: Record<string, string>, message = 'change'): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(cwd, name)), { recursive: true });
    await writeFile(path.join(cwd, name), content);
  }
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '-m', message);
  return git(cwd, 'rev-parse', 'HEAD');
}

/** Every file below a folder, with its content: what "nothing was written" means. */
function fingerprint(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const file = path.join(dir, name);
      if (!statSync(file).isFile()) return name;
      return `${name} ${createHash('sha1').update(readFileSync(file)).digest('hex')}`;
    });
}

/** A clone of the repository that only has its newest commit, as actions/checkout makes it. */
function shallowClone(name = 'shallow'): string {
  const dir = path.join(folder, name);
  git(folder, 'clone', '--quiet', '--depth=1', `file://${repository}`, dir);
  return dir;
}

describe('a base checkout', () => {
  test('holds that commit outside the workspace, in a path of equal length, and the repository is untouched', async () => {
    const base = await commit(repository, { 'app/server.js': 'old', 'only-base.txt': 'x' });
    git(repository, 'rm', '--quiet', 'only-base.txt');
    await commit(repository, { 'app/server.js': 'new' });
    await writeFile(path.join(repository, 'app/server.js'), 'dirty');
    const untouched = fingerprint(repository);
    const checkout = await createBaseCheckout({ dir: path.join(repository, 'app'), sha: base });
    expect(readFileSync(path.join(checkout.root, 'app/server.js'), 'utf8')).toBe('old');
    expect(existsSync(path.join(checkout.root, 'only-base.txt'))).toBe(true);
    expect(checkout.directory).toBe(path.join(checkout.root, 'app'));
    expect(checkout.root.startsWith(repository)).toBe(false);
    expect(checkout.equalLength).toBe(true);
    expect(checkout.root).toHaveLength(repository.length);
    expect(checkout.warnings).toEqual([]);
    expect(git(checkout.root, 'rev-parse', 'HEAD')).toBe(base);
    expect(git(checkout.root, 'status', '--porcelain')).toBe('');
    expect(fingerprint(repository)).toEqual(untouched);
    await checkout.dispose();
    expect(readdirSync(temporary)).toEqual([]);
    expect(fingerprint(repository)).toEqual(untouched);
    expect(git(repository, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('fetches a commit that a shallow clone lacks, and leaves the clone shallow and untouched', async () => {
    const base = await commit(repository, { 'server.js': 'old' });
    await commit(repository, { 'server.js': 'new' });
    const clone = shallowClone();
    const untouched = fingerprint(clone);
    const fetchFrom = { url: `file://${repository}` };
    const checkout = await createBaseCheckout({ dir: clone, sha: base, fetchFrom });
    expect(readFileSync(path.join(checkout.root, 'server.js'), 'utf8')).toBe('old');
    expect(fingerprint(clone)).toEqual(untouched);
    await checkout.dispose();
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('borrows from a shallow clone the commit that it has', async () => {
    await commit(repository, { 'server.js': 'old' });
    const head = await commit(repository, { 'server.js': 'new' });
    const checkout = await createBaseCheckout({ dir: shallowClone(), sha: head });
    expect(readFileSync(path.join(checkout.root, 'server.js'), 'utf8')).toBe('new');
    expect(git(checkout.root, 'log', '--format=%H')).toBe(head);
  });

  test('gets the files of a partial clone by fetching the commit', async () => {
    const base = await commit(repository, { 'server.js': 'old' });
    await commit(repository, { 'server.js': 'new' });
    git(repository, 'config', 'uploadpack.allowFilter', 'true');
    const partial = path.join(folder, 'partial');
    git(folder, 'clone', '--quiet', '--filter=blob:none', `file://${repository}`, partial);
    const fetchFrom = { url: `file://${repository}` };
    const checkout = await createBaseCheckout({ dir: partial, sha: base, fetchFrom });
    expect(readFileSync(path.join(checkout.root, 'server.js'), 'utf8')).toBe('old');
  });

  test('runs no hook of the repository or of the user', async () => {
    const base = await commit(repository, { a: '1' });
    const hooks = path.join(folder, 'hooks');
    await mkdir(hooks);
    await writeFile(path.join(hooks, 'post-checkout'), `#!/bin/sh\ntouch ${folder}/hook-ran\n`, {
      mode: 0o755,
    });
    git(repository, 'config', 'core.hooksPath', hooks);
    await createBaseCheckout({ dir: repository, sha: base });
    expect(existsSync(path.join(folder, 'hook-ran'))).toBe(false);
  });

  test('warns of submodules and of LFS', async () => {
    const base = await commit(repository, {
      '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ../x\n',
      '.gitattributes': '*.bin filter=lfs\n',
    });
    const { warnings } = await createBaseCheckout({ dir: repository, sha: base });
    expect(warnings.map(({ code }) => code)).toEqual(['base-submodules', 'base-lfs']);
  });

  test('says so when there is nowhere to get the commit from, and leaves nothing', async () => {
    await commit(repository, { a: '1' });
    const missing = createBaseCheckout({ dir: repository, sha: '1'.repeat(40) });
    await expect(missing).rejects.toThrow(/is not in this repository; fetch it first/);
    const fetchFrom = { url: 'http://user:canary@127.0.0.1:9/nowhere' };
    const unreachable = createBaseCheckout({ dir: repository, sha: '1'.repeat(40), fetchFrom });
    await expect(unreachable).rejects.toThrow(/could not be fetched/);
    await expect(unreachable).rejects.toBeInstanceOf(CheckoutError);
    await expect(unreachable).rejects.not.toThrow(/canary/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('takes full commit ids only, and stops when cancelled', async () => {
    const sha = await commit(repository, { a: '1' });
    await expect(createBaseCheckout({ dir: repository, sha: '--upload-pack=x' })).rejects.toThrow(
      CheckoutError,
    );
    const signal = AbortSignal.abort();
    await expect(createBaseCheckout({ dir: repository, sha, signal })).rejects.toThrow(CancelledError);
  });
});

describe('the base of a checkout', () => {
  async function forked() {
    const fork = await commit(repository, { a: '1' });
    git(repository, 'checkout', '--quiet', '-b', 'feature');
    const head = await commit(repository, { b: '2' });
    git(repository, 'checkout', '--quiet', 'main');
    const main = await commit(repository, { c: '3' });
    return { fork, head, main };
  }

  test('is the merge base of a branch', async () => {
    const { fork } = await forked();
    git(repository, 'checkout', '--quiet', 'feature');
    expect(await resolveBase({ dir: repository, ref: 'main' })).toEqual({
      status: 'found',
      sha: fork,
      how: 'merge-base',
    });
  });

  test('is the first parent of the merge that a pull request checks out, one commit deep', async () => {
    const { head, main } = await forked();
    git(repository, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature');
    const dir = shallowClone();
    const query = { dir, ref: 'main', pullRequestHead: head };
    expect(await resolveBase(query)).toEqual({ status: 'found', sha: main, how: 'first-parent' });
  });

  test('is not the first parent of some other merge', async () => {
    await forked();
    git(repository, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature');
    const merge = git(repository, 'rev-parse', 'HEAD');
    for (const pullRequestHead of ['1'.repeat(40), undefined]) {
      const query = { dir: repository, ref: 'main', ...(pullRequestHead ? { pullRequestHead } : {}) };
      expect(await resolveBase(query)).toEqual({ status: 'found', sha: merge, how: 'merge-base' });
    }
    const head = await commit(repository, { d: '4' });
    const found = await resolveBase({ dir: repository, ref: 'main', pullRequestHead: head });
    expect(found).toEqual({ status: 'found', sha: head, how: 'merge-base' });
  });

  test('of HEAD is HEAD, of an ancestor that ancestor', async () => {
    const { fork, main } = await forked();
    expect(await resolveBase({ dir: repository, ref: 'HEAD' })).toMatchObject({ sha: main });
    expect(await resolveBase({ dir: repository, ref: 'HEAD~1' })).toMatchObject({ sha: fork });
  });

  test.each([
    ['the whole history', false],
    ['commits without files', true],
  ])('is found from a shallow head by fetching %s, the clone untouched', async (_name, allowFilter) => {
    const { fork, main } = await forked();
    git(repository, 'config', 'uploadpack.allowFilter', String(allowFilter));
    git(repository, 'checkout', '--quiet', 'feature');
    const dir = shallowClone();
    const untouched = fingerprint(dir);
    const fetchFrom = { url: `file://${repository}` };
    for (const ref of ['main', 'origin/main', main]) {
      expect(await resolveBase({ dir, ref, fetchFrom })).toMatchObject({ status: 'found', sha: fork });
    }
    expect(fingerprint(dir)).toEqual(untouched);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('is told to be out of reach of a shallow clone', async () => {
    const { main } = await forked();
    git(repository, 'checkout', '--quiet', 'feature');
    const dir = shallowClone();
    expect(await resolveBase({ dir, ref: main })).toMatchObject({ reason: 'unknown-ref' });
    git(dir, 'fetch', '--quiet', '--depth=1', 'origin', 'main:refs/remotes/origin/main');
    const found = await resolveBase({ dir, ref: 'main' });
    expect(found).toMatchObject({ status: 'unavailable', reason: 'no-merge-base' });
    expect(found).toHaveProperty('detail', expect.stringContaining('fetch-depth: 0'));
  });

  test.each(['--output=/tmp/x', '-x', 'a..b', 'a b', '', 'x:y'])('refuses %j', async (ref) => {
    await commit(repository, { a: '1' });
    expect(await resolveBase({ dir: repository, ref })).toMatchObject({ reason: 'bad-ref' });
  });

  test('outside of a repository, before the first commit, and without git', async () => {
    expect(await resolveBase({ dir: folder, ref: 'main' })).toMatchObject({ reason: 'no-repository' });
    expect(await resolveBase({ dir: repository, ref: 'main' })).toMatchObject({ reason: 'no-repository' });
    const searched = process.env.PATH;
    process.env.PATH = folder;
    try {
      expect(await resolveBase({ dir: repository, ref: 'main' })).toMatchObject({ reason: 'no-git' });
      expect(await commitOf(repository)).toBeNull();
    } finally {
      process.env.PATH = searched;
    }
  });
});

describe('the commit of a folder', () => {
  test('has its branch, its time, and whether tracked files were changed', async () => {
    const sha = await commit(repository, { a: '1' });
    const found = await commitOf(repository);
    expect(found).toEqual({ sha, ref: 'main', dirty: false, committedAt: expect.stringMatching(/^\d{4}-/) });
    await writeFile(path.join(repository, 'untracked'), '');
    expect(await commitOf(repository)).toMatchObject({ dirty: false });
    await writeFile(path.join(repository, 'a'), '2');
    expect(await commitOf(repository)).toMatchObject({ dirty: true });
    git(repository, 'checkout', '--quiet', '--force', '--detach');
    expect(await commitOf(repository)).not.toHaveProperty('ref');
  });

  test('comes before what it grew from', async () => {
    const first = await commit(repository, { a: '1' });
    const second = await commit(repository, { a: '2' });
    expect(await ancestorsOf(repository, 'HEAD')).toEqual([second, first]);
    expect(await ancestorsOf(repository, first)).toEqual([first]);
    expect(await ancestorsOf(repository, 'f'.repeat(40))).toEqual([]);
    expect(await ancestorsOf(folder, 'HEAD')).toEqual([]);
  });

  test('is none outside of git and before the first commit', async () => {
    expect(await commitOf(folder)).toBeNull();
    expect(await commitOf(repository)).toBeNull();
    expect(await commitOf(path.join(folder, 'missing'))).toBeNull();
  });
});
