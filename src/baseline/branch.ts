import type { BaselineQuery, BaselineStore, History, Stored } from '../domain/baseline.ts';
import { DocumentError, UsageError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import { type Clock, nextWait } from './clock.ts';
import { decodeResult, encodeBaseline } from './codec.ts';
import { blobSha, type GitDatabase, type TreeChange, type TreeFile } from './git-database.ts';
import { baselineNames, newestFirst, README, SERIES_FILE, seriesFolder, WINDOW_FILE } from './layout.ts';
import { CAPS } from './limits.ts';
import { disqualification, expectProvenance } from './provenance.ts';
import { StoreError, TransientStoreError } from './store-error.ts';
import { encodeWindow, verifiedCopies, WINDOW_BYTES, WINDOW_ENTRIES } from './window.ts';

export type BranchStoreOptions = {
  git: GitDatabase;
  clock: Clock;
  /** Default `perf-baseline`. */
  branch?: string;
  /** Baselines kept on the branch for each series. Default 100. */
  keep?: number;
  /** Milliseconds until `append` gives up. Default 5 minutes. */
  deadlineMs?: number;
};

/** Baselines read one by one, beside those in the window, for one lookup or append: requests are few and counted. */
const FETCHES = 6;

/**
 * Baselines on a branch of their own, written through the Git Data API: no clone, the checkout untouched. Many
 * writers at once lose nothing: each commits onto the head it read, and reads again when it lost the race.
 */
export function branchStore(options: BranchStoreOptions): BaselineStore {
  const branch = options.branch ?? 'perf-baseline';
  const settings = { keep: 100, deadlineMs: 300_000, ...options, branch };
  return {
    type: 'branch',
    history: (query) => readHistory(options.git, branch, query),
    append: (result) => append(settings, result),
  };
}

async function readHistory(git: GitDatabase, branch: string, query: BaselineQuery): Promise<History> {
  const head = await git.head(branch);
  const history: History = { entries: [], unreadable: [] };
  if (head === null) return history;
  const files = await git.files(head, seriesFolder(query.series));
  const wanted = newestFirst(files).slice(0, query.limit);
  const copies = wanted.length > 0 ? await readWindow(git, files) : new Map<string, Uint8Array>();
  let fetches = 0;
  for (const { file, name } of wanted) {
    const location = `branch ${branch}, ${file.path}`;
    try {
      const copy = copies.get(name);
      // Without a window of use, the newest few have to do; the next append makes the window good again.
      if (copy === undefined && ++fetches > FETCHES && history.entries.length > 0) break;
      const bytes = copy ?? (await readBaseline(git, file, location));
      const result = decodeResult(bytes, location, CAPS.storedTextBytes);
      expectProvenance(result, { location, series: query.series, repository: git.repository });
      if (!baselineNames(result).includes(name))
        throw new DocumentError(
          'corrupt',
          `${location} is refused: it holds the baseline ${baselineNames(result)[0]}`,
        );
      history.entries.push({ result, location });
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      const reason = error.reason === 'newer' ? 'newer' : 'corrupt';
      history.unreadable.push({ location, reason, detail: error.message });
    }
  }
  return history;
}

async function readWindow(git: GitDatabase, files: readonly TreeFile[]): Promise<Map<string, Uint8Array>> {
  const window = files.find((file) => file.path.endsWith(`/${WINDOW_FILE}`));
  if (window === undefined || window.bytes > 2 * WINDOW_BYTES) return new Map();
  const listed = new Map(newestFirst(files).map(({ file, name }) => [name, file.sha]));
  return verifiedCopies(await git.readBlob(window.sha), listed);
}

function readBaseline(git: GitDatabase, file: TreeFile, location: string): Promise<Uint8Array> {
  if (file.bytes > CAPS.compressedBytes)
    throw new DocumentError(
      'corrupt',
      `${location} is corrupt: it has ${file.bytes} bytes, expected at most ${CAPS.compressedBytes}`,
    );
  return git.readBlob(file.sha);
}

type Settings = Required<BranchStoreOptions>;

/** One baseline on its way to the branch. `attempt` looks before it writes, so that it can be repeated at will. */
type Writing = { result: Result; folder: string; bytes: Uint8Array; sha: string };

async function append(settings: Settings, result: Result): Promise<Stored> {
  const disqualified = disqualification(result);
  if (disqualified !== undefined)
    throw new UsageError(`the result is not stored as a baseline: ${disqualified}`);
  const bytes = encodeBaseline(result);
  const writing = { result, folder: seriesFolder(result.series), bytes, sha: blobSha(bytes) };
  const { clock, deadlineMs, branch } = settings;
  const end = clock.now() + deadlineMs;
  let wait = 0;
  for (let attempts = 1; ; attempts++) {
    let obstacle = 'another job wrote to the branch each time';
    let asked = 0;
    const started = clock.now();
    try {
      const outcome = await attempt(settings, writing);
      if (outcome.status === 'stored') return outcome.stored;
      if (outcome.status === 'moved-on' && clock.now() <= end) continue;
    } catch (error) {
      if (!(error instanceof TransientStoreError)) throw error;
      obstacle = error.message;
      asked = error.waitMs;
    }
    wait = nextWait(wait, clock.now() - started, clock);
    if (clock.now() + Math.max(wait, asked) > end)
      throw new StoreError(
        `the baseline could not be stored on the branch ${branch} within ${Math.round(deadlineMs / 1000)} s (${attempts} attempts): ${obstacle}. Run the job again`,
      );
    await clock.sleep(Math.max(wait, asked));
  }
}

type Attempt = { status: 'stored'; stored: Stored } | { status: 'raced' } | { status: 'moved-on' };

async function attempt({ git, branch, keep }: Settings, writing: Writing): Promise<Attempt> {
  const head = await git.head(branch);
  const files = head === null ? [] : await git.files(head, writing.folder);
  const place = await findPlace(git, files, writing);
  const location = `branch ${branch}, ${place.path}`;
  if (place.taken)
    return { status: 'stored', stored: head === null ? { location } : { location, sha: head } };
  const changes = await plan(git, files, writing, place.path, keep, head === null);
  const commit = await git.commit(head, changes, commitMessage(writing.result));
  if ((await git.moveBranch(branch, head, commit)) === 'raced') return { status: 'raced' };
  // Acknowledged only once it is seen: an answer can be wrong about what happened to the branch since.
  if ((await git.head(branch)) === commit) return { status: 'stored', stored: { location, sha: commit } };
  return { status: 'moved-on' };
}

/** The path for this baseline, and whether it is there already. A name taken by another result is left alone. */
async function findPlace(
  git: GitDatabase,
  files: readonly TreeFile[],
  { result, folder, sha }: Writing,
): Promise<{ path: string; taken: boolean }> {
  const [name, alternative] = baselineNames(result);
  for (const candidate of [name, alternative]) {
    const path = `${folder}/${candidate}`;
    const file = files.find((other) => other.path === path);
    if (file === undefined) return { path, taken: false };
    if (file.sha === sha || (await holds(git, file, result.id))) return { path, taken: true };
  }
  throw new StoreError(
    `${folder}/${alternative} is taken by a file that is not this result: delete it from the branch and run the job again`,
  );
}

async function holds(git: GitDatabase, file: TreeFile, id: string): Promise<boolean> {
  try {
    return decodeResult(await readBaseline(git, file, file.path), file.path).id === id;
  } catch (error) {
    if (error instanceof DocumentError) return false;
    throw error;
  }
}

async function plan(
  git: GitDatabase,
  files: readonly TreeFile[],
  writing: Writing,
  path: string,
  keep: number,
  first: boolean,
): Promise<TreeChange[]> {
  const added: TreeFile = { path, sha: writing.sha, bytes: writing.bytes.byteLength };
  const ordered = newestFirst([...files, added]);
  const removed = ordered.slice(keep).filter(({ file }) => file !== added);
  const window = await nextWindow(git, files, ordered.slice(0, Math.min(keep, WINDOW_ENTRIES)), writing);
  const changes: TreeChange[] = [
    { path, blob: await git.writeBlob(writing.bytes) },
    { path: `${writing.folder}/${WINDOW_FILE}`, text: window },
    ...removed.map(({ file }) => ({ path: file.path, removed: true as const })),
  ];
  const seriesFile = `${writing.folder}/${SERIES_FILE}`;
  if (!files.some((file) => file.path === seriesFile)) {
    const text = `${JSON.stringify({ series: writing.result.series }, null, 2)}\n`;
    changes.push({ path: seriesFile, text });
  }
  if (first) changes.push({ path: 'README.md', text: README });
  return changes;
}

async function nextWindow(
  git: GitDatabase,
  files: readonly TreeFile[],
  newest: readonly { file: TreeFile; name: string }[],
  writing: Writing,
): Promise<string> {
  const known = newest.length > 1 ? await readWindow(git, files) : new Map<string, Uint8Array>();
  const copies = new Map<string, Uint8Array>();
  let bytes = 0;
  let fetches = 0;
  for (const { file, name } of newest) {
    bytes += file.bytes;
    if (bytes > WINDOW_BYTES) break;
    const copy = file.sha === writing.sha ? writing.bytes : known.get(name);
    if (copy !== undefined) copies.set(name, copy);
    else if (++fetches <= FETCHES) copies.set(name, await git.readBlob(file.sha));
  }
  return encodeWindow(copies);
}

/** Names of branches and series are left out: nothing in a message may mention, close or trigger anything. */
function commitMessage(result: Result): string {
  const commit = result.commit === null ? 'an unknown commit' : result.commit.sha.slice(0, 12);
  const run =
    result.origin === null ? '' : ` (run ${result.origin.runId}, attempt ${result.origin.runAttempt})`;
  return `Baseline of ${commit}${run} [skip ci]`;
}
