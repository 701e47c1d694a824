import type { Scenario } from '../domain/config.ts';
import type { Driver, Session, Stretch, StretchTally } from '../domain/driver.ts';
import type { Resources, Round, Tally } from '../domain/result.ts';
import { mergeTallies } from '../domain/tally.ts';
import { type LiveAnchor, type LiveSide, loadWhileAlive } from './live.ts';
import { type Random, sliceOrder } from './order.ts';
import { rateOf } from './pace.ts';
import { inProcesses } from './processes.ts';
import { invalidity, toRound, wholeBoot } from './round.ts';
import { warmUp } from './warm-up.ts';

export type LoadPlan = { block: number; durationMs: number; warmupMs: number };

/**
 * A slice is longer than the slowest requests, so that waiting for its last answers does not take most of the time; not much
 * longer, for a disturbed machine has a high p99, and there fine interleaving counts most (docs/decisions/slices.md).
 */
const SLICE_MS = { min: 100, timesP99: 2 };

/** With one side, the anchor gets a slice after each of this many pieces of a round, never longer than the piece. */
const ANCHOR_PIECES = 5;
const ANCHOR_SLICE_MS = { most: 150, least: 20 };

type LoadInput = {
  scenario: Scenario;
  driver: Driver;
  session: Session;
  sides: readonly LiveSide[];
  anchor: LiveAnchor | null;
  plan: LoadPlan;
  random: Random;
  signal: AbortSignal;
  /** Hears of every stretch that is through, also of what a later abort leaves nothing of. */
  through?: (side: LiveSide, tally: Tally) => void;
};

type Load = (live: LiveSide, stretch: Stretch) => Promise<StretchTally>;

/** What each side was given, the anchor beside it, and the load before the first of it that counts, in ms. */
type Loaded = { stretches: ReadonlyMap<LiveSide, StretchTally[]>; anchored: Tally[]; warmupLoadMs: number };

/**
 * Loads the sides with one scenario: warm-up, then one round a side, the sides interleaved as finely as the
 * driver allows. Gives one round per side, in the order of `sides` (index left at 0 for the caller to number).
 * Rejects with TargetDied, GeneratorError, or the signal's reason.
 */
export async function measureScenario(input: LoadInput): Promise<Round[]> {
  const { scenario, driver, session, sides, plan, random, signal } = input;
  const metrics = driver.metrics(scenario);
  const rate = rateOf(scenario);
  const windows = sides.map(({ target }) => target.openWindow());
  const resources: Resources[] = [];
  const load: Load = async (live, stretch) => {
    const done = await loadWhileAlive(live, signal, (alive) => session.run(live.side, stretch, alive));
    input.through?.(live, done.total);
    return done;
  };
  let loaded: Loaded;
  try {
    loaded =
      driver.interleave === 'process'
        ? {
            stretches: await inProcesses(sides, session, load, plan, random, signal),
            anchored: [],
            warmupLoadMs: 0,
          }
        : await inSlices(input, load);
  } finally {
    for (const window of windows) resources.push(await window.close());
  }
  const { stretches, anchored, warmupLoadMs } = loaded;
  return sides.map((live, i) => {
    const round = toRound(
      stretches.get(live) ?? [],
      metrics,
      wholeBoot(live.target.boot, resources[i] ?? {}),
      warmupLoadMs,
    );
    return {
      ...round,
      block: plan.block,
      ...(anchored.length > 0 && { anchor: mergeTallies(anchored) }),
      ...(rate !== undefined && { load: { rate } }),
      ...invalidity(scenario, round),
    };
  });
}

/** The sides in turn, in slices of the generator's load, with the anchor beside them where there is one. */
async function inSlices(input: LoadInput, load: Load): Promise<Loaded> {
  const { driver, sides, anchor, plan, random, signal } = input;
  const stretches = new Map<LiveSide, StretchTally[]>(sides.map((live) => [live, []]));
  const anchored: Tally[] = [];
  const warm = await warmUp(sides, load, plan.warmupMs, random);
  const { pieces, pieceMs } = cut(driver, sides.length, plan.durationMs, warm.p99, anchor !== null);
  const kind = pieces === 1 ? 'round' : 'slice';
  for (const live of sliceOrder(sides, pieces, random)) {
    const own = stretches.get(live) ?? [];
    own.push(await load(live, { kind, durationMs: pieceMs, last: own.length === pieces - 1 }));
    if (anchor !== null) {
      const stretch = { kind: 'slice', durationMs: anchorSliceMs(pieceMs) } as const;
      anchored.push((await anchor.session.run(anchor.side, stretch, signal)).total);
    }
  }
  return { stretches, anchored, warmupLoadMs: warm.loadMs };
}

const anchorSliceMs = (pieceMs: number): number =>
  Math.min(ANCHOR_SLICE_MS.most, Math.max(ANCHOR_SLICE_MS.least, pieceMs));

/** Into how many pieces of what length each side's round is cut. */
function cut(
  driver: Driver,
  sides: number,
  durationMs: number,
  p99: number,
  anchored: boolean,
): { pieces: number; pieceMs: number } {
  if (sides === 1) {
    const pieces = anchored && driver.interleave === 'slice' ? ANCHOR_PIECES : 1;
    return { pieces, pieceMs: durationMs / pieces };
  }
  const shortest =
    driver.interleave === 'slice' ? Math.max(SLICE_MS.min, SLICE_MS.timesP99 * p99) : durationMs / 2;
  const pieces = Math.max(2, 2 * Math.floor(durationMs / shortest / 2));
  return { pieces, pieceMs: durationMs / pieces };
}
