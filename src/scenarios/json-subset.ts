/**
 * Whether `actual` contains `expected`: an object contains another when it has all of its keys with values that
 * contain the expected ones; an array when each expected element is contained in some element; anything else
 * when it is equal. (The containment of PostgreSQL's `@>`.)
 */
export function containsJson(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && expected.every((want) => actual.some((have) => containsJson(have, want)));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
    return Object.entries(expected).every(
      ([key, want]) => Object.hasOwn(actual, key) && containsJson(actual[key as keyof typeof actual], want),
    );
  }
  return Object.is(actual, expected) || (actual === 0 && expected === 0);
}
