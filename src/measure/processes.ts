import type { Session, Stretch, StretchTally } from '../domain/driver.ts';
import type { LiveSide } from './live.ts';
import { type Random, shuffled } from './order.ts';

/**
 * Rounds of a driver of grain `process`: each part of each side in a process of its own, the sides taking turns part by
 * part, so that the two figures of a part are measured next to each other:
 *
 *   json: A B | uuid: B A | hash: B A | ...      parts and sides in random order
 *
 * The time of a round is shared out among the parts. A side that names no part is run whole: that tells why.
 */
export async function inProcesses(
  sides: readonly LiveSide[],
  session: Session,
  load: (live: LiveSide, stretch: Stretch) => Promise<StretchTally>,
  plan: { durationMs: number; warmupMs: number },
  random: Random,
  signal: AbortSignal,
): Promise<Map<LiveSide, StretchTally[]>> {
  const tallies = new Map<LiveSide, StretchTally[]>(sides.map((live) => [live, []]));
  const named = new Map<LiveSide, readonly string[]>();
  for (const live of sides) named.set(live, (await session.parts?.(live.side, signal)) ?? []);
  const parts = [...new Set([...named.values()].flat())];
  const run = async (live: LiveSide, share: number, part?: string): Promise<void> => {
    const stretch: Stretch = {
      kind: 'round',
      durationMs: plan.durationMs / share,
      warmupMs: plan.warmupMs / share,
      ...(part !== undefined && { part }),
    };
    tallies.get(live)?.push(await load(live, stretch));
  };
  for (const live of shuffled(sides, random)) if (named.get(live)?.length === 0) await run(live, 1);
  for (const part of shuffled(parts, random)) {
    for (const live of shuffled(sides, random)) {
      if (named.get(live)?.includes(part)) await run(live, parts.length, part);
    }
  }
  // A reader finds the parts in the order in which they are written, whatever the order of measurement.
  const place = ({ parts: [first] }: StretchTally) => parts.indexOf(first?.name ?? '');
  for (const list of tallies.values()) list.sort((a, b) => place(a) - place(b));
  return tallies;
}
