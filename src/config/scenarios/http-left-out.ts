import type { Path } from '../document.ts';
import { type RawRequest, REQUEST_KEYS } from './http-schema.ts';
import type { ScenarioContext } from './scenario.ts';

/*
 * What may still be said of requests when something in them was wrong: nothing that would not be a problem any more once
 * that is mended.
 */

type Written = { raw: RawRequest; path: Path };
type Left = Pick<ScenarioContext, 'leftOut'>;

/** What a request gets its name from, where it has none of its own. */
const NAMING = ['path', 'method', 'body', 'graphql'];

/** Whether the parts are called what they will be called when all that is wrong is mended. */
export function areNamesSure(
  entries: readonly Written[],
  mode: 'requests' | 'steps',
  { leftOut }: Left,
): boolean {
  if (entries.length === 0) return false;
  const unnamed = new Set(entries.flatMap(({ raw, path }) => (raw.name === undefined ? [path.at(-1)] : [])));
  return leftOut.every(([list, index, key]) => {
    if (list !== mode) return true;
    if (!isKnown(key) || key === 'name') return false;
    return !unnamed.has(index) || !NAMING.includes(key);
  });
}

/** Whether a step may capture something under a name that cannot be told. */
export function areCapturesUnsure({ leftOut }: Left): boolean {
  return leftOut.some(
    ([list, , key, name]) => list === 'steps' && (!isKnown(key) || (key === 'capture' && name === undefined)),
  );
}

/** Names under which one step captures, but from a path that is wrong. */
export function wrongCaptures(step: string | number | undefined, { leftOut }: Left): string[] {
  return leftOut.flatMap(([list, index, key, name]) =>
    list === 'steps' && index === step && key === 'capture' && typeof name === 'string' ? [name] : [],
  );
}

/** Neither a request as a whole (undefined), nor a key that may be meant for any. */
const isKnown = (key: string | number | undefined): key is string =>
  typeof key === 'string' && REQUEST_KEYS.includes(key);
