import { createHash } from 'node:crypto';

/** A file of a branch: its whole path, the name of its content, and its size in bytes. */
export type TreeFile = { path: string; sha: string; bytes: number };

/** A file set to a blob or to a text, or removed. */
export type TreeChange =
  | { path: string; blob: string }
  | { path: string; text: string }
  | { path: string; removed: true };

/**
 * The objects and branches of one repository, as the branch store needs them. Every method rejects with a
 * TransientStoreError when trying again may help, and with a StoreError that says what to change otherwise.
 */
export interface GitDatabase {
  /** `OWNER/NAME`. */
  readonly repository: string;
  /** Commit the branch points at; null only when it is proven that there is no such branch. */
  head(branch: string): Promise<string | null>;
  /** All files below a folder of a commit; rejects rather than give a part of them. */
  files(commit: string, folder: string): Promise<TreeFile[]>;
  /** Content of a blob, checked against its name. */
  readBlob(sha: string): Promise<Uint8Array>;
  writeBlob(bytes: Uint8Array): Promise<string>;
  /** A new commit: the files of its parent with the changes; without a parent, only the changes. */
  commit(parent: string | null, changes: readonly TreeChange[], message: string): Promise<string>;
  /**
   * Compare-and-swap: `from` null creates the branch. `raced`: the branch has moved, appeared or disappeared
   * meanwhile, and nothing was written. Never forces.
   */
  moveBranch(branch: string, from: string | null, to: string): Promise<'moved' | 'raced'>;
}

/** The name git gives a content: SHA-1 of `blob <bytes>`, a zero byte, and the content. */
export function blobSha(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
}
