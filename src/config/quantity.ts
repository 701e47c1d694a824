import type { Metric, Unit } from '../domain/metric.ts';

const NUMBER = String.raw`\d{1,15}(?:\.\d{1,9})?`;

/** Milliseconds of one of each unit of time. `m` is a minute. */
const TIMES: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Bytes. As storage and networks count: MB is 10^6, MiB is 2^20. */
const SIZES: Record<string, number> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

const CORES: Record<string, number> = { cores: 1, core: 1 };

/** What may stand behind a number for a metric of each base unit, and its factor to that unit. `''` is a bare number. */
const UNITS: Record<Unit, { factors: Record<string, number>; example: string }> = {
  ms: { factors: TIMES, example: '200ms' },
  ns: {
    factors: Object.fromEntries(Object.entries(TIMES).map(([name, ms]) => [name, ms * 1e6])),
    example: '250ns',
  },
  '1/s': { factors: { '': 1, '/s': 1, '/m': 1 / 60 }, example: '100/s' },
  fraction: { factors: { '%': 0.01 }, example: '2%' },
  bytes: { factors: SIZES, example: '512MB' },
  cores: { factors: { '': 1, ...CORES }, example: '1.5 cores' },
  count: { factors: { '': 1 }, example: '100' },
};

export const DURATION = new RegExp(`^${NUMBER} ?(ms|s|m|h)$`);
export const PERCENTAGE = new RegExp(`^${NUMBER} ?%$`);
export const RATE = new RegExp(`^${NUMBER} ?/[sm]$`);
/** A number, then perhaps a unit of any metric. */
export const QUANTITY = new RegExp(`^${NUMBER} ?(?:${alternatives()})?$`);
/** The same within a longer pattern, with percentage points beside the units. */
export const CHANGE_AMOUNT = `${NUMBER} ?(?:pp|${alternatives()})?`;

function alternatives(): string {
  const names = new Set(Object.values(UNITS).flatMap(({ factors }) => Object.keys(factors)));
  names.delete('');
  return [...names].sort((a, b) => b.length - a.length).join('|');
}

function split(text: string): { number: number; unit: string } | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,9})?) ?(\D*)$/.exec(text);
  return match ? { number: Number(match[1]), unit: match[2] ?? '' } : undefined;
}

/** Milliseconds of `250ms`, `5s`, `2m`, `1h`; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const parts = DURATION.test(text) ? split(text) : undefined;
  return parts && rounded(parts.number * (TIMES[parts.unit] ?? Number.NaN));
}

/** Fraction of `2%`; undefined when it is not a percentage. */
export function parsePercentage(text: string): number | undefined {
  return PERCENTAGE.test(text) ? quantityIn('fraction', text) : undefined;
}

/** Events per second of `200/s` or `600/m`. */
export function parseRate(text: string): number | undefined {
  return RATE.test(text) ? quantityIn('1/s', text) : undefined;
}

/** Value in the base unit, or undefined when the text does not say one of that unit. */
export function quantityIn(unit: Unit, text: string): number | undefined {
  const parts = split(text);
  if (parts === undefined || !Object.hasOwn(UNITS[unit].factors, parts.unit)) return undefined;
  return rounded(parts.number * (UNITS[unit].factors[parts.unit] ?? Number.NaN));
}

/** Whether a bare number is unambiguous for a metric: rates, cores and counts, never times, sizes or shares. */
export function takesBareNumber(unit: Unit): boolean {
  return Object.hasOwn(UNITS[unit].factors, '');
}

/** How a bound on the metric is written, for an error message. */
export function exampleOf(metric: Metric): string {
  return metric.name === 'rps' ? '10' : UNITS[metric.unit].example;
}

/** Drops the binary dust of a multiplication (0.07 * 100), keeping twelve significant digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
