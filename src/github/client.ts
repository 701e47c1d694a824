import { setTimeout as delay } from 'node:timers/promises';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { UsageError } from '../domain/errors.ts';
import { lacking } from './answer-shape.ts';
import { httpStatus } from './errors.ts';
import type { Log } from './log.ts';
import { NotAllowedError, networkCode, repeatable, sentOnce, withRetries } from './retry.ts';

/** What the rest of the code sees of GitHub. */
export type Client = Pick<Octokit, 'rest' | 'paginate' | 'graphql' | 'request'>;

/** A repository by its two names. */
export type Repo = { owner: string; repo: string };

export type ClientOptions = {
  token: string;
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://HOST/api/v3` on GitHub Enterprise Server. */
  apiUrl: string;
  log: Pick<Log, 'debug' | 'warning'>;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
  /** Spaces writes by a second, as GitHub asks. On unless switched off. */
  throttle?: boolean;
  /** Longest wait for one answer, body included. */
  requestTimeoutMs?: number;
  /** Longest time for one request with all its retries. */
  deadlineMs?: number;
  attempts?: number;
  /** Ends requests and waits when the run is cancelled. */
  signal?: AbortSignal;
};

/** Larger answers are refused: nothing that is asked for here comes near it. */
const MAX_ANSWER_BYTES = 200 * 1024 * 1024;

/**
 * The one factory of GitHub clients: one retry policy, one timeout, and a token that goes to the API's own origin
 * and nowhere else. A request that may have taken effect and must not be repeated rejects with an AmbiguousWrite.
 */
export function createClient(options: ClientOptions): Client {
  const apiUrl = checkedApiUrl(options.apiUrl);
  if (options.token === '') {
    throw new UsageError(
      'no GitHub token: set the input `github-token` (its default is the token of the workflow run)',
    );
  }
  const sleep =
    options.sleep ??
    ((ms: number) => delay(ms, undefined, options.signal === undefined ? {} : { signal: options.signal }));
  const Base = options.throttle === false ? Octokit : Octokit.plugin(throttling);
  const debug = (message: unknown) => options.log.debug(String(message));
  const octokit = new Base({
    auth: options.token,
    baseUrl: apiUrl.href.replace(/\/+$/, ''),
    userAgent: 'perf-baseline',
    log: { debug: () => {}, info: debug, warn: debug, error: debug },
    request: { fetch: boundedFetch(options, apiUrl.origin) },
    // Spacing only: what to repeat, and when, is decided below for every kind of fault alike.
    throttle: { onRateLimit: () => false, onSecondaryRateLimit: () => false },
  });
  // The hook added last is the outermost: each retry passes the throttle and gets the token anew.
  octokit.hook.wrap('request', (request, parameters) => {
    const { method, url } = parameters;
    return withRetries(
      { method, route: url, repeatable: repeatable(parameters) },
      async () => checkedAnswer(await answered(request(parameters), method), parameters),
      {
        attempts: sentOnce(parameters) ? 1 : (options.attempts ?? 5),
        deadlineMs: options.deadlineMs ?? 180_000,
        now: Date.now,
        random: options.random ?? Math.random,
        sleep,
        onRetry: (attempt, waitMs, error) =>
          options.log.debug(
            `${method} ${url}: try ${attempt} failed (${faultName(error)}); again in ${(waitMs / 1000).toFixed(1)} s`,
          ),
      },
    );
  });
  return octokit;
}

/** Octokit takes a 409 of a list for an empty one: "nothing there" again. Its response still says 409. */
async function answered<T>(request: Promise<T> | T, method: string): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (method === 'GET' && httpStatus(error) === 409) Object.assign(error as Error, { status: 500 });
    throw error;
  }
}

function checkedApiUrl(text: string): URL {
  if (URL.canParse(text)) {
    const url = new URL(text);
    if (url.protocol === 'https:' || url.protocol === 'http:') return url;
  }
  throw new UsageError(
    `GITHUB_API_URL is '${text}'; expected the URL of a GitHub API, as https://api.github.com`,
  );
}

/** A rejection of Octokit's shape, so that every fault is explained in one place. */
class AnswerError extends Error {
  override name = 'HttpError';
  readonly status: number;
  readonly response: unknown;
  readonly request: unknown;
  constructor(message: string, response: { status: number }, request: unknown) {
    super(message);
    this.status = response.status;
    this.response = response;
    this.request = request;
  }
}

/**
 * Octokit hands out the text of a JSON body it cannot parse, and takes a redirect of a write for a success. Both
 * would be read as "nothing there": a cut list of comments would end in a second comment.
 */
function checkedAnswer<T extends { status: number; headers: { [name: string]: unknown }; data: unknown }>(
  response: T,
  parameters: { method: string; url: string; request?: { parseSuccessResponseBody?: boolean } },
): T {
  const where = `${parameters.method} ${parameters.url}`;
  const type = String(response.headers['content-type'] ?? '');
  const parsed = parameters.request?.parseSuccessResponseBody !== false;
  if (parsed && typeof response.data === 'string' && /^application\/(\w+\+)?json/.test(type)) {
    throw new AnswerError(`${where}: the answer was cut off or is not JSON`, response, parameters);
  }
  if (response.status >= 200 && response.status < 300) {
    const lacks = lacking(parameters.method, parameters.url, response.data);
    if (lacks !== null)
      throw new AnswerError(`${where}: this is no answer of GitHub's: ${lacks}`, response, parameters);
  }
  const isRead = parameters.method === 'GET' || parameters.method === 'HEAD';
  if (!isRead && response.status >= 300 && response.status < 400) {
    const moved = { ...response, status: 410 };
    throw new AnswerError(`${where}: the repository has moved; run the workflow again`, moved, parameters);
  }
  return response;
}

/** `fetch` to the API's origin only, with the whole body read inside the time limit. */
function boundedFetch(options: ClientOptions, origin: string): typeof fetch {
  const send = options.fetch ?? globalThis.fetch;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (url.origin !== origin) {
      // A Link header is the only way here, and whoever wrote it must not be given the token.
      throw new NotAllowedError(`refused to send a request with the token to ${url.origin}`);
    }
    const isRead = init?.method === undefined || init.method === 'GET' || init.method === 'HEAD';
    const signals = [AbortSignal.timeout(options.requestTimeoutMs ?? 30_000)];
    if (options.signal !== undefined) signals.push(options.signal);
    if (init?.signal) signals.push(init.signal);
    const response = await send(url, {
      ...init,
      redirect: isRead ? (init?.redirect ?? 'follow') : 'manual',
      signal: AbortSignal.any(signals),
    });
    return withWholeBody(response);
  };
}

/** A body that ends early rejects here; Octokit would return it as an empty text. */
async function withWholeBody(response: Response): Promise<Response> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES || announced > MAX_ANSWER_BYTES) {
      throw new NotAllowedError(`an answer of over ${MAX_ANSWER_BYTES} bytes was refused`);
    }
    chunks.push(chunk);
  }
  const nullBody = response.status === 204 || response.status === 205 || response.status === 304;
  const whole = new Response(nullBody ? null : Buffer.concat(chunks), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
  Object.defineProperty(whole, 'url', { value: response.url });
  return whole;
}

function faultName(error: unknown): string {
  const code = networkCode(error);
  if (code !== undefined) return code;
  const status = (error as { response?: { status?: number } }).response?.status;
  if (status !== undefined) return `HTTP ${status}`;
  return error instanceof Error ? error.message : String(error);
}
