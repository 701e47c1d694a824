import type { Repository, Token, User } from './records.ts';
import type { Origins } from './shapes.ts';
import { ACTIONS_BOT, type World } from './world.ts';

/** One request to the REST API, understood and allowed. */
export type Call = {
  world: World;
  origins: Origins;
  /** Where artifacts are downloaded from. */
  blobUrl: (artifactId: number) => string;
  /** The repository of the path; routes without one throw when they ask for it. */
  repository: Repository;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: Readonly<Record<string, unknown>>;
  token: Token | null;
  /** Whole URL of the request, for Link headers. */
  url: string;
  accept: string;
};

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
export type Handler = (call: Call) => Answer | Promise<Answer>;
/** Handlers by the operation they serve (`git/get-ref`): path and method are the description's. */
export type Routes = Record<string, Handler>;

/** Answered as GitHub answers an error. `errors` are those of a 422. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly errors: Record<string, unknown>[] | undefined;
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    message: string,
    options: { errors?: Record<string, unknown>[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

export function errorBody(status: number, message: string, errors?: Record<string, unknown>[]) {
  return {
    message,
    ...(errors ? { errors } : {}),
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  };
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** In whose name a call is made. */
export function actor(call: Call): User {
  return call.token?.user ?? ACTIONS_BOT;
}

export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

/** One page of a list, with GitHub's Link header when there are several. */
export function page<T>(call: Call, items: readonly T[]): { items: T[]; headers: Record<string, string> } {
  const perPage = Math.min(Math.max(Number(call.query.get('per_page') ?? 30) || 30, 1), 100);
  const current = Math.max(Number(call.query.get('page') ?? 1) || 1, 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (to: number, rel: string) => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(to));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link(current - 1, 'prev')] : []),
    ...(current < last ? [link(current + 1, 'next'), link(last, 'last')] : []),
    ...(current > 1 ? [link(1, 'first')] : []),
  ];
  return {
    items: items.slice((current - 1) * perPage, current * perPage),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

export function listOf<T>(call: Call, items: readonly T[], shape: (item: T) => unknown): Answer {
  const { items: shown, headers } = page(call, items);
  return { status: 200, headers, body: shown.map(shape) };
}

/** A list as the newer routes give it: `{ total_count, <key>: [...] }`. */
export async function countedList<T>(
  call: Call,
  key: string,
  items: readonly T[],
  shape: (item: T) => unknown,
): Promise<Answer> {
  const { items: shown, headers } = page(call, items);
  const body = { total_count: items.length, [key]: await Promise.all(shown.map(shape)) };
  return { status: 200, headers, body };
}
