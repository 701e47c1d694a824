import { z } from 'zod';
import { DURATION, PERCENTAGE, parseDuration, parsePercentage, parseRate, RATE } from './quantity.ts';

/*
 * The schema's small words. The message of every one is the expected form: the reader turns it into a problem with
 * place, path and value, and the same source becomes the published JSON Schema.
 */

/** A mapping with exactly these keys. Its message lists them, for the nearest-key suggestion. */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? keys : `a mapping with the keys ${keys}`),
  });
}

/** Text that is not empty, matching a pattern where there is one. */
export function text(expected: string, pattern = /\S/) {
  return z.string({ error: expected }).regex(pattern, { error: expected });
}

/** No process can be given a NUL. */
export function commandText() {
  return text('a shell command, without NUL', /^(?!\s*$)[^\0]*$/);
}

export function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** What is wrong with a bare number where `expected` is a duration; undefined where it is none, or where another form is. */
export function lacksUnit(found: unknown, written: string, expected: string): string | undefined {
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  if (!expected.startsWith('a duration from ') || typeof number !== 'number' || !(number > 0))
    return undefined;
  // Which unit was meant is a guess: thousands are of milliseconds.
  return Number.isFinite(number) ? `has no unit: write ${written}${number >= 1000 ? 'ms' : 's'}` : undefined;
}

export function duration(min: string, max: string) {
  const error = `a duration from ${min} to ${max}, such as 250ms, 5s, 2m or 1h`;
  const [low, high] = [parseDuration(min) ?? 0, parseDuration(max) ?? 0];
  return z
    .string({ error })
    .regex(DURATION, { error })
    .refine((value) => within(parseDuration(value), low, high), { error });
}

export function percentage(min: number, max: number) {
  const error = `a percentage from ${min}% to ${max}%, such as 10%`;
  return z
    .string({ error })
    .regex(PERCENTAGE, { error })
    .refine((value) => within(parsePercentage(value), min / 100, max / 100), { error });
}

/** `200/s`, `600/m`, or a number per second. */
export function rate(max: number) {
  const error = `a rate above 0 and up to ${max}/s, such as 200/s or 600/m`;
  return z.union(
    [
      z
        .string({ error })
        .regex(RATE, { error })
        .refine((value) => within(parseRate(value), Number.MIN_VALUE, max), { error }),
      z.number({ error }).positive({ error }).max(max, { error }),
    ],
    { error },
  );
}

/** Unknown lengths are left to the pattern's own problem. */
function within(value: number | undefined, low: number, high: number): boolean {
  return value === undefined || (value >= low && value <= high);
}

/** A mapping of names to plain values, which are sent or exported as written. */
export function plainValues(of: string, key: RegExp, keySays: string) {
  const error = `a mapping of ${of} to text or numbers`;
  const value = `text, a number, true or false`;
  return z.record(
    z.string().regex(key, { error: keySays }),
    z.union([z.string(), z.number(), z.boolean()], { error: value }),
    { error },
  );
}
