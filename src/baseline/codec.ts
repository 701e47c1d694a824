import { gunzipSync, gzipSync } from 'node:zlib';
import { DocumentError } from '../domain/errors.ts';
import { RESULT_SCHEMA, RESULT_VERSION, type Result } from '../domain/result.ts';
import { findHazard, memberPath } from './guard.ts';
import { CAPS, STORED_BYTES } from './limits.ts';
import { DIFFERENT_NAMES, resultSchema, scenarioSchema } from './schema.ts';
import { THINNINGS, thinner } from './thin.ts';

/**
 * The document as canonical JSON: `schema` and `version` first, every other key sorted, one line. Equal results
 * give equal bytes. A result over the readers' size cap is thinned (thin.ts). Throws a DocumentError (`corrupt`)
 * when no reader would accept it.
 */
export function encodeResult(result: Result): string {
  const thin = thinner(result);
  for (const thinning of THINNINGS) {
    const text = canonicalJson(thin(thinning));
    if (Buffer.byteLength(text) <= CAPS.textBytes) {
      checkDocument(JSON.parse(text), `result ${result.id}`);
      return text;
    }
  }
  throw new DocumentError(
    'corrupt',
    `result ${result.id} has more than ${CAPS.textBytes} bytes however it is thinned: measure fewer scenarios or parts in one run`,
  );
}

/**
 * The document as a baseline is stored: gzip of its canonical JSON, the same bytes for the same result on every
 * system. Thinned only as far as it takes to get under STORED_BYTES; no verdict depends on it (thin.ts). Throws a
 * DocumentError (`corrupt`) when no reader would accept it.
 */
export function encodeBaseline(result: Result): Uint8Array {
  const thin = thinner(result);
  for (const thinning of THINNINGS) {
    const text = canonicalJson(thin(thinning));
    const isLast = thinning === THINNINGS.at(-1);
    if (!isLast && text.length > HOPELESS_RATIO * STORED_BYTES) continue;
    const bytes = gzip(text);
    if (bytes.byteLength > STORED_BYTES && !isLast) continue;
    if (bytes.byteLength > CAPS.compressedBytes || Buffer.byteLength(text) > CAPS.storedTextBytes) break;
    checkDocument(JSON.parse(text), `result ${result.id}`);
    return bytes;
  }
  throw new DocumentError(
    'corrupt',
    `result ${result.id} is too large to store, however it is thinned: measure fewer scenarios or parts in one run`,
  );
}

/** JSON of this kind shrinks to a third or a quarter; text that would have to shrink more is not even tried. */
const HOPELESS_RATIO = 10;

/**
 * Reads a result from JSON text, or from bytes of JSON or gzipped JSON. `where` names the document in messages.
 * Throws a DocumentError: `newer` for a later version, `corrupt` for anything else that is not a valid result,
 * naming up to five places, their values and what was expected. Never returns a partial result.
 */
export function decodeResult(
  input: Uint8Array | string,
  where: string,
  maxTextBytes: number = CAPS.textBytes,
): Result {
  const text = typeof input === 'string' ? input : decodeText(input, where, maxTextBytes);
  if (text.length > maxTextBytes)
    throw corrupt(where, `it has ${text.length} characters, expected at most ${maxTextBytes}`);
  if (text.trim() === '') throw corrupt(where, 'it is empty, expected a JSON document');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw corrupt(where, `it is not JSON (${clip((error as Error).message)}); it may have been cut short`);
  }
  return checkDocument(document, where);
}

function decodeText(bytes: Uint8Array, where: string, maxTextBytes: number): string {
  const limit = bytes[0] === 0x1f && bytes[1] === 0x8b ? CAPS.compressedBytes : maxTextBytes;
  if (bytes.byteLength > limit)
    throw corrupt(where, `it has ${bytes.byteLength} bytes, expected at most ${limit}`);
  const plain = limit === CAPS.compressedBytes ? gunzip(bytes, where, maxTextBytes) : bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    throw corrupt(where, 'it is not UTF-8 text');
  }
}

function gzip(text: string): Uint8Array {
  const bytes = gzipSync(text, { level: 6 });
  // Byte 9 names the operating system (RFC 1952): "unknown", so that every one writes the same bytes.
  bytes[9] = 255;
  return bytes;
}

function gunzip(bytes: Uint8Array, where: string, maxTextBytes: number): Uint8Array {
  let unpacked: { buffer: Uint8Array; engine: { bytesWritten: number } };
  try {
    unpacked = gunzipSync(bytes, { maxOutputLength: maxTextBytes, info: true }) as never;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw corrupt(where, `it unpacks to more than ${maxTextBytes} bytes`);
    throw corrupt(where, `it cannot be unpacked (${clip(message)}); it may have been cut short`);
  }
  if (unpacked.engine.bytesWritten !== bytes.byteLength)
    throw corrupt(
      where,
      `it has ${bytes.byteLength - unpacked.engine.bytesWritten} bytes after the end of its data`,
    );
  return unpacked.buffer;
}

function checkDocument(document: unknown, where: string): Result {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw corrupt(
      where,
      `it is ${describe(document)}, expected a result document ({ "schema": "${RESULT_SCHEMA}", ... })`,
    );
  const { schema, version } = document as { schema?: unknown; version?: unknown };
  if (schema !== RESULT_SCHEMA)
    throw corrupt(where, `$.schema is ${describe(schema)}, expected "${RESULT_SCHEMA}"`);
  if (typeof version === 'number' && Number.isInteger(version) && version > RESULT_VERSION)
    throw new DocumentError(
      'newer',
      `${where} was written by a newer perf-baseline (document version ${version}; this one reads up to ${RESULT_VERSION}): upgrade perf-baseline`,
    );
  if (version !== RESULT_VERSION)
    throw corrupt(where, `$.version is ${describe(version)}, expected ${RESULT_VERSION}`);
  const hazard = findHazard(document);
  if (hazard !== undefined)
    throw corrupt(where, `${hazard.path} has ${hazard.value}, expected ${hazard.expected}`);
  const issues = issuesOf(document as { scenarios?: unknown });
  if (issues.length > 0) throw corrupt(where, describeIssues(issues, document));
  return document as Result;
}

/**
 * Everything wrong with the document around its scenarios, else with the first scenario that has anything wrong:
 * a hostile document has no end of problems, and nobody reads them all.
 */
function issuesOf(document: { scenarios?: unknown }): Issue[] {
  const { scenarios } = document;
  if (!Array.isArray(scenarios)) return resultSchema.safeParse(document).error?.issues ?? [];
  const around = resultSchema.safeParse({ ...document, scenarios: [] }).error?.issues ?? [];
  if (around.length > 0) return around;
  const names = new Set<string>();
  for (const [index, scenario] of scenarios.entries()) {
    const parsed = scenarioSchema.safeParse(scenario);
    if (!parsed.success)
      return parsed.error.issues.map((issue) => ({ ...issue, path: ['scenarios', index, ...issue.path] }));
    names.add(parsed.data.name);
  }
  if (names.size === scenarios.length) return [];
  return [{ code: 'custom', path: ['scenarios'], message: DIFFERENT_NAMES }];
}

type Issue = { path: PropertyKey[]; message: string; code: string; keys?: string[] };

function describeIssues(issues: readonly Issue[], document: unknown): string {
  const shown = issues.slice(0, 5).map((issue) => describeIssue(issue, document));
  const rest = issues.length - shown.length;
  return shown.join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}

function describeIssue(issue: Issue, document: unknown): string {
  const path = `$${issue.path.map((key) => memberPath(typeof key === 'number' ? key : String(key))).join('')}`;
  if (issue.code === 'unrecognized_keys')
    return `${path} has the unknown key ${(issue.keys ?? [])
      .slice(0, 3)
      .map((key) => JSON.stringify(clip(key)))
      .join(', ')}`;
  let value = document;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  const expected = issue.message
    .replace(/^(Invalid input|Too big|Too small|Invalid string|Invalid option): /, '')
    .replace(/^expected /, '');
  return `${path} is ${describe(value)}, expected ${clip(expected, 300)}`;
}

/** A value as an error message shows it: short, on one line, without control characters. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return clip(JSON.stringify(value) ?? String(value));
}

function clip(text: string, length = 80): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return plain.length > length ? `${plain.slice(0, length)}…` : plain;
}

function corrupt(where: string, problem: string): DocumentError {
  return new DocumentError('corrupt', `${where} is corrupt: ${problem}`);
}

/** Numbers that JSON cannot hold become null here, and the check that follows every encoding refuses those. */
function canonicalJson(result: Result): string {
  const { schema, version, ...rest } = result;
  return `${JSON.stringify({ schema, version, ...(sorted(rest) as object) })}\n`;
}

function sorted(value: unknown, key?: string): unknown {
  if (typeof value !== 'object' || value === null || key === 'buckets') return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item));
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member, name)]));
}
