import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Uploaded } from '../baseline/artifact-service.ts';
import { StoreError, TransientStoreError } from '../baseline/store-error.ts';

/** The part of `@actions/artifact` that is used. */
export interface ArtifactClient {
  uploadArtifact(
    name: string,
    files: string[],
    rootDirectory: string,
    options?: { compressionLevel?: number },
  ): Promise<{ id?: number; digest?: string }>;
}

export type UploadOptions = {
  /** Default: `@actions/artifact`, which reads `ACTIONS_RUNTIME_TOKEN` and `ACTIONS_RESULTS_URL`. */
  artifactClient?: () => Promise<ArtifactClient>;
  /** Ends downloads when the run is cancelled, and the wait for an upload, which cannot be ended. */
  signal?: AbortSignal;
};

/** An upload that makes no progress for so long is given up; the client's own patience is five minutes. */
const UPLOAD_STALL_MS = 30_000;
/** One try of an upload as a whole. An answer that ends in the middle leaves the client waiting without end. */
const UPLOAD_TIMEOUT_MS = 90_000;

/**
 * Uploads files as one artifact of the running workflow. Rejects with a StoreError, a TransientStoreError where another try,
 * under another name, may help; and with the reason of the signal when the run is cancelled.
 */
export function uploadArtifact(
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
  { artifactClient = actionsArtifact, signal }: UploadOptions,
): Promise<Uploaded | 'name-taken'> {
  return unlessCancelled(() => upload(artifactClient, name, files), signal);
}

/** Rejects as soon as the run is cancelled; the work goes on unheard until the process ends. */
async function unlessCancelled<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work();
  signal.throwIfAborted();
  const cancelled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work(), cancelled]);
}

/** Rejects when the work takes longer than an upload may; until then it keeps the process alive. */
async function withinLimit<T>(work: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransientStoreError(message)), UPLOAD_TIMEOUT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function actionsArtifact(): Promise<ArtifactClient> {
  process.env.ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS ||= String(UPLOAD_STALL_MS);
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

async function upload(
  artifactClient: () => Promise<ArtifactClient>,
  name: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Uploaded | 'name-taken'> {
  const folder = await mkdtemp(join(tmpdir(), 'perf-baseline-upload-'));
  try {
    const paths: string[] = [];
    for (const [file, bytes] of files) {
      const path = join(folder, file);
      await writeFile(path, bytes);
      paths.push(path);
    }
    const client = await artifactClient();
    const { id, digest } = await withinLimit(
      // The contents are gzip already.
      client.uploadArtifact(name, paths, folder, { compressionLevel: 0 }),
      `could not upload artifact ${name}: it was not through within ${UPLOAD_TIMEOUT_MS / 1000} s`,
    );
    if (id === undefined)
      throw new TransientStoreError(`could not upload artifact ${name}: it was given no id`);
    return { id, digest: digest === undefined ? null : `sha256:${digest.replace(/^sha256:/, '')}` };
  } catch (error) {
    const failure = uploadFailure(error as Error, name);
    if (failure === 'name-taken') return failure;
    throw failure;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The client of artifacts has no codes: its sentences are all there is to tell its failures apart. */
function uploadFailure(error: Error, name: string): 'name-taken' | StoreError {
  if (error instanceof StoreError) return error;
  const { message } = error;
  const cannot = (why: string) =>
    new StoreError(`could not upload artifact ${name}: ${why}`, { cause: error });
  if (/\(409\)|already exists/i.test(message)) return 'name-taken';
  if (error.name === 'GHESNotSupportedError')
    return cannot('GitHub Enterprise Server has no such artifacts; use `baseline-store: branch`');
  if (/ACTIONS_RUNTIME_TOKEN|ACTIONS_RESULTS_URL/.test(message))
    return cannot('this is possible only inside a workflow run; use another `baseline-store`');
  if (/quota/i.test(message))
    return cannot(
      "the account's artifact storage is used up; delete old artifacts, or use `baseline-store: branch`",
    );
  return new TransientStoreError(
    `could not upload artifact ${name}: ${message.replace(/\s+/g, ' ').slice(0, 300)}`,
    0,
    { cause: error },
  );
}
