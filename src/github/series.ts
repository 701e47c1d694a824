import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { UsageError } from '../domain/errors.ts';
import { type Env, workflowPath } from './event.ts';

/** `key` keeps unlike things apart; `title` is for a heading: the job and the values of its matrix. */
export type Series = { key: string; title: string };

/** `config` as in the input, relative to the working directory; null: the default file, or none. */
type Parts = { workingDirectory: string; config: string | null };

const DEFAULT_CONFIG = '.github/perf-baseline.yml';

/**
 * The series of this job. The input's default in `action.yml` is `auto ${{ toJSON(matrix) }}`: the legs of a matrix
 * share all of their environment, and only an expression in a default can tell them apart. Anything else than
 * `auto` is the key itself, as its author wrote it.
 */
export function readSeries(input: string, env: Env, parts: Parts): Series {
  const text = input.trim();
  if (text !== '' && !/^auto(\s|$)/.test(text)) {
    const key = oneLine(text);
    return { key, title: cut(key, 80) };
  }
  const matrix = readMatrix(text.replace(/^auto/, '').trim());
  const folder = plainPath(parts.workingDirectory);
  const named = parts.config === null ? '' : plainPath(parts.config);
  // Written out or left to the default, it is the same file and the same series.
  const config = named === DEFAULT_CONFIG ? '' : named;
  const key = [
    workflowFile(env),
    env.GITHUB_JOB ?? '',
    env.RUNNER_OS ?? '',
    matrix === null ? '' : canonical(matrix),
    folder,
    config,
  ].join(' | ');
  return { key: oneLine(key), title: titleOf(env.GITHUB_JOB ?? 'perf-baseline', matrix, folder, config) };
}

/** What a key says that was made here; null for one that somebody wrote. `config`: null for the default file. */
export type SeriesParts = {
  workflow: string;
  title: string;
  workingDirectory: string;
  config: string | null;
};

/** Reads a key back. It may come from a stranger: what it says is a claim, and its paths stay inside the repository. */
export function partsOfSeries(key: string): SeriesParts | null {
  // What stands in the middle is JSON, and may hold anything.
  const parts = /^([^|]*)\|([^|]*)\|([^|]*)\|(.*)\|([^|]*)\|([^|]*)$/s.exec(key)?.slice(1);
  if (parts === undefined) return null;
  const [workflow = '', job = '', , matrix = '', folder = '', config = ''] = parts.map((part) => part.trim());
  if (!workflow.startsWith('.github/')) return null;
  if ([folder, config].some((path) => posix.isAbsolute(path) || path.split(/[\\/]/).includes('..')))
    return null;
  let values: Record<string, unknown> | null = null;
  try {
    values = readMatrix(matrix);
  } catch {
    return null;
  }
  return {
    workflow,
    title: titleOf(job, values, folder, config),
    workingDirectory: folder,
    config: config === '' ? null : config,
  };
}

/** A heading for a series of which only the key is known. */
export function titleOfSeries(key: string): string {
  return partsOfSeries(key)?.title ?? cut(oneLine(key), 80);
}

function titleOf(
  job: string,
  matrix: Record<string, unknown> | null,
  folder: string,
  config: string,
): string {
  const values = matrix === null ? [] : Object.values(matrix).map(matrixValue);
  const legs = values.length === 0 ? '' : ` (${values.join(', ')})`;
  const place = [folder === '.' ? '' : folder, config].filter((part) => part !== '').join(' ');
  return cut(oneLine(`${job}${legs}${place === '' ? '' : ` ${place}`}`), 80);
}

function plainPath(path: string): string {
  return posix.normalize(path).replace(/\/+$/, '') || '.';
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Sixteen hex digits that stand for a series or a comment key in markers, names and paths. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** File of the workflow that runs, by `GITHUB_WORKFLOW_REF` (`owner/name/.github/workflows/perf.yml@refs/heads/x`). */
export function workflowFile(env: Env): string {
  const path = workflowPath(env.GITHUB_WORKFLOW_REF ?? '');
  return path === '' ? (env.GITHUB_WORKFLOW ?? '') : path;
}

function readMatrix(json: string): Record<string, unknown> | null {
  if (json === '' || json === 'null') return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.keys(value).length === 0 ? null : (value as Record<string, unknown>);
  }
  throw new UsageError(
    `input \`series\` is '${cut(`auto ${json}`, 120)}'; expected a text of your own, or leave it out for its default`,
  );
}

/** JSON with sorted keys: the order in which a workflow lists its matrix does not matter. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

function matrixValue(value: unknown): string {
  return typeof value === 'object' && value !== null ? canonical(value) : String(value);
}

function cut(text: string, length: number): string {
  const points = [...text];
  return points.length > length ? `${points.slice(0, length - 1).join('')}…` : text;
}
