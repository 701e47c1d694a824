import { randomBytes } from 'node:crypto';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type OpenFile = (path: string, flags: string, mode: number) => Promise<FileHandle>;

/** File systems without hard links say one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/**
 * Writes a new file whole or not at all: temporary file beside it, synced, then linked to its name, which
 * fails where the name is taken (a rename would overwrite). Gives `exists` in that case and leaves the other
 * file alone. Rejects with the system's error; nothing partial stays behind then.
 */
export async function writeOnce(
  path: string,
  bytes: Uint8Array | string,
  openFile: OpenFile = open,
): Promise<'written' | 'exists'> {
  const temporary = join(dirname(path), `.perf-baseline-${randomBytes(8).toString('hex')}.tmp`);
  try {
    const file = await openFile(temporary, 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return await publish(temporary, path);
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

async function publish(temporary: string, path: string): Promise<'written' | 'exists'> {
  try {
    await link(temporary, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'exists';
    if (!NO_LINKS.has(code ?? '')) throw error;
    if (await stat(path).catch(() => null)) return 'exists';
    await rename(temporary, path);
  }
  await syncFolder(dirname(path));
  return 'written';
}

/** So that the name survives a power cut too. Some systems cannot open folders; they have no need of it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  if (folder === null) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}
