import type { Tally } from '../domain/result.ts';

/**
 * How slow the machine was by its anchor: the logarithm of the mean latency of the anchor's answers in ms, or where it
 * has none, of the time per answer. Undefined when the anchor answered nothing.
 */
export function anchorLog(anchor: Tally): number | undefined {
  for (const distribution of Object.values(anchor.distributions))
    if (distribution.type === 'histogram' && distribution.count > 0 && distribution.sum > 0)
      return Math.log(distribution.sum / distribution.count);
  const answered = anchor.counters.ok ?? 0;
  return answered > 0 && anchor.elapsedMs > 0 ? Math.log(anchor.elapsedMs / answered) : undefined;
}
