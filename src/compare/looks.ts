/** Numbers of blocks after which a paired measurement looks at its data, unless it is told others. */
export const DEFAULT_LOOKS: readonly number[] = [4, 6, 8, 11, 15, 20];

/**
 * Looks for a measurement of at most `maxBlocks` blocks (at least 2), growing by about a third each: the default ones up to
 * it, and it itself.
 */
export function looksUpTo(maxBlocks: number): number[] {
  const most = Math.max(2, Math.floor(maxBlocks));
  const looks = [...DEFAULT_LOOKS];
  for (let last = looks.at(-1) ?? 20; last < most; ) {
    last = Math.ceil(last * 1.35);
    looks.push(last);
  }
  return [...looks.filter((look) => look < most), most];
}
