const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const MOST = 40;

/**
 * The last values as unicode blocks, `·` where there is none. The height spans at least 10% of the middle value, so that
 * noise of a few percent does not look like mountains.
 */
export function sparkline(values: readonly number[]): string {
  const recent = values.slice(-MOST);
  const finite = recent.filter(Number.isFinite);
  if (finite.length === 0) return '';
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const middle = (low + high) / 2;
  const span = Math.max(high - low, Math.abs(middle) * 0.1);
  return recent
    .map((value) => {
      if (!Number.isFinite(value)) return '·';
      const share = span === 0 ? 0.5 : (value - middle) / span + 0.5;
      // Rounding puts the lowest a hair below zero now and then.
      return BLOCKS[Math.max(0, Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length)))];
    })
    .join('');
}
