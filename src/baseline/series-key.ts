import { createHash } from 'node:crypto';

/** Folder name of a series: 20 hexadecimal digits of the SHA-256 of its key. */
export function seriesHash(series: string): string {
  return createHash('sha256').update(series).digest('hex').slice(0, 20);
}
