import { type JsonPath, readJsonPath } from '../json-path.ts';
import type { Incoming } from './pattern.ts';

/** Epoch milliseconds of what is told in seconds, up to what is told in nanoseconds: today is 1.7e9 s. */
const SCALES: readonly [below: number, toMs: number][] = [
  [1e11, 1000],
  [1e14, 1],
  [1e17, 1e-3],
  [1e20, 1e-6],
];

/** Clocks of one machine differ by less. A message from further in the future has another clock. */
const AHEAD_MS = 50;

/**
 * Time of sending, in epoch ms, of a number (s, ms, µs or ns, told by its size), of such a number as text, or of an
 * ISO 8601 text. Undefined when it is none of these.
 */
export function readTimestamp(value: unknown): number | undefined {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  if (!Number.isNaN(number)) return fromNumber(number);
  const parsed = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

function fromNumber(value: number): number | undefined {
  // Before 2001 nothing was pushed: smaller numbers are sequence numbers, or times since a start.
  if (!(value >= 1e9)) return undefined;
  const scale = SCALES.find(([below]) => value < below);
  return scale && value * scale[1];
}

/**
 * Time on the way in ms, undefined when the two clocks cannot be the same. Timestamps are whole milliseconds more often
 * than not, so that a message may seem to come a moment before it was sent.
 */
export function deliveryTime(sentAt: number, receivedAt: number): number | undefined {
  const onTheWay = receivedAt - sentAt;
  return onTheWay < -AHEAD_MS ? undefined : Math.max(0, onTheWay);
}

/**
 * A pushed message, where it says when it was sent: how long it was on its way, in ms, and since when, on the clock of
 * `performance.now()`, unless it only says in which second; or that what it says is no time.
 */
export type Push = { delivery?: number; sentAt?: number } | 'no-time';

/** Whole seconds: too coarse to tell in which stretch that was. */
const isCoarse = (value: unknown): boolean =>
  typeof value === 'string' && Number.isNaN(Number(value))
    ? !/:\d\d[.,]\d/.test(value)
    : Number(value) < 1e11 && Number.isInteger(Number(value));

/** Reads a pushed message; `path` is where it says when it was sent. */
export function readPush(path: JsonPath | undefined, message: Incoming): Push {
  if (path === undefined) return {};
  const now = performance.now();
  const value = readJsonPath(message.json, path);
  const sentAt = readTimestamp(value);
  const delivery = sentAt === undefined ? undefined : deliveryTime(sentAt, performance.timeOrigin + now);
  if (delivery === undefined) return 'no-time';
  return isCoarse(value) ? { delivery } : { delivery, sentAt: now - delivery };
}
