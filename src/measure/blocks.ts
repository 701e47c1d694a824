import type { Measure, Scenario } from '../domain/config.ts';
import type { Driver, Session, Side } from '../domain/driver.ts';
import { GeneratorError } from '../domain/driver.ts';
import { TargetError } from '../domain/errors.ts';
import type { Failure, StopReason, Tally } from '../domain/result.ts';
import type { Budget } from './budget.ts';
import { type LiveAnchor, type LiveSide, TargetDied } from './live.ts';
import { measureScenario } from './load.ts';
import { lacksOpenFiles } from './open-files.ts';
import { type Random, shuffled } from './order.ts';
import { overrunBy } from './pace.ts';
import type { Progress } from './progress.ts';
import { Recording } from './recording.ts';
import { nothingMeasured } from './unanswered.ts';

type SideName = Side['name'];

/** What a measurement needs of the world. */
export type Bench = {
  scenarios: readonly Scenario[];
  measure: Measure;
  driverOf(scenario: Scenario): Driver;
  /** Boots one side fresh. Rejects with a TargetError. */
  boot(side: SideName, signal: AbortSignal): Promise<LiveSide>;
  /** False for a target that was running already: then all rounds share one block. */
  restarts: boolean;
  anchor: LiveAnchor | null;
  random: Random;
  progress: Progress;
  budget: Budget;
};

/** Given what was measured so far: the names of the scenarios that more blocks can still decide, and whether all is decided. */
export type Look = (
  recordings: ReadonlyMap<SideName, Recording>,
  blocks: number,
) => { undecided: string[]; conclusive: boolean };

export type BlockPlan = {
  sides: readonly SideName[];
  /** Both sides on one fixed port: boot them in turn instead of keeping both alive. */
  alternate: boolean;
  blocks: number;
  /** After these numbers of blocks, `look` decides what goes on. */
  looks: readonly number[];
  look: Look | null;
};

export type Measured = {
  recordings: ReadonlyMap<SideName, Recording>;
  stopped: StopReason;
  wallMs: number;
  /** Why a scenario without rounds has none. */
  otherwise: Failure;
};

/** Where booting takes more than this share of the budget, several rounds share a boot; never fewer than three boots. */
const DEAR_BOOT = 0.25;
const FEWEST_BOOTS = 3;

/** Measures block after block: fresh boots, then every scenario still in need, in random order. */
export async function measureBlocks(bench: Bench, plan: BlockPlan): Promise<Measured> {
  const { budget, random } = bench;
  const recordings = new Map(
    plan.sides.map((side) => [side, new Recording(bench.scenarios, bench.driverOf)]),
  );
  let needed = [...bench.scenarios];
  let stopped: StopReason = 'rounds';
  let longestBlockMs = 0;
  let roundsPerBoot = bench.restarts ? 1 : plan.blocks;
  budget.start();
  const isOver = () => budget.cancelled || budget.spent;
  const alive = (scenario: Scenario) => ![...recordings.values()].some((r) => r.hasFailed(scenario));

  for (let done = 0, block = 0; done < plan.blocks; block += 1) {
    needed = needed.filter(alive);
    if (needed.length === 0) {
      stopped = 'failed';
      break;
    }
    if (isOver() || (done > 0 && budget.wouldOverrun(longestBlockMs))) {
      stopped = budget.cancelled ? 'cancelled' : 'budget';
      break;
    }
    const startedAt = budget.elapsedMs;
    const rounds = Math.min(roundsPerBoot, plan.blocks - done);
    const of = block + 1 + Math.ceil((plan.blocks - done - rounds) / roundsPerBoot);
    const attempt = { bench, recordings, block, of, rounds };
    const bootMs = plan.alternate
      ? await inTurn(attempt, shuffled(plan.sides, random), needed)
      : await together(attempt, shuffled(plan.sides, random), needed);
    done += rounds;
    if (isOver()) continue;
    longestBlockMs = Math.max(longestBlockMs, budget.elapsedMs - startedAt);
    if (block === 0 && bench.restarts && bootMs * plan.blocks > DEAR_BOOT * bench.measure.budgetMs) {
      roundsPerBoot = Math.ceil(plan.blocks / FEWEST_BOOTS);
    }
    // Where rounds share a boot, a planned look may fall inside it: it is taken after it.
    if (plan.look && plan.looks.some((look) => done - rounds < look && look <= done)) {
      const { undecided, conclusive } = plan.look(recordings, done);
      bench.progress({ type: 'look', blocks: block + 1, undecided, conclusive });
      needed = needed.filter((scenario) => undecided.includes(scenario.name));
      if (needed.length === 0) {
        stopped = conclusive ? 'conclusive' : 'rounds';
        break;
      }
    }
  }
  if (stopped === 'rounds' && !bench.scenarios.some(alive)) stopped = 'failed';
  if (isOver()) stopped = budget.cancelled ? 'cancelled' : 'budget';
  return { recordings, stopped, wallMs: budget.elapsedMs, otherwise: unmeasured(stopped, bench.measure) };
}

function unmeasured(stopped: StopReason, measure: Measure): Failure {
  if (stopped === 'cancelled')
    return { reason: 'cancelled', detail: 'cancelled before its first round was done' };
  return {
    reason: 'budget-spent',
    detail: `${budgetSpent(measure)}: raise measure.budget, or lower duration, warmup or the number of scenarios`,
  };
}

const budgetSpent = ({ budgetMs }: Measure): string =>
  `the budget of ${budgetMs / 1000} s was spent before its first round was done`;

type Attempt = {
  bench: Bench;
  recordings: ReadonlyMap<SideName, Recording>;
  block: number;
  of: number;
  rounds: number;
};

/** One boot after the other; each measured alone. Gives the time of the longest boot, in ms. */
async function inTurn(
  attempt: Attempt,
  sides: readonly SideName[],
  scenarios: readonly Scenario[],
): Promise<number> {
  let bootMs = 0;
  for (const side of sides) bootMs = Math.max(bootMs, await together(attempt, [side], scenarios));
  return bootMs;
}

/**
 * Boots the sides, measures the scenarios, stops them. A target that dies fails its scenario only; the others
 * go on after a fresh boot. Gives the time of the longest boot, in ms.
 */
async function together(
  attempt: Attempt,
  names: readonly SideName[],
  scenarios: readonly Scenario[],
): Promise<number> {
  const { bench, recordings, block } = attempt;
  const { budget } = bench;
  const live = new Map<SideName, LiveSide>();
  let longestBootMs = 0;
  const bootMissing = async () => {
    for (const name of names) {
      const before = live.get(name);
      if (before && !before.dead.aborted) continue;
      await before?.target.stop();
      bench.progress({ type: 'boot', side: name, block, of: attempt.of });
      const startedAt = budget.elapsedMs;
      live.set(name, await bench.boot(name, budget.signal));
      longestBootMs = Math.max(longestBootMs, budget.elapsedMs - startedAt);
    }
  };
  try {
    for (let round = 0; round < attempt.rounds; round += 1) {
      for (const scenario of shuffled(scenarios, bench.random)) {
        if (budget.signal.aborted) return longestBootMs;
        if ([...recordings.values()].some((recording) => recording.hasFailed(scenario))) continue;
        await bootMissing();
        await measureOne(attempt, scenario, [...live.values()], round);
      }
    }
  } catch (error) {
    if (budget.signal.aborted) return longestBootMs;
    if (!(error instanceof TargetError)) throw error;
    const side = names.find((name) => !live.has(name) || live.get(name)?.dead.aborted) ?? 'candidate';
    for (const scenario of scenarios) recordings.get(side)?.fail(scenario, error.failure);
    bench.progress({ type: 'note', message: error.failure.detail });
  } finally {
    await Promise.all([...live.values()].map(({ target }) => target.stop()));
  }
  return longestBootMs;
}

async function measureOne(
  attempt: Attempt,
  scenario: Scenario,
  sides: readonly LiveSide[],
  round: number,
): Promise<void> {
  const { bench, recordings, block, of, rounds: ofRounds } = attempt;
  const where = { scenario: scenario.name, block, of, round, rounds: ofRounds };
  const fail = (side: SideName, failure: Failure) => {
    recordings.get(side)?.fail(scenario, failure);
    bench.progress({ type: 'failed', scenario: scenario.name, detail: failure.detail });
  };
  const lacking = sides.flatMap(({ side, target }) => {
    const failure = lacksOpenFiles(scenario, target);
    return failure === undefined ? [] : [{ name: side.name, failure }];
  });
  for (const { name, failure } of lacking) fail(name, failure);
  if (lacking.length > 0) return;
  const driver = bench.driverOf(scenario);
  const through = new Map(sides.map((live) => [live, [] as Tally[]]));
  let session: Session | undefined;
  try {
    session = await driver.open(scenario, bench.budget.signal);
    bench.progress({ type: 'round', ...where });
    const rounds = await measureScenario({
      scenario,
      driver,
      session,
      sides,
      anchor: bench.anchor,
      plan: { block, durationMs: bench.measure.durationMs, warmupMs: bench.measure.warmupMs },
      random: bench.random,
      signal: bench.budget.signal,
      through: (live, tally) => through.get(live)?.push(tally),
    });
    for (const [i, live] of sides.entries()) {
      const own = rounds[i];
      const recording = recordings.get(live.side.name);
      if (!own || !recording) continue;
      recording.add(scenario, own);
      bench.progress({ type: 'measured', ...where, side: live.side.name, values: own.values });
      const nothing = nothingMeasured(scenario, recording.rounds(scenario));
      if (nothing) fail(live.side.name, { ...nothing, ...(await tail(live, session)) });
    }
  } catch (error) {
    if (error instanceof TargetDied) {
      const { exitCode, signal, log } = error.death;
      fail(error.side, {
        reason: 'target-died',
        detail: error.message,
        exitCode,
        ...(signal && { signal }),
        log,
      });
    } else if (error instanceof GeneratorError) {
      for (const { side } of sides) fail(side.name, { reason: 'generator-failed', detail: error.message });
    } else if (!bench.budget.signal.aborted) {
      throw error;
    } else if (bench.budget.spent) {
      for (const [live, tallies] of through) {
        const why = overrunBy(scenario, tallies);
        if (why !== undefined)
          recordings.get(live.side.name)?.overran(scenario, `${budgetSpent(bench.measure)}: ${why}`);
      }
    }
  } finally {
    await session?.close();
  }
}

async function tail(live: LiveSide, session: Session): Promise<{ log?: string }> {
  const log = session.logTail?.(live.side) ?? (await live.target.logTail());
  return log === '' ? {} : { log };
}
