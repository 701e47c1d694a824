import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { distDigest, type Header, Journal, summaryOf } from './matrix/journal.ts';
import { KINDS, kindName } from './matrix/kinds.ts';
import { planTrials, type StageCalls, sampleOf, type Trial, trialName } from './matrix/plan.ts';
import type { Outcome } from './matrix/scene.ts';
import { Matrix, STAGES } from './matrix/stages.ts';

/*
 * Every kind of fault at every call of every stage, and pairs of them, on the bundle: no run passes that must not,
 * nothing is lost, a second run without faults makes it good, with one comment; see matrix/.
 *
 * What happens away from a call is elsewhere: a cancel during setup, boot, warm-up and a round, a second cancel, and one
 * while a store or a comment hangs for good, in __tests__/e2e/cancel.test.ts; a target that fails, dies, or hangs in
 * __tests__/e2e/bad-target.test.ts; a permission that is missing for the whole run in __tests__/e2e/github-faults.test.ts
 * and __tests__/e2e/checks.test.ts; what an artifact or a comment of somebody else may hold in
 * __tests__/e2e/forks.test.ts and __tests__/e2e/chat.test.ts; writers killed among many in bench/faults/store.ts; a starved,
 * stopped or overloaded measurement in bench/faults/sabotage.ts.
 */

/** Processor seconds of this process, which is GitHub as well, and of all that it started and that have ended. */
async function cpuSeconds(): Promise<{ own: number; started: number }> {
  const stat = await readFile('/proc/self/stat', 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime, stime, cutime, cstime, in hundredths of a second.
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number);
  return { own: (user + system) / 100, started: (childUser + childSystem) / 100 };
}

/**
 * `--pairs 2000 --seed 1 --stage NAME,NAME --kind NAME --sample N --lanes N --journal FILE --minutes N`: `--sample` draws so many
 * of all trials; with `--journal` a matrix that was stopped goes on where it was; `--minutes` stops it.
 */
export async function main(args: readonly string[]): Promise<string> {
  const text = (name: string) =>
    args.includes(`--${name}`) ? args[args.indexOf(`--${name}`) + 1] : undefined;
  const number = (name: string, fallback: number) => Number(text(name) ?? fallback);
  const actionDir = process.env.PERF_BASELINE_ACTION ?? process.cwd();
  const [seed, pairs] = [number('seed', 1), number('pairs', 2000)];
  const end = performance.now() + number('minutes', Number.POSITIVE_INFINITY) * 60_000;
  const lanes = Array.from(
    { length: number('lanes', Math.max(1, Math.floor(cpus().length / 2))) },
    () => new Matrix(actionDir),
  );
  const [first] = lanes;
  if (first === undefined) throw new Error('--lanes must be at least 1');
  const journal = new Journal(text('journal'));
  const only = text('stage')?.split(',');
  const asked = (stage: string) => only === undefined || only.includes(stage);
  const stages =
    journal.header?.stages ??
    (await cleanStages(
      first,
      STAGES.filter((stage) => journal.keeps || asked(stage)),
    ));
  const kinds = KINDS.map(kindName);
  const header: Header = { dist: distDigest(actionDir), seed, pairs, kinds, stages };
  journal.begin(header);
  const wanted = planTrials(stages, pairs, seed).filter(
    ({ stage, hits }) =>
      asked(stage) &&
      (text('kind') === undefined || hits.some(({ kind }) => kindName(kind) === text('kind'))),
  );
  const trials = sampleOf(wanted, number('sample', 0), seed);
  const known = new Set(journal.entries.map(({ id }) => id));
  const queue = trials.filter(({ id }) => !known.has(id));
  const left = queue.length;
  const callsOf = new Map(stages.map(({ stage, calls }) => [stage, calls]));
  const one = async (matrix: Matrix, trial: Trial) => {
    const began = performance.now();
    const { wrong, missed, log } = await matrix.trial(trial.stage, trial.hits).catch(notTried);
    const name = trialName(trial, callsOf.get(trial.stage) ?? []);
    journal.add({
      id: trial.id,
      name,
      stage: trial.stage,
      kinds: trial.hits.map(({ kind }) => kindName(kind)),
      wrong,
      missed,
      seconds: Math.round(performance.now() - began) / 1000,
      ...(wrong.length > 0 && { log: log.slice(-6000) }),
    });
    const verdict = wrong.length > 0 ? ` WRONG: ${wrong.join('; ')}` : missed > 0 ? ' (struck nothing)' : '';
    console.error(`${left - queue.length}/${left} ${name}${verdict}`);
  };
  const before = await cpuSeconds();
  try {
    await Promise.all(
      lanes.map(async (matrix) => {
        while (performance.now() < end) {
          const trial = queue.shift();
          if (trial === undefined) return;
          await one(matrix, trial);
        }
      }),
    );
  } finally {
    for (const matrix of lanes) await matrix.close();
  }
  const after = await cpuSeconds();
  const each = (key: 'own' | 'started') =>
    ((after[key] - before[key]) / Math.max(1, left - queue.length)).toFixed(2);
  console.error(`CPU of a trial: ${each('started')} s, and ${each('own')} s of the stand-in for GitHub`);
  const summary = summaryOf(journal.entries, trials);
  if (summary.endsWith('above')) throw new Error(`\n${summary}`);
  return summary;
}

/** One trial that cannot be carried out does not end the others, and is no trial that went well. */
const notTried = (error: Error): Pick<Outcome, 'wrong' | 'missed' | 'log'> => ({
  wrong: [`the trial itself failed: ${error.message}`],
  missed: 0,
  log: String(error.stack),
});

async function cleanStages(
  matrix: Matrix,
  stages: readonly (typeof STAGES)[number][],
): Promise<StageCalls[]> {
  const found: StageCalls[] = [];
  for (const stage of stages) {
    const { calls, struck } = await matrix.clean(stage);
    const shown = calls.map(({ operation }, index) =>
      struck.includes(index) ? operation : `(${operation})`,
    );
    console.error(`${stage}: ${struck.length} of ${calls.length} calls: ${shown.join(' ')}`);
    found.push({ stage, calls, struck });
  }
  return found;
}
