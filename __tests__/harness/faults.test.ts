import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fault } from './github/faults.ts';
import { type GitHubStandIn, startGitHub } from './github/stand-in.ts';

let hub: GitHubStandIn;
let token: string;
beforeEach(async () => {
  hub = await startGitHub();
  await hub.world.push(hub.repository, 'topic', { a: '1' });
  await hub.world.openPull(hub.repository, { head: 'topic' });
  token = hub.world.issueToken(hub.repository, { contents: 'write', issues: 'write' }).value;
});
afterEach(() => hub.close());

function ask(method: string, path: string, body?: unknown, signal?: AbortSignal) {
  return fetch(`${hub.apiUrl}/repos/octo-org/service/${path}`, {
    method,
    headers: { authorization: `token ${token}`, 'user-agent': 'test' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}
const comment = (signal?: AbortSignal) => ask('POST', 'issues/1/comments', { body: 'hello' }, signal);
const comments = () => hub.repository.comments.length;
const ON_COMMENT: Fault['match'] = { method: 'POST', route: /comments/ };

describe('faults', () => {
  test('answer with a status, its message and headers, as often as told, and without effect', async () => {
    const fault = hub.fault({
      match: ON_COMMENT,
      kind: { type: 'status', status: 429, headers: { 'retry-after': '7' } },
      times: 2,
    });
    for (let i = 0; i < 2; i++) {
      const answer = await comment();
      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe('7');
      expect(await answer.json()).toMatchObject({ message: 'Too Many Requests' });
    }
    expect(comments()).toBe(0);
    expect((await comment()).status).toBe(201);
    expect(fault.struck).toBe(2);
    expect(hub.requests.filter((r) => r.method === 'POST').map((r) => [r.status, r.fault])).toEqual([
      [429, 'status'],
      [429, 'status'],
      [201, null],
    ]);
  });

  test('a secondary limit is a 403 that says so', async () => {
    hub.fault({ match: ON_COMMENT, kind: { type: 'secondary-limit', retryAfter: 1 } });
    const answer = await comment();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([403, '1']);
    expect(((await answer.json()) as { message: string }).message).toMatch(/secondary rate limit/);
  });

  test('a connection is cut before the effect, or after it', async () => {
    hub.fault({ match: ON_COMMENT, kind: { type: 'cut-before' } });
    await expect(comment()).rejects.toThrow();
    expect(comments()).toBe(0);
    hub.fault({ match: ON_COMMENT, kind: { type: 'cut-after' } });
    await expect(comment()).rejects.toThrow();
    expect(comments()).toBe(1);
    hub.fault({ match: ON_COMMENT, kind: { type: 'status-after', status: 502 } });
    expect((await comment()).status).toBe(502);
    expect(comments()).toBe(2);
  });

  test('an answer is slow, never comes, or ends in the middle', async () => {
    hub.fault({ match: ON_COMMENT, kind: { type: 'slow', ms: 150 } });
    const started = performance.now();
    expect((await comment()).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
    hub.fault({ match: ON_COMMENT, kind: { type: 'hang' } });
    await expect(comment(AbortSignal.timeout(150))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(comments()).toBe(1);
    hub.fault({ match: ON_COMMENT, kind: { type: 'truncate' } });
    const cut = await comment();
    expect(cut.status).toBe(201);
    await expect(cut.text()).rejects.toThrow();
  });

  test('another writer really lands on the ref just before it is updated or made', async () => {
    const { git } = hub.repository;
    const main = (await git.resolve('main')) ?? '';
    const next = await git.writeCommit({
      tree: (await git.readCommit(main))?.tree ?? '',
      parents: [main],
      message: 'x',
    });
    hub.fault({ match: { route: /^git\/update-ref$/ }, kind: { type: 'ref-race' } });
    const lost = await ask('PATCH', 'git/refs/heads/main', { sha: next });
    expect(lost.status).toBe(422);
    expect(await lost.json()).toMatchObject({ message: 'Update is not a fast forward' });
    expect((await git.log(['main'])).map((commit) => commit.message)).toEqual([
      'Written by somebody else',
      'Start',
    ]);
    hub.fault({ match: { route: /create-ref/ }, kind: { type: 'ref-race' } });
    const taken = await ask('POST', 'git/refs', { ref: 'refs/heads/new', sha: main });
    expect(await taken.json()).toMatchObject({ message: 'Reference already exists' });
    expect((await git.readCommit('new'))?.parents).toEqual([]);
    hub.assertClean();
  });

  test('something of the test happens just before or after a request', async () => {
    hub.fault({ match: ON_COMMENT, kind: { type: 'before', run: () => expect(comments()).toBe(0) } });
    let after = -1;
    await comment();
    const note = () => {
      after = comments();
    };
    hub.fault({ match: ON_COMMENT, kind: { type: 'after', run: note } });
    await comment();
    expect(after).toBe(2);
    hub.assertClean();
  });

  test('skip some requests, strike a fraction of them the same way for the same seed, and stop', async () => {
    const seen = async (seed: number) => {
      const fault = hub.fault({
        match: { method: 'GET' },
        kind: { type: 'status', status: 500 },
        probability: 0.4,
        seed,
      });
      const statuses = [];
      for (let i = 0; i < 20; i++) statuses.push((await ask('GET', 'git/ref/heads/main')).status);
      fault.stop();
      return statuses.join();
    };
    const first = await seen(7);
    expect(first).toMatch(/200/);
    expect(first).toMatch(/500/);
    expect(await seen(7)).toBe(first);
    expect(await seen(8)).not.toBe(first);
    hub.fault({ match: { method: 'GET' }, kind: { type: 'status', status: 404 }, skip: 1 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await ask('GET', 'git/ref/heads/main')).status);
    expect(statuses).toEqual([200, 404, 200]);
  });
});
