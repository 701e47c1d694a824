import { createHash } from 'node:crypto';
import {
  blobSha,
  type GitDatabase,
  type TreeChange,
  type TreeFile,
} from '../../src/baseline/git-database.ts';
import { TransientStoreError } from '../../src/baseline/store-error.ts';
import { REPOSITORY } from './samples.ts';

export type Operation = 'head' | 'files' | 'readBlob' | 'writeBlob' | 'commit' | 'moveBranch';
/** Asked before and after each operation takes effect; what it throws is what the caller gets. */
export type Fault = (operation: Operation, when: 'before' | 'after') => void;

type Commit = { parent: string | null; files: Map<string, string>; message: string };

/** The state of a repository: what many clients of it share. */
export class FakeRepository {
  readonly blobs = new Map<string, Uint8Array>();
  readonly commits = new Map<string, Commit>();
  readonly branches = new Map<string, string>();
  /** Requests by operation. */
  readonly requests: Record<Operation, number> = {
    head: 0,
    files: 0,
    readBlob: 0,
    writeBlob: 0,
    commit: 0,
    moveBranch: 0,
  };

  put(bytes: Uint8Array): string {
    const sha = blobSha(bytes);
    this.blobs.set(sha, bytes);
    return sha;
  }

  /** Files at the head of a branch. */
  filesOf(branch = 'perf-baseline'): Map<string, string> {
    return this.commits.get(this.branches.get(branch) ?? '')?.files ?? new Map();
  }

  /** Messages from the head back to the first commit. */
  log(branch = 'perf-baseline'): Commit[] {
    const commits: Commit[] = [];
    let at = this.branches.get(branch) ?? null;
    while (at !== null) {
      const commit = this.commits.get(at);
      if (commit === undefined) throw new Error(`commit ${at} is lost`);
      commits.push(commit);
      at = commit.parent;
    }
    return commits;
  }

  /** Somebody changes files on the branch behind everybody's back. */
  edit(changes: TreeChange[], branch = 'perf-baseline'): void {
    const parent = this.branches.get(branch) ?? null;
    this.branches.set(branch, this.record(parent, changes, 'edited by hand'));
  }

  record(parent: string | null, changes: readonly TreeChange[], message: string): string {
    const files = new Map(parent === null ? [] : this.commits.get(parent)?.files);
    for (const change of changes) {
      if ('removed' in change) {
        if (!files.delete(change.path)) throw new Error(`there is no ${change.path} to remove`);
      } else {
        const sha = 'text' in change ? this.put(Buffer.from(change.text)) : change.blob;
        if (!this.blobs.has(sha)) throw new Error(`there is no blob ${sha}`);
        files.set(change.path, sha);
      }
    }
    const sha = createHash('sha1')
      .update(JSON.stringify([parent, [...files].sort(), message]))
      .digest('hex');
    this.commits.set(sha, { parent, files, message });
    return sha;
  }
}

/** A client of the repository. Every operation yields to the others first, so that writers interleave. */
export function fakeGit(repository: FakeRepository, fault: Fault = () => undefined): GitDatabase {
  const step = async <T>(operation: Operation, effect: () => T): Promise<T> => {
    repository.requests[operation] += 1;
    await new Promise((resolve) => setImmediate(resolve));
    fault(operation, 'before');
    const value = effect();
    fault(operation, 'after');
    return value;
  };
  return {
    repository: REPOSITORY,
    head: (branch) => step('head', () => repository.branches.get(branch) ?? null),
    files: (commit, folder) =>
      step('files', () =>
        [...(repository.commits.get(commit)?.files ?? [])]
          .filter(([path]) => path.startsWith(`${folder}/`))
          .map(([path, sha]): TreeFile => ({ path, sha, bytes: repository.blobs.get(sha)?.byteLength ?? 0 })),
      ),
    readBlob: (sha) =>
      step('readBlob', () => {
        const bytes = repository.blobs.get(sha);
        if (bytes === undefined) throw new Error(`there is no blob ${sha}`);
        return bytes;
      }),
    writeBlob: (bytes) => step('writeBlob', () => repository.put(bytes)),
    commit: (parent, changes, message) => step('commit', () => repository.record(parent, changes, message)),
    moveBranch: (branch, from, to) =>
      step('moveBranch', () => {
        if ((repository.branches.get(branch) ?? null) !== from) return 'raced';
        repository.branches.set(branch, to);
        return 'moved';
      }),
  };
}

/** Fails a share of all operations, half of them after their effect. */
export function randomFaults(share: number, random: () => number): Fault {
  return (operation, when) => {
    if (random() < share / 2) throw new TransientStoreError(`no answer to ${operation} (${when} its effect)`);
  };
}

/** A clock that nobody waits for: sleeping moves it, and lets the others run. */
export function fakeClock(random: () => number = () => 0.5) {
  const clock = {
    time: 0,
    waits: [] as number[],
    now: () => clock.time,
    random,
    sleep: async (ms: number) => {
      clock.waits.push(ms);
      clock.time += ms;
      for (let i = 0; i < ms / 100; i++) await new Promise((resolve) => setImmediate(resolve));
    },
  };
  return clock;
}
