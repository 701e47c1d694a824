import { type Answer, ApiError, type Call, errorBody, type Handler, notFound, type Routes } from './api.ts';
import type { GitHubDescription, Operation } from './openapi.ts';
import type { Repository, Token } from './records.ts';
import { actionRoutes } from './routes-actions.ts';
import { checkRoutes } from './routes-checks.ts';
import { commitRoutes } from './routes-commits.ts';
import { gitRoutes } from './routes-git.ts';
import { pullRoutes } from './routes-pulls.ts';
import { allows, needOf } from './tokens.ts';
import type { World } from './world.ts';

/** Parameters that reach over slashes. */
const GREEDY = new Set(['ref', 'path', 'basehead', 'branch']);

type Route = { operation: Operation; pattern: RegExp; names: string[]; handler: Handler };
export type Match = { route: Route; params: Record<string, string> };

function rateShape(used: number, limit: number) {
  const one = {
    limit,
    used,
    remaining: Math.max(0, limit - used),
    reset: Math.floor(Date.now() / 1000) + 3600,
  };
  return { resources: { core: one, search: { ...one, limit: 30 } }, rate: one };
}

/** The REST API: which operation a request is for, whether its token allows it, and its answer. */
export class RestApi {
  readonly #routes: Route[];
  readonly #description: GitHubDescription;
  readonly #world: World;
  readonly #used = new Map<string, number>();
  readonly #rateLimit: number;

  constructor(description: GitHubDescription, world: World, rateLimit: number) {
    this.#description = description;
    this.#world = world;
    this.#rateLimit = rateLimit;
    const rate: Routes = {
      'rate-limit/get': (call) => ({ status: 200, body: rateShape(this.#usedBy(call.token), rateLimit) }),
    };
    const handlers: Routes = {
      ...gitRoutes,
      ...commitRoutes,
      ...pullRoutes,
      ...checkRoutes,
      ...actionRoutes,
      ...rate,
    };
    this.#routes = description.operations
      .filter((operation) => handlers[operation.id])
      .map((operation) => {
        const names: string[] = [];
        const source = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
          names.push(name);
          return GREEDY.has(name) ? '(.*?)' : '([^/]+)';
        });
        const handler = handlers[operation.id] as Handler;
        return { operation, names, handler, pattern: new RegExp(`^${source}$`) };
      })
      // The route with most fixed parts first: `/commits/{ref}` would also take `/commits/{ref}/status`.
      .sort((a, b) => fixedParts(b) - fixedParts(a));
    const unknown = Object.keys(handlers).filter((id) => !description.operations.some((o) => o.id === id));
    if (unknown.length > 0) throw new Error(`handlers of unknown operations: ${unknown.join(', ')}`);
  }

  match(method: string, path: string): Match | undefined {
    for (const route of this.#routes) {
      if (route.operation.method !== method) continue;
      const found = route.pattern.exec(path);
      if (!found) continue;
      const params = Object.fromEntries(
        route.names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]),
      );
      return { route, params };
    }
    return undefined;
  }

  #usedBy(token: Token | null): number {
    return this.#used.get(token?.value ?? '') ?? 0;
  }

  /** Serves one request. `complain` is told whatever GitHub's description does not allow. */
  async serve(
    match: Match,
    call: Omit<Call, 'repository' | 'params' | 'token'>,
    givenToken: string | null,
    complain: (what: string) => void,
  ): Promise<Answer> {
    const { operation, handler } = match.route;
    const token = givenToken === null ? null : (this.#world.tokens.get(givenToken) ?? null);
    const used = this.#usedBy(token) + 1;
    this.#used.set(token?.value ?? '', used);
    const headers: Record<string, string> = {
      'x-ratelimit-limit': String(this.#rateLimit),
      'x-ratelimit-remaining': String(Math.max(0, this.#rateLimit - used)),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
      'x-ratelimit-resource': 'core',
    };
    let answer: Answer;
    try {
      if (givenToken !== null && token === null) throw new ApiError(401, 'Bad credentials');
      if (used > this.#rateLimit) throw new ApiError(403, 'API rate limit exceeded for installation.');
      const repository = this.#authorise(match, token);
      const body = call.body as unknown;
      const wrong = this.#description.checkRequest(operation, match.params, call.query, body);
      for (const complaint of wrong) complain(`request ${operation.id}: ${complaint}`);
      if (wrong.length > 0) throw new ApiError(422, `Invalid request: ${wrong.join('; ')}`, { errors: [] });
      const whole: Call = {
        ...call,
        body: (body ?? {}) as Call['body'],
        // Only routes of a repository ask for it.
        repository: repository as Repository,
        params: match.params,
        token,
      };
      answer = await handler(whole);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer = {
        status: error.status,
        headers: error.headers,
        body: errorBody(error.status, error.message, error.errors),
      };
    }
    const seen: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
    const raw = operation.id === 'repos/get-content' && typeof seen === 'string';
    if (!raw)
      for (const complaint of this.#description.checkResponse(operation, answer.status, seen))
        complain(`response ${operation.id} ${answer.status}: ${complaint}`);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  }

  /** The repository of the path, when the token may do there what is asked. */
  #authorise(match: Match, token: Token | null): Repository | undefined {
    const { operation } = match.route;
    const { owner, repo } = match.params;
    const need = needOf(operation.id, operation.method);
    if (need === 'user') {
      if (!token) throw new ApiError(401, 'Requires authentication');
      if (!token.user) throw new ApiError(403, 'Resource not accessible by integration');
    }
    if (owner === undefined || repo === undefined) return undefined;
    const repository = this.#world.repositories.get(`${owner}/${repo}`.toLowerCase());
    const isOwn = token !== null && token.repository === repository;
    if (!repository || (repository.private && !isOwn)) throw notFound();
    if (need === 'metadata' || typeof need === 'string') return repository;
    if (token === null) {
      if (need.level === 'write' || operation.id === 'actions/download-artifact')
        throw new ApiError(401, 'Requires authentication');
      return repository;
    }
    // Of another repository, a token sees what is public; of its own, what its scopes say.
    if (isOwn ? allows(token.scopes, need) : need.level === 'read') return repository;
    throw new ApiError(403, 'Resource not accessible by integration', {
      headers: {
        'x-accepted-github-permissions': need.anyOf
          .map((scope) => `${scope.replace('-', '_')}=${need.level}`)
          .join('; '),
      },
    });
  }
}

function fixedParts(route: Route): number {
  return route.operation.path.split('/').filter((part) => part !== '' && !part.startsWith('{')).length;
}
