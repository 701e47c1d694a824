/**
 * Benjamini & Hochberg 1995: how many of the p-values may be called discoveries at a false discovery rate of `rate`,
 * and the level at which each of them was tested. Intervals at confidence 1 - level then keep the false coverage
 * rate (Benjamini & Yekutieli 2005), and exclude zero exactly for the discoveries.
 */
export function falseDiscovery(
  pValues: readonly number[],
  rate: number,
): { discoveries: number; level: number } {
  const sorted = [...pValues].sort((a, b) => a - b);
  let discoveries = 0;
  sorted.forEach((p, index) => {
    if (p <= ((index + 1) * rate) / sorted.length) discoveries = index + 1;
  });
  return { discoveries, level: (Math.max(1, discoveries) * rate) / Math.max(1, sorted.length) };
}
