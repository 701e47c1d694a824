import { seededRandom } from '../../../__tests__/harness/github/faults.ts';
import { type Hit, KINDS, kindName } from './kinds.ts';
import type { Call } from './scene.ts';
import type { Stage } from './stages.ts';

/** `id` tells a trial from all others of a plan, and is the same whenever the plan is made again. */
export type Trial = { id: string; stage: Stage; hits: Hit[] };

/** What a stage asks for without faults, and which of these calls are struck, by their places. */
export type StageCalls = { stage: Stage; calls: Call[]; struck: number[] };

/** Every kind at every call of every stage, and so many pairs drawn at random: the same for the same seed. */
export function planTrials(stages: readonly StageCalls[], pairs: number, seed: number): Trial[] {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const singles = stages.flatMap(({ stage, struck }) =>
    struck.flatMap((call) =>
      KINDS.map(
        (kind): Trial => ({ id: `${stage} ${call} ${kindName(kind)}`, stage, hits: [{ call, kind }] }),
      ),
    ),
  );
  const drawn = Array.from({ length: pairs }, (_, index): Trial => {
    const { stage, struck } = pick(stages);
    const hit = (): Hit => ({ call: pick(struck), kind: pick(KINDS) });
    return { id: `pair ${index}`, stage, hits: [hit(), hit()] };
  });
  return [...singles, ...drawn];
}

/** So many of the trials, at random; all of them when `wanted` is 0. */
export function sampleOf(trials: readonly Trial[], wanted: number, seed: number): Trial[] {
  const random = seededRandom(seed + 1);
  const shuffled = trials
    .map((trial) => ({ trial, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ trial }) => trial);
  return wanted === 0 ? shuffled : shuffled.slice(0, wanted);
}

/** Where a trial strikes, for a reader. */
export function trialName({ stage, hits }: Trial, calls: readonly Call[]): string {
  const where = hits.map(
    ({ call, kind }) => `${kindName(kind)} at ${call} (${calls[call]?.operation ?? '?'})`,
  );
  return `${stage}: ${where.join(' and ')}`;
}
