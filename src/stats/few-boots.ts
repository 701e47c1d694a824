import { momentsOf } from './interval.ts';

/** Degrees of freedom that the prior spread between boots is worth. */
const PRIOR_DF = 5;

/**
 * Variance of the mean of rounds that share a few boots: s_rounds² / rounds + s_boots² / boots, as in a one-way random
 * effects model (Searle, Casella & McCulloch 1992), the spread between boots shrunken to `priorVariance` because few boots
 * hardly show it. Rounds of one boot are not independent: taken as such they give false alarms.
 */
export function fewBootsSpread(
  rounds: readonly { value: number; boot: number }[],
  priorVariance: number,
): { variance: number; df: number } {
  const boots = new Map<number, number[]>();
  for (const { value, boot } of rounds) boots.set(boot, [...(boots.get(boot) ?? []), value]);
  const groups = [...boots.values()].map((values) => momentsOf(values));
  const inner = groups.reduce((sum, group) => sum + (group.n - 1), 0);
  const within =
    inner === 0 ? 0 : groups.reduce((sum, group) => sum + (group.n - 1) * group.variance, 0) / inner;
  const means = momentsOf(groups.map((group) => group.mean));
  const expected = groups.reduce((sum, group) => sum + within / group.n, 0) / groups.length;
  const seen = Math.max(0, means.variance - expected);
  const df = PRIOR_DF + groups.length - 1;
  const between = (PRIOR_DF * priorVariance + (groups.length - 1) * seen) / df;
  // A boot's rounds share its deviation, so boots weigh by the square of their share of the rounds.
  const shares = groups.reduce((sum, group) => sum + (group.n / rounds.length) ** 2, 0);
  return { variance: within / rounds.length + between * shares, df };
}
