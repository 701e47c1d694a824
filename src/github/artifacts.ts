import { createHash } from 'node:crypto';
import type { ArtifactService, ListedArtifact } from '../baseline/artifact-service.ts';
import { StoreError, TransientStoreError } from '../baseline/store-error.ts';
import { DocumentError } from '../domain/errors.ts';
import { type UploadOptions, uploadArtifact } from './artifact-upload.ts';
import type { Client, Repo } from './client.ts';
import type { GitHubAction } from './errors.ts';
import { asStoreFault } from './store-fault.ts';
import { unlessAbsent } from './told-twice.ts';

export type ArtifactServiceOptions = UploadOptions & {
  client: Client;
  repo: Repo;
  /** File name of the workflow, or its id: whose runs are looked at. */
  workflow: string;
  defaultBranch: string;
  /** `GITHUB_API_URL`: which hosts a download may be redirected to follows from it. */
  apiUrl: string;
  fetch?: typeof fetch;
};

/** Artifacts of a run that are listed, a hundred a request: a run may have as many as its author likes. */
const MOST_ARTIFACTS = 2_000;

const DOWNLOAD_TRIES = 3;
const DOWNLOAD_TIMEOUT_MS = 60_000;

/** File name of the running workflow, from `GITHUB_WORKFLOW_REF` (`o/r/.github/workflows/perf.yml@refs/...`). */
export function workflowFileName(workflowRef: string): string {
  const match = /\/\.github\/workflows\/([^/@]+)@/.exec(workflowRef);
  if (match?.[1] !== undefined) return match[1];
  throw new StoreError(
    `GITHUB_WORKFLOW_REF is '${workflowRef}', expected OWNER/REPO/.github/workflows/FILE@REF: the artifact store works inside a workflow run only`,
  );
}

/** Artifacts of one workflow through the REST API and `@actions/artifact`. */
export function artifactService(options: ArtifactServiceOptions): ArtifactService {
  const { client, repo } = options;
  const { actions } = client.rest;
  return {
    repository: `${repo.owner}/${repo.repo}`,
    pushRuns: (limit) => pushRuns(options, limit),

    artifactsOf: (run) =>
      call('read-artifact', async () => {
        const all: ApiArtifact[] = [];
        const pages = client.paginate.iterator(actions.listWorkflowRunArtifacts, {
          ...repo,
          run_id: run,
          per_page: 100,
        });
        for await (const { data } of pages) {
          all.push(...data);
          if (all.length > MOST_ARTIFACTS)
            throw new StoreError(
              `run ${run} has more than ${MOST_ARTIFACTS} artifacts, which are too many to look through`,
            );
        }
        return all.map(listed);
      }),

    find: (id) =>
      call('read-artifact', async () => {
        const found = await unlessAbsent(() => actions.getArtifact({ ...repo, artifact_id: id }));
        return found && listed(found.data);
      }),

    async download(artifact, maxBytes) {
      if (artifact.bytes > maxBytes)
        throw new DocumentError(
          'corrupt',
          `artifact ${artifact.name} has ${artifact.bytes} bytes, expected at most ${maxBytes}`,
        );
      for (let tries = 1; ; tries++) {
        try {
          return await download(options, artifact, maxBytes);
        } catch (error) {
          // The address lasts a minute, so every try asks for a new one.
          if (!(error instanceof TransientStoreError) || tries === DOWNLOAD_TRIES) throw error;
        }
      }
    },

    upload: (name, files) => uploadArtifact(name, files, options),
  };
}

async function pushRuns({ client, repo, workflow, defaultBranch }: ArtifactServiceOptions, limit: number) {
  const { actions } = client.rest;
  return call('read-runs', async () => {
    const runs = await unlessAbsent(() =>
      actions.listWorkflowRuns({
        ...repo,
        workflow_id: workflow,
        branch: defaultBranch,
        event: 'push',
        exclude_pull_requests: true,
        per_page: limit,
      }),
    );
    if (runs === null) {
      // A workflow that is not on the default branch yet has no runs there. Seeing any runs at all proves that
      // the token may see them.
      await actions.listWorkflowRunsForRepo({ ...repo, per_page: 1 });
      return [];
    }
    // The filters are asked for above and checked here: a fork's branch may have the same name.
    return runs.data.workflow_runs
      .filter(
        (run) =>
          run.event === 'push' &&
          run.head_branch === defaultBranch &&
          run.head_repository?.id === run.repository.id,
      )
      .map((run) => run.id);
  });
}

type ApiArtifact = {
  id: number;
  name: string;
  size_in_bytes: number;
  expired: boolean;
  digest?: string | null;
  created_at?: string | null;
};

const listed = (artifact: ApiArtifact): ListedArtifact => ({
  id: artifact.id,
  name: artifact.name,
  bytes: artifact.size_in_bytes,
  expired: artifact.expired,
  digest: artifact.digest ?? null,
  ...(artifact.created_at && { createdAt: artifact.created_at }),
});

async function download(
  { client, repo, apiUrl, fetch: send = globalThis.fetch, signal }: ArtifactServiceOptions,
  artifact: ListedArtifact,
  maxBytes: number,
): Promise<Uint8Array | 'gone'> {
  const location = await call('read-artifact', async () => {
    const response = await unlessAbsent(() =>
      client.rest.actions.downloadArtifact({
        ...repo,
        artifact_id: artifact.id,
        archive_format: 'zip',
        request: { redirect: 'manual' },
      }),
    );
    return response === null ? 'gone' : (response.headers.location ?? '');
  });
  if (location === 'gone') return 'gone';
  if (!isBlobHost(location, apiUrl))
    throw new StoreError(
      `could not read an artifact: GitHub sent its download to ${hostOf(location)}, which is no storage of GitHub's; it was not followed`,
    );
  const bytes = await fetchBlob(send, location, maxBytes, artifact.name, signal);
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (artifact.digest !== null && artifact.digest !== digest)
    throw new TransientStoreError(
      `could not read artifact ${artifact.name}: it was damaged on its way (${digest}, expected ${artifact.digest})`,
    );
  return bytes;
}

/** Without the token, without following any further, with a cap. */
async function fetchBlob(
  send: typeof fetch,
  url: string,
  maxBytes: number,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const lost = (why: string, cause?: unknown) =>
    new TransientStoreError(`could not read artifact ${name}: ${why}`, 0, { cause });
  try {
    const limits = [AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS), ...(signal ? [signal] : [])];
    const response = await send(url, { redirect: 'error', signal: AbortSignal.any(limits) });
    if (!response.ok) throw lost(`its storage answered ${response.status}`);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes)
        throw new DocumentError(
          'corrupt',
          `artifact ${name} has more than ${maxBytes} bytes, which is refused`,
        );
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DocumentError || error instanceof StoreError) throw error;
    throw lost(`the download failed (${(error as Error).message})`, error);
  }
}

const BLOB_HOSTS = /(^|\.)(blob\.core\.windows\.net|githubusercontent\.com|ghe\.com)$/;
const LOOPBACK = /^(127\.0\.0\.1|\[::1\]|localhost|.*\.localhost)$/;

/** GitHub's storage over https; a loopback address only where the API itself is on one. */
function isBlobHost(location: string, apiUrl: string): boolean {
  if (!URL.canParse(location)) return false;
  const { protocol, hostname } = new URL(location);
  if (LOOPBACK.test(new URL(apiUrl).hostname)) return LOOPBACK.test(hostname);
  return protocol === 'https:' && BLOB_HOSTS.test(hostname);
}

const hostOf = (location: string): string => (URL.canParse(location) ? new URL(location).host : 'no address');

async function call<T>(action: GitHubAction, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw asStoreFault(error, action, Date.now());
  }
}
