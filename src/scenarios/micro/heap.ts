import { getHeapStatistics } from 'node:v8';
import type { Loop } from './loop.ts';
import { Unmeasurable } from './words.ts';

const TRIALS = 7;
const PATIENCE_MS = 200;
/** The young generation begins with a megabyte: batches that allocate less than half of it see no collection. */
const WITHOUT_COLLECTION = 512 * 1024;
/** Batches that allocate this much are long enough to be told from what measuring itself allocates. */
const ENOUGH = 64 * 1024;
const MANY_CALLS = 64;
const MOST_CALLS = 10_000;

/** Growth that is worth a word: half a megabyte in all, and several bytes a call or sixteen megabytes. */
const GROWTH = { bytes: 512 * 1024, perCall: 8, muchBytes: 16 * 2 ** 20 };
/** What fills a cache, or grows once, does not do so alike in both halves; what leaks goes on as before. */
const GOES_ON = 0.5;

const collect = (): void => (globalThis as { gc?: () => void }).gc?.();

/** Bytes in use on the heap and beside it (buffers), after a collection where one can be asked for. */
export function settledBytes(): number {
  collect();
  // What the first one only found to be dead is freed by the second.
  collect();
  return usedBytes();
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Of calls that take longer nothing is told: they would have to be repeated for seconds. */
const isTooLong = (callMs: number): boolean => callMs * TRIALS > PATIENCE_MS * 2;
/** What the engine itself allocates during a long call, measured: 1.7 to 5 kB in most of them, now and then more. */
const LITTLE = 8 * 1024;
const LOOKS = 5;

/** Whether a call too long for `bytesPerCall` allocates hardly anything all the same: a few more of them are looked at. */
export function leavesLittle(loop: Loop, callMs: number, beat: () => void): boolean {
  if (globalThis.gc === undefined || !isTooLong(callMs)) return false;
  for (let look = 0; look < LOOKS; look += 1) {
    settledBytes();
    const before = process.memoryUsage().heapUsed;
    loop.run(1);
    const bytes = process.memoryUsage().heapUsed - before;
    beat();
    if (bytes >= 0 && bytes < LITTLE) return true;
  }
  return false;
}

/**
 * Bytes that a call allocates on the heap: the median over some batches, less what an empty call and measuring allocate
 * themselves. Undefined where a call takes too long, or allocates so much that the heap is collected meanwhile.
 */
export async function bytesPerCall(
  loop: Loop,
  empty: Loop,
  callMs: number,
  beat: () => void,
): Promise<number | undefined> {
  if (globalThis.gc === undefined || isTooLong(callMs)) return undefined;
  const most = Math.min(MOST_CALLS, Math.max(1, Math.floor(PATIENCE_MS / TRIALS / Math.max(callMs, 1e-6))));
  let calls = 1;
  for (;;) {
    const first = await allocated(loop, calls);
    // The engine's own work (it compiles when it likes) may fall into one batch, and would make a single call look like many.
    const bytes = first < ENOUGH ? first : Math.min(first, await allocated(loop, calls));
    beat();
    if (bytes > WITHOUT_COLLECTION || bytes < 0) return undefined;
    // Few calls may each have made something that later ones find: as many as fit say more.
    const fitting = Math.min(most, MANY_CALLS, Math.floor((calls * WITHOUT_COLLECTION) / 2 / bytes));
    const next = bytes < ENOUGH ? Math.min(most, calls * 4) : fitting;
    if (next <= calls) break;
    calls = next;
  }
  const [whole, own] = [await middle(loop, calls, beat), await middle(empty, calls, beat)];
  return Math.max(0, (whole - own) / calls);
}

async function middle(loop: Loop, calls: number, beat: () => void): Promise<number> {
  const found: number[] = [];
  for (let trial = 0; trial < TRIALS; trial += 1) {
    found.push(await allocated(loop, calls));
    beat();
  }
  return found.sort((a, b) => a - b)[Math.floor(TRIALS / 2)] ?? 0;
}

/**
 * What so many calls allocate, the same number having gone before since the last collection: what a collection took away
 * and the first of them had to make again (the shapes of objects, above all) belongs to no call.
 */
async function allocated(loop: Loop, calls: number): Promise<number> {
  collect();
  const priming = loop.run(calls);
  if (loop.async) await priming;
  const before = process.memoryUsage().heapUsed;
  const running = loop.run(calls);
  if (loop.async) await running;
  return process.memoryUsage().heapUsed - before;
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
  const [slow, fast] = rates[0] < rates[1] ? rates : [rates[1], rates[0]];
  if (first <= 0 || !much || slow < GOES_ON * fast) return;
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
