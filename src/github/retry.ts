/** A write whose request was sent and whose answer was lost: it may have taken effect. Look before repeating it. */
export class AmbiguousWrite extends Error {
  override name = 'AmbiguousWrite';
  readonly method: string;
  readonly route: string;
  constructor(method: string, route: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${method} ${route}: no usable answer (${reason}); it may have taken effect`, { cause });
    this.method = method;
    this.route = route;
  }
}

/**
 * What a failed request means for repeating it. `refused`: GitHub says it did nothing, come back after `waitMs`.
 * `unsent`: no connection, so nothing happened. `lost`: it may have taken effect. `final`: repeating changes nothing.
 */
export type Fault =
  | { status: 'refused'; waitMs: number | null }
  | { status: 'unsent' }
  | { status: 'lost' }
  | { status: 'final' };

type RequestFailure = {
  message: string;
  status?: number;
  response?: { status?: number; headers?: Record<string, unknown>; data?: unknown };
  cause?: unknown;
};

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ENETUNREACH']);

const NOT_ALLOWED = 'ERR_NOT_ALLOWED';

/** A request that this tool itself did not allow; repeating it changes nothing. */
export class NotAllowedError extends Error {
  override name = 'NotAllowedError';
  readonly code = NOT_ALLOWED;
}

/** Milliseconds that GitHub's documentation asks for after a secondary limit without `retry-after`. */
const SECONDARY_WAIT_MS = 60_000;

/** Sorts a rejection of Octokit's request (an error without `response` never got an answer). `now`: ms since 1970. */
export function classify(error: unknown, now: number): Fault {
  if (typeof error !== 'object' || error === null) return { status: 'final' };
  const failure = error as RequestFailure;
  const response = failure.response;
  if (response === undefined) {
    // Octokit gives every failed fetch the status 500; an error without one is not of a request.
    const cancelled = causes(error).some(({ name }) => name === 'AbortError');
    if (failure.status === undefined || cancelled || networkCode(error) === NOT_ALLOWED) {
      return { status: 'final' };
    }
    return { status: UNSENT.has(networkCode(error) ?? '') ? 'unsent' : 'lost' };
  }
  const status = response.status ?? failure.status ?? 0;
  if (status < 400) return { status: 'lost' };
  if (isLimit(status, failure)) return { status: 'refused', waitMs: limitWait(failure, now) };
  return { status: status >= 500 ? 'lost' : 'final' };
}

/** Code of the system or of undici behind a failed fetch: `ECONNRESET`, `UND_ERR_SOCKET` ... */
export function networkCode(error: unknown): string | undefined {
  return causes(error)
    .map(({ code }) => code)
    .find((code) => typeof code === 'string');
}

type Cause = { name?: string; code?: string; cause?: unknown; errors?: unknown };

/** An error and what is behind it, outermost first. Told by shape: undici's errors may be of another realm. */
function causes(error: unknown): Cause[] {
  const chain: Cause[] = [];
  let current = error;
  while (typeof current === 'object' && current !== null && chain.length < 6) {
    const one = current as Cause;
    chain.push(one);
    current = one.cause ?? (Array.isArray(one.errors) ? one.errors[0] : undefined);
  }
  return chain;
}

/** A 403 is a limit when its words or headers say so; otherwise it is a missing permission, and final. */
function isLimit(status: number, failure: RequestFailure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const headers = failure.response?.headers ?? {};
  return (
    headers['x-ratelimit-remaining'] === '0' ||
    headers['retry-after'] !== undefined ||
    /secondary rate limit|abuse detection/i.test(failure.message)
  );
}

/** Milliseconds until GitHub wants to be asked again: `retry-after` (seconds or a date), else the limit's reset; null when it does not say. */
function limitWait(failure: RequestFailure, now: number): number | null {
  const headers = failure.response?.headers ?? {};
  const after = headers['retry-after'];
  if (after !== undefined) {
    const seconds = Number(after);
    const at = Number.isFinite(seconds) ? now + seconds * 1000 : Date.parse(String(after));
    if (Number.isFinite(at)) return Math.max(0, at - now);
  }
  if (headers['x-ratelimit-remaining'] === '0') {
    // A moment on GitHub's clock, which the answer tells: this machine's may be wrong.
    const serverNow = Date.parse(String(headers.date));
    const reset = Number(headers['x-ratelimit-reset']);
    if (Number.isFinite(reset) && reset > 0) {
      return Math.max(0, reset * 1000 - (Number.isFinite(serverNow) ? serverNow : now)) + 1000;
    }
  }
  return /secondary rate limit|abuse detection/i.test(failure.message) ? SECONDARY_WAIT_MS : null;
}

/**
 * Whether the caller passed `request: { lookFirst: true }`: it sends the request itself again, after a fresh look,
 * since what it wants to write depends on what happened in between.
 */
export function sentOnce(options: { request?: object }): boolean {
  return (options.request as { lookFirst?: unknown } | undefined)?.lookFirst === true;
}

/**
 * Whether the request may be sent again though it may have taken effect. Blobs, trees and commits are named by
 * their content, so a second one is the first. Other POSTs and GraphQL mutations are not.
 */
export function repeatable(options: { method: string; url: string; request?: object }): boolean {
  if (sentOnce(options)) return false;
  if (options.method !== 'POST') return true;
  const { pathname } = new URL(options.url, 'https://api.github.com');
  if (pathname.endsWith('/graphql'))
    return !/^\s*mutation\b/.test(String((options as { query?: unknown }).query ?? ''));
  return /\/git\/(blobs|trees|commits)$/.test(pathname);
}

export type RetryPolicy = {
  /** Tries of one request, the first included. */
  attempts: number;
  /** Milliseconds from the first try to the start of the last one; a longer wait is not begun. */
  deadlineMs: number;
  now: () => number;
  random: () => number;
  sleep: (ms: number) => Promise<void>;
  onRetry: (attempt: number, waitMs: number, error: unknown) => void;
};

/**
 * Sends a request until it is answered, the fault is final, or the policy is used up; rejects with the last error,
 * or with an AmbiguousWrite. Waits double from 1 s with full jitter (Brooker, "Exponential backoff and jitter",
 * 2015), which keeps the legs of a matrix from coming back together.
 */
export async function withRetries<T>(
  request: { method: string; route: string; repeatable: boolean },
  send: () => Promise<T>,
  policy: RetryPolicy,
): Promise<T> {
  const end = policy.now() + policy.deadlineMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const fault = classify(error, policy.now());
      if (fault.status === 'final') throw error;
      if (fault.status === 'lost' && !request.repeatable) {
        throw new AmbiguousWrite(request.method, request.route, error);
      }
      const backoff = Math.min(30_000, 1000 * 2 ** (attempt - 1)) * (0.5 + policy.random() / 2);
      const asked = fault.status === 'refused' ? (fault.waitMs ?? 0) : 0;
      const wait = Math.max(asked, backoff);
      if (attempt >= policy.attempts || policy.now() + wait > end) throw error;
      policy.onRetry(attempt, wait, error);
      await policy.sleep(wait);
    }
  }
}
