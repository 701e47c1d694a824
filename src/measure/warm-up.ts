import type { Stretch, StretchTally } from '../domain/driver.ts';
import type { LiveSide } from './live.ts';
import { type Random, shuffled } from './order.ts';
import { p99Of } from './round.ts';

/** The warm-up is cut into pieces, and goes on until the last pieces no longer show a slope. */
const PIECES = 4;
/** A slope is a rise of more than this that also stands out of the pieces' own scatter by so many standard errors. */
const STEADY = 0.05;
const STANDS_OUT = 1.5;
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

/**
 * Whether the last two pieces give not clearly more answers per second than the two before them. A rate that falls is not one
 * that warms up; and on a disturbed machine, where any two stretches differ, every warm-up would otherwise last longest.
 */
function isSteady(pieces: readonly StretchTally[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = pieces.slice(-4).map(rateOf);
  const rise = (c + d) / 2 - (a + b) / 2;
  const scatter = Math.sqrt(((a - b) ** 2 + (c - d) ** 2) / 4);
  return rise <= Math.max((STEADY * (a + b)) / 2, STANDS_OUT * scatter);
}

const rateOf = ({ total }: StretchTally): number => (total.counters.ok ?? 0) / Math.max(1, total.elapsedMs);
