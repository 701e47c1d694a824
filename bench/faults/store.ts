import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { resultOf, SERIES } from '../../__tests__/baseline/samples.ts';
import { seededRandom } from '../../__tests__/harness/github/faults.ts';
import { git as rawGit } from '../../__tests__/harness/github/git-process.ts';
import { type GitHubStandIn, startGitHub } from '../../__tests__/harness/github/stand-in.ts';
import { decodeResult } from '../../src/baseline/codec.ts';
import { baselineNames, seriesFolder } from '../../src/baseline/layout.ts';
import type { Order } from './store-writer.ts';

/** `writers` at once, in so many `processes`; runs until `records` are stored and at least so many kills and lost answers were dealt. */
export type Torture = {
  records: number;
  writers: number;
  processes: number;
  kills: number;
  lostAnswers: number;
  seed: number;
};

export type Outcome = {
  acknowledged: number;
  kills: number;
  lostAnswers: number;
  races: number;
  /** What must be empty. */
  lost: string[];
  twice: string[];
  absent: string[];
  damaged: string[];
  refused: string[];
  requests: number;
};

/** Time runs so many times faster for the writers. */
const HURRY = 50;

/** Writers store baselines under races, 5xx, cut connections, lost answers and SIGKILL; then the branch is read by git. */
export async function tortureStore(torture: Torture): Promise<Outcome> {
  const folder = await mkdtemp(join('node_modules', '.torture-'));
  const github = await startGitHub({ repository: 'acme/shop' });
  try {
    const outfile = join(folder, 'writer.mjs');
    const entry = join('bench', 'faults', 'store-writer.ts');
    await build({
      ...{ entryPoints: [entry], outfile, bundle: true, logLevel: 'warning' },
      ...{ platform: 'node', format: 'esm', target: 'node20' },
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
    return await torment(github, outfile, torture);
  } finally {
    await github.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function torment(github: GitHubStandIn, writer: string, torture: Torture): Promise<Outcome> {
  const { records, writers, processes, seed } = torture;
  const strike = (
    route: RegExp,
    kind: Parameters<GitHubStandIn['fault']>[0]['kind'],
    probability: number,
    at: number,
  ) => github.fault({ match: { route }, kind, probability, seed: seed + at });
  const lost = [
    strike(/git\/(update|create)-ref/, { type: 'cut-after' }, 0.12, 1),
    strike(/git\/(update|create)-ref/, { type: 'status-after', status: 502 }, 0.06, 2),
    strike(/git\/create-(blob|tree|commit)/, { type: 'cut-after' }, 0.02, 3),
  ];
  const races = strike(/git\/(update|create)-ref/, { type: 'ref-race' }, 0.05, 4);
  strike(/git\//, { type: 'status', status: 503 }, 0.03, 5);
  strike(/git\//, { type: 'cut-before' }, 0.02, 6);
  strike(/git\/(get-ref|get-tree|get-blob)/, { type: 'truncate' }, 0.01, 7);

  const token = github.world.issueToken(github.repository, { contents: 'write' }).value;
  const random = seededRandom(seed);
  const acknowledged = new Map<number, string>();
  const refused: string[] = [];
  let kills = 0;
  let next = 0;
  const lostAnswers = () => lost.reduce((sum, { struck }) => sum + struck, 0);
  /** More records than asked for, while kills or lost answers are still owed. */
  const take = (count: number): number[] => {
    const owed = kills < torture.kills || lostAnswers() < torture.lostAnswers;
    const left = next < records ? Math.min(count, records - next) : owed ? 1 : 0;
    next += left;
    return Array.from({ length: left }, (_, i) => next - left + i + 1);
  };

  const lane = async () => {
    for (let batch = take(writers / processes); batch.length > 0; batch = take(writers / processes)) {
      for (let left = batch; left.length > 0; left = left.filter((n) => !acknowledged.has(n))) {
        const child = fork(writer, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
        child.on('message', (said: { n: number; location?: string; error?: string }) => {
          if (said.n === 0) return;
          if (said.location !== undefined) acknowledged.set(said.n, said.location);
          else refused.push(`${said.n}: ${said.error}`);
        });
        const order: Order = { apiUrl: github.apiUrl, token, keep: 1_000_000, results: left, hurry: HURRY };
        child.send(order);
        if (await killed(child, kills < torture.kills ? 150 + random() * 900 : Number.POSITIVE_INFINITY))
          kills += 1;
        if (refused.length > 20) return;
      }
    }
  };
  await Promise.all(Array.from({ length: processes }, lane));
  return {
    ...{ acknowledged: acknowledged.size, kills, lostAnswers: lostAnswers(), races: races.struck, refused },
    ...(await readBack(github, next, acknowledged)),
    requests: github.requests.length,
  };
}

/** Waits for a process to end, or kills it after a while; says which. */
async function killed(child: ChildProcess, afterMs: number): Promise<boolean> {
  const ended = new Promise<boolean>((resolve) =>
    child.once('exit', (_, signal) => resolve(signal === 'SIGKILL')),
  );
  await Promise.race([new Promise((resolve) => child.once('message', resolve)), ended]);
  if (Number.isFinite(afterMs)) {
    const waited = new AbortController();
    const timer = delay(afterMs, undefined, { signal: waited.signal }).then(
      () => child.kill('SIGKILL'),
      () => undefined,
    );
    const result = await ended;
    waited.abort();
    await timer;
    return result;
  }
  return ended;
}

/** What is really on the branch, asked of git itself. */
async function readBack(github: GitHubStandIn, records: number, acknowledged: ReadonlyMap<number, string>) {
  const { git } = github.repository;
  const damaged: string[] = [];
  const found = new Map<string, number>();
  const paths = new Set<string>();
  const listed = await git.run([
    'ls-tree',
    '-r',
    '--name-only',
    'refs/heads/perf-baseline',
    seriesFolder(SERIES),
  ]);
  for (const path of listed.toString().split('\n')) {
    if (!path.endsWith('.json.gz')) continue;
    paths.add(path);
    try {
      const { id } = decodeResult(
        await rawGit(git.path, ['cat-file', 'blob', `refs/heads/perf-baseline:${path}`]),
        path,
      );
      found.set(id, (found.get(id) ?? 0) + 1);
    } catch (error) {
      damaged.push(`${path}: ${(error as Error).message}`);
    }
  }
  await git
    .run(['fsck', '--strict', '--full'])
    .catch((error: Error) => damaged.push(`fsck: ${error.message}`));
  const all = Array.from({ length: records }, (_, i) => resultOf(i + 1));
  return {
    lost: all.filter(({ id }) => !found.has(id)).map(({ id }) => id),
    twice: [...found].filter(([, times]) => times > 1).map(([id]) => id),
    absent: [...acknowledged.keys()]
      .filter((n) => !baselineNames(resultOf(n)).some((name) => paths.has(`${seriesFolder(SERIES)}/${name}`)))
      .map(String),
    damaged,
  };
}

/** `--records 1000 --writers 64 --processes 8 --kills 1000 --lost 500 --seed 1`; rejects when anything was lost. */
export async function main(args: readonly string[]): Promise<string> {
  const option = (name: string, fallback: number) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? fallback : Number(args[at + 1]);
  };
  const outcome = await tortureStore({
    records: option('records', 500),
    writers: option('writers', 64),
    processes: option('processes', 8),
    kills: option('kills', 1000),
    lostAnswers: option('lost', 500),
    seed: option('seed', 1),
  });
  const text = JSON.stringify(outcome, null, 2);
  const { lost, twice, absent, damaged, refused } = outcome;
  if ([lost, twice, absent, damaged, refused].some((list) => list.length > 0)) throw new Error(text);
  return text;
}
