import type { BaselineQuery, BaselineStore, History, Stored, StoredBaseline } from '../domain/baseline.ts';
import { DocumentError, UsageError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import type { ArtifactService, ListedArtifact } from './artifact-service.ts';
import { type Clock, nextWait } from './clock.ts';
import { decodeResult, encodeBaseline } from './codec.ts';
import { baselineNames, newestFirst } from './layout.ts';
import { CAPS } from './limits.ts';
import { disqualification, expectProvenance } from './provenance.ts';
import { seriesHash } from './series-key.ts';
import { StoreError, TransientStoreError } from './store-error.ts';
import { allCopies, encodeWindow, WINDOW_ENTRIES } from './window.ts';
import { readZip, ZIP_BYTES } from './zip.ts';

/** Pushes looked back over. A series that none of them measured starts anew. */
const RUNS = 20;
/** Runs whose artifacts are opened for one lookup: each carries copies of those before it, two make up for runs that overlapped. */
const DOWNLOADS = 2;
const UPLOADS = 5;
/** As long as all tries of an upload may take: a service that asks for more is not waited for. */
const UPLOADS_MS = 300_000;

const BASELINE_FILE = 'baseline.json.gz';
const WINDOW_FILE = 'window.json';
const RESULT_FILE = 'result.json.gz';
const BASE_FILE = 'base.json.gz';

export type ArtifactStoreOptions = { artifacts: ArtifactService; clock: Clock };

/**
 * Baselines as artifacts of the workflow's own runs for pushes to the default branch: no branch and no write
 * permission needed, kept as long as the repository keeps artifacts (90 days unless set otherwise). Each carries
 * copies of the newest ones before it, so that a lookup opens two.
 */
export function artifactStore({ artifacts, clock }: ArtifactStoreOptions): BaselineStore {
  let last: { series: string; history: Promise<History> } | undefined;
  const history = (query: BaselineQuery) => {
    last = { series: query.series, history: readHistory(artifacts, query) };
    return last.history;
  };
  /** What this job has just compared with: asked for again only where it was not asked for. */
  const newest = (series: string) =>
    last?.series === series ? last.history : history({ series, limit: WINDOW_ENTRIES });
  return { type: 'artifact', history, append: (result) => append(artifacts, clock, result, newest) };
}

/** `perf-baseline-history-<series>-<attempt>` for baselines, `perf-baseline-result-...` for any run's result. */
export function artifactName(kind: 'history' | 'result', result: Result, upload = 1): string {
  const attempt = result.origin?.runAttempt ?? 1;
  const suffix = upload === 1 ? '' : `-${upload}`;
  return `perf-baseline-${kind}-${seriesHash(result.series)}-${attempt}${suffix}`;
}

const NAME = /^perf-baseline-(history|result)-([0-9a-f]{20})-(\d{1,6})(?:-(\d{1,6}))?$/;

/** What the name of one of our artifacts says; undefined for any other artifact. */
export function parseArtifactName(name: string) {
  const [, kind, series, attempt, upload] = NAME.exec(name) ?? [];
  if (kind === undefined || series === undefined) return undefined;
  return {
    kind: kind as 'history' | 'result',
    series,
    attempt: Number(attempt),
    upload: Number(upload ?? 1),
  };
}

async function readHistory(artifacts: ArtifactService, query: BaselineQuery): Promise<History> {
  const found = new Map<string, StoredBaseline & { path: string }>();
  const unreadable: History['unreadable'] = [];
  let downloads = 0;
  for (const run of await artifacts.pushRuns(RUNS)) {
    if (downloads >= DOWNLOADS || found.size >= query.limit) break;
    let opened = false;
    for (const artifact of ofSeries(await artifacts.artifactsOf(run), query.series)) {
      const location = `artifact ${artifact.name} of run ${run}`;
      const place = { location, series: query.series, repository: artifacts.repository };
      const items = await openArtifact(artifacts, artifact, place, run);
      if (items.length > 0) opened = true;
      for (const item of items) {
        if ('reason' in item) unreadable.push(item);
        else if (!found.has(item.result.id)) found.set(item.result.id, item);
      }
    }
    if (opened) downloads += 1;
  }
  const ordered = newestFirst([...found.values()]).slice(0, query.limit);
  return { entries: ordered.map(({ file: { result, location } }) => ({ result, location })), unreadable };
}

function ofSeries(listed: readonly ListedArtifact[], series: string): ListedArtifact[] {
  const hash = seriesHash(series);
  return listed
    .flatMap((artifact) => {
      const name = parseArtifactName(artifact.name);
      return name?.kind === 'history' && name.series === hash && !artifact.expired
        ? [{ artifact, name }]
        : [];
    })
    .sort((a, b) => b.name.attempt - a.name.attempt || b.name.upload - a.name.upload)
    .map(({ artifact }) => artifact);
}

type Place = { location: string; series: string; repository: string };
type Opened = (StoredBaseline & { path: string }) | History['unreadable'][number];

/**
 * The baseline of an artifact, then the copies it carries; nothing when it is gone. Only the first must be of the
 * run it was found in.
 */
async function openArtifact(
  artifacts: ArtifactService,
  artifact: ListedArtifact,
  place: Place,
  run: number,
): Promise<Opened[]> {
  let files: Map<string, Uint8Array>;
  try {
    const zip = await artifacts.download(artifact, ZIP_BYTES);
    if (zip === 'gone') return [];
    files = await readZip(zip, place.location);
  } catch (error) {
    return [unreadableEntry(error, place.location)];
  }
  const own = files.get(BASELINE_FILE);
  const opened: Opened[] = [
    own === undefined
      ? { location: place.location, reason: 'corrupt', detail: `${place.location} holds no ${BASELINE_FILE}` }
      : openBaseline(own, { ...place, runId: run }),
  ];
  for (const [name, copy] of allCopies(files.get(WINDOW_FILE) ?? new Uint8Array())) {
    const item = openBaseline(copy, place);
    // A damaged copy is no damaged baseline: that one is in an artifact of its own.
    if (!('reason' in item) && item.path === name) opened.push(item);
  }
  return opened;
}

function openBaseline(bytes: Uint8Array, place: Place & { runId?: number }): Opened {
  try {
    const result = decodeResult(bytes, place.location, CAPS.storedTextBytes);
    expectProvenance(result, place);
    return { result, location: place.location, path: baselineNames(result)[1] };
  } catch (error) {
    return unreadableEntry(error, place.location);
  }
}

function unreadableEntry(error: unknown, location: string): History['unreadable'][number] {
  if (!(error instanceof DocumentError)) throw error;
  return { location, reason: error.reason === 'newer' ? 'newer' : 'corrupt', detail: error.message };
}

type Newest = (series: string) => Promise<History>;

async function append(
  artifacts: ArtifactService,
  clock: Clock,
  result: Result,
  newest: Newest,
): Promise<Stored> {
  const disqualified = disqualification(result);
  if (disqualified !== undefined)
    throw new UsageError(`the result is not stored as a baseline: ${disqualified}`);
  const files = new Map([[BASELINE_FILE, encodeBaseline(result)]]);
  const copies = await copiesOfNewest(newest, result);
  if (copies.size > 0) files.set(WINDOW_FILE, Buffer.from(encodeWindow(copies)));
  const { name } = await uploadAnew(
    artifacts,
    clock,
    files,
    (upload) => artifactName('history', result, upload),
    true,
  );
  return { location: `artifact ${name} of run ${result.origin?.runId ?? 'unknown'}` };
}

/** Copies save requests, no more: when the history cannot be read now, the baseline is stored without them. */
async function copiesOfNewest(newest: Newest, result: Result): Promise<Map<string, Uint8Array>> {
  try {
    const { entries } = await newest(result.series);
    const others = entries.filter((entry) => entry.result.id !== result.id).slice(0, WINDOW_ENTRIES - 1);
    return new Map(others.map((entry) => [baselineNames(entry.result)[1], encodeBaseline(entry.result)]));
  } catch (error) {
    if (error instanceof StoreError) return new Map();
    throw error;
  }
}

/** A run's result, and what was measured of its base beside it in a paired run. */
export type UploadedResult = { result: Result; base: Result | null };

/**
 * Uploads any run's result, for a publishing workflow to read: a pull request's own, a fork's too. It is never
 * taken for a baseline. Rejects as the port does.
 */
export async function uploadResult(
  { artifacts, clock }: ArtifactStoreOptions,
  result: Result,
  base: Result | null = null,
): Promise<{ name: string; id: number }> {
  const files = new Map([[RESULT_FILE, encodeBaseline(result)]]);
  if (base !== null) files.set(BASE_FILE, encodeBaseline(base));
  return uploadAnew(artifacts, clock, files, (upload) => artifactName('result', result, upload), false);
}

/**
 * What is in the zip of an artifact made by uploadResult. Rejects with a DocumentError that says what is wrong with
 * it: a file that was not put there by uploadResult is wrong too.
 */
export async function readUploadedResult(zip: Uint8Array, where: string): Promise<UploadedResult> {
  const files = await readZip(zip, where);
  const refuse = (problem: string): never => {
    throw new DocumentError('corrupt', `${where} is refused: ${problem}`);
  };
  const stranger = [...files.keys()].find((name) => name !== RESULT_FILE && name !== BASE_FILE);
  if (stranger !== undefined) refuse(`it holds ${JSON.stringify(stranger.slice(0, 80))}, which is no result`);
  const decode = (name: string) => {
    const bytes = files.get(name);
    return bytes === undefined ? null : decodeResult(bytes, where, CAPS.storedTextBytes);
  };
  const [result, base] = [decode(RESULT_FILE), decode(BASE_FILE)];
  if (result === null) return refuse(`it holds no ${RESULT_FILE}`);
  if (base !== null && (base.pairing === null || base.pairing.id !== result.pairing?.id))
    return refuse(`its ${BASE_FILE} was not measured beside its ${RESULT_FILE}`);
  return { result, base };
}

/** A failed upload burns its name (the service refuses a second one), so each try has a name of its own. */
async function uploadAnew(
  artifacts: ArtifactService,
  clock: Clock,
  files: ReadonlyMap<string, Uint8Array>,
  nameOf: (upload: number) => string,
  lookAfter: boolean,
): Promise<{ name: string; id: number }> {
  const end = clock.now() + UPLOADS_MS;
  let wait = 0;
  for (let upload = 1, failures = 0; ; upload++) {
    const name = nameOf(upload);
    try {
      const uploaded = await artifacts.upload(name, files);
      // Another job of the run with the same series: no failure, and no reason to wait.
      if (uploaded === 'name-taken' && upload < 100) continue;
      if (uploaded === 'name-taken')
        throw new StoreError(`could not upload an artifact: ${name} and 99 more are taken`);
      if (lookAfter) await expectThere(artifacts, name, uploaded);
      return { name, id: uploaded.id };
    } catch (error) {
      failures += 1;
      if (!(error instanceof TransientStoreError) || failures >= UPLOADS) throw error;
      wait = nextWait(wait, 0, clock);
      if (clock.now() + Math.max(wait, error.waitMs) > end) throw error;
      await clock.sleep(Math.max(wait, error.waitMs));
    }
  }
}

async function expectThere(
  artifacts: ArtifactService,
  name: string,
  uploaded: { id: number; digest: string | null },
): Promise<void> {
  const listed = await artifacts.find(uploaded.id);
  const sound =
    listed?.name === name && (!listed.digest || !uploaded.digest || listed.digest === uploaded.digest);
  if (!sound)
    throw new TransientStoreError(
      `could not store the baseline: artifact ${name} is not there as it was uploaded`,
    );
}
