import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { resultOf, seriesOf, storeBaselines } from '../../__tests__/e2e/measurements.ts';
import { serviceFiles } from '../../__tests__/e2e/service.ts';
import { pullRequestEvent, pushEvent } from '../../__tests__/harness/events.ts';
import { seededRandom } from '../../__tests__/harness/github/faults.ts';
import type { LoggedRequest, Pull } from '../../__tests__/harness/github/records.ts';
import { type GitHubStandIn, startGitHub } from '../../__tests__/harness/github/stand-in.ts';
import { prepareStep, type RunOptions, runAction } from '../../__tests__/harness/runner.ts';
import { checkout, localWorkspace, type Workspace } from '../../__tests__/harness/workspace.ts';
import { parseSections } from '../../src/github/comment-body.ts';
import type { LegAnswer, LegOrder } from './leg-publisher.ts';

/** So many processes, each a leg of the same matrix, race for a comment, round after round: two pushes of each pull request. */
export type Race = {
  legs: number;
  rounds: number;
  actionDir: string;
  seed: number;
  /** Waits of the legs are so many times shorter than real ones; the machine is not that much faster, so they meet more. */
  hurry?: number;
};

/** `requests`: of all legs; `most`: of the one that made most. `wrong` must be empty. */
export type Round = { requests: number; most: number; least: number; wrong: string[] };

/** What one leg with all defaults asks of the API, by operation. */
export type Alone = { first: Record<string, number>; next: Record<string, number> };

/** A repository's token has 1,000 an hour, which other workflows need too. */
export const MOST_RACED = 900;
export const MOST_ALONE = 12;

const HURRY = 10;
/** Milliseconds within which the legs end. */
const SPREAD_MS = 200;
const CONFIG = serviceFiles()['.github/perf-baseline.yml'] as string;

/** Legs race, a round after the other. Rejects only when a leg does. */
export async function raceLegs({ legs, rounds, actionDir, seed, hurry = HURRY }: Race): Promise<Round[]> {
  const folder = await mkdtemp(join('node_modules', '.legs-'));
  const hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles() } });
  const workspace = await localWorkspace({}, { git: false });
  const processes: ChildProcess[] = [];
  try {
    const outfile = join(folder, 'leg.mjs');
    await build({
      ...{ entryPoints: [join('bench', 'faults', 'leg-publisher.ts')], outfile, bundle: true },
      ...{ platform: 'node', format: 'esm', target: 'node20', packages: 'external', logLevel: 'warning' },
    });
    for (let leg = 0; leg < legs; leg++) {
      await storeBaselines(hub, 10, { series: seriesOf({ leg }), count: 1 });
      processes.push(fork(outfile, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
    }
    const random = seededRandom(seed);
    const done: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      done.push(await raceOnce(hub, { round, actionDir, workspace, processes, random, hurry }));
      console.error(`round ${round + 1}/${rounds}: ${JSON.stringify(done.at(-1))}`);
    }
    hub.assertClean();
    return done;
  } finally {
    for (const one of processes) one.kill('SIGKILL');
    workspace.close();
    await hub.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Lap = {
  round: number;
  actionDir: string;
  workspace: Workspace;
  processes: readonly ChildProcess[];
  random: () => number;
  hurry: number;
};

async function raceOnce(
  hub: GitHubStandIn,
  { round, actionDir, workspace, processes, random, hurry }: Lap,
): Promise<Round> {
  // Every other round is of the next push: then the comment is there, and all of them say first that they measure.
  const branch = `topic-${round - (round % 2)}`;
  await hub.world.push(hub.repository, branch, { 'a.txt': String(round) });
  const pull =
    round % 2 === 0
      ? await hub.world.openPull(hub.repository, { head: branch })
      : (hub.repository.pulls.at(-1) as Pull);
  const event = await pullRequestEvent(hub, pull, { action: round % 2 === 0 ? 'opened' : 'synchronize' });
  const titles = processes.map((_, leg) => `measure (${leg})`);
  const run = hub.world.createRun(hub.repository, { event: 'pull_request', ...event.run, jobs: titles });
  const steps = processes.map((_, leg) =>
    prepareStep({ standIn: hub, actionDir, event, workspace: workspace.path, run, matrix: { leg } }),
  );
  hub.requests.length = 0;
  const answers = await Promise.all(
    processes.map((one, leg) =>
      order(one, {
        ...{ env: steps[leg]?.env ?? {}, config: CONFIG, hurry },
        measured: resultOf(10, { commit: { sha: event.sha, dirty: false } }),
        measuringMs: random() * SPREAD_MS,
      }),
    ),
  );
  const spent = steps.map(({ token }) => asked(hub).filter((request) => request.token === token).length);
  return {
    requests: asked(hub).length,
    most: Math.max(...spent),
    least: Math.min(...spent),
    wrong: [...answers.flatMap(({ error }) => error ?? []), ...faultsOf(hub, pull, titles)],
  };
}

async function order(leg: ChildProcess, told: LegOrder): Promise<LegAnswer> {
  const died = new AbortController();
  const ended = once(leg, 'exit', died).then(([code]) => ({ error: `a leg ended with ${code}` }));
  leg.send(told);
  const answered = once(leg, 'message', died).then(([answer]) => answer as LegAnswer);
  try {
    return await Promise.race([answered, ended]);
  } finally {
    died.abort();
    await Promise.allSettled([answered, ended]);
  }
}

/** Requests that count against the limit of an hour: not those for git, artifacts and their storage. */
const asked = (hub: GitHubStandIn): LoggedRequest[] => hub.requests.filter(({ host }) => host === 'api');

/** What is not as it must be: one comment, with the report of each leg, once. */
function faultsOf(hub: GitHubStandIn, pull: Pull, titles: readonly string[]): string[] {
  const comments = hub.repository.comments.filter(({ number }) => number === pull.number);
  const wrong = comments.length === 1 ? [] : [`${comments.length} comments`];
  const sections = comments.flatMap(({ body }) => parseSections(body));
  for (const title of titles) {
    const own = sections.filter((section) => section.title === title);
    if (own.length !== 1) wrong.push(`${title}: ${own.length} sections`);
    if (own.some(({ state, sha }) => state !== 'final' || !pull.head.sha.startsWith(sha)))
      wrong.push(`${title}: no report of this head`);
  }
  if (sections.length > titles.length) wrong.push(`${sections.length} sections of ${titles.length} legs`);
  return wrong;
}

/** A job that stands alone, with all defaults, from the bundle: its first report of a pull request, and the one after. */
export async function countAlone(actionDir: string): Promise<Alone> {
  const hub = await startGitHub({ files: { 'README.md': '# service\n', ...serviceFiles() } });
  try {
    await wholeJob(hub, actionDir, await pushEvent(hub));
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '1' });
    const pull = await hub.world.openPull(hub.repository, { head: 'topic' });
    const first = await wholeJob(hub, actionDir, await pullRequestEvent(hub, pull));
    await hub.world.push(hub.repository, 'topic', { 'a.txt': '2' });
    const next = await wholeJob(hub, actionDir, await pullRequestEvent(hub, pull, { action: 'synchronize' }));
    hub.assertClean();
    return { first, next };
  } finally {
    await hub.close();
  }
}

async function wholeJob(hub: GitHubStandIn, actionDir: string, event: RunOptions['event']) {
  const workspace = await checkout(hub, event);
  try {
    hub.requests.length = 0;
    const { conclusion, log } = await runAction({
      ...{ standIn: hub, actionDir, event, workspace: workspace.path },
    });
    // What it measures may differ by chance; that it reported is what counts here.
    if (!/verdict: /.test(log)) throw new Error(`no report, but ${conclusion}:\n${log}`);
    const counts: Record<string, number> = {};
    for (const { operation, method, url } of asked(hub)) {
      const name = operation ?? `${method} ${url}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  } finally {
    workspace.close();
  }
}

export const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** `--legs 32 --rounds 50 --seed 1`; rejects when a section is missing or there twice, or when it takes too many requests. */
export async function main(args: readonly string[]): Promise<string> {
  const option = (name: string, fallback: number) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? fallback : Number(args[at + 1]);
  };
  const actionDir = process.env.PERF_BASELINE_ACTION ?? process.cwd();
  const legs = option('legs', 32);
  const alone = await countAlone(actionDir);
  const rounds = await raceLegs({ legs, rounds: option('rounds', 50), actionDir, seed: option('seed', 1) });
  const requests = rounds.map((round) => round.requests).sort((a, b) => a - b);
  const shown = (counts: Record<string, number>) =>
    `${total(counts)} requests: ${Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`;
  const text = [
    `One leg, first report: ${shown(alone.first)}`,
    `One leg, next report: ${shown(alone.next)}`,
    `${legs} legs that race, ${rounds.length} rounds: ${requests[0]} to ${requests.at(-1)} requests a round, median ${requests[Math.floor(requests.length / 2)]}; one leg ${Math.min(...rounds.map(({ least }) => least))} to ${Math.max(...rounds.map(({ most }) => most))}`,
  ].join('\n');
  const wrong = rounds.flatMap((round, i) => round.wrong.map((one) => `round ${i + 1}: ${one}`));
  for (const [name, counts] of Object.entries(alone))
    if (total(counts) > MOST_ALONE) wrong.push(`${name} report of a leg: more than ${MOST_ALONE} requests`);
  if ((requests.at(-1) ?? 0) > MOST_RACED) wrong.push(`a round took more than ${MOST_RACED} requests`);
  if (wrong.length > 0) throw new Error(`${text}\n${wrong.join('\n')}`);
  return text;
}
