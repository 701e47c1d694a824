import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GIT_ENV, GitError, git } from './git-process.ts';
import { ObjectStore, parseTree, writeTree } from './objects.ts';

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

const SOMEONE: Signature = { name: 'Octo Cat', email: 'octocat@example.com', date: '' };

/** As on GitHub: any commit can be fetched by its id, pushes are taken over HTTP, nothing is collected meanwhile. */
const SETTINGS = `
[uploadpack]
  allowAnySHA1InWant = true
  allowFilter = true
[http]
  receivepack = true
[gc]
  auto = 0
[receive]
  autogc = false
`;

/** A bare repository, worked on with git's plumbing only: no work tree, and no lock but git's own. */
export class BareRepository {
  readonly path: string;
  readonly #objects: ObjectStore;
  readonly #sizes = new Map<string, number>();

  private constructor(path: string) {
    this.path = path;
    this.#objects = new ObjectStore(path, GIT_ENV);
  }

  static async create(path: string, defaultBranch: string): Promise<BareRepository> {
    await git(tmpdir(), [
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--initial-branch=${defaultBranch}`,
      path,
    ]);
    await appendFile(join(path, 'config'), SETTINGS);
    return new BareRepository(path);
  }

  close(): void {
    this.#objects.close();
  }

  async run(
    args: readonly string[],
    options: { input?: string | Buffer; env?: Record<string, string> } = {},
  ) {
    return (await git(this.path, args, options)).toString();
  }

  /** The id a name stands for, peeled to `type`, or undefined when there is none. */
  async resolve(name: string, type = 'commit'): Promise<string | undefined> {
    return (await this.#objects.read(`${name}^{${type}}`))?.sha;
  }

  /** What exactly this ref (`refs/heads/main`) points at, or undefined. */
  async readRef(ref: string): Promise<{ sha: string; type: string } | undefined> {
    const found = await this.#objects.read(ref);
    return found && { sha: found.sha, type: found.type };
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
    if ((await this.readCommit(of))?.parents.includes(ancestor)) return true;
    try {
      await this.run(['merge-base', '--is-ancestor', ancestor, of]);
      return true;
    } catch (error) {
      if (error instanceof GitError && error.stderr === '') return false;
      throw error;
    }
  }

  writeBlob(content: Buffer | string): Promise<string> {
    return this.#objects.write('blob', Buffer.from(content));
  }

  async readBlob(sha: string): Promise<Buffer | undefined> {
    const found = await this.#objects.read(sha);
    return found?.type === 'blob' ? found.content : undefined;
  }

  /** The entries of a tree, with the sizes of its files; `recursive` lists what is below each folder after it. */
  async readTree(name: string, recursive: boolean): Promise<TreeEntry[] | undefined> {
    const sha = await this.resolve(name, 'tree');
    if (sha === undefined) return undefined;
    const entries: TreeEntry[] = [];
    for (const entry of await this.listTree(sha)) {
      entries.push(entry.type === 'blob' ? { ...entry, size: await this.#sizeOf(entry.sha) } : entry);
      if (!recursive || entry.type !== 'tree') continue;
      const below = (await this.readTree(entry.sha, true)) ?? [];
      entries.push(...below.map((inside) => ({ ...inside, path: `${entry.path}/${inside.path}` })));
    }
    return entries;
  }

  async #sizeOf(blob: string): Promise<number> {
    const size = this.#sizes.get(blob) ?? (await this.readBlob(blob))?.length ?? 0;
    this.#sizes.set(blob, size);
    return size;
  }

  /** The entries of one tree, without their sizes: cheaper than `readTree`. */
  async listTree(sha: string): Promise<TreeEntry[]> {
    const found = await this.#objects.read(`${sha}^{tree}`);
    return parseTree(found?.content ?? Buffer.alloc(0)).map(({ name, mode, sha: object }) => ({
      path: name,
      mode: mode.padStart(6, '0'),
      type: mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob',
      sha: object,
    }));
  }

  /** A tree from `base` with entries set (`sha`) or removed (`sha: null`), whatever their depth. */
  writeTree(
    base: string | undefined,
    entries: readonly { path: string; mode: string; sha: string | null }[],
  ): Promise<string> {
    return writeTree(this.#objects, base, entries);
  }

  /** Stores a commit; a person's date is ISO 8601, now unless given. The committer is the author unless given. */
  writeCommit(commit: {
    tree: string;
    parents: readonly string[];
    message: string;
    author?: Partial<Signature>;
    committer?: Partial<Signature>;
  }): Promise<string> {
    const author = { ...SOMEONE, ...commit.author };
    const committer = { ...author, ...commit.committer };
    const line = ({ name, email, date }: Signature) =>
      `${name.replace(/[<>\n]/g, '')} <${email}> ${Math.floor((date ? Date.parse(date) : Date.now()) / 1000)} +0000`;
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${line(author)}`,
      `committer ${line(committer)}`,
    ];
    return this.#objects.write('commit', Buffer.from(`${lines.join('\n')}\n\n${commit.message}`));
  }

  async readCommit(name: string): Promise<CommitObject | undefined> {
    const found = await this.#objects.read(`${name}^{commit}`);
    if (!found) return undefined;
    const text = found.content.toString();
    const blank = text.indexOf('\n\n');
    const head = text.slice(0, blank);
    const person = (role: string): Signature => {
      const [, name = '', email = '', seconds = '0'] =
        new RegExp(`^${role} (.*) <(.*)> (\\d+)`, 'm').exec(head) ?? [];
      return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace('.000', '') };
    };
    return {
      sha: found.sha,
      tree: /^tree (.*)$/m.exec(head)?.[1] ?? '',
      parents: [...head.matchAll(/^parent (.*)$/gm)].map((match) => match[1] ?? ''),
      author: person('author'),
      committer: person('committer'),
      message: text.slice(blank + 2).replace(/\n$/, ''),
    };
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
