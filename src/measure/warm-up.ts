import type { Stretch, StretchTally } from '../domain/driver.ts';
import type { LiveSide } from './live.ts';
import { type Random, shuffled } from './order.ts';
import { p99Of } from './round.ts';

/** The warm-up is cut into pieces, and goes on until the last pieces no longer show a slope. */
const PIECES = 4;
const STEADY = 0.05;
/** At most this many times the configured warm-up: a service that never settles is measured as it is. */
const LONGEST = 2;

/**
 * Loads all sides, in pieces and in turn, for at least `warmupMs` each and until their rate has no slope left.
 * Gives the highest p99 seen at the end (ms, 0 when nothing was measured) and the load put on each side (ms).
 */
export async function warmUp(
  sides: readonly LiveSide[],
  load: (live: LiveSide, stretch: Stretch) => Promise<StretchTally>,
  warmupMs: number,
  random: Random,
): Promise<{ p99: number; loadMs: number }> {
  if (warmupMs <= 0) return { p99: 0, loadMs: 0 };
  const durationMs = warmupMs / PIECES;
  const pieces = new Map<LiveSide, StretchTally[]>(sides.map((live) => [live, []]));
  let loadMs = 0;
  for (let piece = 0; piece < PIECES * LONGEST; piece += 1) {
    if (piece >= PIECES && sides.every((live) => isSteady(pieces.get(live) ?? []))) break;
    for (const live of shuffled(sides, random)) {
      pieces.get(live)?.push(await load(live, { kind: 'warmup', durationMs }));
    }
    loadMs += durationMs;
  }
  const last = [...pieces.values()].map((done) => done.at(-1)?.total);
  return { p99: Math.max(0, ...last.map((tally) => (tally && p99Of(tally)) ?? 0)), loadMs };
}

/** Whether the last two pieces are within 5% of the two before them, in answers per second. */
function isSteady(pieces: readonly StretchTally[]): boolean {
  const rate = (some: readonly StretchTally[]) =>
    some.reduce((sum, piece) => sum + (piece.total.counters.ok ?? 0), 0) /
    Math.max(
      1,
      some.reduce((sum, piece) => sum + piece.total.elapsedMs, 0),
    );
  const before = rate(pieces.slice(-4, -2));
  const after = rate(pieces.slice(-2));
  return before === 0 || Math.abs(after / before - 1) <= STEADY;
}
