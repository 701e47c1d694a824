import { UsageError } from '../domain/errors.ts';

/** The steps of a path such as `$.items[0]['odd name'].id`. Negative indices count from the end. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(-?\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/uy;

/** Reads `$`, `.name`, `[0]`, `['name']`. Throws a UsageError naming the text it does not understand. */
export function parseJsonPath(text: string): JsonPath {
  if (!text.startsWith('$'))
    throw new UsageError(`JSON path "${text}" must start with $, such as $.id or $.items[0].id`);
  const steps: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const match = STEP.exec(text);
    if (!match)
      throw new UsageError(
        `JSON path "${text}": cannot read "${text.slice(at)}"; write .name, [0] or ['name']`,
      );
    const [, name, index, single, double] = match;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1'));
  }
  return steps;
}

/** The value at `path`, or undefined when there is none. Only own properties are followed. */
export function readJsonPath(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (typeof step === 'number') {
      if (!Array.isArray(current)) return undefined;
      current = current.at(step);
    } else {
      if (Array.isArray(current) || !Object.hasOwn(current, step)) return undefined;
      current = current[step as keyof typeof current];
    }
  }
  return current;
}
