import type { Path } from '../document.ts';
import { checkTemplates } from '../templates.ts';
import type { ScenarioContext } from './scenario.ts';

export type RawHeaders = Record<string, string | number | boolean> | undefined;

/** Name of a header field, and of a subprotocol (RFC 9110, token). */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
export const HEADER_NAME = "a header name: letters, digits and !#$%&'*+.^_`|~-, without spaces";

/** Reports templates, secrets and characters that no header can hold, names given twice, and the `refused` ones with `why`. */
export function checkHeaders(
  headers: RawHeaders,
  path: Path,
  captured: readonly string[] | null,
  refused: { names: RegExp; why: string },
  { problems, environment }: ScenarioContext,
): void {
  checkTemplates(problems, headers, path, captured);
  environment.check(problems, headers, path, { lines: false, templates: false });
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(headers ?? {})) {
    const at = [...path, key];
    const lower = key.toLowerCase();
    if (seen.has(lower)) problems.key(at, [], 'each header once: case does not tell them apart');
    seen.add(lower);
    if (refused.names.test(lower)) problems.key(at, [], refused.why);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(String(value)))
      problems.value(at, 'a header value without control characters and in Latin-1');
  }
}

/** Names in lower case, and values as they are written in the file (`1.0` is not `1`), with `fill` applied. */
export function writtenHeaders(
  headers: RawHeaders,
  path: Path,
  source: ScenarioContext['source'],
  fill: (text: string) => string,
): [name: string, value: string][] {
  return Object.entries(headers ?? {}).map(([key, value]) => [
    key.toLowerCase(),
    fill(typeof value === 'string' ? value : (source.textOf([...path, key]) ?? String(value))),
  ]);
}

/** A request line holds visible ASCII only; everything else is percent-encoded as UTF-8. */
export function asciiPath(path: string): string {
  return path.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
