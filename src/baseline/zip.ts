import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { DocumentError } from '../domain/errors.ts';
import { CAPS } from './limits.ts';

/** Bytes of a zip that is read at all. */
export const ZIP_BYTES = 32 * 1024 * 1024;
const ENTRIES = 16;
const UNPACKED_BYTES = 2 * CAPS.textBytes;

/**
 * The files of a zip from outside, in memory: nothing touches the disk. Throws a DocumentError (`corrupt`) naming
 * `where` for anything but a few plain files: paths that lead elsewhere, links, folders, two of a name, encrypted
 * or oversized entries, sizes that lie.
 */
export async function readZip(bytes: Uint8Array, where: string): Promise<Map<string, Uint8Array>> {
  const refuse = (problem: string): never => {
    throw new DocumentError('corrupt', `${where} is refused: ${problem}`);
  };
  if (bytes.byteLength > ZIP_BYTES) refuse(`it has ${bytes.byteLength} bytes, expected at most ${ZIP_BYTES}`);
  const files = new Map<string, Uint8Array>();
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes), {
      strictFileNames: true,
      validateEntrySizes: true,
    });
    if (zip.entryCount > ENTRIES) refuse(`it has ${zip.entryCount} entries, expected at most ${ENTRIES}`);
    let left = UNPACKED_BYTES;
    for await (const entry of zip.eachEntry()) {
      const problem = oddity(entry, files);
      if (problem !== undefined) refuse(problem);
      const content = await unpack(zip, entry, left);
      if (content === 'too large') return refuse(`it unpacks to more than ${UNPACKED_BYTES} bytes`);
      left -= content.byteLength;
      files.set(entry.fileName, content);
    }
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    refuse(`it is no valid zip (${printable((error as Error).message)})`);
  }
  return files;
}

function oddity(entry: Entry, files: ReadonlyMap<string, unknown>): string | undefined {
  const name = printable(entry.fileName);
  const unixType = (entry.externalFileAttributes >>> 16) & 0xf000;
  if (entry.fileName.endsWith('/')) return `${name} is a folder, expected files only`;
  if (unixType !== 0 && unixType !== 0x8000) return `${name} is a link or a device, expected a plain file`;
  if (entry.isEncrypted()) return `${name} is encrypted`;
  if (files.has(entry.fileName)) return `it has two entries named ${name}`;
  if (entry.fileName.includes('/') || entry.fileName.includes('\0'))
    return `${name} is not a plain file name`;
  return undefined;
}

async function unpack(zip: ZipFile, entry: Entry, limit: number): Promise<Uint8Array | 'too large'> {
  if (entry.uncompressedSize > limit) return 'too large';
  // No more than it declares comes out: the reader was told to check that.
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function printable(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return JSON.stringify(plain.length > 80 ? `${plain.slice(0, 80)}…` : plain);
}
