import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type CommentOptions, type OwnSection, upsertComment } from '../../src/github/comment.ts';
import {
  COMMENT_LENGTH,
  commentMarker,
  parseSections,
  type RenderFrame,
} from '../../src/github/comment-body.ts';
import { shortHash } from '../../src/github/series.ts';
import { FakeApi, json } from './fake-api.ts';

const KEY = 'perf';
const renderFrame: RenderFrame = (heads) => ({
  top: heads.map(({ title, verdict }) => `${title}: ${verdict}`).join('; '),
  bottom: 'footer',
});

function own(changes: Partial<OwnSection> = {}): OwnSection {
  return {
    series: 'leg a',
    title: 'a',
    state: 'final',
    verdict: 'unchanged',
    run: { workflow: 'perf.yml', id: 100, number: 10, attempt: 1 },
    sha: '0123456789abcdef0123456789abcdef01234567',
    body: 'report a',
    short: () => 'short a',
    ...changes,
  };
}

const run = (number: number, attempt = 1) => ({ workflow: 'perf.yml', id: number * 10, number, attempt });

function upsert(api: FakeApi, section: OwnSection, changes: Partial<CommentOptions> = {}) {
  return upsertComment({
    client: api.client(),
    repo: { owner: 'o', repo: 'r' },
    issue: 7,
    key: KEY,
    sections: [section],
    renderFrame,
    create: true,
    log: { debug: () => {} },
    sleep: async () => {},
    random: () => 0.5,
    ...changes,
  });
}

const texts = (api: FakeApi) => parseSections(api.comments.at(-1)?.body ?? '').map(({ text }) => text);
const writes = (api: FakeApi) =>
  api.requests.filter(({ method, path }) => method !== 'GET' && !path.includes('graphql'));

describe('one job', () => {
  test('begins the comment, updates it in place, and writes nothing when nothing changed', async () => {
    const api = new FakeApi();
    api.add('a person was here', { login: 'mona', type: 'User' });
    expect(await upsert(api, own())).toMatchObject({
      status: 'created',
      id: 2,
      url: 'https://example.test/c/2',
    });
    expect(api.requests.length).toBeLessThanOrEqual(4);
    expect(api.comments[1]?.body.startsWith(commentMarker(shortHash(KEY)))).toBe(true);

    api.requests.length = 0;
    const next = own({ run: run(11), body: 'report a, later' });
    expect(await upsert(api, next)).toMatchObject({ status: 'updated', id: 2 });
    expect(api.requests.length).toBeLessThanOrEqual(5);
    expect(api.comments).toHaveLength(2);
    expect(texts(api)).toEqual(['report a, later']);

    api.requests.length = 0;
    expect(await upsert(api, next)).toMatchObject({ status: 'unchanged', id: 2 });
    expect(writes(api)).toEqual([]);
  });

  test('finds its comment on a later page', async () => {
    const api = new FakeApi();
    for (let i = 0; i < 230; i++) api.add(`talk ${i}`, { login: 'mona', type: 'User' });
    await upsert(api, own());
    for (let i = 0; i < 230; i++) api.add(`more ${i}`, { login: 'mona', type: 'User' });
    expect(await upsert(api, own({ run: run(11), body: 'new' }))).toMatchObject({
      status: 'updated',
      id: 231,
    });
    expect(api.comments).toHaveLength(461);
  });

  test('ignores the marker in a comment of somebody else, and in the middle of its own', async () => {
    const api = new FakeApi();
    await upsert(api, own());
    const stolen = api.comments[0]?.body ?? '';
    api.comments.splice(0);
    const attacker = api.add(stolen, { login: 'mallory', type: 'User' });
    const namesake = api.add(stolen, { login: 'github-actions', type: 'User' });
    const otherBot = api.add(stolen, { login: 'dependabot[bot]', type: 'Bot' });
    const quoted = api.add(`> quoted\n\n${stolen}`);
    const mine = api.add(stolen);
    expect(await upsert(api, own({ run: run(11), body: 'new' }))).toMatchObject({ id: mine.id });
    for (const untouched of [attacker, namesake, otherBot]) expect(untouched.body).toBe(stolen);
    expect(quoted.body).toBe(`> quoted\n\n${stolen}`);
    expect(api.comments).toHaveLength(5);
  });

  test('keeps its comment apart from that of another key', async () => {
    const api = new FakeApi();
    await upsert(api, own());
    expect(await upsert(api, own(), { key: 'other' })).toMatchObject({ status: 'created', id: 2 });
  });

  test('an older run, or an older attempt, overwrites nothing', async () => {
    const api = new FakeApi();
    await upsert(api, own({ run: run(11, 2), body: 'newest' }));
    const before = api.comments[0]?.body;
    for (const older of [run(10), run(10, 3), run(11, 1)]) {
      expect(await upsert(api, own({ run: older, body: 'old' }))).toMatchObject({
        status: 'superseded',
        id: 1,
      });
    }
    expect(await upsert(api, own({ run: run(11, 2), state: 'measuring' }))).toMatchObject({
      status: 'superseded',
    });
    expect(api.comments[0]?.body).toBe(before);
  });

  test('a measuring section becomes the final one of the same attempt', async () => {
    const api = new FakeApi();
    await upsert(api, own({ state: 'measuring', verdict: 'none', body: 'measuring…' }));
    expect(await upsert(api, own())).toMatchObject({ status: 'updated' });
    expect(texts(api)).toEqual(['report a']);
  });

  test('begins none when told not to, but updates one that is there', async () => {
    const api = new FakeApi();
    expect(await upsert(api, own(), { create: false })).toEqual({ status: 'skipped' });
    expect(writes(api)).toEqual([]);
    await upsert(api, own());
    const next = own({ run: run(11), body: 'new' });
    expect(await upsert(api, next, { create: false })).toMatchObject({ status: 'updated' });
  });

  test('asks for the short form when the report is too long', async () => {
    const api = new FakeApi();
    await upsert(api, own({ body: 'x'.repeat(COMMENT_LENGTH) }));
    expect(texts(api)).toEqual(['short a']);
  });

  test.each([
    ['GraphQL without [bot]', 'github-actions'],
    ['GraphQL with [bot]', 'github-actions[bot]'],
    ['no answer from GraphQL nor GET /user', null],
  ])('knows itself by %s', async (_, viewer) => {
    const api = new FakeApi();
    api.viewer = viewer;
    await upsert(api, own());
    expect(await upsert(api, own({ run: run(11), body: 'new' }))).toMatchObject({ status: 'updated', id: 1 });
  });

  test('with a personal token, is the user and not an app of the same name', async () => {
    const api = new FakeApi();
    api.bot = { login: 'mona', type: 'User' };
    api.viewer = 'mona';
    await upsert(api, own());
    expect(await upsert(api, own({ run: run(11), body: 'new' }))).toMatchObject({ status: 'updated', id: 1 });
  });
});

describe('several jobs', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test('keep their sections in one comment, in a stable order', async () => {
    const api = new FakeApi();
    await upsert(api, own({ series: 'leg b', title: 'b', body: 'report b', verdict: 'regressed' }));
    await upsert(api, own());
    await upsert(api, own({ series: 'leg c', title: 'c', body: 'report c' }));
    expect(api.comments).toHaveLength(1);
    expect(texts(api)).toEqual(['report a', 'report b', 'report c']);
    expect(api.comments[0]?.body.split('\n')[1]).toBe('a: unchanged; b: regressed; c: unchanged');
  });

  test('write their section again when another one overwrote it', async () => {
    const api = new FakeApi();
    await upsert(api, own({ series: 'leg b', title: 'b', body: 'report b' }));
    const withoutA = api.comments[0]?.body ?? '';
    let stolen = 0;
    const sleep = async () => {
      // Another job had read the comment before ours was in it, and writes now.
      if (stolen++ < 3 && api.comments[0] !== undefined) api.comments[0].body = withoutA;
    };
    expect(await upsert(api, own(), { sleep })).toMatchObject({ status: 'updated' });
    expect(texts(api)).toEqual(['report a', 'report b']);
  });

  test('do not fight over the words around the sections', async () => {
    const api = new FakeApi();
    await upsert(api, own({ series: 'leg b', title: 'b', body: 'report b' }));
    const sleep = async () => {
      const comment = api.comments[0];
      if (comment !== undefined) comment.body = comment.body.replace('footer', 'footer of another version');
    };
    api.requests.length = 0;
    expect(await upsert(api, own(), { sleep })).toMatchObject({ status: 'updated' });
    expect(writes(api)).toHaveLength(1);
  });

  test('say so when they are overwritten for ever', async () => {
    const api = new FakeApi();
    await upsert(api, own({ series: 'leg b', title: 'b' }));
    const withoutA = api.comments[0]?.body ?? '';
    const sleep = async () => {
      if (api.comments[0] !== undefined) api.comments[0].body = withoutA;
    };
    expect(await upsert(api, own(), { sleep })).toMatchObject({
      status: 'failed',
      reason: /kept overwriting/,
    });
    expect(writes(api).length).toBeLessThan(30);
  });

  test('that began two comments at once end with the older one, and every section in it', async () => {
    const api = new FakeApi();
    const other = new FakeApi();
    await upsert(other, own({ series: 'leg b', title: 'b', body: 'report b' }));
    const theirs = other.comments[0]?.body ?? '';
    let slept = false;
    const sleep = async () => {
      if (!slept) api.add(theirs);
      slept = true;
    };
    expect(await upsert(api, own(), { sleep })).toMatchObject({ status: 'created', id: 1 });
    expect(api.comments).toHaveLength(1);
    expect(texts(api)).toEqual(['report a', 'report b']);
  });

  test('that may not delete the second comment point from it to the first', async () => {
    const api = new FakeApi();
    await upsert(api, own());
    const copy = api.add(api.comments[0]?.body ?? '');
    api.faults.push({
      method: 'DELETE',
      path: /./,
      times: 9,
      answer: () => json({ message: 'Must have admin rights to Repository.' }, 403),
    });
    expect(await upsert(api, own({ run: run(11), body: 'new' }))).toMatchObject({ id: 1 });
    expect(copy.body).toBe('This report has moved to [the first comment](https://example.test/c/1).');
  });

  test.each([
    ['none is there yet', false],
    ['one is there already', true],
  ])('32 at once, with slow requests, end in one comment with all sections when %s', async (_, begun) => {
    const api = new FakeApi();
    const legs = Array.from({ length: 32 }, (_, leg) => `leg ${String(leg).padStart(2, '0')}`);
    if (begun) {
      for (const leg of legs) await upsert(api, own({ series: leg, title: leg, run: run(9), body: 'old' }));
      api.requests.length = 0;
    }
    // Time as the jobs have it, in which this machine's own speed is none: a request takes up to half a second.
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    api.latency = () => Math.random() * 500;
    let isOver = false;
    const all = Promise.all(
      legs.map((leg) =>
        upsert(api, own({ series: leg, title: leg, body: `report ${leg}` }), {
          sleep: later,
          random: Math.random,
        }),
      ),
    ).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await jest.advanceTimersByTimeAsync(20);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const outcomes = await all;
    expect(outcomes.filter(({ status }) => status !== 'created' && status !== 'updated')).toEqual([]);
    expect(api.comments).toHaveLength(1);
    expect(texts(api)).toEqual(legs.map((leg) => `report ${leg}`));
    // A repository's token has 1,000 requests an hour.
    expect(api.requests.length).toBeLessThan(600);
  });
});

describe('faults', () => {
  const lost = { network: 'ECONNRESET', times: 1 };

  test.each([
    ['before its effect', false],
    ['after its effect', true],
  ])('an answer to the first comment that is lost %s leaves one comment', async (_, after) => {
    const api = new FakeApi();
    api.faults.push({ ...lost, method: 'POST', path: /issues/, after });
    expect(await upsert(api, own())).toMatchObject({ status: 'created' });
    expect(api.comments).toHaveLength(1);
    expect(writes(api)).toHaveLength(after ? 1 : 2);
  });

  test('an answer to an update that is lost leaves what another job wrote in between', async () => {
    const api = new FakeApi();
    await upsert(api, own());
    api.faults.push({ ...lost, method: 'PATCH', path: /./, after: true });
    let joined = false;
    const sleep = async () => {
      if (joined) return;
      joined = true;
      await upsert(api, own({ series: 'leg b', title: 'b', body: 'report b' }));
    };
    const next = own({ run: run(11), body: 'report a, later' });
    expect(await upsert(api, next, { sleep })).toMatchObject({ status: 'updated' });
    expect(texts(api)).toEqual(['report a, later', 'report b']);
  });

  test('a list that is cut off is not an empty one', async () => {
    const api = new FakeApi();
    await upsert(api, own());
    const cut = () => new Response('[{"id":', { headers: { 'content-type': 'application/json' } });
    api.faults.push({ method: 'GET', path: /comments\?/, times: 2, answer: cut });
    expect(await upsert(api, own({ run: run(11), body: 'new' }))).toMatchObject({ status: 'updated', id: 1 });
    expect(api.comments).toHaveLength(1);
  });

  test.each([409, 500])('a list that cannot be read (%d) makes no second comment', async (status) => {
    const api = new FakeApi();
    await upsert(api, own());
    api.faults.push({
      method: 'GET',
      path: /comments\?/,
      times: 99,
      answer: () => json({ message: 'no' }, status),
    });
    expect(await upsert(api, own({ run: run(11) }))).toMatchObject({ status: 'failed' });
    expect(api.comments).toHaveLength(1);
  });

  test('not knowing itself for a fault makes no second comment', async () => {
    const api = new FakeApi();
    await upsert(api, own());
    api.faults.push({
      method: 'POST',
      path: /graphql/,
      times: 99,
      answer: () => json({ message: 'x' }, 502),
    });
    expect(await upsert(api, own({ run: run(11) }))).toMatchObject({ status: 'failed' });
    expect(api.comments).toHaveLength(1);
  });

  test('a token that may not write is an outcome of its own', async () => {
    const api = new FakeApi();
    const refused = () => json({ message: 'Resource not accessible by integration' }, 403);
    api.faults.push({ method: 'POST', path: /issues/, times: 1, answer: refused });
    const outcome = await upsert(api, own());
    expect(outcome).toMatchObject({ status: 'read-only', reason: /pull-requests: write/ });
    expect(api.comments).toEqual([]);
  });

  test.each([
    [401, /github-token/],
    [404, /pull-requests: write/],
    [410, /gone/],
    [422, /refused/],
    [503, /githubstatus/],
  ])('%d for every write fails in words, after few tries', async (status, words) => {
    const api = new FakeApi();
    api.faults.push({
      method: 'POST',
      path: /issues/,
      times: 99,
      answer: () => json({ message: 'no' }, status),
    });
    expect(await upsert(api, own())).toMatchObject({ status: 'failed', reason: words });
    expect(writes(api).length).toBeLessThanOrEqual(5);
  });

  test('a limit on writes is waited for, and the comment is looked at again before the next try', async () => {
    const api = new FakeApi();
    const limited = () => json({ message: 'slow down' }, 429, { 'retry-after': '30' });
    api.faults.push({ method: 'POST', path: /issues/, times: 1, answer: limited });
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
    };
    expect(await upsert(api, own(), { sleep })).toMatchObject({ status: 'created' });
    expect(waits[0]).toBe(30_000);
    expect(api.comments).toHaveLength(1);
  });

  test('a comment deleted while it is updated is begun again', async () => {
    const api = new FakeApi();
    await upsert(api, own());
    api.faults.push({
      method: 'PATCH',
      path: /./,
      times: 1,
      answer: () => json({ message: 'Not Found' }, 404),
    });
    const sleep = async () => {
      api.comments.splice(0);
    };
    await upsert(api, own({ run: run(11), body: 'new' }), { sleep: sleepOnce(sleep) });
    expect(texts(api)).toEqual(['new']);
  });
});

function sleepOnce(first: () => Promise<void>): () => Promise<void> {
  let done = false;
  return async () => {
    if (!done) await first();
    done = true;
  };
}
