import type { Config, Scenario, Target } from '../domain/config.ts';
import type { Side } from '../domain/driver.ts';
import { TargetError } from '../domain/errors.ts';
import type { Failure, Warning } from '../domain/result.ts';
import { startAnchor } from '../measure/anchor.ts';
import { type Look, type Measured, measureBlocks } from '../measure/blocks.ts';
import { Budget } from '../measure/budget.ts';
import {
  busyMachineWarning,
  measureMachineLoad,
  stealWarning,
  watchMachine,
} from '../measure/environment.ts';
import { type LiveSide, liveSide } from '../measure/live.ts';
import { bootTarget } from '../target/boot.ts';
import { type CommandContext, runSetup, type Setup } from '../target/command.ts';
import { commandEnvironment, fillPort } from '../target/command-environment.ts';
import { noService } from '../target/no-service.ts';
import { safeTail } from '../target/safe-log.ts';
import type { World } from './world.ts';

/** One side to measure: its target, and the folder its commands run in. */
export type SidePlan = { name: Side['name']; target: Target; directory: string };

export type MeasurementPlan = {
  config: Config;
  scenarios: readonly Scenario[];
  sides: readonly SidePlan[];
  blocks: number;
  looks: readonly number[];
  look: Look | null;
  /** Measure the anchor beside the target: worth it where the result is compared across runs. */
  anchor: boolean;
  budgetMs: number;
};

/** How long the machine is looked at before anything is started. */
const BUSY_LOOK_MS = 500;

/** The setup of one side failed; `failure` is as the target told it. */
export class SetupError extends TargetError {
  override name = 'SetupError';
  readonly side: Side['name'];
  constructor(side: Side['name'], failure: Failure) {
    super(failure);
    this.side = side;
  }
}

/**
 * Sets up, boots, measures and stops the sides. Rejects with a SetupError when a setup fails; whatever goes wrong
 * later is in what it gives. Nothing that it started is left.
 */
export async function measure(
  plan: MeasurementPlan,
  world: World,
): Promise<Measured & { warnings: Warning[] }> {
  const { config, sides } = plan;
  const warnings: Warning[] = [];
  const setups: Setup[] = [];
  const budget = new Budget(plan.budgetMs, world.signal);
  let boots = 0;
  const context = (side: SidePlan, name: string, signal: AbortSignal): CommandContext => ({
    checkout: side.directory,
    env: world.env,
    logDir: `${world.workDir}/logs`,
    signal,
    secrets: config.secrets,
    name,
  });
  const boot = async (name: Side['name'], signal: AbortSignal): Promise<LiveSide> => {
    const side = sides.find((one) => one.name === name);
    if (side === undefined) throw new Error(`no ${name} to boot`);
    boots += 1;
    const target = hasService(side.target)
      ? await bootTarget(side.target, {
          ...context(side, `${name}-${boots}`, signal),
          hurry: world.signal,
          warn: (warning) => warnings.push(warning),
        })
      : noService();
    return liveSide(
      {
        name,
        checkout: side.directory,
        url: target.url,
        env: sideEnvironment(side.target, target.url, world.env),
        safe: (output) => safeTail(output, { secrets: config.secrets, columns: 1000 }),
      },
      target,
    );
  };
  try {
    for (const side of sides) {
      if (side.target.setup === undefined) continue;
      world.progress({ type: 'setup', side: side.name, command: side.target.setup });
      setups.push(await setUp(side, context(side, side.name, world.signal)));
    }
    // Before anything of ours runs: what is at work now will be in the measurement.
    const busy = busyMachineWarning(await measureMachineLoad(BUSY_LOOK_MS, world.signal));
    if (busy !== null) warnings.push(busy);
    const anchor = await anchorFor(plan, world, warnings);
    const machine = watchMachine();
    try {
      const measured = await measureBlocks(
        {
          scenarios: plan.scenarios,
          measure: config.measure,
          driverOf: world.driverOf,
          boot,
          restarts: sides.every(({ target }) => target.start !== undefined || !hasService(target)),
          anchor,
          random: world.random,
          progress: world.progress,
          budget,
        },
        {
          sides: sides.map((side) => side.name),
          alternate: sides.length > 1 && sides.some((side) => side.target.port.type === 'fixed'),
          blocks: plan.blocks,
          looks: plan.looks,
          look: plan.look,
        },
      );
      const stolen = stealWarning(machine());
      if (stolen !== null) warnings.push(stolen);
      return { ...measured, warnings };
    } finally {
      await anchor?.close();
    }
  } finally {
    budget.close();
    for (const setup of setups) await setup.dispose();
  }
}

const hasService = (target: Target): boolean => target.port.type !== 'none';

/** What a benchmark of this side finds in its environment: what the target's own commands do. */
function sideEnvironment(target: Target, url: string, caller: NodeJS.ProcessEnv): Record<string, string> {
  const port = target.port.type === 'free' ? Number(new URL(url).port) : null;
  const own = Object.entries(target.env).map(([name, text]) => [name, fillPort(text, port)]);
  return commandEnvironment(caller, {
    ...(port === null ? {} : { PORT: String(port) }),
    ...Object.fromEntries(own),
  });
}

async function setUp(side: SidePlan, context: CommandContext): Promise<Setup> {
  try {
    return await runSetup(side.target, context);
  } catch (error) {
    throw error instanceof TargetError ? new SetupError(side.name, error.failure) : error;
  }
}

/** Of load in all, for each scenario: what an anchor tells of less is mostly its own noise. */
const LEAST_ANCHORED_MS = 1000;

/** The anchor, where a scenario can be interleaved with it. Without one the run goes on, and says so. */
async function anchorFor(plan: MeasurementPlan, world: World, warnings: Warning[]) {
  const { durationMs } = plan.config.measure;
  if (!plan.anchor || plan.blocks * durationMs < LEAST_ANCHORED_MS) return null;
  if (!plan.scenarios.some((scenario) => world.driverOf(scenario).interleave === 'slice')) return null;
  try {
    return await startAnchor(world.anchorEntry, world.driverOf, durationMs, world.signal);
  } catch (error) {
    world.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    warnings.push({ code: 'no-anchor', message: `Measured without the anchor: ${reason}` });
    return null;
  }
}
