import type { Level, Verdict } from '../domain/verdict.ts';
import type { Interval } from '../stats/interval.ts';

/** Where the allowed change of each level ends, on the axis on which more is worse. At least one is set. */
export type Allowed = { warn?: number; fail?: number };

export type Decision = {
  verdict: Extract<Verdict, 'regressed' | 'improved' | 'unchanged' | 'inconclusive'>;
  level: Level | null;
  /** Told from zero, yet within what is allowed. */
  realButAllowed: boolean;
};

/*
 *                 -delta            0            +delta
 *   ----------------|---------------|---------------|---------------->  worse
 *   improved  [--x--|---]           |               |
 *   unchanged       |      [----x---|----]          |
 *   regressed       |               |      [--------|--x-----]
 *   inconclusive    |         [-----|----x----------|--]
 */

/**
 * The verdict that an interval proves. `regressed` needs a true worsening (the interval above zero) of an estimated size
 * of at least the allowed one; `unchanged` needs the whole interval inside what is allowed: equivalence proven, not
 * a difference missed. While `more` data may come, a warning is not settled before a failure is excluded.
 */
export function decide(interval: Interval, allowed: Allowed, more: boolean): Decision {
  const { center, low, high } = interval;
  const { warn, fail } = allowed;
  const first = Math.min(warn ?? Number.POSITIVE_INFINITY, fail ?? Number.POSITIVE_INFINITY);
  const gain = fail ?? first;
  const realButAllowed = low > 0 || high < 0;
  if (low > 0 && fail !== undefined && center >= fail)
    return { verdict: 'regressed', level: 'fail', realButAllowed: false };
  const failExcluded = fail === undefined || high < fail;
  if (low > 0 && warn !== undefined && center >= warn && (failExcluded || !more))
    return { verdict: 'regressed', level: 'warn', realButAllowed: false };
  if (high < 0 && center <= -gain) return { verdict: 'improved', level: null, realButAllowed: false };
  if (-gain < low && high < first) return { verdict: 'unchanged', level: null, realButAllowed };
  return { verdict: 'inconclusive', level: null, realButAllowed: false };
}
