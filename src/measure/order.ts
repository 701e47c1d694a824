/** A source of uniform numbers in [0, 1). */
export type Random = () => number;

/** A new array in random order (Fisher-Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [order[i] as T, order[j] as T];
    order[i] = b;
    order[j] = a;
  }
  return order;
}

/**
 * The order in which slices of the sides are run. With two sides, cycles of four in random order, so that a
 * drift of the machine inside a cycle falls on both alike:
 *
 *   A B B A | B A A B | ...      each side gets 2 slices a cycle
 *
 * With one side, it alone; with one slice a side, either order.
 */
export function sliceOrder<T>(sides: readonly T[], slicesPerSide: number, random: Random): T[] {
  const [a, b] = sides;
  if (a === undefined) return [];
  if (b === undefined) return Array.from({ length: slicesPerSide }, () => a);
  if (slicesPerSide === 1) return shuffled([a, b], random);
  const order: T[] = [];
  for (let i = 0; i < slicesPerSide; i += 2) order.push(...(random() < 0.5 ? [a, b, b, a] : [b, a, a, b]));
  return order;
}
