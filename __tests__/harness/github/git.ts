import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TreeEntry = { path: string; mode: string; type: string; sha: string; size?: number };
export type Signature = { name: string; email: string; date: string };
export type CommitObject = {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
};

/** Git said no; `stderr` is what it said. */
export class GitError extends Error {
  override name = 'GitError';
  readonly stderr: string;
  constructor(args: readonly string[], stderr: string) {
    // Settings given with -c may be credentials.
    super(`git ${args.filter((_, i) => args[i - 1] !== '-c').join(' ')}: ${stderr.trim()}`);
    this.stderr = stderr;
  }
}

/** What no configuration of the machine that runs the tests may change. */
export const GIT_ENV: Record<string, string> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: tmpdir(),
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

const SOMEONE: Signature = { name: 'Octo Cat', email: 'octocat@example.com', date: '' };

/** Runs git and gives its standard output, as bytes. Rejects with a GitError unless it exits with 0. */
export function git(
  cwd: string,
  args: readonly string[],
  options: { input?: string | Buffer; env?: Record<string, string> } = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env: { ...GIT_ENV, ...options.env }, stdio: 'pipe' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => {});
    child.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(out)) : reject(new GitError(args, Buffer.concat(err).toString())),
    );
    child.stdin.end(options.input ?? '');
  });
}

/** A bare repository, worked on with git's plumbing only: no work tree, and no lock but git's own. */
export class BareRepository {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(path: string, defaultBranch: string): Promise<BareRepository> {
    await git(tmpdir(), ['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, path]);
    const repository = new BareRepository(path);
    // As on GitHub: any commit can be fetched by its id, pushes are taken over HTTP, nothing is collected meanwhile.
    const settings = [
      'uploadpack.allowAnySHA1InWant=true',
      'uploadpack.allowFilter=true',
      'http.receivepack=true',
      'gc.auto=0',
      'receive.autogc=false',
    ];
    for (const setting of settings) {
      const [key = '', value = ''] = setting.split('=');
      await repository.run(['config', key, value]);
    }
    return repository;
  }

  async run(
    args: readonly string[],
    options: { input?: string | Buffer; env?: Record<string, string> } = {},
  ) {
    return (await git(this.path, args, options)).toString();
  }

  /** The id a name stands for, peeled to `type`, or undefined when there is none. */
  async resolve(name: string, type = 'commit'): Promise<string | undefined> {
    try {
      return (
        await this.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{${type}}`])
      ).trim();
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }

  async refs(prefix: string): Promise<{ ref: string; sha: string; type: string }[]> {
    const out = await this.run(['for-each-ref', '--format=%(refname) %(objectname) %(objecttype)', prefix]);
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [ref = '', sha = '', type = ''] = line.split(' ');
        return { ref, sha, type };
      });
  }

  /** Compare-and-swap: false when the ref no longer is `from` (undefined: must not exist yet). */
  async swapRef(ref: string, to: string, from: string | undefined): Promise<boolean> {
    try {
      await this.run(['update-ref', ref, to, from ?? '0'.repeat(40)]);
      return true;
    } catch (error) {
      if (error instanceof GitError && /cannot lock ref|already exists|but expected/.test(error.stderr))
        return false;
      throw error;
    }
  }

  async isAncestor(ancestor: string, of: string): Promise<boolean> {
    try {
      await this.run(['merge-base', '--is-ancestor', ancestor, of]);
      return true;
    } catch (error) {
      if (error instanceof GitError && error.stderr === '') return false;
      throw error;
    }
  }

  async writeBlob(content: Buffer | string): Promise<string> {
    return (await this.run(['hash-object', '-w', '--stdin'], { input: content })).trim();
  }

  async readBlob(sha: string): Promise<Buffer | undefined> {
    try {
      return await git(this.path, ['cat-file', 'blob', sha]);
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }

  async readTree(name: string, recursive: boolean): Promise<TreeEntry[] | undefined> {
    const sha = await this.resolve(name, 'tree');
    if (sha === undefined) return undefined;
    const out = await this.run(['ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), sha]);
    return out
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const [meta = '', path = ''] = line.split('\t');
        const [mode = '', type = '', object = '', size = '-'] = meta.split(/ +/);
        return { path, mode, type, sha: object, ...(size === '-' ? {} : { size: Number(size) }) };
      });
  }

  /** A tree from `base` with entries set (`sha`) or removed (`sha: null`), whatever their depth. */
  async writeTree(
    base: string | undefined,
    entries: readonly { path: string; mode: string; sha: string | null }[],
  ): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'stand-in-index-'));
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    try {
      await this.run(base === undefined ? ['read-tree', '--empty'] : ['read-tree', base], { env });
      const trees = entries.filter((entry) => entry.mode === '040000' && entry.sha !== null);
      const input = entries
        .filter((entry) => !trees.includes(entry))
        .map(
          (entry) =>
            `${entry.sha === null ? '0' : entry.mode} ${entry.sha ?? '0'.repeat(40)}\t${entry.path}\0`,
        )
        .join('');
      await this.run(['update-index', '-z', '--index-info'], { env, input });
      for (const tree of trees)
        await this.run(['read-tree', `--prefix=${tree.path}/`, tree.sha ?? ''], { env });
      return (await this.run(['write-tree'], { env })).trim();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async writeCommit(commit: {
    tree: string;
    parents: readonly string[];
    message: string;
    author?: Partial<Signature>;
    committer?: Partial<Signature>;
  }): Promise<string> {
    const now = `${Math.floor(Date.now() / 1000)} +0000`;
    const author = { ...SOMEONE, date: now, ...commit.author };
    const committer = { ...author, ...commit.committer };
    const env = {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: author.date,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: committer.date,
    };
    const parents = commit.parents.flatMap((parent) => ['-p', parent]);
    return (await this.run(['commit-tree', commit.tree, ...parents], { env, input: commit.message })).trim();
  }

  async readCommit(name: string): Promise<CommitObject | undefined> {
    const sha = await this.resolve(name);
    return sha === undefined ? undefined : (await this.log([sha, '-n', '1']))[0];
  }

  /** Commits as `git log` lists them for these arguments. */
  async log(args: readonly string[]): Promise<CommitObject[]> {
    const format = '%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x00%x01';
    const out = await this.run(['log', `--format=${format}`, ...args]);
    return out
      .split('\0\x01\n')
      .filter((record) => record !== '')
      .map((record) => {
        const [
          sha = '',
          tree = '',
          parents = '',
          an = '',
          ae = '',
          ad = '',
          cn = '',
          ce = '',
          cd = '',
          message = '',
        ] = record.split('\0');
        return {
          sha,
          tree,
          parents: parents.split(' ').filter(Boolean),
          author: { name: an, email: ae, date: new Date(ad).toISOString().replace('.000', '') },
          committer: { name: cn, email: ce, date: new Date(cd).toISOString().replace('.000', '') },
          message: message.replace(/\n$/, ''),
        };
      });
  }

  /** Writes a commit that changes `files` (null removes one) on top of `branch`, and moves the branch to it. */
  async commitFiles(
    branch: string,
    files: Readonly<Record<string, string | Buffer | null>>,
    options: { message?: string; author?: Partial<Signature>; parents?: string[] } = {},
  ): Promise<string> {
    const ref = `refs/heads/${branch}`;
    const head = await this.resolve(ref);
    const parents = options.parents ?? (head === undefined ? [] : [head]);
    const entries = await Promise.all(
      Object.entries(files).map(async ([path, content]) => ({
        path,
        mode: '100644',
        sha: content === null ? null : await this.writeBlob(content),
      })),
    );
    const tree = await this.writeTree(parents[0], entries);
    const sha = await this.writeCommit({
      tree,
      parents,
      message: options.message ?? `Change ${Object.keys(files).join(', ') || 'nothing'}`,
      ...(options.author ? { author: options.author } : {}),
    });
    if (!(await this.swapRef(ref, sha, head))) throw new Error(`${ref} moved while it was committed to`);
    return sha;
  }

  /** The commit GitHub builds for a pull request: `head` merged into `base`, or undefined on a conflict. */
  async mergeCommit(base: string, head: string): Promise<string | undefined> {
    try {
      const tree = (await this.run(['merge-tree', '--write-tree', base, head])).split('\n')[0] ?? '';
      return await this.writeCommit({ tree, parents: [base, head], message: `Merge ${head} into ${base}` });
    } catch (error) {
      if (error instanceof GitError && error.stderr === '') return undefined;
      throw error;
    }
  }
}
