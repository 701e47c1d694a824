import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, errorBody } from './api.ts';
import { ArtifactService } from './artifact-service.ts';
import { type ActiveFault, type Fault, type FaultKind, type FaultRequest, Faults } from './faults.ts';
import { answerGraphql } from './graphql.ts';
import { GitHubDescription } from './openapi.ts';
import type { LoggedRequest, Repository } from './records.ts';
import { type Match, RestApi } from './rest.ts';
import { isGitPath, serveGit } from './smart-http.ts';
import { landOnRef, outcome } from './strike.ts';
import { runtimeToken, tokenOfHeader } from './tokens.ts';
import { World } from './world.ts';

export type GitHubOptions = {
  /** `owner/name` of the repository there is from the start. */
  repository?: string;
  private?: boolean;
  defaultBranch?: string;
  /** Files of its first commit; without any, it is empty. */
  files?: Record<string, string | Buffer>;
  /** Requests an hour that a token has. */
  rateLimit?: number;
};

type Incoming = {
  host: LoggedRequest['host'];
  method: string;
  url: URL;
  /** Path without the prefix under which GitHub Enterprise serves the API. */
  path: string;
  prefix: string;
  message: IncomingMessage;
  body: Buffer;
  match: Match | undefined;
};

/** Reading and compiling it takes longer than anything else here, and it has no state. */
let description: GitHubDescription | undefined;
function sharedDescription(): GitHubDescription {
  description ??= new GitHubDescription();
  return description;
}

/** GitHub, as far as a workflow's action can tell. Start it with `startGitHub`. */
export class GitHubStandIn {
  readonly world: World;
  readonly repository: Repository;
  /** `http://127.0.0.1:PORT`: the API, also served below `/api/v3`, and the artifact service. */
  readonly apiUrl: string;
  /** `http://github.localhost:PORT`: a host that @actions/artifact takes for GitHub's; git reaches it too. */
  readonly serverUrl: string;
  readonly requests: LoggedRequest[] = [];
  /** Whatever GitHub would not have understood, or would not have answered. */
  readonly violations: string[] = [];
  readonly artifacts: ArtifactService;
  readonly #faults = new Faults();
  readonly #rest: RestApi;
  readonly #servers: Server[];
  readonly #folder: string;

  constructor(world: World, repository: Repository, servers: Server[], folder: string, rateLimit: number) {
    this.world = world;
    this.repository = repository;
    this.#servers = servers;
    this.#folder = folder;
    this.artifacts = new ArtifactService(world);
    this.#rest = new RestApi(sharedDescription(), world, rateLimit);
    const [api, blobs] = servers.map((server) => (server.address() as AddressInfo).port);
    this.apiUrl = `http://127.0.0.1:${api}`;
    this.serverUrl = `http://github.localhost:${api}`;
    // Another host name as well as another port: some clients compare only the one, some only the other.
    this.artifacts.blobOrigin = `http://localhost:${blobs}`;
    servers[0]?.on('request', (req, res) => void this.#serve('api', req, res));
    servers[1]?.on('request', (req, res) => void this.#serve('blob', req, res));
  }

  fault(fault: Fault): ActiveFault {
    return this.#faults.add(fault);
  }

  /** The token with which a job of that run uploads artifacts. */
  runtimeToken(runId: number, jobId: number): string {
    return runtimeToken(runId, jobId);
  }

  /** Requests to the REST API by operation and status, e.g. `git/update-ref 422: 2`. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const request of this.requests) {
      const key = `${request.operation ?? `${request.host} ${request.method}`} ${request.status ?? 'cut'}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  }

  /** Throws when anything was asked that GitHub would not understand, or answered as it would not. */
  assertClean(): void {
    if (this.violations.length > 0)
      throw new Error(`the stand-in for GitHub complains:\n${[...new Set(this.violations)].join('\n')}`);
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    for (const repository of this.world.repositories.values()) repository.git.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #serve(server: 'api' | 'blob', message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of message) chunks.push(chunk as Buffer);
    } catch {
      return; // The client has gone: nothing was asked.
    }
    const url = new URL(message.url ?? '/', `http://${message.headers.host ?? 'localhost'}`);
    const prefix = url.pathname.startsWith('/api/v3/') ? '/api/v3' : '';
    const path = url.pathname.slice(prefix.length);
    const host =
      server === 'blob' ? 'blob' : this.artifacts.owns(path) ? 'results' : isGitPath(path) ? 'git' : 'api';
    const method = message.method ?? 'GET';
    const match = host === 'api' ? this.#rest.match(method, path) : undefined;
    const incoming = {
      host,
      method,
      url,
      path,
      prefix,
      message,
      body: Buffer.concat(chunks),
      match,
    } as const;
    const operation = match?.route.operation.id ?? null;
    const logged: LoggedRequest = {
      host,
      method,
      url: path + url.search,
      operation,
      status: null,
      token: tokenOfHeader(message.headers.authorization),
      body: host === 'git' || host === 'blob' ? undefined : this.#json(incoming),
      fault: null,
      at: Date.now(),
    };
    this.requests.push(logged);
    const request: FaultRequest = { host, method, url: logged.url, operation };
    const fault = this.#faults.strike(request);
    logged.fault = fault?.type ?? null;
    try {
      const answer = await this.#answer(incoming, request, fault);
      if (answer === 'hang') return;
      if (answer === 'cut') {
        message.socket.resetAndDestroy();
        return;
      }
      logged.status = answer.status;
      this.#write(response, answer, fault?.type === 'truncate');
    } catch (error) {
      this.violations.push(`${method} ${logged.url}: the stand-in failed: ${(error as Error).stack}`);
      this.#write(response, { status: 500, body: errorBody(500, String(error)) }, false);
    }
  }

  async #answer(incoming: Incoming, request: FaultRequest, fault: FaultKind | undefined) {
    if (fault?.type === 'before') await fault.run(request);
    if (fault?.type === 'ref-race') {
      const body = this.#json(incoming) as { ref?: string } | undefined;
      const { owner, repo, ref } = incoming.match?.params ?? {};
      const raced = ref === undefined ? body?.ref : `refs/${ref}`;
      if (raced === undefined) throw new Error('ref-race strikes only git/create-ref and git/update-ref');
      await landOnRef(this.world.repository(`${owner}/${repo}`), raced);
    }
    const answer = await outcome(fault, () => this.#handle(incoming));
    if (fault?.type === 'after') await fault.run(request);
    return answer;
  }

  #json(incoming: Incoming): unknown {
    if (incoming.body.length === 0) return undefined;
    try {
      return JSON.parse(incoming.body.toString());
    } catch {
      return undefined;
    }
  }

  async #handle(incoming: Incoming): Promise<Answer> {
    const { host, method, url, path, message, body } = incoming;
    const complain = (what: string) => void this.violations.push(what);
    const token = tokenOfHeader(message.headers.authorization);
    if (host === 'blob') return this.artifacts.serveBlob(method, url, message.headers, body, complain);
    if (host === 'results') return this.artifacts.serve(path, token, this.#json(incoming));
    if (host === 'git')
      return serveGit(this.world, method, new URL(path + url.search, url), message.headers, body);
    if (method === 'POST' && (path === '/graphql' || path === '/api/graphql'))
      return answerGraphql(this.world, this.#json(incoming), token, complain);
    if (!incoming.match) {
      complain(`not implemented: ${method} ${path}`);
      return { status: 501, body: errorBody(501, `the stand-in does not implement ${method} ${path}`) };
    }
    if (message.headers['user-agent'] === undefined)
      complain(`${method} ${path}: GitHub refuses requests without a User-Agent`);
    if (body.length > 0 && this.#json(incoming) === undefined)
      return { status: 400, body: errorBody(400, 'Problems parsing JSON') };
    const call = {
      world: this.world,
      origins: { api: `${this.apiUrl}${incoming.prefix}`, web: this.serverUrl },
      blobUrl: (id: number) => this.artifacts.downloadUrl(id),
      query: url.searchParams,
      body: this.#json(incoming) as Readonly<Record<string, unknown>>,
      url: url.href,
      accept: message.headers.accept ?? '',
    };
    return this.#rest.serve(incoming.match, call, token, complain);
  }

  #write(response: ServerResponse, answer: Answer, truncate: boolean): void {
    const isText = typeof answer.body === 'string';
    const bytes = Buffer.isBuffer(answer.body)
      ? answer.body
      : Buffer.from(
          answer.body === undefined ? '' : isText ? String(answer.body) : JSON.stringify(answer.body),
        );
    const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
    response.writeHead(answer.status, {
      ...(bytes.length > 0 ? { 'content-type': type } : {}),
      ...(answer.status === 204 ? {} : { 'content-length': bytes.length }),
      date: new Date(Date.now() + this.world.clockSkewMs).toUTCString(),
      'x-github-request-id': `STAND:IN:${this.requests.length}`,
      ...answer.headers,
    });
    if (!truncate) {
      response.end(bytes);
      return;
    }
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
  }
}

/** Starts a GitHub of its own on two free ports of 127.0.0.1, with one repository (`octo-org/service`). */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubStandIn> {
  const folder = await mkdtemp(join(tmpdir(), 'github-stand-in-'));
  const world = new World(folder);
  const repository = await world.createRepository(options.repository ?? 'octo-org/service', {
    private: options.private ?? false,
    defaultBranch: options.defaultBranch ?? 'main',
    files: options.files ?? { 'README.md': '# service\n' },
  });
  const servers = [createServer(), createServer()];
  for (const server of servers)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return new GitHubStandIn(world, repository, servers, folder, options.rateLimit ?? 1_000_000);
}
