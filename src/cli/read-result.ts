import { readFile } from 'node:fs/promises';
import { decodeResult } from '../baseline/codec.ts';
import { DocumentError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';

/** A result document from a file, plain or gzipped. Throws a DocumentError that names the file and what is wrong. */
export async function readResult(path: string): Promise<Result> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder, expected a file'
          : message;
    throw new DocumentError('unreadable', `${path}: ${why}`);
  }
  return decodeResult(bytes, path);
}
