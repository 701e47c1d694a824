import { blobSha } from './git-database.ts';

/** Copies in one window: what one comparison rests on, twice over, since a pool of runners has more than one kind. */
export const WINDOW_ENTRIES = 40;
/** Bytes of the copies of one window, before base64. */
export const WINDOW_BYTES = 3 * 1024 * 1024;

/**
 * Copies of a series' newest baselines, by file name, so that one request reads them all. Nothing in it is
 * trusted: a copy counts only when its hash is the one that the branch lists for that file. It is text with one
 * line a copy, so that git stores the next version as the lines that changed.
 */
export function encodeWindow(copies: ReadonlyMap<string, Uint8Array>): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const [name, copy] of copies) {
    bytes += copy.byteLength;
    if (lines.length === WINDOW_ENTRIES || bytes > WINDOW_BYTES) break;
    lines.push(`${JSON.stringify(name)}:${JSON.stringify(Buffer.from(copy).toString('base64'))}`);
  }
  return `{"perf-baseline/window":1,\n"copies":{\n${lines.join(',\n')}\n}}\n`;
}

/** The copies whose hash is that of the file listed under their name. */
export function verifiedCopies(
  window: Uint8Array,
  listed: ReadonlyMap<string, string>,
): Map<string, Uint8Array> {
  return new Map([...allCopies(window)].filter(([name, copy]) => blobSha(copy) === listed.get(name)));
}

/** Every copy, by name; none from anything that is no window. */
export function allCopies(window: Uint8Array): Map<string, Uint8Array> {
  const copies = new Map<string, Uint8Array>();
  for (const [name, text] of Object.entries(parseWindow(window)).slice(0, WINDOW_ENTRIES)) {
    if (typeof text === 'string') copies.set(name, Buffer.from(text, 'base64'));
  }
  return copies;
}

function parseWindow(window: Uint8Array): Record<string, unknown> {
  try {
    const document = JSON.parse(Buffer.from(window).toString('utf8'));
    const copies: unknown = document.copies;
    return typeof copies === 'object' && copies !== null ? (copies as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
