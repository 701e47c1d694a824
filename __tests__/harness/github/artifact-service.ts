import { createHash } from 'node:crypto';
import type { Answer } from './api.ts';
import type { Artifact, Repository, Run } from './records.ts';
import { runOfRuntimeToken } from './tokens.ts';
import type { World } from './world.ts';

type Upload = {
  id: number;
  run: Run;
  repository: Repository;
  name: string;
  blocks: Map<string, Buffer>;
  blob: Buffer | null;
};

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService/';
const NAME_OF_AN_ARTIFACT = /^[^":<>|*?\r\n\\/]+$/;

function twirpError(status: number, code: string, msg: string): Answer {
  return { status, body: { code, msg } };
}

/**
 * The service behind @actions/artifact (Twirp with JSON, fields in snake case), and the blobs that it hands out
 * addresses of. An upload exists from CreateArtifact on, so its name is taken even when it is never finalised.
 */
export class ArtifactService {
  readonly #world: World;
  readonly #uploads = new Map<number, Upload>();
  /** Where the blob host is reached. */
  blobOrigin = '';
  /** How long an address of a download lasts, in ms. */
  downloadLifetimeMs = 60_000;

  constructor(world: World) {
    this.#world = world;
  }

  owns(path: string): boolean {
    return path.startsWith(SERVICE);
  }

  #runOf(id: number): { run: Run; repository: Repository } | undefined {
    for (const repository of this.#world.repositories.values())
      for (const run of repository.runs) if (run.id === id) return { run, repository };
    return undefined;
  }

  serve(path: string, token: string | null, body: unknown): Answer {
    const runId = token === null ? undefined : runOfRuntimeToken(token);
    const found = runId === undefined ? undefined : this.#runOf(runId);
    if (!found) return twirpError(401, 'unauthenticated', 'authentication token is invalid');
    const request = (body ?? {}) as Record<string, unknown>;
    if (request.workflow_run_backend_id !== `run-${runId}`)
      return twirpError(403, 'permission_denied', 'the token is for another run');
    const method = path.slice(SERVICE.length);
    if (method === 'CreateArtifact') return this.#create(found, request);
    if (method === 'FinalizeArtifact') return this.#finalize(found, request);
    if (method === 'ListArtifacts') return this.#list(found, request);
    if (method === 'GetSignedArtifactURL') return this.#signedUrl(found, request);
    if (method === 'DeleteArtifact') return this.#delete(found, request);
    return twirpError(404, 'bad_route', `no method ${method}`);
  }

  #named({ run, repository }: { run: Run; repository: Repository }, name: unknown): Artifact | undefined {
    return repository.artifacts.find((artifact) => artifact.run === run && artifact.name === name);
  }

  #create(of: { run: Run; repository: Repository }, request: Record<string, unknown>): Answer {
    const name = String(request.name ?? '');
    if (!NAME_OF_AN_ARTIFACT.test(name)) return twirpError(400, 'invalid_argument', `invalid name ${name}`);
    const taken = [...this.#uploads.values()].some((u) => u.run === of.run && u.name === name);
    if (taken || this.#named(of, name))
      return twirpError(
        409,
        'already_exists',
        'an artifact with this name already exists on the workflow run',
      );
    const id = this.#world.nextId();
    this.#uploads.set(id, { id, ...of, name, blocks: new Map(), blob: null });
    return {
      status: 200,
      body: {
        ok: true,
        signed_upload_url: `${this.blobOrigin}/blobs/uploads/${id}?sig=${signature(id, 'upload')}`,
      },
    };
  }

  #finalize(of: { run: Run; repository: Repository }, request: Record<string, unknown>): Answer {
    const upload = [...this.#uploads.values()].find((u) => u.run === of.run && u.name === request.name);
    if (!upload) return twirpError(404, 'not_found', 'no such upload');
    if (this.#named(of, upload.name)) return twirpError(409, 'already_exists', 'finalised already');
    if (upload.blob === null) return twirpError(400, 'failed_precondition', 'nothing was uploaded');
    if (Number(request.size) !== upload.blob.length)
      return twirpError(
        400,
        'invalid_argument',
        `size is ${upload.blob.length}, not ${String(request.size)}`,
      );
    const digest = `sha256:${createHash('sha256').update(upload.blob).digest('hex')}`;
    const claimed = request.hash;
    if (claimed !== undefined && claimed !== digest)
      return twirpError(400, 'invalid_argument', `hash is ${digest}, not ${String(claimed)}`);
    const artifact = this.#world.addArtifact(of.repository, of.run, upload.name, upload.blob);
    return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
  }

  #list(of: { run: Run; repository: Repository }, request: Record<string, unknown>): Answer {
    const artifacts = of.repository.artifacts.filter(
      (artifact) =>
        artifact.run === of.run &&
        (request.name_filter === undefined || artifact.name === request.name_filter) &&
        (request.id_filter === undefined || String(artifact.id) === request.id_filter),
    );
    return {
      status: 200,
      body: {
        artifacts: artifacts.map((artifact) => ({
          workflow_run_backend_id: request.workflow_run_backend_id,
          workflow_job_run_backend_id: request.workflow_job_run_backend_id,
          database_id: String(artifact.id),
          name: artifact.name,
          size: String(artifact.content.length),
          created_at: artifact.createdAt,
          digest: artifact.digest,
        })),
      },
    };
  }

  #signedUrl(of: { run: Run; repository: Repository }, request: Record<string, unknown>): Answer {
    const artifact = this.#named(of, request.name);
    if (!artifact) return twirpError(404, 'not_found', 'no such artifact');
    return { status: 200, body: { name: artifact.name, signed_url: this.downloadUrl(artifact.id) } };
  }

  #delete(of: { run: Run; repository: Repository }, request: Record<string, unknown>): Answer {
    const artifact = this.#named(of, request.name);
    if (!artifact) return twirpError(404, 'not_found', 'no such artifact');
    of.repository.artifacts.splice(of.repository.artifacts.indexOf(artifact), 1);
    return { status: 200, body: { ok: true, artifact_id: String(artifact.id) } };
  }

  /** The address of an artifact's zip; it needs no credentials, and lasts a minute. */
  downloadUrl(artifactId: number): string {
    const expires = Date.now() + this.downloadLifetimeMs;
    return `${this.blobOrigin}/blobs/artifacts/${artifactId}.zip?se=${expires}&sig=${signature(artifactId, `get ${expires}`)}`;
  }

  /** The blob host. It knows signatures only: an Authorization header is a secret in the wrong hands. */
  serveBlob(
    method: string,
    url: URL,
    headers: Record<string, unknown>,
    body: Buffer,
    complain: (what: string) => void,
  ): Answer {
    if (headers.authorization !== undefined)
      complain(`an Authorization header reached the blob host: ${method} ${url.pathname}`);
    const [, kind, file = ''] = url.pathname.split('/').slice(1);
    const id = Number.parseInt(file, 10);
    const sig = url.searchParams.get('sig');
    if (kind === 'artifacts' && method === 'GET') {
      const expires = Number(url.searchParams.get('se'));
      if (sig !== signature(id, `get ${expires}`) || expires < Date.now())
        return { status: 403, body: 'AuthenticationFailed: the signature is wrong or has expired' };
      for (const repository of this.#world.repositories.values())
        for (const artifact of repository.artifacts)
          if (artifact.id === id)
            return { status: 200, headers: { 'content-type': 'application/zip' }, body: artifact.content };
      return { status: 404, body: 'BlobNotFound' };
    }
    const upload = this.#uploads.get(id);
    if (kind !== 'uploads' || method !== 'PUT' || !upload) {
      complain(`the blob host does not serve ${method} ${url.pathname}`);
      return { status: 404, body: 'BlobNotFound' };
    }
    if (sig !== signature(id, 'upload')) return { status: 403, body: 'AuthenticationFailed' };
    const part = url.searchParams.get('comp');
    if (part === 'block') upload.blocks.set(url.searchParams.get('blockid') ?? '', body);
    else if (part === 'blocklist') {
      const names = [...body.toString().matchAll(/<(?:Latest|Committed|Uncommitted)>([^<]*)</g)];
      const blocks = names.map((name) => upload.blocks.get(name[1] ?? ''));
      if (blocks.includes(undefined)) return { status: 400, body: 'InvalidBlockList' };
      upload.blob = Buffer.concat(blocks as Buffer[]);
    } else upload.blob = body;
    return { status: 201, headers: { etag: `"${id}"`, 'last-modified': new Date().toUTCString() } };
  }
}

function signature(id: number, purpose: string): string {
  return createHash('sha256').update(`${id} ${purpose}`).digest('base64url');
}
