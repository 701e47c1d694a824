/** Numbers of blocks after which a paired measurement looks at its data, unless it is told others. */
export const DEFAULT_LOOKS: readonly number[] = [4, 6, 8, 11, 15, 20];

/**
 * Looks of a measurement of at least `rounds` and at most `maxRounds` blocks: the first at `rounds` (two at the least, for an
 * interval), each about 1.4 times the one before (5, 7, 10, 14, 20). Few looks cost little confidence and still
 * stop early.
 */
export function plannedLooks(rounds: number, maxRounds: number): number[] {
  const first = Math.max(2, rounds);
  const looks = [first];
  for (let n = first; n < maxRounds; ) {
    n = Math.min(maxRounds, Math.max(n + 1, Math.round(n * 1.4)));
    looks.push(n);
  }
  return looks;
}
