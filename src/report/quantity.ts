import type { Threshold } from '../domain/criterion.ts';
import type { Unit } from '../domain/metric.ts';
import type { Change, Estimate } from '../domain/verdict.ts';

/** `prefix` belongs to each number (`1.29k ±0.04k/s`), `suffix` to the whole. */
type Scale = { from: number; factor: number; prefix?: string; suffix: string };

/** Largest first; `from` is the smallest magnitude, in base units, that a scale prints. */
const SCALES: Record<Unit, [Scale, ...Scale[]]> = {
  ms: [
    { from: 1e3, factor: 1e-3, suffix: ' s' },
    { from: 1, factor: 1, suffix: ' ms' },
    { from: 0, factor: 1e3, suffix: ' µs' },
  ],
  ns: [
    { from: 1e9, factor: 1e-9, suffix: ' s' },
    { from: 1e6, factor: 1e-6, suffix: ' ms' },
    { from: 1e3, factor: 1e-3, suffix: ' µs' },
    { from: 0, factor: 1, suffix: ' ns' },
  ],
  '1/s': [
    { from: 1e6, factor: 1e-6, prefix: 'M', suffix: '/s' },
    { from: 1e3, factor: 1e-3, prefix: 'k', suffix: '/s' },
    { from: 0, factor: 1, suffix: '/s' },
  ],
  bytes: [
    { from: 1e9, factor: 1e-9, suffix: ' GB' },
    { from: 1e6, factor: 1e-6, suffix: ' MB' },
    { from: 1e3, factor: 1e-3, suffix: ' kB' },
    { from: 0, factor: 1, suffix: ' B' },
  ],
  fraction: [{ from: 0, factor: 100, suffix: '%' }],
  cores: [{ from: 0, factor: 1, suffix: ' cores' }],
  count: [{ from: 0, factor: 1, suffix: '' }],
};

/** Histograms place a latency within a microsecond: below one, a number would claim what was not seen. */
const LATENCY_FLOOR_MS = 0.001;
const UNKNOWN = 'not known';

/** Beyond this nothing was measured: it is an overflow, or a document that was tampered with. */
const printable = (value: number): boolean => Math.abs(value) < 1e15;

/** Beyond this many times the other, a bound says no more than that; JSON keeps the number. */
const FAR_TIMES = 10;
/** From ten times on, a change is read as so many times (`41×`), up to this many. */
const MOST_TIMES = 1000;

function scaleFor(unit: Unit, magnitude: number): Scale {
  // Rounded first, so that 999.96 ms becomes 1.00 s and never 1000 ms.
  const rounded = Number(magnitude.toPrecision(3));
  const scales = SCALES[unit];
  return scales.find((scale) => rounded >= scale.from) ?? scales[0];
}

const exponent = (value: number): number => Math.floor(Math.log10(Math.abs(value)));

/** Decimals with which a half-width shows one significant digit, or two when the first is a 1 or a 2. */
function decimalsOf(halfWidth: number): number {
  const e = exponent(halfWidth);
  return Math.max(0, (halfWidth / 10 ** e < 2.95 ? 1 : 0) - e);
}

/** Between one and four significant digits of `center` (a bucket is 0.1% wide), as its interval deserves. */
function decimalsFor(center: number, halfWidth: number | null): number {
  const size = center === 0 ? 0 : exponent(center);
  if (halfWidth === null || !(halfWidth > 0))
    return center === 0 ? 0 : clamp(2 - exponent(Number(center.toPrecision(3))), 0, 4);
  const least = center === 0 ? 0 : clamp(-size, 0, 6);
  return clamp(decimalsOf(halfWidth), least, Math.max(least, clamp(3 - size, 0, 6)));
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** `-0.0` and `+0` read as statements about a sign; zero has none. */
function signed(value: number, decimals: number): string {
  const text = fixed(Math.abs(value), decimals);
  return text === '0' ? text : `${value > 0 ? '+' : '-'}${text}`;
}

/** Zero has neither sign nor decimals to show. */
function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? '0' : text;
}

/** One value in a scaled unit: `213 µs`, `1.24 ms`, `27.3k/s`, `512 MB`, `2.1%`. `value` in base units. */
export function quantity(value: number, unit: Unit): string {
  if (!printable(value)) return UNKNOWN;
  if (unit === 'ms' && Math.abs(value) < LATENCY_FLOOR_MS) return '<1 µs';
  const { factor, prefix = '', suffix } = scaleFor(unit, Math.abs(value));
  const scaled = value * factor;
  const decimals = unit === 'count' && Number.isInteger(scaled) ? 0 : decimalsFor(scaled, null);
  return `${fixed(scaled, decimals)}${prefix}${suffix}`;
}

/** A value that somebody wrote, with no more digits than it has: `200 ms`, `2%`, `1.5 s`. */
export function written(value: number, unit: Unit): string {
  if (!printable(value)) return UNKNOWN;
  const { factor, prefix = '', suffix } = scaleFor(unit, Math.abs(value));
  return `${Number((value * factor).toPrecision(6))}${prefix}${suffix}`;
}

/**
 * Centre and interval, with the digits that the interval supports: `12.4 ±0.3 ms`. An interval that leans to
 * one side is written out: `12.4 ms (11.9 to 14.8 ms)`; an end beyond ten times the centre is said to be that.
 */
export function estimate(value: Estimate | null, unit: Unit): string {
  if (value === null || !printable(value.center)) return '–';
  const { center, low, high } = value;
  // Zero has no logarithm, so that a judged amount is never below one.
  if (unit === 'bytes' && Math.abs(center) <= 1) return '≤1 B';
  if (!printable(low) || !printable(high)) return `${quantity(center, unit)} (no interval)`;
  if (!(high > low) || (unit === 'ms' && Math.abs(center) < LATENCY_FLOOR_MS)) return quantity(center, unit);
  const { factor, prefix = '', suffix } = scaleFor(unit, center === 0 ? Math.abs(high) : Math.abs(center));
  const half = ((high - low) / 2) * factor;
  const decimals = decimalsFor(center * factor, half);
  const print = (x: number) => `${fixed(x * factor, decimals)}${prefix}`;
  const isRatio = unit !== 'fraction' && center > 0;
  const end = (x: number) => {
    if (isRatio && x > center * FAR_TIMES) return `more than ${print(center * FAR_TIMES)}`;
    return isRatio && x < center / FAR_TIMES ? lessThan(center / FAR_TIMES, unit) : print(x);
  };
  const [left, right] = [center - low, high - center];
  if (Math.max(left, right) > 1.5 * Math.min(left, right))
    return `${print(center)}${suffix} (${end(low)} to ${end(high)}${suffix})`;
  const least = 10 ** -decimals;
  const spread = half < least / 2 ? `<${least.toFixed(decimals)}` : half.toFixed(decimals);
  return `${print(center)} ±${spread}${prefix}${suffix}`;
}

function lessThan(value: number, unit: Unit): string {
  const text = quantity(value, unit);
  return text.startsWith('<') ? text : `less than ${written(Number(value.toPrecision(2)), unit)}`;
}

/** Half-widths up to this share of a figure are within its three digits. */
const STEADY = 0.005;

/** A figure of a table: with its interval where it has one that its digits would hide. */
export function figure(value: number, known: Estimate | undefined, unit: Unit): string {
  const steady = known === undefined || known.high - known.low <= 2 * STEADY * Math.abs(known.center);
  return steady ? quantity(value, unit) : estimate(known, unit);
}

type Printer = (x: number, sign: boolean) => string;

/** How the numbers of one change are printed: all in percent, in percentage points, in a scaled unit, or as so many times. */
function changePrinter(change: Change, unit: Unit): Printer {
  const finite = [change.low, change.high].filter(printable);
  const bounds = finite.length === 2 ? finite : [];
  const half = bounds.length === 2 ? (change.high - change.low) / 2 : null;
  if (change.type === 'relative' && change.center + 1 >= FAR_TIMES) return timesPrinter(half);
  const points = change.type === 'absolute' && unit === 'fraction';
  const percent = change.type === 'relative' || points;
  const biggest = Math.max(...[change.center, ...bounds].filter(printable).map(Math.abs), 0);
  const scale: Scale = percent
    ? { from: 0, factor: 100, suffix: points ? ' pp' : '%' }
    : scaleFor(unit, biggest);
  const { factor, prefix = '', suffix } = scale;
  let decimals = half === null || half === 0 ? 1 : decimalsOf(half * factor);
  decimals = percent ? clamp(decimals, points ? 1 : 0, points ? 2 : 1) : clamp(decimals, 0, 3);
  // A bound that is not zero must not be rounded to zero: the verdict is read off it.
  const vanishes = (x: number) => x !== 0 && Number((x * factor).toFixed(decimals)) === 0;
  while (decimals < 3 && [change.center, ...bounds].some(vanishes)) decimals += 1;
  return (value, sign) => {
    if (change.type === 'relative' && value + 1 > FAR_TIMES)
      return `more than ${sign ? '+' : ''}${percentOf(FAR_TIMES - 1)}`;
    // Nothing can lose more than all of itself, and what lost nearly all did not lose all.
    const x = change.type === 'relative' ? Math.max(value, -1) : value;
    if (!printable(x)) return 'unbounded';
    const size = fixed(Math.abs(x * factor), decimals);
    if (change.type === 'relative' && x > -1 && x < 0 && Number(size) === 100) {
      const most = (100 - 10 ** -decimals).toFixed(decimals);
      return sign ? `below -${most}%` : `more than ${most}%`;
    }
    return `${sign ? signed(x * factor, decimals) : size}${prefix}${suffix}`;
  };
}

/** For a change of ten times and more: `41×`, of which its bounds are so many times too. */
function timesPrinter(half: number | null): Printer {
  const most = half === null || half === 0 ? 0 : clamp(decimalsOf(half), 0, 1);
  return (x) => {
    if (x + 1 > MOST_TIMES) return `more than ${MOST_TIMES}×`;
    if (x + 1 < 1 / FAR_TIMES) return `less than ${1 / FAR_TIMES}×`;
    let decimals = x + 1 < FAR_TIMES ? 1 : most;
    // As once is no change, a bound that is not once must not be rounded to it.
    while (decimals < 3 && x !== 0 && Number((x + 1).toFixed(decimals)) === 1) decimals += 1;
    return `${(x + 1).toFixed(decimals)}×`;
  };
}

/** `+34% (+29% to +40%)`, `+5.0 pp (…)`, `+2.1 ms (…)`; `~` in front when the data do not settle it. */
export function change(value: Change | null, unit: Unit, settled: boolean): string {
  if (value === null || !printable(value.center)) return '–';
  const print = changePrinter(value, unit);
  const range = rangeOf(value, [value.low, value.high], (x) => print(x, true));
  return `${settled ? '' : '~'}${print(value.center, true)}${range === null ? '' : ` (${range})`}`;
}

/** The size of a change without its sign, for a sentence that has the direction in a word: `34%`, `29% to 40%`. */
export function magnitude(value: Change, unit: Unit): { size: string; interval: string | null } {
  const print = changePrinter(value, unit);
  const crosses = value.low < 0 && value.high > 0;
  const ends = value.center < 0 && !crosses ? [value.high, value.low] : [value.low, value.high];
  return {
    size: Number.isFinite(value.center) ? print(value.center, false) : 'an unknown amount',
    interval: rangeOf(value, ends, (x) => print(x, crosses)),
  };
}

/** Null without an interval, and where both ends are beyond what is printed. */
function rangeOf(value: Change, ends: readonly number[], print: (x: number) => string): string | null {
  if (!hasInterval(value)) return null;
  const [from, to] = ends.map(print);
  return from === to && /^(more|below)/.test(from ?? '') ? null : `${from} to ${to}`;
}

const hasInterval = (value: Estimate): boolean =>
  !Number.isNaN(value.low) && !Number.isNaN(value.high) && value.low < value.high;

/** A bare size of change: `12%`, `1.5 pp`, `2.1 ms`. Used for the smallest change that could have been seen. */
export function detectable(size: number, type: Change['type'], unit: Unit): string {
  if (!printable(size)) return UNKNOWN;
  if (type === 'relative' && Math.abs(size) + 1 > FAR_TIMES) return `more than ${percentOf(FAR_TIMES - 1)}`;
  if (type === 'absolute')
    return unit === 'fraction' ? `${digits(Math.abs(size) * 100)} pp` : quantity(Math.abs(size), unit);
  const percent = digits(Math.abs(size) * 100);
  // Of what can at most vanish, rounding must not claim that only all of it would have been seen.
  return percent === '100' && Math.abs(size) < 1 ? 'more than 99%' : `${percent}%`;
}

const percentOf = (share: number): string => `${share * 100}%`;

const digits = (x: number): string => (x >= 9.95 ? x.toFixed(0) : x.toFixed(1));

/** A threshold as a size in the terms of a change, or null when the two cannot be compared. */
export function thresholdSize(threshold: Threshold, type: Change['type']): number | null {
  if (type === 'relative') return threshold.type === 'relative' ? Math.abs(threshold.change) : null;
  return threshold.type === 'relative' ? null : Math.abs(threshold.change);
}

/** `850 ms`, `12.5 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (!printable(ms)) return UNKNOWN;
  if (ms < 59_500) return written(Number(ms.toPrecision(3)), 'ms');
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`;
}

/** Age in words between two ISO times: `3 hours`; null when either cannot be read or the order is wrong. */
export function age(from: string, to: string): string | null {
  const ms = Date.parse(to) - Date.parse(from);
  if (!(ms >= 0)) return null;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return plural(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? plural(hours, 'hour') : plural(Math.floor(hours / 24), 'day');
}

/** `1 round`, `2 rounds`. */
export function plural(n: number, word: string, many = `${word}s`): string {
  return `${n} ${n === 1 ? word : many}`;
}
