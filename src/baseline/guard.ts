import { CAPS } from './limits.ts';

/** What is wrong with a parsed document before its structure is even looked at, and where. */
export type Hazard = { path: string; value: string; expected: string };

type Frame = { value: unknown; path: string; depth: number };

/** Lists by the name they stand under; any other may have `CAPS.items` entries. */
const LISTS: Readonly<Record<string, number>> = {
  scenarios: CAPS.scenarios,
  rounds: CAPS.rounds,
  parts: CAPS.parts,
  metrics: CAPS.metrics,
  warnings: CAPS.warnings,
  points: CAPS.points,
};

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * First hazard of a value that `JSON.parse` gave: keys that could reach a prototype, numbers that overflowed
 * (`1e999` parses as Infinity) or would overflow a sum, nesting, sizes. Iterative: depth costs no stack.
 */
export function findHazard(document: unknown): Hazard | undefined {
  const pending: Frame[] = [{ value: document, path: '$', depth: 0 }];
  let nodes = 0;
  for (let frame = pending.pop(); frame !== undefined; frame = pending.pop()) {
    const { value, path, depth } = frame;
    nodes += 1;
    if (nodes > CAPS.nodes)
      return { path: '$', value: 'more values', expected: `at most ${CAPS.nodes} values in all` };
    if (typeof value === 'number') {
      if (!(Math.abs(value) <= CAPS.magnitude))
        return { path, value: String(value), expected: `a number no larger than ${CAPS.magnitude}` };
    } else if (typeof value === 'string') {
      if (value.length > CAPS.logLength)
        return {
          path,
          value: `${value.length} characters`,
          expected: `at most ${CAPS.logLength} characters`,
        };
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= CAPS.depth)
        return { path, value: 'a deeper value', expected: `at most ${CAPS.depth} levels of nesting` };
      if (Array.isArray(value)) {
        for (const [index, item] of value.entries())
          pending.push({ value: item, path: `${path}[${index}]`, depth: depth + 1 });
      } else {
        const hazard = pushMembers(value, path, depth, pending);
        if (hazard !== undefined) return hazard;
      }
    }
  }
  return undefined;
}

function pushMembers(value: object, path: string, depth: number, pending: Frame[]): Hazard | undefined {
  const members = Object.entries(value);
  const [longKey] = members.find(([key]) => key.length > CAPS.nameLength) ?? [];
  if (longKey !== undefined)
    return {
      path,
      value: `a key of ${longKey.length} characters`,
      expected: `keys of at most ${CAPS.nameLength}`,
    };
  if (members.length > CAPS.names)
    return { path, value: `${members.length} keys`, expected: `at most ${CAPS.names} keys` };
  for (const [key, member] of members) {
    if (FORBIDDEN.has(key)) return { path, value: `the key ${key}`, expected: 'another name' };
    const most = LISTS[key] ?? CAPS.items;
    if (Array.isArray(member) && member.length > most)
      return {
        path: `${path}${memberPath(key)}`,
        value: `${member.length} entries`,
        expected: `at most ${most} entries`,
      };
    // Nearly all of a document are buckets, and the schema looks at each of them in a loop of its own.
    if (key === 'buckets' && isListOfPairs(member)) continue;
    pending.push({ value: member, path: `${path}${memberPath(key)}`, depth: depth + 1 });
  }
  return undefined;
}

function isListOfPairs(value: unknown): boolean {
  const isPair = (item: unknown) =>
    Array.isArray(item) &&
    item.length === 2 &&
    Number.isSafeInteger(item[0]) &&
    Number.isSafeInteger(item[1]);
  return Array.isArray(value) && value.every(isPair);
}

/** `.name` or `["odd name"]`, as JSON paths are written. */
export function memberPath(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
