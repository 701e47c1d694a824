import { plannedLooks } from '../compare/looks.ts';
import { sequentialDecision } from '../compare/sequential-decision.ts';
import { CancelledError } from '../domain/errors.ts';
import type { CriterionChange, Unpaired } from '../domain/report.ts';
import type { Failure, Result, Warning } from '../domain/result.ts';
import type { Look } from '../measure/blocks.ts';
import type { Base } from './base.ts';
import { readBaseConfig } from './base-config.ts';
import { measure, SetupError } from './measurement.ts';
import type { Request } from './request.ts';
import { saveResult, toResult } from './result.ts';
import type { World } from './world.ts';

/**
 * Both sides of a paired run; or why the base could not be measured, so that something else must speak, and what of the
 * budget that took, in ms.
 */
export type PairedOutcome =
  | {
      status: 'measured';
      candidate: Result;
      baseline: Result;
      changes: CriterionChange[];
      warnings: Warning[];
    }
  | { status: 'unavailable'; unpaired: Unpaired; wallMs: number };

const unavailable = (cause: Unpaired['cause'], detail: string, { log = '', wallMs = 0 } = {}) =>
  ({
    status: 'unavailable',
    unpaired: { cause, detail, ...(log.trim() !== '' && { log }) },
    wallMs,
  }) as const;

/** Blocks are numbered alike on both sides; fewer than this and no comparison has an interval. */
const FEWEST_BLOCKS = 2;

/**
 * Measures base and candidate side by side in at most `budgetMs`, looking at the evidence as it comes, and saves both
 * results. Rejects with a CancelledError.
 */
export async function measurePaired(
  request: Request,
  base: Base,
  budgetMs: number,
  world: World,
): Promise<PairedOutcome> {
  const { config } = request;
  if (config.target.start === undefined && config.target.port.type !== 'none') {
    return unavailable('target', 'the target is not started here (no `start`), so its base cannot be');
  }
  const least =
    FEWEST_BLOCKS * 2 * config.scenarios.length * (config.measure.durationMs + config.measure.warmupMs);
  if (budgetMs < least) {
    const [left, needed] = [Math.max(0, budgetMs) / 1000, least / 1000].map((s) => `${s.toFixed(0)} s`);
    return unavailable('budget', `${left} of measure.budget are left, and a pair takes at least ${needed}`);
  }
  const pairing = { id: world.newId(), looks: plannedLooks(config.measure.rounds, config.measure.maxRounds) };
  let checkout: Awaited<ReturnType<Base['checkOut']>>;
  try {
    checkout = await base.checkOut();
  } catch (error) {
    world.signal.throwIfAborted();
    return unavailable('base', `the base commit cannot be checked out: ${(error as Error).message}`);
  }
  try {
    const before = await readBaseConfig(config, checkout.directory, world.env);
    request.onSecrets?.(before.secrets);
    const measured = await measure(
      {
        config: { ...config, secrets: [...config.secrets, ...before.secrets] },
        scenarios: config.scenarios,
        sides: [
          { name: 'baseline', target: before.target, directory: checkout.directory },
          { name: 'candidate', target: config.target, directory: config.workingDirectory },
        ],
        blocks: Math.max(FEWEST_BLOCKS, config.measure.maxRounds),
        looks: pairing.looks,
        look: lookAt(request, pairing.looks),
        anchor: false,
        budgetMs,
      },
      world,
    );
    const candidate = toResult(request, measured, 'candidate', pairing, world);
    const baseline = toResult(
      { ...request, commit: { sha: base.sha, dirty: false } },
      measured,
      'baseline',
      pairing,
      world,
    );
    // What was measured alone before stays the result until the pair has something to say.
    const unmeasured = measured.stopped === 'cancelled' ? null : whyUnmeasured(baseline);
    const path = unmeasured === null ? request.resultPath : beside(request.resultPath, 'head');
    await saveResult(candidate, path);
    await saveResult(baseline, beside(request.resultPath, 'base'));
    if (measured.stopped === 'cancelled') throw new CancelledError('cancelled while measuring');
    if (unmeasured !== null)
      return unavailable('base', `the base commit could not be measured: ${unmeasured.detail}`, {
        ...(unmeasured.log !== undefined && { log: unmeasured.log }),
        wallMs: measured.wallMs,
      });
    return {
      status: 'measured',
      candidate,
      baseline,
      changes: before.changes,
      warnings: [...checkout.warnings, ...before.warnings],
    };
  } catch (error) {
    if (error instanceof SetupError) {
      const side = error.side === 'baseline' ? 'the base commit' : 'the candidate';
      return unavailable('base', `${side} could not be set up: ${error.message}`);
    }
    throw error;
  } finally {
    await checkout.dispose();
  }
}

/** `result.json` → `result.base.json` */
const beside = (path: string, side: string): string => `${path.replace(/\.json$/, '')}.${side}.json`;

function lookAt({ config }: Request, looks: readonly number[]): Look {
  return (recordings) => {
    const otherwise = { reason: 'budget-spent', detail: '' } as const;
    const side = (name: 'baseline' | 'candidate') => ({
      scenarios: recordings.get(name)?.results(otherwise) ?? [],
    });
    const decision = sequentialDecision({
      baseline: side('baseline'),
      candidate: side('candidate'),
      criteria: config.scenarios,
      looks,
    });
    const open = config.scenarios
      .map(({ name }) => name)
      .filter((name) => !decision.settledScenarios.includes(name));
    return { undecided: open, conclusive: decision.conclusive };
  };
}

/** Why a base has not a single scenario to compare with; null when it has one. */
function whyUnmeasured(baseline: Result): Failure | null {
  const failures = baseline.scenarios.map(({ outcome }) =>
    outcome.status === 'failed' ? outcome.failure : null,
  );
  const [first] = failures;
  return failures.every((failure) => failure !== null) && first ? first : null;
}
