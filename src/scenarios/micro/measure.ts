import { setImmediate } from 'node:timers/promises';
import type { HistogramDistribution } from '../../domain/distribution.ts';
import { histogramQuantile, mergeHistograms } from '../../domain/histogram.ts';
import { type Case, hasEmptyBody, isGenerator, isGeneratorFunction } from './cases.ts';
import { bytesPerCall, leavesLittle, refuseGrowth, settledBytes } from './heap.ts';
import { isThenable, type Loop, loopFor, type Sink } from './loop.ts';
import { printed, refusePrinting } from './printed.ts';
import { type Beat, type Timed, timeBatches, timeConcurrently, warmUp } from './timing.ts';
import { type Stage, thrownText, Unmeasurable } from './words.ts';

export type CasePlan = { warmupMs: number; durationMs: number; concurrency: number };

/** Figures of one case in one process: `time` in ns a call, `ops` calls a second, `heap` bytes a call. */
export type Figures = {
  elapsedMs: number;
  calls: number;
  time: HistogramDistribution;
  ops: number;
  heap?: number;
};

/** What a measurement tells meanwhile: that it goes on, and what it comes to. */
export type Signs = { beat: Beat; enter: (stage: Stage) => void };

const LAZY = 'a generator: calling it does none of its work, so let a function iterate over it to its end';

/** A call that costs less than this many times an empty one was left nothing to do by the optimiser. */
const AS_EMPTY = 1.3;
/** One that costs less than this is mostly the loop around it. */
const MOSTLY_LOOP = 2;
/** Less than the smallest thing on the heap: no call, or few of many, allocated any. */
const NO_BYTES = 8;
/** The empty function is timed for this long, when all else is done. */
const FLOOR_MS = 20;

/**
 * Measures one case: its setup, a warm-up, two halves with a look at the heap around each, what an empty function costs,
 * and its teardown. Throws an Unmeasurable, with its word, for what no number can be given.
 */
export async function measureCase(one: Case, plan: CasePlan, { beat, enter }: Signs): Promise<Figures> {
  if (one.fault !== undefined) throw new Unmeasurable('cannot be run', one.fault);
  if (isGeneratorFunction(one.fn)) throw new Unmeasurable('cannot be run', `it is ${LAZY}`);
  if (hasEmptyBody(one.fn)) {
    throw new Unmeasurable('does nothing', 'the function has no body; let it do what is to be measured');
  }
  if (one.setup !== null) enter('setup');
  const state = one.setup === null ? undefined : await orThrown('in its setup, ', one.setup, one, one.args);
  // A setup that gives something gives it to the function; one that does not has put it where the function finds it.
  const args = state === undefined ? one.args : [state, ...one.args];
  enter('calls');
  const figures = await orThrown('', () => timeCase(one, args, plan, beat), one, []);
  if (one.teardown !== null) {
    enter('teardown');
    await orThrown('in its teardown, ', one.teardown, one, args);
  }
  return figures as Figures;
}

async function orThrown(
  where: string,
  call: (...args: unknown[]) => unknown,
  { self }: Case,
  args: readonly unknown[],
): Promise<unknown> {
  try {
    return await call.apply(self, [...args]);
  } catch (error) {
    if (error instanceof Unmeasurable) throw error;
    throw new Unmeasurable('throws', `${where}${thrownText(error)}`);
  }
}

async function timeCase(one: Case, args: readonly unknown[], plan: CasePlan, beat: Beat): Promise<Figures> {
  const sink: Sink = { value: undefined };
  const first = one.fn.apply(one.self, [...args]);
  const async = isThenable(first);
  sink.value = await first;
  if (isGenerator(sink.value)) throw new Unmeasurable('cannot be run', `what it gives is ${LAZY}`);
  // A promise that the call left rejected, with nobody to await it, is heard of now.
  await setImmediate();
  beat();
  const firstReturns = sink.value !== undefined;
  const loop = loopFor(one, args, async, sink);
  const timed =
    plan.concurrency > 1
      ? await timedTogether(one, args, async, plan, beat)
      : await timedAlone(loop, plan, beat);
  const fastest = histogramQuantile(timed.time, 0.05) ?? 0;
  const middle = histogramQuantile(timed.time, 0.5) ?? 0;
  const empty = loopFor({ self: null, fn: async ? async () => {} : () => {} }, args, async, {
    value: undefined,
  });
  const heap = await bytesPerCall(loop, empty, middle / 1e6, beat);
  if (plan.concurrency === 1) {
    const returns = firstReturns || sink.value !== undefined;
    const leavesNothing =
      !returns && (heap !== undefined ? heap < NO_BYTES : !async && leavesLittle(loop, middle / 1e6, beat));
    await refuseTooFast(fastest, empty, { returns, leavesNothing }, beat);
  }
  sink.value = undefined;
  return {
    elapsedMs: timed.elapsedMs,
    calls: timed.calls,
    time: timed.time,
    ops: (timed.calls * 1000) / timed.elapsedMs,
    ...(heap !== undefined && { heap }),
  };
}

async function timedAlone(loop: Loop, plan: CasePlan, beat: Beat): Promise<Timed> {
  const calls = await warmUp(loop, plan.warmupMs, beat);
  return await inHalves(() => timeBatches(loop, calls, plan.durationMs / 2, beat));
}

async function timedTogether(
  { self, fn }: Case,
  args: readonly unknown[],
  async: boolean,
  { concurrency, warmupMs, durationMs }: CasePlan,
  beat: Beat,
): Promise<Timed> {
  if (!async) {
    throw new Unmeasurable(
      'cannot be run',
      'concurrency needs an asynchronous function, and this one gives its result at once; leave concurrency out',
    );
  }
  const call = () => fn.apply(self, [...args]);
  await timeConcurrently(call, concurrency, Math.max(1, warmupMs), beat);
  return await inHalves(() => timeConcurrently(call, concurrency, durationMs / 2, beat));
}

/** Two halves, with the heap read after a collection before, between and after them. */
async function inHalves(time: () => Promise<Timed>): Promise<Timed> {
  const quiet = printed();
  const before = settledBytes();
  const first = await time();
  const between = settledBytes();
  const second = await time();
  const after = settledBytes();
  const [calls, elapsedMs] = [first.calls + second.calls, first.elapsedMs + second.elapsedMs];
  refusePrinting(printed() - quiet, calls, elapsedMs);
  refuseGrowth([before, between, after], [first.calls, second.calls]);
  return { calls, elapsedMs, time: mergeHistograms([first.time, second.time]) };
}

type Trace = { returns: boolean; leavesNothing: boolean };

/** The fastest batches are compared: what else the machine did does not show in them. */
async function refuseTooFast(fastest: number, empty: Loop, left: Trace, beat: Beat): Promise<void> {
  const calls = await warmUp(empty, FLOOR_MS, beat);
  const floor = histogramQuantile((await timeBatches(empty, calls, FLOOR_MS, beat)).time, 0.05) ?? 0;
  const cost = `${fastest.toPrecision(2)} ns a call`;
  if (fastest <= AS_EMPTY * floor && !empty.async) {
    throw new Unmeasurable(
      'optimised away',
      `${cost} is what an empty function takes: ${left.returns ? 'its result is known beforehand, so let it depend on something that changes' : 'its result is not used, so return it'}`,
    );
  }
  // Whatever it costs: of work that was thrown away a loop may be left that takes as long as you like, and nothing tells it
  // from work that changed something. An asynchronous call that costs twice an empty one has awaited something.
  if (left.leavesNothing && (!empty.async || fastest <= MOSTLY_LOOP * floor)) {
    throw new Unmeasurable(
      'returns nothing',
      `it takes ${cost} and allocates nothing, so what it computes may have been thrown away; return the result, or any value where it is there to change something`,
    );
  }
  if (fastest > MOSTLY_LOOP * floor) return;
  throw new Unmeasurable(
    'too fast for the clock',
    `${cost}, of which calling it takes ${floor.toPrecision(2)}; let one call do more, a thousand times the same for instance`,
  );
}
