import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceFiles } from '../../__tests__/e2e/service.ts';
import { runCli } from '../../__tests__/harness/cli.ts';
import { localWorkspace, type Workspace } from '../../__tests__/harness/workspace.ts';
import { listPids, readEnviron, readStat } from '../../src/processes/proc.ts';

/** What is done to a measurement, to all of it but `killed`. `none` is a healthy one. */
export const SABOTAGES = ['none', 'starved', 'stopped', 'overloaded', 'killed'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** `doubted`: some row says that what was timed was not the target. */
export type Trial = { sabotage: Sabotage; verdict: string; doubted: boolean; reasons: string[] };

const MEASURE = '{ rounds: 3, max-rounds: 3, duration: 900ms, warmup: 0s, budget: 120s }';
/** Wide enough that five baselines prove a healthy trial unchanged: else nothing could be called so wrongly. */
const CRITERIA = 'criteria: { p95: +150%, rps: -70%, memory: +150% }';
const SCENARIOS = '  work: { type: http, connections: 8, requests: [GET /work] }';
/** Eight connections at 10 ms each carry 800 requests a second. */
const TWICE = '  work: { type: http, connections: 8, rate: 1600, requests: [GET /work] }';
/** From so many on, baselines say how much runs differ. */
const BASELINES = 5;
const DOUBT = /waited for a core|was stopped for a while|could keep up with the rate/;

/** A service, and a healthy baseline of it that every trial is compared with. */
export class Saboteur {
  readonly #workspace: Workspace;
  readonly #script: string;

  private constructor(workspace: Workspace, script: string) {
    this.#workspace = workspace;
    this.#script = script;
  }

  /** `dist`: the folder of the built command line. `baselines`: how many healthy runs each trial is compared with. */
  static async start(dist: string, { baselines = 1 } = {}): Promise<Saboteur> {
    const service = (scenarios: string) => serviceFiles({ measure: MEASURE, scenarios, more: CRITERIA });
    const workspace = await localWorkspace({
      ...service(SCENARIOS),
      'twice.yml': service(TWICE)['.github/perf-baseline.yml'] ?? '',
    });
    const saboteur = new Saboteur(workspace, join(dist, 'cli.js'));
    const kept = [
      ['.github/perf-baseline.yml', 'kept'],
      ['twice.yml', 'kept-twice'],
    ] as const;
    for (const [config, folder] of Array.from({ length: baselines }, () => kept).flat()) {
      const { exitCode, stderr } = await saboteur.#run(
        ['run', '-c', config, '--save', folder],
        async () => {},
      );
      if (exitCode !== 0) throw new Error(`no baseline to begin with: ${stderr}`);
    }
    return saboteur;
  }

  close(): void {
    this.#workspace.close();
  }

  async trial(sabotage: Sabotage): Promise<Trial> {
    const twice = sabotage === 'overloaded';
    const args = ['run', '-c', twice ? 'twice.yml' : '.github/perf-baseline.yml', '--format', 'json'];
    const ran = await this.#run([...args, '--baseline', twice ? 'kept-twice' : 'kept'], (mark, ended) =>
      this.#sabotage(sabotage, mark, ended),
    );
    const report = JSON.parse(ran.stdout) as {
      verdict: string;
      comparisons: { reason?: string }[];
    };
    const reasons = [...new Set(report.comparisons.flatMap(({ reason }) => reason ?? []))];
    return {
      sabotage,
      verdict: report.verdict,
      reasons,
      doubted: reasons.some((reason) => DOUBT.test(reason)),
    };
  }

  async #run(args: string[], during: (mark: string, ended: AbortSignal) => Promise<void>) {
    const ended = new AbortController();
    const mark = `${process.pid}-${Math.random()}`;
    const sabotage = during(mark, ended.signal);
    const cwd = this.#workspace.path;
    const ran = await runCli(args, {
      cwd,
      script: this.#script,
      env: { SABOTAGED: mark },
      timeoutMs: 300_000,
    });
    ended.abort();
    await sabotage;
    return ran;
  }

  async #sabotage(sabotage: Sabotage, mark: string, ended: AbortSignal): Promise<void> {
    if (sabotage === 'none' || sabotage === 'overloaded') return;
    const victim = sabotage === 'starved' ? /http-generator\.js$/ : /^server\.mjs$/;
    let killed = false;
    while (!ended.aborted && !killed) {
      const pids = processesOf(mark, victim);
      if (sabotage === 'killed' && pids.length > 0) {
        await delay(500);
        killed = pids.map((pid) => signal(pid, 'SIGKILL')).some(Boolean);
      } else if (sabotage !== 'killed') {
        for (const pid of pids) signal(pid, 'SIGSTOP');
        await delay(sabotage === 'starved' ? 150 : 400);
        for (const pid of pids) signal(pid, 'SIGCONT');
      }
      await delay(sabotage === 'starved' ? 50 : 400);
    }
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** Processes of one trial, and of no other, by the script they run. Environments of generators are bare: those go by their parent. */
function processesOf(mark: string, script: RegExp): number[] {
  const pids = listPids();
  const own = new Set(pids.filter((pid) => readEnviron(pid)?.includes(`SABOTAGED=${mark}\0`)));
  return pids.filter((pid) => {
    const stat = readStat(pid);
    if (stat === null || stat.state === 'Z' || !(own.has(pid) || own.has(stat.parent))) return false;
    return commandOf(pid).some((word) => script.test(word));
  });
}

function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((word) => word !== '');
  } catch {
    return [];
  }
}

/**
 * `--trials 50 --lanes 2` of each sabotage, each followed by a healthy one, so many at a time: what they load waits, and leaves
 * the machine mostly idle. PERF_BASELINE_ACTION names the folder with dist.
 */
export async function main(args: readonly string[]): Promise<string> {
  const number = (name: string, fallback: number) =>
    args.includes(`--${name}`) ? Number(args[args.indexOf(`--${name}`) + 1]) : fallback;
  const each = number('trials', 50);
  const dist = join(process.env.PERF_BASELINE_ACTION ?? process.cwd(), 'dist');
  const lanes = await Promise.all(
    Array.from({ length: number('lanes', 2) }, () => Saboteur.start(dist, { baselines: BASELINES })),
  );
  const wrong: string[] = [];
  const counts = new Map<string, number>();
  let [healthy, rejected] = [0, 0];
  const one = async (saboteur: Saboteur, sabotage: Sabotage) => {
    const { verdict, doubted, reasons } = await saboteur.trial(sabotage);
    const what = `${sabotage}: ${verdict}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
    if (sabotage === 'none') {
      healthy += 1;
      if (doubted || verdict === 'failed' || verdict === 'regressed') rejected += 1;
    } else if (verdict === 'unchanged' || verdict === 'regressed') {
      wrong.push(`${what} (${reasons.join('; ')})`);
    }
    console.error(`${what}${doubted ? ', doubted' : ''}; ${queue.length} to begin`);
  };
  const kinds = SABOTAGES.filter((kind) => kind !== 'none');
  const queue = Array.from({ length: each }, () => kinds).flat();
  try {
    await Promise.all(
      lanes.map(async (saboteur) => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          await one(saboteur, next);
          await one(saboteur, 'none');
        }
      }),
    );
  } finally {
    for (const saboteur of lanes) saboteur.close();
  }
  const summary = [...counts].map(([what, count]) => `${what}: ${count}`).sort();
  summary.push(`healthy trials rejected: ${rejected} of ${healthy}`);
  if (wrong.length > 0) throw new Error([...summary, ...wrong].join('\n'));
  return summary.join('\n');
}
