import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Run } from './github/records.ts';
import { type GitHubStandIn, startGitHub } from './github/stand-in.ts';

/** Uploads a file, or downloads an artifact, with the real client, in a process of its own as in an action. */
const CLIENT = `
import { DefaultArtifactClient } from '@actions/artifact';
const client = new DefaultArtifactClient();
const [what, ...args] = process.argv.slice(1);
const [token, runId] = args;
const findBy = { token, workflowRunId: Number(runId), repositoryOwner: 'octo-org', repositoryName: 'service' };
const done =
  what === 'upload' ? await client.uploadArtifact(args[0], [args[1]], args[2], { retentionDays: 1 })
  : what === 'list' ? await client.listArtifacts()
  : what === 'own-download' ? await client.downloadArtifact(Number(args[0]), { path: args[1] })
  : await client.downloadArtifact(Number(args[2]), { path: args[3], findBy });
console.log('RESULT ' + JSON.stringify(done));
`;

let hub: GitHubStandIn;
let run: Run;
let folder: string;
beforeEach(async () => {
  hub = await startGitHub();
  const headSha = (await hub.repository.git.resolve('main')) ?? '';
  run = hub.world.createRun(hub.repository, { event: 'push', headBranch: 'main', headSha });
  folder = mkdtempSync(join(tmpdir(), 'artifact-'));
  writeFileSync(join(folder, 'result.json'), '{"n":1}');
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

async function client(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', CLIENT, ...args],
    {
      cwd: process.cwd(),
      env: {
        PATH: process.env.PATH ?? '',
        GITHUB_SERVER_URL: hub.serverUrl,
        GITHUB_API_URL: hub.apiUrl,
        ACTIONS_RESULTS_URL: `${hub.apiUrl}/`,
        ACTIONS_RUNTIME_TOKEN: hub.runtimeToken(run.id, run.jobs[0]?.id ?? 0),
        GITHUB_WORKSPACE: folder,
      },
    },
  );
  return JSON.parse(/RESULT (.*)/.exec(stdout)?.[1] ?? 'null');
}

describe('artifacts with the real client', () => {
  test('are uploaded, listed and downloaded, over the service and over the REST API', async () => {
    const uploaded = await client('upload', 'result-1', join(folder, 'result.json'), folder);
    const [artifact] = hub.repository.artifacts;
    expect(uploaded).toMatchObject({ id: artifact?.id, digest: artifact?.digest.replace('sha256:', '') });
    expect(await client('list')).toMatchObject({ artifacts: [{ name: 'result-1', id: artifact?.id }] });
    const id = String(artifact?.id);
    await client('own-download', id, join(folder, 'own'));
    expect(readFileSync(join(folder, 'own', 'result.json'), 'utf8')).toBe('{"n":1}');
    const token = hub.world.issueToken(hub.repository, { actions: 'read' }).value;
    await client('download', token, String(run.id), id, join(folder, 'rest'));
    expect(readFileSync(join(folder, 'rest', 'result.json'), 'utf8')).toBe('{"n":1}');
    expect(hub.counts()['actions/download-artifact 302']).toBe(1);
    hub.assertClean();
  });

  test('a name is unique in a run, even when its upload was never finalised', async () => {
    hub.fault({ match: { route: /FinalizeArtifact/ }, kind: { type: 'status', status: 403 } });
    const upload = () => client('upload', 'result-1', join(folder, 'result.json'), folder);
    await expect(upload()).rejects.toThrow(/FinalizeArtifact.*403/s);
    expect(hub.repository.artifacts).toHaveLength(0);
    await expect(upload()).rejects.toThrow(/409.*already exists/s);
  });
});

describe('a download', () => {
  test('leads to another host, for a minute, and takes no credentials along', async () => {
    const artifact = hub.world.addArtifact(hub.repository, run, 'a', Buffer.from('PK'));
    const { value } = hub.world.issueToken(hub.repository, { actions: 'read' });
    const path = `${hub.apiUrl}/repos/octo-org/service/actions/artifacts/${artifact.id}/zip`;
    const headers = { authorization: `bearer ${value}`, 'user-agent': 'test' };
    const redirect = await fetch(path, { redirect: 'manual', headers });
    expect(redirect.status).toBe(302);
    const location = redirect.headers.get('location') ?? '';
    expect(new URL(location).hostname).not.toBe(new URL(path).hostname);
    expect(await (await fetch(location)).text()).toBe('PK');
    hub.assertClean();
    await fetch(location, { headers });
    expect(hub.violations.join()).toMatch(/Authorization header reached the blob host/);
    hub.artifacts.downloadLifetimeMs = -1;
    expect(
      (await fetch(path, { headers: { 'user-agent': 'test', authorization: `bearer ${value}` } })).status,
    ).toBe(403);
    artifact.expired = true;
    expect((await fetch(path, { headers })).status).toBe(410);
  });
});
