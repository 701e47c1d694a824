import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type ClientOptions, createClient } from '../../src/github/client.ts';
import { AmbiguousWrite } from '../../src/github/retry.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientOf(apiUrl: string, options: Partial<ClientOptions> = {}) {
  const waits: number[] = [];
  const client = createClient({
    token: 'ghs_1_a.b.c',
    apiUrl,
    log: { debug: () => {}, warning: () => {} },
    sleep: async (ms) => {
      waits.push(ms);
    },
    random: () => 0.5,
    throttle: false,
    ...options,
  });
  return { client, waits };
}

/** Answers the first requests with the given faults, and every later one with `data`. */
function flaky(faults: RequestListener[], data: unknown): { listener: RequestListener; seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    listener: (request, response) => {
      seen.push(`${request.method} ${request.url}`);
      const fault = faults.shift();
      if (fault !== undefined) return fault(request, response);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(data));
    },
  };
}

const repo = { owner: 'o', repo: 'r' };
/** As much of a repository as is read of it. */
const repository = { default_branch: 'main' };
const status =
  (code: number, headers: Record<string, string> = {}, body = '{"message":"no"}'): RequestListener =>
  (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(body);
  };
const cut: RequestListener = (_, response) => {
  response.socket?.destroy();
};
const cutBody: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('[{"id":');
  setTimeout(() => response.socket?.destroy(), 20);
};
const halfJson: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/json').end('[{"id":');
};
const silent: RequestListener = () => {};

describe('reads', () => {
  test.each([
    ['5xx', status(502)],
    ['429', status(429)],
    ['a cut connection', cut],
    ['a body that ends early', cutBody],
    ['half of a JSON document', halfJson],
    ['a document of something else', status(200, {}, '{}')],
    ['the page of a proxy', status(200, { 'content-type': 'text/html' }, '<h1>Sign in</h1>')],
    ['a secondary limit', status(403, {}, '{"message":"You have exceeded a secondary rate limit"}')],
  ])('are repeated after %s', async (_, fault) => {
    const { listener, seen } = flaky([fault, fault], [{ id: 1 }]);
    const { client, waits } = clientOf(await serve(listener));
    const { data } = await client.rest.issues.listComments({ ...repo, issue_number: 1 });
    expect(data).toEqual([{ id: 1 }]);
    expect(seen).toHaveLength(3);
    expect(waits).toHaveLength(2);
  });

  test('of a file that ends early are repeated, not taken for an empty one', async () => {
    const whole = Buffer.from('all of it');
    const file =
      (bytes: number): RequestListener =>
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/zip', 'content-length': whole.length });
        response.write(whole.subarray(0, bytes));
        setTimeout(() => (bytes < whole.length ? response.socket?.destroy() : response.end()), 20);
      };
    const { listener } = flaky([file(3), file(whole.length)], {});
    const { client } = clientOf(await serve(listener));
    const { data } = await client.request('GET /repos/o/r/actions/artifacts/1/zip');
    expect(Buffer.from(data as ArrayBuffer).toString()).toBe('all of it');
  });

  test('are repeated after no answer within the time limit', async () => {
    const { listener, seen } = flaky([silent], repository);
    const { client } = clientOf(await serve(listener), { requestTimeoutMs: 150 });
    await client.rest.repos.get(repo);
    expect(seen).toHaveLength(2);
  });

  test.each([400, 401, 403, 404, 409, 410, 422])('are not repeated after %d', async (code) => {
    const { listener, seen } = flaky([status(code)], repository);
    const { client } = clientOf(await serve(listener));
    await expect(client.rest.repos.get(repo)).rejects.toMatchObject({ response: { status: code } });
    expect(seen).toHaveLength(1);
  });

  test('of a list that end in a conflict are failures, not an empty list', async () => {
    const { listener, seen } = flaky([status(409)], []);
    const { client } = clientOf(await serve(listener));
    const list = client.paginate(client.rest.issues.listComments, { ...repo, issue_number: 1 });
    await expect(list).rejects.toMatchObject({ response: { status: 409 } });
    expect(seen).toHaveLength(1);
  });

  test('wait as long as Retry-After says', async () => {
    const { listener } = flaky([status(429, { 'retry-after': '17' })], repository);
    const { client, waits } = clientOf(await serve(listener));
    await client.rest.repos.get(repo);
    expect(waits).toEqual([17_000]);
  });

  test('give up at once when Retry-After goes past the deadline', async () => {
    const { listener, seen } = flaky([status(429, { 'retry-after': '3600' })], repository);
    const { client } = clientOf(await serve(listener), { deadlineMs: 60_000 });
    await expect(client.rest.repos.get(repo)).rejects.toMatchObject({ status: 429 });
    expect(seen).toHaveLength(1);
  });

  test('wait for the reset of a used-up limit', async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 40);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    const { listener } = flaky([status(403, headers)], repository);
    const { client, waits } = clientOf(await serve(listener));
    await client.rest.repos.get(repo);
    expect(waits[0]).toBeGreaterThan(35_000);
    expect(waits[0]).toBeLessThan(45_000);
  });

  test("measure that wait by GitHub's clock, not this machine's", async () => {
    const there = Date.now() + 3 * 3_600_000;
    const headers = {
      date: new Date(there).toUTCString(),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.floor(there / 1000) + 40),
    };
    const { listener } = flaky([status(429, headers)], repository);
    const { client, waits } = clientOf(await serve(listener));
    await client.rest.repos.get(repo);
    expect(waits[0]).toBeLessThan(45_000);
  });

  test('give up after the last attempt, with what GitHub said', async () => {
    const { listener, seen } = flaky(Array(9).fill(status(503)), {});
    const { client } = clientOf(await serve(listener), { attempts: 3 });
    await expect(client.rest.repos.get(repo)).rejects.toMatchObject({ status: 503 });
    expect(seen).toHaveLength(3);
  });
});

describe('writes', () => {
  test.each([
    ['5xx', status(500)],
    ['a cut connection', cut],
    ['an unreadable answer', halfJson],
    ['an answer without what was made', status(200, {}, '{}')],
  ])('that make something new are sent once, and are ambiguous after %s', async (_, fault) => {
    const { listener, seen } = flaky([fault], { id: 1 });
    const { client } = clientOf(await serve(listener));
    const create = client.rest.issues.createComment({ ...repo, issue_number: 1, body: 'x' });
    await expect(create).rejects.toBeInstanceOf(AmbiguousWrite);
    expect(seen).toHaveLength(1);
  });

  test('that GitHub refused for its limits are repeated', async () => {
    const { listener, seen } = flaky([status(429)], { id: 1 });
    const { client } = clientOf(await serve(listener));
    await client.rest.issues.createComment({ ...repo, issue_number: 1, body: 'x' });
    expect(seen).toHaveLength(2);
  });

  test('of blobs, named by their content, are repeated', async () => {
    const { listener, seen } = flaky([cut, status(502)], { sha: 'a' });
    const { client } = clientOf(await serve(listener));
    await client.rest.git.createBlob({ ...repo, content: 'x' });
    expect(seen).toHaveLength(3);
  });

  test('of refs are ambiguous', async () => {
    const { listener } = flaky([cut], {});
    const { client } = clientOf(await serve(listener));
    const create = client.rest.git.createRef({ ...repo, ref: 'refs/heads/x', sha: 'a' });
    await expect(create).rejects.toBeInstanceOf(AmbiguousWrite);
  });

  test('that replace something are repeated, unless the caller looks first', async () => {
    const { listener, seen } = flaky([cut, cut], { id: 1 });
    const { client } = clientOf(await serve(listener));
    await client.rest.git.updateRef({ ...repo, ref: 'heads/x', sha: 'a', force: false });
    expect(seen).toHaveLength(3);
    const careful = flaky([cut], { id: 1 });
    const { client: second } = clientOf(await serve(careful.listener));
    const update = second.rest.issues.updateComment({
      ...repo,
      comment_id: 1,
      body: 'x',
      request: { lookFirst: true },
    });
    await expect(update).rejects.toBeInstanceOf(AmbiguousWrite);
    expect(careful.seen).toHaveLength(1);
  });

  test('are repeated when no connection was made', async () => {
    const apiUrl = await serve(() => {});
    const server = open.pop();
    await new Promise((resolve) => server?.close(resolve));
    const { client, waits } = clientOf(apiUrl, { attempts: 3 });
    const create = client.rest.issues.createComment({ ...repo, issue_number: 1, body: 'x' });
    await expect(create).rejects.not.toBeInstanceOf(AmbiguousWrite);
    expect(waits).toHaveLength(2);
  });

  test('are repeated for GraphQL queries, not for mutations', async () => {
    const query = flaky([cut], { data: { viewer: { login: 'x' } } });
    const { client } = clientOf(await serve(query.listener));
    await client.graphql('query { viewer { login } }');
    expect(query.seen).toHaveLength(2);
    const mutation = flaky([cut], { data: {} });
    const { client: second } = clientOf(await serve(mutation.listener));
    await expect(second.graphql('mutation { x }')).rejects.toBeInstanceOf(AmbiguousWrite);
  });

  test('redirected elsewhere are failures, not successes', async () => {
    const { listener } = flaky([status(301, { location: '/elsewhere' })], {});
    const { client } = clientOf(await serve(listener));
    const create = client.rest.issues.createComment({ ...repo, issue_number: 1, body: 'x' });
    await expect(create).rejects.toThrow(/moved/);
  });
});

describe('the token', () => {
  test.each([
    ['ghs_1_a.b.c', 'bearer ghs_1_a.b.c'],
    ['ghp_plain', 'token ghp_plain'],
  ])('%s is sent as "%s"', async (token, header) => {
    let sent: string | undefined;
    const apiUrl = await serve((request, response) => {
      sent = request.headers.authorization;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(repository));
    });
    await clientOf(apiUrl, { token }).client.rest.repos.get(repo);
    expect(sent).toBe(header);
  });

  test('follows neither a Link header nor a redirect to another origin', async () => {
    const elsewhere: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      elsewhere.push(request.headers.authorization);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(repository));
    });
    const linking = await serve((_, response) => {
      response.setHeader('link', `<${other}/page2>; rel="next"`);
      response.setHeader('content-type', 'application/json').end('[]');
    });
    const { client } = clientOf(linking);
    const pages = client.paginate(client.rest.issues.listComments, { ...repo, issue_number: 1 });
    await expect(pages).rejects.toThrow(/refused to send/);
    expect(elsewhere).toEqual([]);
    const redirecting = await serve((_, response) => {
      response.writeHead(302, { location: `${other}/x` }).end();
    });
    await clientOf(redirecting).client.rest.repos.get(repo);
    expect(elsewhere).toEqual([undefined]);
  });

  test('missing, or an API that is no URL, is said at once', () => {
    expect(() => clientOf('https://api.github.com', { token: '' })).toThrow(/github-token/);
    expect(() => clientOf('api.github.com')).toThrow(/GITHUB_API_URL/);
  });
});

test('a cancelled run ends a request and is not retried', async () => {
  const controller = new AbortController();
  const { listener, seen } = flaky([silent], {});
  const { client } = clientOf(await serve(listener), { signal: controller.signal });
  const pending = client.rest.repos.get(repo);
  setTimeout(() => controller.abort(), 50);
  await expect(pending).rejects.toThrow();
  expect(seen.length).toBeLessThanOrEqual(1);
});

test('GitHub Enterprise Server: REST under /api/v3, GraphQL beside it', async () => {
  const { listener, seen } = flaky([], { ...repository, data: { viewer: { login: 'x' } } });
  const { client } = clientOf(`${await serve(listener)}/api/v3`);
  await client.rest.repos.get(repo);
  await client.graphql('query { viewer { login } }');
  expect(seen).toEqual(['GET /api/v3/repos/o/r', 'POST /api/graphql']);
});
