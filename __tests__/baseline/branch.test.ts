import { describe, expect, test } from '@jest/globals';
import { branchStore } from '../../src/baseline/branch.ts';
import { decodeResult, encodeBaseline } from '../../src/baseline/codec.ts';
import { seriesFolder } from '../../src/baseline/layout.ts';
import { StoreError, TransientStoreError } from '../../src/baseline/store-error.ts';
import { UsageError } from '../../src/domain/errors.ts';
import { FakeRepository, type Fault, fakeClock, fakeGit, randomFaults } from './fake-git.ts';
import { numbers, resultOf, SERIES, shaOf } from './samples.ts';

const FOLDER = seriesFolder(SERIES);
const query = { series: SERIES, limit: 20 };
const pathOf = (n: number) => `${FOLDER}/${shaOf(n)}-${1000 + n}-1.json.gz`;

function storeOn(repository: FakeRepository, options: { fault?: Fault; keep?: number; seed?: number } = {}) {
  const clock = fakeClock(numbers(options.seed ?? 1));
  const git = fakeGit(repository, options.fault);
  const keep = options.keep === undefined ? {} : { keep: options.keep };
  return { clock, store: branchStore({ git, clock, ...keep }) };
}

/** Ids of everything stored on the branch, in all series. */
const storedIds = (repository: FakeRepository) =>
  [...repository.filesOf()]
    .filter(([path]) => path.endsWith('.json.gz'))
    .map(([path, sha]) => decodeResult(repository.blobs.get(sha) ?? new Uint8Array(), path).id)
    .sort();

const ids = async (repository: FakeRepository, limit = 20) =>
  (await storeOn(repository).store.history({ series: SERIES, limit })).entries.map((e) => e.result.id);

describe('first use', () => {
  test('an absent branch is an empty history', async () => {
    expect(await storeOn(new FakeRepository()).store.history(query)).toEqual({ entries: [], unreadable: [] });
  });

  test('makes an orphan branch that explains itself', async () => {
    const repository = new FakeRepository();
    const stored = await storeOn(repository).store.append(resultOf(1));
    expect(stored).toEqual({
      location: `branch perf-baseline, ${pathOf(1)}`,
      sha: repository.branches.get('perf-baseline'),
    });
    expect([...repository.filesOf().keys()].sort()).toEqual(
      ['README.md', pathOf(1), `${FOLDER}/series.json`, `${FOLDER}/window.json`].sort(),
    );
    expect(repository.log()).toMatchObject([{ parent: null, message: expect.stringContaining('[skip ci]') }]);
  });
});

describe('history', () => {
  test('is newest first by run, not by the time it was stored', async () => {
    const repository = new FakeRepository();
    for (const n of [2, 5, 1, 3]) await storeOn(repository).store.append(resultOf(n));
    const { entries } = await storeOn(repository).store.history(query);
    expect(entries.map((e) => e.result)).toEqual([5, 3, 2, 1].map((n) => resultOf(n)));
    expect(await ids(repository, 2)).toEqual(['result-5', 'result-3']);
  });

  test('keeps series apart', async () => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1));
    await storeOn(repository).store.append(resultOf(2, { series: 'other' }));
    expect(await ids(repository)).toEqual(['result-1']);
  });

  test('of forty baselines takes three requests', async () => {
    const repository = new FakeRepository();
    for (let n = 1; n <= 45; n++) await storeOn(repository).store.append(resultOf(n));
    const before = { ...repository.requests };
    expect(await ids(repository, 40)).toHaveLength(40);
    const used = Object.entries(repository.requests).map(([key, n]) => [
      key,
      n - (before[key as 'head'] ?? 0),
    ]);
    expect(Object.fromEntries(used)).toEqual({
      head: 1,
      files: 1,
      readBlob: 1,
      writeBlob: 0,
      commit: 0,
      moveBranch: 0,
    });
  });

  test('is the same without, with a stale, and with a damaged window', async () => {
    const repository = new FakeRepository();
    for (const n of [1, 2]) await storeOn(repository).store.append(resultOf(n));
    const stale = repository.filesOf().get(`${FOLDER}/window.json`) ?? '';
    await storeOn(repository).store.append(resultOf(3));
    const expected = ['result-3', 'result-2', 'result-1'];
    repository.edit([{ path: `${FOLDER}/window.json`, blob: stale }]);
    expect(await ids(repository)).toEqual(expected);
    for (const text of ['{', 'null', '[]', '{"copies":[]}', '{"copies":{"__proto__":1,"x":[]}}']) {
      repository.edit([{ path: `${FOLDER}/window.json`, text }]);
      expect(await ids(repository)).toEqual(expected);
    }
    repository.edit([{ path: `${FOLDER}/window.json`, removed: true }]);
    expect(await ids(repository)).toEqual(expected);
  });

  test('of many baselines without a window is the newest few, and whole again after some appends', async () => {
    const repository = new FakeRepository();
    for (let n = 1; n <= 20; n++) await storeOn(repository).store.append(resultOf(n));
    repository.edit([{ path: `${FOLDER}/window.json`, removed: true }]);
    const before = repository.requests.readBlob;
    expect(await ids(repository)).toEqual([20, 19, 18, 17, 16, 15].map((n) => `result-${n}`));
    expect(repository.requests.readBlob - before).toBe(6);
    for (let n = 21; n <= 23; n++) await storeOn(repository).store.append(resultOf(n));
    expect(await ids(repository)).toHaveLength(20);
  });

  test('believes no copy that differs from its file', async () => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1));
    const forged = Buffer.from(encodeBaseline(resultOf(1, { verdict: 'improved' }))).toString('base64');
    const name = pathOf(1).slice(FOLDER.length + 1);
    repository.edit([
      { path: `${FOLDER}/window.json`, text: JSON.stringify({ copies: { [name]: forged } }) },
    ]);
    expect((await storeOn(repository).store.history(query)).entries[0]?.result).toEqual(resultOf(1));
  });

  test.each([
    ['truncated', encodeBaseline(resultOf(1)).slice(0, 90), 'corrupt', /cut short/],
    ['empty', new Uint8Array(), 'corrupt', /empty/],
    ['of a newer version', Buffer.from('{"schema":"perf-baseline/result","version":7}'), 'newer', /upgrade/],
    ['of another series', encodeBaseline(resultOf(1, { series: 'x' })), 'corrupt', /of the series "x"/],
    ['of another commit', encodeBaseline(resultOf(4)), 'corrupt', /it holds the baseline 0+4-1004-1/],
    [
      'of another repository',
      encodeBaseline(resultOf(1, { origin: { ...originOf(1), repository: 'evil/shop' } })),
      'corrupt',
      /measured in evil\/shop, expected acme\/shop/,
    ],
    [
      'of a pull request',
      encodeBaseline(resultOf(1, { origin: { ...originOf(1), event: 'pull_request' } })),
      'corrupt',
      /pull_request event/,
    ],
  ])('tells of a baseline that is %s, and still gives the others', async (_, bytes, reason, detail) => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1));
    await storeOn(repository).store.append(resultOf(2));
    repository.edit([{ path: pathOf(1), blob: repository.put(bytes) }]);
    const { entries, unreadable } = await storeOn(repository).store.history(query);
    expect(entries.map((e) => e.result.id)).toEqual(['result-2']);
    expect(unreadable).toEqual([
      { location: `branch perf-baseline, ${pathOf(1)}`, reason, detail: expect.stringMatching(detail) },
    ]);
    await storeOn(repository).store.append(resultOf(3));
    expect(
      Buffer.from(repository.blobs.get(repository.filesOf().get(pathOf(1)) ?? '') ?? []).equals(bytes),
    ).toBe(true);
  });

  test.each(['head', 'files', 'readBlob'])('rejects when %s fails: it cannot tell', async (failing) => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1));
    const { store } = storeOn(repository, {
      fault: (operation) => {
        if (operation === failing) throw new TransientStoreError('GitHub answered 502');
      },
    });
    await expect(store.history(query)).rejects.toThrow('GitHub answered 502');
  });
});

function originOf(n: number) {
  const { origin } = resultOf(n);
  if (origin === null) throw new Error('samples have an origin');
  return origin;
}

describe('append', () => {
  test('is idempotent, and takes no commit the second time', async () => {
    const repository = new FakeRepository();
    const first = await storeOn(repository).store.append(resultOf(1));
    expect(await storeOn(repository).store.append(resultOf(1))).toEqual(first);
    expect(await storeOn(repository).store.append(resultOf(1, { verdict: 'unchanged' }))).toEqual(first);
    expect(repository.log()).toHaveLength(1);
  });

  test('keeps two results of the same run and series apart', async () => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1));
    const twin = resultOf(1, { id: 'twin' });
    await storeOn(repository).store.append(twin);
    await storeOn(repository).store.append(twin);
    expect(storedIds(repository)).toEqual(['result-1', 'twin']);
    expect((await ids(repository)).sort()).toEqual(['result-1', 'twin']);
  });

  test('stores what a terminal measured under its id', async () => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1, { origin: null, commit: null }));
    expect(await ids(repository)).toEqual(['result-1']);
    expect(storedIds(repository)).toEqual(['result-1']);
  });

  test('bounds the history of a series, and only of that series', async () => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1, { series: 'other' }));
    for (let n = 1; n <= 6; n++) await storeOn(repository, { keep: 3 }).store.append(resultOf(n));
    expect(await ids(repository)).toEqual(['result-6', 'result-5', 'result-4']);
    expect(storedIds(repository)).toContain('result-1');
    await storeOn(repository, { keep: 3 }).store.append(resultOf(2));
    expect(await ids(repository)).toContain('result-2');
  });

  test.each(['pull_request', 'pull_request_target', 'merge_group'])(
    'refuses a result of %s',
    async (event) => {
      const repository = new FakeRepository();
      const result = resultOf(1, { origin: { ...originOf(1), event } });
      await expect(storeOn(repository).store.append(result)).rejects.toThrow(UsageError);
      expect(repository.branches.size).toBe(0);
    },
  );

  test('a real failure ends it at once, in the words of the port', async () => {
    const repository = new FakeRepository();
    const { store, clock } = storeOn(repository, {
      fault: (operation) => {
        if (operation === 'moveBranch') throw new StoreError('a ruleset forbids it (GH013)');
      },
    });
    await expect(store.append(resultOf(1))).rejects.toThrow('GH013');
    expect(clock.waits).toEqual([]);
  });

  test('gives up at its deadline with the reason', async () => {
    const { store, clock } = storeOn(new FakeRepository(), {
      fault: () => {
        throw new TransientStoreError('GitHub answered 503');
      },
    });
    await expect(store.append(resultOf(1))).rejects.toThrow(
      /within 300 s \(\d+ attempts\): GitHub answered 503/,
    );
    expect(clock.time).toBeLessThanOrEqual(300_000);
    expect(clock.time).toBeGreaterThan(250_000);
  });

  test('waits as long as it is asked to', async () => {
    let failures = 1;
    const { store, clock } = storeOn(new FakeRepository(), {
      fault: (_, when) => {
        if (when === 'before' && failures-- > 0) throw new TransientStoreError('secondary limit', 60_000);
      },
    });
    await store.append(resultOf(1));
    expect(clock.waits).toEqual([60_000]);
  });

  test.each([
    ['head', 'before'],
    ['files', 'before'],
    ['writeBlob', 'before'],
    ['writeBlob', 'after'],
    ['commit', 'before'],
    ['commit', 'after'],
    ['moveBranch', 'before'],
    ['moveBranch', 'after'],
    ['head', 'after'],
  ])('survives one failure of %s %s its effect with one commit', async (operation, moment) => {
    const repository = new FakeRepository();
    await storeOn(repository).store.append(resultOf(1));
    let failures = 1;
    const { store } = storeOn(repository, {
      fault: (at, when) => {
        if (at === operation && when === moment && failures-- > 0) throw new TransientStoreError('cut');
      },
    });
    await store.append(resultOf(2));
    expect(failures).toBeLessThanOrEqual(0);
    expect(await ids(repository)).toEqual(['result-2', 'result-1']);
    expect(repository.log()).toHaveLength(2);
  });

  test('acknowledges nothing that is gone when it looks', async () => {
    const repository = new FakeRepository();
    let wiped = false;
    const { store } = storeOn(repository, {
      fault: (operation, when) => {
        if (operation !== 'moveBranch' || when !== 'after' || wiped) return;
        wiped = true;
        repository.branches.delete('perf-baseline');
      },
    });
    await store.append(resultOf(1));
    expect(wiped).toBe(true);
    expect(await ids(repository)).toEqual(['result-1']);
  });
});

describe('many writers at once', () => {
  test.each([
    [16, 0, 1],
    [16, 0.1, 16],
    [64, 0, 64],
    [64, 0.1, 1],
    [64, 0.05, 8],
  ])('%d writers, %d of all answers lost, %d series: each exactly once', async (writers, share, series) => {
    const repository = new FakeRepository();
    const random = numbers(writers + series);
    const acknowledged = await Promise.all(
      Array.from({ length: writers }, async (_, n) => {
        const { store } = storeOn(repository, { fault: randomFaults(share, random), seed: n });
        const result = resultOf(n, series === 1 ? {} : { series: `series ${n % series}` });
        await store.append(result);
        return result.id;
      }),
    );
    expect(storedIds(repository)).toEqual(acknowledged.sort());
    // One commit a baseline, on one line of history.
    expect(repository.log()).toHaveLength(writers);
  });

  test('a killed writer leaves a sound branch, and its second run stores it once', async () => {
    const repository = new FakeRepository();
    const random = numbers(7);
    for (let n = 0; n < 40; n++) {
      const died = new Error('killed');
      const killed = storeOn(repository, {
        fault: () => {
          if (random() < 0.1) throw died;
        },
      });
      await killed.store.append(resultOf(n)).catch((error) => expect(error).toBe(died));
      await storeOn(repository).store.append(resultOf(n));
    }
    expect(storedIds(repository)).toHaveLength(40);
    expect(repository.log()).toHaveLength(40);
  });
});
