import { createClient } from '../../src/github/client.ts';

export type FakeComment = { id: number; body: string; user: { login: string; type: string } };

/** What happens to the next matching request. `after`: it takes effect first, and its answer is lost. */
export type FakeFault = {
  method: string;
  path: RegExp;
  times: number;
  answer?: () => Response;
  network?: string;
  after?: boolean;
};

/**
 * Comments of one pull request behind `fetch`, as the REST and GraphQL routes show them: pages of `per_page` with
 * Link headers, ids that grow, a login without "[bot]" in GraphQL.
 */
export class FakeApi {
  readonly comments: FakeComment[] = [];
  readonly requests: { method: string; path: string; authorization: string | null; body: unknown }[] = [];
  readonly faults: FakeFault[] = [];
  readonly origin = 'https://api.example.test';
  bot = { login: 'github-actions[bot]', type: 'Bot' };
  viewer: string | null = 'github-actions';
  /** Milliseconds that each request takes before and after its effect. */
  latency: () => number = () => 0;
  private nextId = 1;

  add(body: string, user = this.bot): FakeComment {
    const comment = { id: this.nextId++, body, user };
    this.comments.push(comment);
    return comment;
  }

  client(token = 'ghs_token') {
    return createClient({
      token,
      apiUrl: this.origin,
      log: { debug: () => {}, warning: () => {} },
      fetch: this.fetch,
      sleep: async () => {},
      throttle: false,
    });
  }

  readonly fetch = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const url = new URL(String(input));
    const method = init?.method ?? 'GET';
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    const path = `${url.pathname}${url.search}`;
    const headers = new Headers(init?.headers as Record<string, string>);
    this.requests.push({ method, path, authorization: headers.get('authorization'), body });
    await this.wait();
    const fault = this.faults.find((one) => one.times > 0 && one.method === method && one.path.test(path));
    if (fault !== undefined) {
      fault.times--;
      if (fault.after === true) this.answer(method, url, body);
      if (fault.network !== undefined) throw networkError(fault.network);
      if (fault.answer !== undefined) return fault.answer();
    }
    const answer = this.answer(method, url, body);
    await this.wait();
    return answer;
  };

  private async wait(): Promise<void> {
    const ms = this.latency();
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  }

  private answer(method: string, url: URL, body: { body?: string } | undefined): Response {
    const show = (comment: FakeComment) => ({ ...comment, html_url: `https://example.test/c/${comment.id}` });
    if (url.pathname === '/graphql') {
      if (this.viewer === null) return json({ data: null, errors: [{ message: 'no viewer' }] });
      return json({ data: { viewer: { login: this.viewer } } });
    }
    if (url.pathname === '/user') return json({ message: 'Resource not accessible by integration' }, 403);
    if (/\/issues\/\d+\/comments$/.test(url.pathname)) {
      if (method === 'POST') return json(show(this.add(body?.body ?? '')), 201);
      const size = Number(url.searchParams.get('per_page') ?? 30);
      const page = Number(url.searchParams.get('page') ?? 1);
      const more = this.comments.length > page * size;
      url.searchParams.set('page', String(page + 1));
      const link = more ? { link: `<${url.href}>; rel="next"` } : undefined;
      return json(this.comments.slice((page - 1) * size, page * size).map(show), 200, link);
    }
    const id = Number(/\/issues\/comments\/(\d+)$/.exec(url.pathname)?.[1]);
    const found = this.comments.find((comment) => comment.id === id);
    if (found === undefined) return json({ message: 'Not Found' }, 404);
    if (method === 'DELETE') {
      this.comments.splice(this.comments.indexOf(found), 1);
      return new Response(null, { status: 204 });
    }
    if (method === 'PATCH') found.body = body?.body ?? '';
    return json(show(found));
  }
}

export function json(data: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return new Response(JSON.stringify(data), { status, headers: { ...type, ...headers } });
}

/** As undici rejects: a TypeError whose cause has the system's code. */
export function networkError(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
