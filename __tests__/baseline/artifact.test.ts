import { describe, expect, test } from '@jest/globals';
import {
  artifactName,
  artifactStore,
  parseArtifactName,
  readUploadedResult,
  uploadResult,
} from '../../src/baseline/artifact.ts';
import type { ArtifactService, ListedArtifact } from '../../src/baseline/artifact-service.ts';
import { encodeBaseline } from '../../src/baseline/codec.ts';
import { StoreError, TransientStoreError } from '../../src/baseline/store-error.ts';
import { encodeWindow } from '../../src/baseline/window.ts';
import { UsageError } from '../../src/domain/errors.ts';
import type { Result } from '../../src/domain/result.ts';
import { fakeClock } from './fake-git.ts';
import { REPOSITORY, resultOf, SERIES } from './samples.ts';
import { zipOf } from './zip-writer.ts';

type Kept = ListedArtifact & { run: number; zip: Buffer };
type Operation = 'pushRuns' | 'artifactsOf' | 'find' | 'download' | 'upload';

/** The artifacts of one workflow in memory. Uploads go to `currentRun`. */
class FakeArtifacts implements ArtifactService {
  readonly repository = REPOSITORY;
  readonly kept: Kept[] = [];
  readonly burnt = new Set<string>();
  readonly requests: Operation[] = [];
  runs: number[] = [];
  currentRun = 0;
  fault: (operation: Operation, when: 'before' | 'after') => void = () => undefined;

  async #step<T>(operation: Operation, effect: () => T): Promise<T> {
    this.requests.push(operation);
    this.fault(operation, 'before');
    const value = effect();
    this.fault(operation, 'after');
    return value;
  }

  startRun(run: number): void {
    this.currentRun = run;
    this.runs = [run, ...this.runs].sort((a, b) => b - a);
  }

  add(run: number, name: string, files: Record<string, Uint8Array>): Kept {
    const zip = zipOf(Object.entries(files).map(([file, content]) => ({ name: file, content })));
    const kept = {
      id: this.kept.length + 1,
      name,
      bytes: zip.length,
      expired: false,
      digest: null,
      run,
      zip,
    };
    this.kept.push(kept);
    return kept;
  }

  pushRuns = (limit: number) => this.#step('pushRuns', () => this.runs.slice(0, limit));
  artifactsOf = (run: number) => this.#step('artifactsOf', () => this.kept.filter((a) => a.run === run));
  find = (id: number) => this.#step('find', () => this.kept.find((a) => a.id === id) ?? null);
  download = ({ id }: ListedArtifact) =>
    this.#step('download', () => this.kept.find((a) => a.id === id)?.zip ?? ('gone' as const));
  upload = async (name: string, files: ReadonlyMap<string, Uint8Array>) => {
    const key = `${this.currentRun} ${name}`;
    if (this.burnt.has(key)) return 'name-taken' as const;
    this.burnt.add(key);
    return this.#step('upload', () => this.add(this.currentRun, name, Object.fromEntries(files)));
  };
}

const query = { series: SERIES, limit: 20 };
const storeOn = (artifacts: FakeArtifacts) => artifactStore({ artifacts, clock: fakeClock() });
const ids = async (artifacts: FakeArtifacts) =>
  (await storeOn(artifacts).history(query)).entries.map((e) => e.result.id);

async function pushed(...numbers: number[]): Promise<FakeArtifacts> {
  const artifacts = new FakeArtifacts();
  for (const n of numbers) {
    artifacts.startRun(1000 + n);
    await storeOn(artifacts).append(resultOf(n));
  }
  return artifacts;
}

function originOf(n: number) {
  const { origin } = resultOf(n);
  if (origin === null) throw new Error('samples have an origin');
  return origin;
}

describe('names', () => {
  test('say kind, series and attempt, and are read back', () => {
    const name = artifactName('history', resultOf(1, { origin: { ...originOf(1), runAttempt: 3 } }), 2);
    expect(name).toMatch(/^perf-baseline-history-[0-9a-f]{20}-3-2$/);
    expect(parseArtifactName(name)).toMatchObject({ kind: 'history', attempt: 3, upload: 2 });
    expect(parseArtifactName('perf-baseline-history-xyz-1')).toBeUndefined();
  });
});

describe('history', () => {
  test('is empty where no run has an artifact', async () => {
    const artifacts = new FakeArtifacts();
    artifacts.startRun(1);
    expect(await storeOn(artifacts).history(query)).toEqual({ entries: [], unreadable: [] });
  });

  test('of many pushes is newest first, for a few requests', async () => {
    const artifacts = await pushed(...Array.from({ length: 25 }, (_, i) => i + 1));
    artifacts.requests.length = 0;
    expect(await ids(artifacts)).toEqual(Array.from({ length: 20 }, (_, i) => `result-${25 - i}`));
    expect(artifacts.requests).toEqual(['pushRuns', 'artifactsOf', 'download']);
  });

  test('has both of two pushes that overlapped', async () => {
    const artifacts = await pushed(1, 2);
    const [a, b] = [storeOn(artifacts), storeOn(artifacts)];
    await a.history(query);
    await b.history(query);
    artifacts.startRun(1003);
    await a.append(resultOf(3));
    artifacts.startRun(1004);
    await b.append(resultOf(4));
    expect(await ids(artifacts)).toEqual(['result-4', 'result-3', 'result-2', 'result-1']);
  });

  test('passes over expired and deleted artifacts to the run before', async () => {
    const artifacts = await pushed(1, 2, 3);
    for (const kept of artifacts.kept) if (kept.run === 1003) kept.expired = true;
    expect(await ids(artifacts)).toEqual(['result-2', 'result-1']);
    artifacts.download = async ({ id }) =>
      artifacts.kept.find((a) => a.id === id && a.run !== 1002)?.zip ?? 'gone';
    expect(await ids(artifacts)).toEqual(['result-1']);
  });

  test('takes the results of other runs, series and kinds for nothing', async () => {
    const artifacts = await pushed(1);
    artifacts.startRun(1002);
    await storeOn(artifacts).append(resultOf(2, { series: 'other' }));
    await uploadResult({ artifacts, clock: fakeClock() }, resultOf(2));
    artifacts.add(1002, 'coverage', { 'baseline.json.gz': encodeBaseline(resultOf(2)) });
    expect(await ids(artifacts)).toEqual(['result-1']);
  });

  const named = (n: number) => artifactName('history', resultOf(n));
  test.each<[string, Record<string, Uint8Array>, string, RegExp]>([
    ['empty', {}, 'corrupt', /holds no baseline\.json\.gz/],
    ['truncated', { 'baseline.json.gz': encodeBaseline(resultOf(2)).slice(0, 50) }, 'corrupt', /cut short/],
    [
      'newer',
      { 'baseline.json.gz': Buffer.from('{"schema":"perf-baseline/result","version":3}') },
      'newer',
      /upgrade/,
    ],
    [
      'of another run',
      { 'baseline.json.gz': encodeBaseline(resultOf(9)) },
      'corrupt',
      /of run 1009, expected 1002/,
    ],
    [
      'of another series',
      { 'baseline.json.gz': encodeBaseline(resultOf(2, { series: 'x' })) },
      'corrupt',
      /series "x"/,
    ],
    [
      'of a fork',
      {
        'baseline.json.gz': encodeBaseline(
          resultOf(2, { origin: { ...originOf(2), repository: 'fork/shop' } }),
        ),
      },
      'corrupt',
      /measured in fork\/shop/,
    ],
    ['climbing', { '../baseline.json.gz': encodeBaseline(resultOf(2)) }, 'corrupt', /invalid relative path/],
  ])('tells of an artifact that is %s, and still gives the others', async (_, files, reason, detail) => {
    const artifacts = await pushed(1);
    artifacts.startRun(1002);
    artifacts.add(1002, named(2), files);
    const { entries, unreadable } = await storeOn(artifacts).history(query);
    expect(entries.map((e) => e.result.id)).toEqual(['result-1']);
    expect(unreadable).toEqual([
      { location: `artifact ${named(2)} of run 1002`, reason, detail: expect.stringMatching(detail) },
    ]);
  });

  test('believes no copy of another repository, series or pull request', async () => {
    const bad: Result[] = [
      resultOf(5, { origin: { ...originOf(5), repository: 'fork/shop' } }),
      resultOf(6, { series: 'x' }),
      resultOf(7, { origin: { ...originOf(7), event: 'pull_request' } }),
    ];
    const artifacts = new FakeArtifacts();
    artifacts.startRun(1008);
    const copies = new Map(
      bad.map((result, i) => [`${'a'.repeat(40)}-${i}-1.json.gz`, encodeBaseline(result)]),
    );
    artifacts.add(1008, named(8), {
      'baseline.json.gz': encodeBaseline(resultOf(8)),
      'window.json': Buffer.from(encodeWindow(copies)),
    });
    expect(await ids(artifacts)).toEqual(['result-8']);
  });

  test.each<Operation>(['pushRuns', 'artifactsOf', 'download'])(
    'rejects when %s fails: it cannot tell',
    async (failing) => {
      const artifacts = await pushed(1);
      artifacts.fault = (operation) => {
        if (operation === failing) throw new TransientStoreError('GitHub answered 502');
      };
      await expect(storeOn(artifacts).history(query)).rejects.toThrow('GitHub answered 502');
    },
  );
});

describe('append', () => {
  test.each<['before' | 'after']>([['before'], ['after']])(
    'takes a new name after an upload that failed %s its effect',
    async (moment) => {
      const artifacts = await pushed(1);
      artifacts.startRun(1002);
      let failures = 2;
      artifacts.fault = (operation, when) => {
        if (operation === 'upload' && when === moment && failures-- > 0)
          throw new TransientStoreError('403 at Finalize');
      };
      const { location } = await storeOn(artifacts).append(resultOf(2));
      expect(location).toBe(`artifact ${artifactName('history', resultOf(2), 3)} of run 1002`);
      expect(await ids(artifacts)).toEqual(['result-2', 'result-1']);
    },
  );

  test('acknowledges nothing that is not there as it was uploaded', async () => {
    const artifacts = new FakeArtifacts();
    artifacts.startRun(1001);
    artifacts.find = async () => null;
    await expect(storeOn(artifacts).append(resultOf(1))).rejects.toThrow(/is not there as it was uploaded/);
    artifacts.find = async (id) => {
      const found = artifacts.kept.find((a) => a.id === id);
      return found ? { ...found, digest: 'sha256:00' } : null;
    };
    artifacts.kept.forEach((kept) => {
      kept.digest = 'sha256:11';
    });
    artifacts.upload = async (name) => ({ ...artifacts.add(1001, name, {}), digest: 'sha256:11' });
    await expect(storeOn(artifacts).append(resultOf(1))).rejects.toThrow(/is not there as it was uploaded/);
  });

  test('stores without copies when the history cannot be read', async () => {
    const artifacts = await pushed(1);
    artifacts.startRun(1002);
    artifacts.fault = (operation) => {
      if (operation === 'pushRuns') throw new StoreError('no actions: read');
    };
    await storeOn(artifacts).append(resultOf(2));
    artifacts.fault = () => undefined;
    expect(await ids(artifacts)).toEqual(['result-2', 'result-1']);
  });

  test('a real failure ends it at once', async () => {
    const artifacts = new FakeArtifacts();
    artifacts.startRun(1001);
    artifacts.fault = (operation) => {
      if (operation === 'upload') throw new StoreError('the quota is used up');
    };
    await expect(storeOn(artifacts).append(resultOf(1))).rejects.toThrow('the quota is used up');
    expect(artifacts.requests.filter((r) => r === 'upload')).toHaveLength(1);
  });

  test('refuses the result of a pull request', async () => {
    const result = resultOf(1, { origin: { ...originOf(1), event: 'pull_request' } });
    await expect(storeOn(new FakeArtifacts()).append(result)).rejects.toThrow(UsageError);
  });
});

test('an uploaded result of a pull request is read back from its zip, and only from a sound one', async () => {
  const artifacts = new FakeArtifacts();
  artifacts.startRun(1001);
  const result = resultOf(1, { origin: { ...originOf(1), event: 'pull_request', repository: 'fork/shop' } });
  const { name, id } = await uploadResult({ artifacts, clock: fakeClock() }, result);
  expect(name).toBe(artifactName('result', result));
  const zip = artifacts.kept.find((a) => a.id === id)?.zip ?? Buffer.alloc(0);
  expect(await readUploadedResult(zip, 'artifact 1')).toEqual({ result, base: null });
  await expect(readUploadedResult(zipOf([]), 'artifact 1')).rejects.toThrow(/holds no result\.json\.gz/);
});

test('a service that asks to be left alone for a day is not waited for', async () => {
  const artifacts = new FakeArtifacts();
  artifacts.startRun(1001);
  artifacts.fault = (operation) => {
    if (operation === 'find') throw new TransientStoreError('a rate limit', 86_400_000);
  };
  await expect(storeOn(artifacts).append(resultOf(1))).rejects.toThrow('a rate limit');
  expect(artifacts.requests.filter((operation) => operation === 'upload')).toHaveLength(1);
});
