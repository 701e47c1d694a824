import { getHeapStatistics } from 'node:v8';
import type { Loop } from './loop.ts';
import { Unmeasurable } from './words.ts';

const TRIALS = 7;
const PATIENCE_MS = 200;
/** A share of what one batch may allocate, so that no collection falls into it. */
const LEAST_CALLS = 1;

/** Growth that is worth a word: half a megabyte in all, and several bytes a call or sixteen megabytes. */
const GROWTH = { bytes: 512 * 1024, perCall: 4, muchBytes: 16 * 2 ** 20 };
/** A function that filled a cache before slows its growth; one that leaks goes on as before. */
const GOES_ON = 0.5;

const collect = (): void => (globalThis as { gc?: () => void }).gc?.();

/** Bytes in use on the heap and beside it (buffers), after a collection where one can be asked for. */
export function settledBytes(): number {
  collect();
  return usedBytes();
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Bytes that a call allocates on the heap: the median over some batches without a collection in them, less what measuring
 * allocates itself. Undefined where a call takes too long, or allocates so much that none is without one.
 */
export async function bytesPerCall(loop: Loop, empty: Loop, callMs: number): Promise<number | undefined> {
  if (globalThis.gc === undefined || callMs * TRIALS > PATIENCE_MS * 2) return undefined;
  const most = Math.max(LEAST_CALLS, Math.floor(PATIENCE_MS / TRIALS / Math.max(callMs, 1e-6)));
  const calls = Math.min(most, 1000);
  const own = await allocated(empty, calls);
  const whole = await allocated(loop, calls);
  if (own === undefined || whole === undefined) return undefined;
  return Math.max(0, whole.bytes / whole.calls - own.bytes / own.calls);
}

async function allocated(loop: Loop, calls: number): Promise<{ bytes: number; calls: number } | undefined> {
  for (let times = calls; times >= LEAST_CALLS; times = Math.floor(times / 10)) {
    collect();
    const found: number[] = [];
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const before = process.memoryUsage().heapUsed;
      const running = loop.run(times);
      if (loop.async) await running;
      found.push(process.memoryUsage().heapUsed - before);
    }
    const without = found.filter((bytes) => bytes >= 0).sort((a, b) => a - b);
    const middle = without[Math.floor(without.length / 2)];
    if (middle !== undefined && without.length > TRIALS / 2) return { bytes: middle, calls: times };
  }
  return undefined;
}

/** Throws an Unmeasurable when memory went on growing with every call: three readings after collections, and the calls between. */
export function refuseGrowth(
  readings: readonly [number, number, number],
  calls: readonly [number, number],
): void {
  const [first, second] = [readings[1] - readings[0], readings[2] - readings[1]];
  const grown = first + second;
  const rates = [first / Math.max(1, calls[0]), second / Math.max(1, calls[1])] as const;
  const perCall = grown / Math.max(1, calls[0] + calls[1]);
  const much = grown >= GROWTH.bytes && (perCall >= GROWTH.perCall || grown >= GROWTH.muchBytes);
  if (first <= 0 || !much || rates[1] < GOES_ON * rates[0]) return;
  const kept = perCall < 10_000 ? `${Math.round(perCall)} B` : `${Math.round(perCall / 1000)} kB`;
  throw new Unmeasurable(
    'leaks',
    `memory grows by about ${kept} with every call and is never given back, so a call's time depends on how many went before; keep nothing between calls`,
  );
}

/** Looks now and then whether a function fills the heap faster than it could be measured; throws an Unmeasurable then. */
export function heapWatch(): () => void {
  const most = getHeapStatistics().heap_size_limit / 2;
  return () => {
    if (usedBytes() < most || settledBytes() < most) return;
    throw new Unmeasurable(
      'leaks',
      `it came to hold ${Math.round(most / 2 ** 20)} MiB, half of the heap's limit; keep nothing between calls`,
    );
  };
}
