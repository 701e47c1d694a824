import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type RunFacts, readStoredResults } from '../../src/action/stored-results.ts';
import { artifactName } from '../../src/baseline/artifact.ts';
import type { ArtifactService } from '../../src/baseline/artifact-service.ts';
import { encodeBaseline } from '../../src/baseline/codec.ts';
import { metricCatalogue } from '../../src/domain/metric-catalogue.ts';
import type { Origin, Result, ScenarioResult } from '../../src/domain/result.ts';
import { artifactService } from '../../src/github/artifacts.ts';
import { createClient } from '../../src/github/client.ts';
import { REPOSITORY, resultOf, SERIES, scenarioOf, shaOf } from '../baseline/samples.ts';
import { type ZipEntry, zipOf } from '../baseline/zip-writer.ts';

const HEAD = shaOf(77);
const RUN: RunFacts = {
  id: 1001,
  number: 1,
  attempt: 1,
  workflow: 'ci',
  path: '.github/workflows/ci.yml',
  event: 'pull_request',
  headSha: HEAD,
  url: 'https://github.com/acme/shop/actions/runs/1001',
};

/** What an honest run of that pull request uploads, changed in some way. */
function uploaded(origin: Partial<Origin> = {}, changes: Partial<Result> = {}): Result {
  const honest = resultOf(1);
  if (honest.origin === null) throw new Error('samples have an origin');
  return {
    ...honest,
    scenarios: [measured()],
    origin: { ...honest.origin, event: 'pull_request', headSha: HEAD, ...origin },
    ...changes,
  };
}

async function read(entries: ZipEntry[], name = artifactName('result', resultOf(1))) {
  const zip = zipOf(entries);
  const artifacts = {
    repository: REPOSITORY,
    artifactsOf: async () => [{ id: 1, name, bytes: zip.length, expired: false, digest: null }],
    download: async () => zip,
  } as Partial<ArtifactService> as ArtifactService;
  return readStoredResults(artifacts, RUN);
}

const file = (result: Result): ZipEntry => ({ name: 'result.json.gz', content: encodeBaseline(result) });

describe('what a run uploaded is believed only as far as the API says the same', () => {
  test('an honest result is read, under what the API says of the run', async () => {
    const { results, refused } = await read([file(uploaded({}, { verdict: 'unchanged' }))]);
    expect(refused).toEqual([]);
    expect(results).toMatchObject([{ series: SERIES, claimed: 'unchanged' }]);
    // The verdict that it gave itself is not a verdict.
    expect(results[0]?.result.verdict).toBeUndefined();
  });

  test.each<[string, Result, RegExp]>([
    ['of another head', uploaded({ headSha: shaOf(78) }), /says head/],
    ['of another run', uploaded({ runId: 2002 }), /says run/],
    ['of another attempt', uploaded({ runAttempt: 2 }), /says attempt/],
    ['of another event', uploaded({ event: 'push' }), /says event/],
    ['of another repository', uploaded({ repository: 'evil/shop' }), /says repository/],
    ['of another workflow', uploaded({ workflow: 'release' }), /says workflow/],
    ['of another series', uploaded({}, { series: 'somebody else' }), /another series/],
    [
      'that says it was cancelled',
      uploaded({}, { sampling: { ...resultOf(1).sampling, stopped: 'cancelled' } }),
      /it was cancelled/,
    ],
    ['whose metric is turned round', uploaded({}, { scenarios: [turned()] }), /metric "p50"|not defined so/],
  ])('one %s is refused in one line', async (_, result, why) => {
    const { results, refused } = await read([file(result)]);
    expect(results).toEqual([]);
    expect(refused).toEqual([expect.stringMatching(why)]);
    expect(refused[0]).not.toMatch(/[\n\r]/);
  });

  test.each<[string, ZipEntry[]]>([
    ['a path out of the folder', [{ name: '../result.json.gz', content: encodeBaseline(uploaded()) }]],
    ['a link', [{ ...file(uploaded()), mode: 0o120777 }]],
    ['two of a name', [file(uploaded()), file(uploaded())]],
    ['a bomb', [{ name: 'result.json.gz', content: Buffer.alloc(70 * 1024 * 1024) }]],
    ['no result', [{ name: 'other.txt', content: Buffer.from('x') }]],
  ])('an artifact that holds %s is refused', async (_, entries) => {
    const { results, refused } = await read(entries);
    expect(results).toEqual([]);
    expect(refused).toHaveLength(1);
  });
});

test('one that is named for a later attempt than the run is at is named, in one line', async () => {
  const { results, refused } = await read(
    [file(uploaded({ runAttempt: 2 }))],
    artifactName('result', uploaded({ runAttempt: 2 })),
  );
  expect(results).toEqual([]);
  expect(refused).toEqual([
    expect.stringMatching(
      /^artifact perf-baseline-result-[0-9a-f]{20}-2 of run 1001 is named for a later attempt than 1,/,
    ),
  ]);
});

/** A scenario whose metrics are those that this tool defines. */
function measured(): ScenarioResult {
  return { ...scenarioOf('health'), metrics: [...metricCatalogue.http.scenario] };
}

function turned(): ScenarioResult {
  const scenario = measured();
  return { ...scenario, metrics: scenario.metrics.map((metric) => ({ ...metric, better: 'higher' })) };
}

describe('a download', () => {
  const zip = zipOf([file(uploaded())]);
  const digest = `sha256:${createHash('sha256').update(zip).digest('hex')}`;

  /** GitHub sends a download to `location`, which serves `content`; gives what was asked of it. */
  async function download(location: string, content: Buffer = zip) {
    const asked: { url: string; authorization: string | null }[] = [];
    const seen = (url: string | URL | Request, init?: RequestInit) =>
      void asked.push({
        url: String(url instanceof Request ? url.url : url),
        authorization: new Headers(init?.headers).get('authorization'),
      });
    const client = createClient({
      token: 'ghs_canary',
      apiUrl: 'https://api.github.com',
      log: { debug: () => undefined, warning: () => undefined },
      throttle: false,
      sleep: async () => undefined,
      fetch: async (url, init) => {
        seen(url, init);
        return new Response(null, { status: 302, headers: { location } });
      },
    });
    const service = artifactService({
      ...{ client, repo: { owner: 'acme', repo: 'shop' }, workflow: 'ci.yml', defaultBranch: 'main' },
      apiUrl: 'https://api.github.com',
      fetch: async (url, init) => {
        seen(url, init);
        return new Response(new Uint8Array(content));
      },
    });
    const artifact = { id: 1, name: 'a', bytes: zip.length, expired: false, digest };
    return { got: service.download(artifact, 1_000_000), asked };
  }

  test("goes to GitHub's storage, without the token", async () => {
    const { got, asked } = await download('https://x.blob.core.windows.net/a?sig=1');
    expect(Buffer.from((await got) as Uint8Array).equals(zip)).toBe(true);
    expect(asked.map(({ authorization }) => authorization)).toEqual(['token ghs_canary', null]);
  });

  test.each([
    'https://blob.core.windows.net.evil.example/a',
    'https://evilblob.core.windows.net.example/a',
    'http://x.blob.core.windows.net/a',
    'https://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:9/a',
    'file:///etc/passwd',
  ])('is not followed to %s', async (location) => {
    const { got, asked } = await download(location);
    await expect(got).rejects.toThrow(/not followed/);
    expect(asked).toHaveLength(1);
  });

  test('of something else than what was uploaded is refused', async () => {
    const { got } = await download('https://x.blob.core.windows.net/a', Buffer.from('something else'));
    await expect(got).rejects.toThrow(/damaged on its way/);
  });
});
