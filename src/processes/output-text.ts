import { isUtf8 } from 'node:buffer';

/**
 * Text of a stream of bytes in UTF-8, whatever the chunks it comes in. A byte that is no part of UTF-8 becomes `\xNN`,
 * so that it can be told from others, and from the U+FFFD that a program may have printed itself.
 */
export class OutputText {
  #begun: Buffer = Buffer.alloc(0);

  /** The text of what is complete by now: a character that a chunk cuts in two waits for its rest. */
  write(chunk: Buffer): string {
    const bytes = this.#begun.length === 0 ? chunk : Buffer.concat([this.#begun, chunk]);
    const end = bytes.length - unfinished(bytes);
    // A copy: the chunk's memory may be used again.
    this.#begun = Buffer.from(bytes.subarray(end));
    return textOf(bytes.subarray(0, end));
  }

  /** The text of what was left unfinished. */
  end(): string {
    const rest = this.#begun;
    this.#begun = Buffer.alloc(0);
    return textOf(rest);
  }
}

function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  let sound = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = lengthOf(bytes[at] ?? 0);
    const end = at + length;
    if (length > 0 && end <= bytes.length && isUtf8(bytes.subarray(at, end))) {
      at = end;
      continue;
    }
    text += `${bytes.toString('utf8', sound, at)}\\x${bytes.toString('hex', at, at + 1).toUpperCase()}`;
    at += 1;
    sound = at;
  }
  return text + bytes.toString('utf8', sound);
}

/** Bytes at the end that may be the beginning of a character: 0 to 3. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0x80 && byte < 0xc0) continue;
    return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

/** Bytes of the character that begins with this one; 0 where none does. */
function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}
