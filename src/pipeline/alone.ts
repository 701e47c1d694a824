import { CancelledError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import type { Measured } from '../measure/blocks.ts';
import { Recording } from '../measure/recording.ts';
import { measure, SetupError } from './measurement.ts';
import type { Request } from './request.ts';
import { saveResult, toResult } from './result.ts';
import type { World } from './world.ts';

/**
 * Measures the candidate on its own, in as many boots as `measure.rounds` says but at most `budgetMs`, and saves the
 * result. Rejects with a CancelledError once what was measured until then is saved.
 */
export async function measureAlone(request: Request, budgetMs: number, world: World): Promise<Result> {
  const { config } = request;
  const measured = await measure(
    {
      config,
      scenarios: config.scenarios,
      sides: [{ name: 'candidate', target: config.target, directory: config.workingDirectory }],
      blocks: config.measure.rounds,
      looks: [],
      look: null,
      anchor: true,
      budgetMs,
    },
    world,
  ).catch((error: unknown) => notSetUp(error, request, world));
  const result = toResult(request, measured, 'candidate', null, world);
  await saveResult(result, request.resultPath);
  if (measured.stopped === 'cancelled') throw new CancelledError('cancelled while measuring');
  return result;
}

/** A setup that fails is a result too: every scenario failed, and why. */
function notSetUp(error: unknown, { config }: Request, world: World): Measured & { warnings: [] } {
  if (!(error instanceof SetupError)) throw error;
  const recording = new Recording(config.scenarios, world.driverOf);
  for (const scenario of config.scenarios) recording.fail(scenario, error.failure);
  return {
    recordings: new Map([['candidate', recording]]),
    stopped: 'failed',
    wallMs: 0,
    otherwise: error.failure,
    warnings: [],
  };
}
