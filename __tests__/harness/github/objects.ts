import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

export type GitObject = { sha: string; type: string; content: Buffer };

/**
 * A repository's objects: read through one long-lived `git cat-file`, written as loose objects in git's own format.
 * A process an object would make a few hundred simultaneous writers wait for each other here.
 */
export class ObjectStore {
  readonly #path: string;
  readonly #env: Record<string, string>;
  #reader: ChildProcessWithoutNullStreams | undefined;
  #received = Buffer.alloc(0);
  readonly #waiting: { resolve: (found: GitObject | undefined) => void; reject: (error: Error) => void }[] =
    [];

  constructor(path: string, env: Record<string, string>) {
    this.#path = path;
    this.#env = env;
  }

  /** The object that a revision (`refs/heads/main^{commit}`, an id) names, or undefined. */
  read(revision: string): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(revision)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#open().stdin.write(`${revision}\n`);
    });
  }

  /** Stores an object; gives its id. */
  async write(type: 'blob' | 'tree' | 'commit', content: Buffer): Promise<string> {
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const sha = createHash('sha1').update(whole).digest('hex');
    const folder = join(this.#path, 'objects', sha.slice(0, 2));
    const file = join(folder, sha.slice(2));
    if (existsSync(file)) return sha;
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `tmp_obj_${randomUUID()}`);
    await writeFile(temporary, await promisify(deflate)(whole, { level: 1 }), { mode: 0o444 });
    await rename(temporary, file);
    return sha;
  }

  close(): void {
    this.#reader?.kill();
    this.#reader = undefined;
  }

  #open(): ChildProcessWithoutNullStreams {
    if (this.#reader) return this.#reader;
    const reader = spawn('git', ['cat-file', '--batch'], { cwd: this.#path, env: this.#env, stdio: 'pipe' });
    this.#reader = reader;
    reader.stderr.resume();
    reader.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    const fail = () => {
      this.#reader = undefined;
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('git cat-file ended'));
    };
    reader.on('error', fail);
    reader.on('close', fail);
    reader.stdin.on('error', fail);
    return reader;
  }

  /** Answers come in the order of the questions: `<id> <type> <size>`, the content, a newline; or `… missing`. */
  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf('\n');
      if (end < 0) return;
      const [sha = '', type = '', size] = this.#received.subarray(0, end).toString().split(' ');
      const isObject = /^[0-9a-f]{40}$/.test(sha) && size !== undefined;
      const length = isObject ? Number(size) : -1;
      if (this.#received.length < end + 2 + length) return;
      const content = Buffer.from(this.#received.subarray(end + 1, end + 1 + Math.max(0, length)));
      this.#received = this.#received.subarray(end + 2 + length);
      this.#waiting.shift()?.resolve(isObject ? { sha, type, content } : undefined);
    }
  }
}

export type TreeItem = { name: string; mode: string; sha: string };

/** The entries of a tree object: `<mode> <name>\0<20 bytes of id>` each. */
export function parseTree(content: Buffer): TreeItem[] {
  const items: TreeItem[] = [];
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(' ', at);
    const nul = content.indexOf(0, space);
    items.push({
      mode: content.toString('latin1', at, space),
      name: content.toString('utf8', space + 1, nul),
      sha: content.toString('hex', nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return items;
}

/** The tree object of these entries, in git's order: by bytes, a folder as if its name ended with a slash. */
export function formatTree(items: readonly TreeItem[]): Buffer {
  const key = (item: TreeItem) => Buffer.from(item.mode === '40000' ? `${item.name}/` : item.name);
  const sorted = [...items].sort((a, b) => Buffer.compare(key(a), key(b)));
  return Buffer.concat(
    sorted.flatMap((item) => [Buffer.from(`${item.mode} ${item.name}\0`), Buffer.from(item.sha, 'hex')]),
  );
}

/** A tree from `base` with entries set, or removed (`sha: null`), whatever their depth; gives its id. */
export async function writeTree(
  store: ObjectStore,
  base: string | undefined,
  entries: readonly { path: string; mode: string; sha: string | null }[],
): Promise<string> {
  const found = base === undefined ? undefined : await store.read(`${base}^{tree}`);
  if (base !== undefined && !found) throw new Error(`no tree ${base}`);
  const items = new Map(parseTree(found?.content ?? Buffer.alloc(0)).map((item) => [item.name, item]));
  const below = new Map<string, { path: string; mode: string; sha: string | null }[]>();
  for (const entry of entries) {
    const slash = entry.path.indexOf('/');
    if (slash >= 0) {
      const name = entry.path.slice(0, slash);
      below.set(name, [...(below.get(name) ?? []), { ...entry, path: entry.path.slice(slash + 1) }]);
    } else if (entry.sha === null) items.delete(entry.path);
    else items.set(entry.path, { name: entry.path, mode: entry.mode.replace(/^0/, ''), sha: entry.sha });
  }
  for (const [name, inside] of below) {
    const known = items.get(name);
    const sha = await writeTree(store, known?.mode === '40000' ? known.sha : undefined, inside);
    if (sha === EMPTY_TREE) items.delete(name);
    else items.set(name, { name, mode: '40000', sha });
  }
  return store.write('tree', formatTree([...items.values()]));
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
