import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { pushEvent, type WorkflowEvent } from '../harness/events.ts';
import { type GitHubStandIn, startGitHub } from '../harness/github/stand-in.ts';
import { baselineFiles, inParallel, job } from './jobs.ts';
import { serviceFiles } from './service.ts';

let hub: GitHubStandIn;
afterEach(() => hub.close());

test('sixteen pushes at a time, of one series and of several, under faults: each baseline is there once', async () => {
  hub = await startGitHub({ files: serviceFiles() });
  const pushes: { event: WorkflowEvent; series: string }[] = [];
  for (let i = 0; i < 16; i += 1) {
    await hub.world.push(hub.repository, 'main', { 'README.md': `change ${i}` });
    pushes.push({ event: await pushEvent(hub), series: i % 2 === 0 ? 'shared' : `own ${i}` });
  }
  const writing = { route: /^git\/(update|create)-ref$/ };
  const faults = [
    hub.fault({ match: writing, kind: { type: 'ref-race' }, probability: 0.3, seed: 1 }),
    hub.fault({
      match: { route: /^git\// },
      kind: { type: 'status', status: 502 },
      probability: 0.02,
      seed: 2,
    }),
    hub.fault({ match: { route: /^git\// }, kind: { type: 'cut-after' }, probability: 0.02, seed: 3 }),
    hub.fault({
      match: { route: /^git\// },
      kind: { type: 'status', status: 429, headers: { 'retry-after': '1' } },
      probability: 0.03,
      seed: 4,
    }),
    hub.fault({ match: writing, kind: { type: 'cut-after' }, probability: 0.15, seed: 5 }),
  ];
  const runs: string[] = [];
  await inParallel(
    pushes,
    async ({ event, series }) => {
      const inputs = { compare: 'stored', series };
      // A writer out of luck waits longer each time; the store has five minutes.
      const result = await job(hub, event, { inputs, timeoutMs: 330_000 });
      expect([result.exitCode, result.log]).toEqual([0, expect.stringContaining('baseline stored')]);
      runs.push(`${event.sha}-${result.run.id}-1.json.gz`);
    },
    6,
  );
  expect(faults.every(({ struck }) => struck > 0)).toBe(true);
  const files = await baselineFiles(hub);
  expect(files.map((file) => file.split('/').at(-1)).sort()).toEqual(runs.sort());
  expect(new Set(files.map((file) => file.split('/')[1])).size).toBe(9);
  const ids = new Set<string>();
  for (const file of files) {
    const { git } = hub.repository;
    const sha = (await git.run(['rev-parse', `refs/heads/perf-baseline:${file}`])).trim();
    const document = JSON.parse(gunzipSync((await git.readBlob(sha)) ?? Buffer.alloc(0)).toString());
    ids.add(document.id);
    expect(file).toContain(document.commit.sha);
  }
  expect(ids.size).toBe(16);
  hub.assertClean();
}, 600_000);
