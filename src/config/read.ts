import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Config } from '../domain/config.ts';
import { ConfigError, UsageError } from '../domain/errors.ts';
import { configFreeText } from './config-free.ts';
import { type ParseOptions, parseConfig } from './parse.ts';
import type { Variables } from './variables.ts';

export const DEFAULT_FILE = '.github/perf-baseline.yml';
const MAX_BYTES = 1_000_000;

export type ReadOptions = {
  /** The config file, relative to the working directory. Empty or absent: the default file, where there is one. */
  file?: string | undefined;
  /** The config-free way. Empty counts as absent. */
  start?: string | undefined;
  url?: string | undefined;
  workingDirectory: string;
  /** Whether `start` and `url` may hold secrets, as inputs of a workflow do: then reports do not quote them. */
  conceal?: boolean;
  env: Variables | null;
  /** What paths are shown relative to, and what a symbolic link must not lead out of. Default: the current directory. */
  workspace?: string;
};

/**
 * Reads the config of a run, from its file or from `start` and `url`. Throws a ConfigError with every problem of the
 * file, or a UsageError where there is no config to read.
 */
export async function readConfig(options: ReadOptions): Promise<Config> {
  const { workingDirectory, env, workspace = process.cwd(), conceal = false } = options;
  const [file, start, url] = [options.file, options.start, options.url].map(
    (given) => given?.trim() || undefined,
  );
  const free = start !== undefined || url !== undefined;
  const text = await readText(file ?? DEFAULT_FILE, workingDirectory, workspace);
  if (text !== undefined && free)
    throw new UsageError(
      `${text.shown} and ${start === undefined ? 'url' : 'start'} both say what to measure: ` +
        'remove start and url, or the config file.',
    );
  if (text !== undefined) return parseConfig(text.content, { file: text.shown, workingDirectory, env });
  if (file !== undefined) {
    const shown = shownPath(resolve(workingDirectory, file), workspace);
    throw problemAtStart(shown, 'config', file, 'an existing config file', 'there is no such file');
  }
  if (!free)
    throw new UsageError(
      `Nothing to measure: there is no ${DEFAULT_FILE} in ${resolve(workingDirectory)}. ` +
        'Add one, name another with config, or give start and url.',
    );
  const parse: ParseOptions = { file: 'start and url', workingDirectory, env };
  const config = parseConfig(configFreeText({ start, url }, conceal), parse);
  const { target } = config;
  const shown = start === undefined || !conceal ? {} : { shownStart: programOf(start) };
  return { ...config, target: { ...target, ...shown }, file: null };
}

/** The program of a command, where that is all its first word is: a secret may be anywhere else, and a report is not masked. */
function programOf(command: string): string {
  const [program = '', ...more] = command.split(/\s+/);
  if (/[^\w./-]/.test(program)) return '…';
  return more.length > 0 ? `${program} …` : program;
}

/** Content of a config file, or undefined when there is none. Everything else that is not a readable file is an error. */
async function readText(
  file: string,
  workingDirectory: string,
  workspace: string,
): Promise<{ shown: string; content: string } | undefined> {
  const path = resolve(workingDirectory, file);
  const shown = shownPath(path, workspace);
  const refuse = (expected: string, message: string) =>
    problemAtStart(shown, 'config', file, expected, message);
  try {
    const real = await realpath(path);
    const sound = isWithin(path, resolve(workspace))
      ? isWithin(real, await realpath(workspace))
      : real === join(await realpath(dirname(path)), basename(path));
    if (!sound)
      throw refuse('a file inside the workspace', 'is a symbolic link that leads out of the workspace');
    // Non-blocking, so that a pipe in its place is refused and not waited for.
    const handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw refuse('a file', 'is not a regular file');
      if (stat.size > MAX_BYTES) throw refuse('at most 1 MB', `has ${stat.size} bytes`);
      const bytes = Buffer.alloc(MAX_BYTES + 1);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      if (bytesRead > MAX_BYTES) throw refuse('at most 1 MB', `has more than ${MAX_BYTES} bytes`);
      return { shown, content: decode(bytes.subarray(0, bytesRead), refuse) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw refuse('a readable file', code === 'EACCES' ? 'may not be read' : message);
  }
}

function decode(bytes: Uint8Array, refuse: (expected: string, message: string) => ConfigError): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('text in UTF-8', 'is not UTF-8');
  }
}

function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return from === '' || (!from.startsWith('..') && !isAbsolute(from));
}

/** Relative to the workspace, as annotations need it; absolute outside. */
function shownPath(path: string, workspace: string): string {
  return isWithin(path, resolve(workspace)) ? relative(resolve(workspace), path).replaceAll('\\', '/') : path;
}

function problemAtStart(
  file: string,
  path: string,
  value: string,
  expected: string,
  what: string,
): ConfigError {
  const message = `${what}; expected ${expected}`;
  return new ConfigError([{ file, line: 1, column: 1, path, value, expected, message }]);
}
