import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { maskForms } from '../processes/cut-text.ts';
import { OutputText } from '../processes/output-text.ts';
import { secretForms } from '../processes/secret-forms.ts';
import { safeTail } from './safe-log.ts';

const HEAD_LIMIT = 4 * 1024 * 1024;
const TAIL_LIMIT = 256 * 1024;
const LONGEST_LINE = 64 * 1024;

/**
 * A command's output in a file of bounded size, however much it writes: the first 4 MB as they come, and when it
 * closes the last 256 kB after a line that says how much was left out. Secrets are masked before they reach the
 * disk. A full disk costs the file, never the draining (a target must not block on its own log) nor the tail,
 * which is kept in memory.
 */
export class OutputLog {
  readonly file: string;
  readonly #secrets: readonly string[];
  readonly #forms: readonly string[];
  readonly #sources: { flush(): void; pending(): string; stream: Readable }[] = [];
  readonly #watchers = new Set<{ text: string; seen: () => void }>();
  #descriptor: number | null;
  #written = 0;
  #leftOut = 0;
  #tail: string[] = [];
  #tailLength = 0;

  constructor(file: string, secrets: readonly string[]) {
    this.file = file;
    this.#secrets = secrets;
    this.#forms = secretForms(secrets);
    this.#descriptor = openQuietly(file);
  }

  /** Drains a stream into the log, whole lines at a time, so that a secret cut in two by a chunk is masked too. */
  drain(stream: Readable): void {
    const decoder = new OutputText();
    const hold = Math.max(0, ...this.#forms.map((form) => form.length));
    let line = '';
    const accept = (text: string) => {
      line += text;
      this.#match(line);
      const end = Math.max(line.lastIndexOf('\n'), line.lastIndexOf('\r')) + 1;
      if (end > 0) {
        this.#append(line.slice(0, end));
        line = line.slice(end);
      }
      if (line.length > LONGEST_LINE + hold) {
        const masked = maskForms(line, this.#forms);
        const cut = Math.max(0, masked.length - hold);
        this.#append(masked.slice(0, cut));
        line = masked.slice(cut);
      }
    };
    const flush = () => {
      accept(decoder.end());
      if (line !== '') this.#append(line);
      line = '';
    };
    stream.on('data', (chunk: Buffer) => accept(decoder.write(chunk)));
    stream.on('error', flush);
    stream.on('end', flush);
    this.#sources.push({ flush, pending: () => line, stream });
  }

  /** Adds a line of our own. */
  note(text: string): void {
    this.#append(`${text}\n`);
  }

  /** Resolves when a line of the output, colours left out, has contained `text`. Ask before the command starts. */
  contains(text: string): { seen: Promise<void>; dismiss(): void } {
    const { promise, resolve } = withResolvers();
    const watcher = { text, seen: resolve };
    this.#watchers.add(watcher);
    return { seen: promise, dismiss: () => this.#watchers.delete(watcher) };
  }

  /** The last lines, safe to print; see `safeTail`. Text that has no line end yet is included. */
  tail(lines = 30): string {
    const pending = this.#sources.map((source) => source.pending());
    return safeTail([...this.#tail, ...pending].join(''), { secrets: this.#secrets, lines });
  }

  /** Lets go of the streams and finishes the file. Only once the writers are gone: they would get SIGPIPE. */
  close(): void {
    for (const { flush, stream } of this.#sources.splice(0)) {
      flush();
      stream.destroy();
    }
    if (this.#leftOut > 0) {
      const tail = this.#tail.join('');
      const gap = this.#leftOut - Math.min(this.#leftOut, Buffer.byteLength(tail));
      if (gap > 0) this.#write(`\n[${gap} bytes of output left out]\n`);
      this.#write(this.#leftOut < Buffer.byteLength(tail) ? tail.slice(-this.#leftOut) : tail);
    }
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #match(line: string): void {
    if (this.#watchers.size === 0) return;
    const plain = stripVTControlCharacters(line);
    for (const watcher of this.#watchers) {
      if (!line.includes(watcher.text) && !plain.includes(watcher.text)) continue;
      this.#watchers.delete(watcher);
      watcher.seen();
    }
  }

  #append(raw: string): void {
    const text = maskForms(raw, this.#forms);
    this.#tail.push(text);
    this.#tailLength += text.length;
    while (this.#tail.length > 1 && this.#tailLength - (this.#tail[0]?.length ?? 0) >= TAIL_LIMIT) {
      this.#tailLength -= this.#tail.shift()?.length ?? 0;
    }
    const bytes = Buffer.byteLength(text);
    if (this.#leftOut > 0 || this.#written + bytes > HEAD_LIMIT) this.#leftOut += bytes;
    else {
      this.#written += bytes;
      this.#write(text);
    }
  }

  #write(text: string): void {
    if (this.#descriptor === null) return;
    try {
      writeSync(this.#descriptor, text);
    } catch {
      const descriptor = this.#descriptor;
      this.#descriptor = null;
      closeSync(descriptor);
    }
  }
}

function openQuietly(file: string): number | null {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    return openSync(file, 'w', 0o600);
  } catch {
    return null;
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
