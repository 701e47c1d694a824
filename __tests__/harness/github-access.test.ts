import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Octokit } from '@octokit/rest';
import { git } from './github/git-process.ts';
import type { Scopes } from './github/records.ts';
import { type GitHubStandIn, startGitHub } from './github/stand-in.ts';

const ALL: Scopes = {
  contents: 'write',
  'pull-requests': 'write',
  issues: 'write',
  actions: 'write',
  checks: 'write',
  statuses: 'write',
};
const HERE = { owner: 'octo-org', repo: 'service' };

let hub: GitHubStandIn;
beforeEach(async () => {
  hub = await startGitHub();
});
afterEach(() => hub.close());

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** A client that neither retries nor waits: what the stand-in answers is what the test sees. */
function client(scopes: Scopes = ALL, baseUrl = hub.apiUrl): Octokit {
  return new Octokit({ auth: hub.world.issueToken(hub.repository, scopes).value, baseUrl, log: SILENT });
}

describe('tokens', () => {
  const post = (octokit: Octokit) =>
    octokit.rest.issues.createComment({ ...HERE, issue_number: 1, body: 'hello' });

  test('may do what their scopes say, and nothing else', async () => {
    await hub.world.push(hub.repository, 'topic', { a: '1' });
    await hub.world.openPull(hub.repository, { head: 'topic' });
    const refused = {
      status: 403,
      message: expect.stringMatching(/^Resource not accessible by integration/),
    };
    await expect(post(client({ contents: 'write', 'pull-requests': 'read' }))).rejects.toMatchObject(refused);
    await expect(post(client({ issues: 'write' }))).resolves.toBeDefined();
    await expect(client({}).rest.git.getRef({ ...HERE, ref: 'heads/main' })).rejects.toMatchObject(refused);
    const unknown = new Octokit({ auth: 'ghs_unknown', baseUrl: hub.apiUrl, log: SILENT });
    await expect(post(unknown)).rejects.toMatchObject({ status: 401 });
    await expect(post(new Octokit({ baseUrl: hub.apiUrl, log: SILENT }))).rejects.toMatchObject({
      status: 401,
    });
    hub.assertClean();
  });

  test('look like those of GitHub: long, with dots', () => {
    const { value } = hub.world.issueToken(hub.repository, {});
    expect(value).toMatch(/^ghs_\d+_[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(value).toHaveLength(520);
  });
});

describe('git over HTTP', () => {
  test('fetches one commit by its id, with a token when the repository is private', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fetch-'));
    try {
      const closed = await hub.world.createRepository('octo-org/closed', {
        private: true,
        files: { a: '1' },
      });
      const sha = (await closed.git.resolve('main')) ?? '';
      await git(folder, ['init', '--quiet']);
      const fetch = (header: string[]) =>
        git(folder, [...header, 'fetch', '--quiet', '--depth=1', `${hub.serverUrl}/octo-org/closed`, sha]);
      const header = (token: string) => {
        const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
        return ['-c', `http.${hub.serverUrl}/.extraheader=AUTHORIZATION: basic ${basic}`];
      };
      await expect(fetch([])).rejects.toThrow(/could not read Username|terminal prompts disabled/);
      await expect(fetch(header('wrong'))).rejects.toThrow();
      await fetch(header(hub.world.issueToken(closed, { contents: 'read' }).value));
      expect((await git(folder, ['rev-parse', 'FETCH_HEAD'])).toString().trim()).toBe(sha);
      hub.assertClean();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('what GitHub would not understand', () => {
  test('is answered with an error and remembered', async () => {
    const octokit = client();
    await expect(octokit.request('GET /repos/octo-org/service/nonsense')).rejects.toMatchObject({
      status: 501,
    });
    await expect(octokit.request('GET /repos/octo-org/service/pulls?stat=open')).rejects.toMatchObject({
      status: 422,
    });
    await expect(
      octokit.request('POST /repos/octo-org/service/git/refs', { ref: 'refs/heads/x', sha: 1, extra: true }),
    ).rejects.toMatchObject({ status: 422 });
    expect(hub.violations.join('\n')).toMatch(/not implemented: GET \/repos\/octo-org\/service\/nonsense/);
    expect(hub.violations.join('\n')).toMatch(/unknown query parameter stat/);
    expect(hub.violations.join('\n')).toMatch(/additional properties.*extra/);
    expect(hub.violations.join('\n')).toMatch(/\/sha must be string/);
    expect(() => hub.assertClean()).toThrow(/complains/);
  });

  test('a check run takes at most 50 annotations a request', async () => {
    const octokit = client();
    const head_sha = (await hub.repository.git.resolve('main')) ?? '';
    const annotation = {
      path: 'a',
      start_line: 1,
      end_line: 1,
      annotation_level: 'notice',
      message: 'x',
    } as const;
    const output = { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) };
    await expect(
      octokit.rest.checks.create({ ...HERE, name: 'perf', head_sha, output }),
    ).rejects.toMatchObject({
      status: 422,
    });
  });
});
