import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Rejects as `mkdir` does. Not by its option `recursive`: where the file system takes no
 * folders (`/proc`) Node then tries for ever, in a thread that no signal ends.
 */
export async function makeFolder(path: string): Promise<void> {
  const error = await make(path);
  if (error === null) return;
  if (error.code !== 'ENOENT' || dirname(path) === path) throw error;
  await makeFolder(dirname(path));
  const again = await make(path);
  if (again !== null) throw again;
}

/** Null when the folder is there now. */
async function make(path: string): Promise<NodeJS.ErrnoException | null> {
  try {
    await mkdir(path);
    return null;
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    const there = failure.code === 'EEXIST' && (await stat(path).catch(() => null))?.isDirectory();
    return there ? null : failure;
  }
}
