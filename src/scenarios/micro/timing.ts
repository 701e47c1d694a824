import { Bench } from 'tinybench';
import type { HistogramDistribution } from '../../domain/distribution.ts';
import { HistogramRecorder } from '../../domain/histogram.ts';
import type { Loop } from './loop.ts';

/**
 * A batch is long against the clock's own cost (some 50 ns) and steps, and short against what interrupts it: of longer ones
 * more are hit, and the median of a hundred microseconds scattered four times as much as that of single calls.
 */
const BATCH_MS = 0.02;
/** More calls than this in one batch are only needed by what takes no time at all. */
const MOST_CALLS = 2 ** 24;

/** What calls took: `time` in ns a call, of batches where a call is short; `elapsedMs` of all of them. */
export type Timed = { calls: number; elapsedMs: number; time: HistogramDistribution };

/** Tells between batches that the benchmark goes on; throws to end it. */
export type Beat = () => void;

const now = (): number => performance.now();

/**
 * Runs a loop for at least `ms`, and finds out how many calls make a batch. What the optimiser does with the function is
 * done when this ends.
 */
export async function warmUp(loop: Loop, ms: number, beat: Beat): Promise<number> {
  const end = now() + ms;
  let calls = 1;
  for (;;) {
    const started = now();
    const running = loop.run(calls);
    if (loop.async) await running;
    const took = now() - started;
    beat();
    const grows = took < BATCH_MS && calls < MOST_CALLS;
    if (now() >= end && !grows) return calls;
    if (grows) calls = Math.min(MOST_CALLS, calls * 10, Math.ceil((calls * 1.2 * BATCH_MS) / (took || 1e-6)));
    else if (calls > 1 && took > 4 * BATCH_MS)
      calls = Math.max(1, Math.floor((calls * 1.2 * BATCH_MS) / took));
  }
}

/** Times batches of a loop, one after the other, for `ms`; at least one. */
export async function timeBatches(loop: Loop, calls: number, ms: number, beat: Beat): Promise<Timed> {
  const bench = new Bench({ time: ms, iterations: 1, warmup: false, retainSamples: true, throws: true });
  let elapsedMs = 0;
  let batches = 0;
  const done = (started: number) => {
    const took = now() - started;
    elapsedMs += took;
    batches += 1;
    beat();
    return { overriddenDuration: took / calls, overriddenIterationCost: took };
  };
  if (loop.async) {
    const batch = async () => {
      const started = now();
      await loop.run(calls);
      return done(started);
    };
    bench.add('batch', batch, { async: true });
    await bench.run();
  } else {
    const batch = () => {
      const started = now();
      loop.run(calls);
      return done(started);
    };
    bench.add('batch', batch, { async: false });
    bench.runSync();
  }
  return { calls: batches * calls, elapsedMs, time: recorded(bench) };
}

/**
 * Times calls of an asynchronous function with `concurrency` of them under way, each from its start to its end, for `ms`.
 * The time that they took in all is that of Little's law (L = λW; Little 1961): the lanes are back to back, so that calls a
 * second are the lanes over the mean of a call. By the clock the last calls would count with the lanes that have ended
 * already, and a short round would show fewer calls a second than a long one.
 */
export async function timeConcurrently(
  call: () => unknown,
  concurrency: number,
  ms: number,
  beat: Beat,
): Promise<Timed> {
  const bench = new Bench({
    time: ms,
    iterations: 0,
    threshold: concurrency,
    concurrency: 'task',
    warmup: false,
    retainSamples: true,
    throws: true,
  });
  let calls = 0;
  const one = async () => {
    await call();
    calls += 1;
    beat();
  };
  bench.add('call', one, { async: true });
  await bench.run();
  const inAllMs = samplesOf(bench).reduce((sum, ms) => sum + ms, 0);
  return { calls, elapsedMs: inAllMs / concurrency, time: recorded(bench) };
}

function samplesOf(bench: Bench): readonly number[] {
  const result = bench.tasks[0]?.result;
  return result !== undefined && 'latency' in result ? (result.latency.samples ?? []) : [];
}

function recorded(bench: Bench): HistogramDistribution {
  const recorder = new HistogramRecorder('ns');
  for (const ms of samplesOf(bench)) recorder.record(Math.max(0, ms * 1e6));
  return recorder.distribution();
}
