import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BaselineQuery, BaselineStore, History, Stored, StoredBaseline } from '../domain/baseline.ts';
import { DocumentError, UsageError } from '../domain/errors.ts';
import { RESULT_SCHEMA, type Result } from '../domain/result.ts';
import { type OpenFile, writeOnce } from './atomic-file.ts';
import { decodeResult, encodeResult } from './codec.ts';
import { SERIES_FILE, WINDOW_FILE } from './layout.ts';
import { CAPS } from './limits.ts';
import { makeFolder } from './make-folder.ts';
import { seriesHash } from './series-key.ts';

/** `<time>-<series>-<id>.json`: what this store writes. Names sort by time, so the newest are found without reading. */
const OWN_NAME = /^(\d{8}T\d{9}Z)-([0-9a-f]{20})-.+\.json$/;
/** Result files put there by hand are read too; more of them than this are a folder of something else. */
const FOREIGN_FILES = 500;

/**
 * Baselines in a folder: `baseline-path`, `--save DIR` and `--baseline DIR`. Where `path` is a file
 * (`--baseline FILE`), that one result is the history, of whatever series it is. A folder that does not exist
 * is an empty history. Rejects with a UsageError when the folder or a file in it cannot be read or written.
 */
export function fileStore(options: { path: string; open?: OpenFile }): BaselineStore {
  return {
    type: 'file',
    history: (query) => readHistory(options.path, query),
    append: (result) => save(options.path, result, options.open),
  };
}

async function readHistory(path: string, query: BaselineQuery): Promise<History> {
  const kind = await kindOf(path);
  if (kind === 'absent') return { entries: [], unreadable: [] };
  if (kind === 'file') return collect([{ path, follow: true, own: true }], () => true, 1);
  const hash = seriesHash(query.series);
  const names = await readdir(path).catch((error) => {
    throw cannot('read the folder', path, error);
  });
  const own = names.filter((name) => OWN_NAME.exec(name)?.[2] === hash).sort();
  const foreign = names.filter(
    (name) => /\.json(\.gz)?$/.test(name) && !OWN_NAME.test(name) && !name.startsWith('.'),
  );
  if (foreign.length > FOREIGN_FILES)
    throw new UsageError(
      `${path} holds ${foreign.length} JSON files that perf-baseline did not write: give baselines a folder of their own`,
    );
  const files = [
    ...own
      .reverse()
      .slice(0, query.limit)
      .map((name) => ({ path: join(path, name), follow: false, own: true })),
    ...foreign.sort().map((name) => ({ path: join(path, name), follow: false, own: false })),
  ];
  return collect(files, (result) => result.series === query.series, query.limit);
}

/** The newest of each series that are read at once. */
const NEWEST = 200;

/**
 * Every series of a folder at once, newest first: of one that `append` wrote, of loose result files, and of a checkout
 * of the branch that keeps baselines. A folder that does not exist is an empty history. Rejects as `history` does.
 */
export async function savedHistory(path: string): Promise<History> {
  if ((await kindOf(path)) !== 'folder') return readHistory(path, { series: '', limit: NEWEST });
  const inner = join(path, 'series');
  const folders = (await kindOf(inner)) === 'folder' ? await readdir(inner, { withFileTypes: true }) : [];
  const paths = [path, ...folders.filter((one) => one.isDirectory()).map(({ name }) => join(inner, name))];
  const histories = await Promise.all(paths.map(readFolder));
  return {
    entries: histories.flatMap(({ entries }) => entries).sort(newestFirst),
    unreadable: histories.flatMap(({ unreadable }) => unreadable),
  };
}

async function readFolder(path: string): Promise<History> {
  const all = await readdir(path).catch((error) => {
    throw cannot('read the folder', path, error);
  });
  const beside = [WINDOW_FILE, SERIES_FILE];
  const names = all.filter(
    (name) => /\.json(\.gz)?$/.test(name) && !name.startsWith('.') && !beside.includes(name),
  );
  const seen = new Map<string, number>();
  const files = names
    .sort()
    .reverse()
    .flatMap((name) => {
      const series = OWN_NAME.exec(name)?.[2];
      const before = seen.get(series ?? '') ?? 0;
      seen.set(series ?? '', before + 1);
      if (series === undefined && before === FOREIGN_FILES)
        throw new UsageError(
          `${path} holds more than ${FOREIGN_FILES} JSON files that perf-baseline did not write: give baselines a folder of their own`,
        );
      const file = { path: join(path, name), follow: false, own: series !== undefined };
      return series === undefined || before < NEWEST ? [file] : [];
    });
  return collect(files, () => true, files.length);
}

type Candidate = { path: string; follow: boolean; own: boolean };

async function collect(
  files: readonly Candidate[],
  wanted: (result: Result) => boolean,
  limit: number,
): Promise<History> {
  const byId = new Map<string, StoredBaseline>();
  const unreadable: History['unreadable'] = [];
  for (const file of files) {
    const bytes = await read(file);
    if (bytes === 'gone') continue;
    try {
      const result = decodeResult(bytes, file.path);
      if (wanted(result) && !byId.has(result.id)) byId.set(result.id, { result, location: file.path });
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      if (!file.own && isOtherDocument(bytes)) continue;
      const reason = error.reason === 'newer' ? 'newer' : 'corrupt';
      unreadable.push({ location: file.path, reason, detail: error.message });
    }
  }
  const entries = [...byId.values()].sort(newestFirst).slice(0, limit);
  return { entries, unreadable };
}

const newestFirst = (a: StoredBaseline, b: StoredBaseline): number =>
  Date.parse(b.result.createdAt) - Date.parse(a.result.createdAt) || (a.location < b.location ? 1 : -1);

/** A package.json beside the baselines is not a damaged baseline; anything that does not parse may be one. */
function isOtherDocument(bytes: Uint8Array): boolean {
  try {
    const document: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return (document as { schema?: unknown } | null)?.schema !== RESULT_SCHEMA;
  } catch {
    return false;
  }
}

async function read(file: Candidate): Promise<Uint8Array | 'gone'> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (file.follow ? 0 : constants.O_NOFOLLOW);
  try {
    const handle = await open(file.path, flags);
    try {
      const { size } = await handle.stat();
      if (size > CAPS.textBytes)
        throw new UsageError(
          `${file.path} has ${size} bytes, expected at most ${CAPS.textBytes}: it is no result of perf-baseline`,
        );
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !file.follow) return 'gone';
    if (code === 'ELOOP')
      throw new UsageError(
        `${file.path} is a symbolic link, which is not followed: put the file itself there, or remove it`,
      );
    if (error instanceof UsageError) throw error;
    throw cannot('read', file.path, error);
  }
}

async function kindOf(path: string): Promise<'absent' | 'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
    throw cannot('read', path, error);
  }
}

async function save(folder: string, result: Result, openFile?: OpenFile): Promise<Stored> {
  const text = encodeResult(result);
  if ((await kindOf(folder)) === 'file')
    throw new UsageError(`${folder} is a file, and baselines are saved in a folder: name a folder`);
  const stamp = new Date(result.createdAt).toISOString().replace(/[-:.]/g, '');
  const path = join(folder, `${stamp}-${seriesHash(result.series)}-${result.id}.json`);
  try {
    await makeFolder(folder);
    if ((await writeOnce(path, text, openFile)) === 'written') return { location: path };
  } catch (error) {
    throw cannot('save', path, error);
  }
  await expectSame(path, result);
  return { location: path };
}

/** A name that is taken is fine when it holds this very result, and a loss otherwise. */
async function expectSame(path: string, result: Result): Promise<void> {
  const bytes = await read({ path, follow: false, own: true });
  if (bytes !== 'gone' && decodeResult(bytes, path).id === result.id) return;
  throw new UsageError(
    `${basename(path)} exists and holds another result: remove it, nothing was overwritten`,
  );
}

const REMEDY: Record<string, string> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'the disk quota is used up: free some space',
  EROFS: 'the file system is read-only: choose another folder',
  EACCES: 'permission denied: allow it, or choose another folder',
  EPERM: 'it is not permitted: choose another folder',
  ENOTDIR: 'a part of the path is a file: choose another folder',
};

function cannot(action: string, path: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UsageError(`cannot ${action} ${path}: ${REMEDY[code ?? ''] ?? message}`, { cause: error });
}
