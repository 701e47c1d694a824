import type { Condition, Threshold } from '../domain/criterion.ts';
import type { Metric } from '../domain/metric.ts';
import { CHANGE_AMOUNT, QUANTITY, quantityIn } from './quantity.ts';

/*
 *   condition ::= change { " and " change }
 *   change    ::= sign amount
 *   sign      ::= "+" | "-"
 *   amount    ::= number "%"          relative to the baseline
 *               | number "pp"         percentage points, of a share (error-rate)
 *               | number unit         absolute, in a unit of the metric: ms, MB, /s, cores ...
 *               | number              absolute, of a count (lost, connections)
 *   number    ::= digit { digit } [ "." digit { digit } ]
 *
 * The sign is the direction in which the metric gets worse: "+" where lower is better, "-" where higher is.
 */

const MAX_RELATIVE = 100;

/** Shape of a condition, whatever its metric. The published schema carries it. */
export const CONDITION = new RegExp(`^[+-]${CHANGE_AMOUNT}(?: +and +[+-]${CHANGE_AMOUNT})*$`);

export type Parsed<T> = { value: T } | { expected: string; why?: string };

/** One condition for a metric, or what is wrong with it. A change that the metric cannot make is wrong too. */
export function parseCondition(text: string, metric: Metric): Parsed<Condition> {
  const thresholds: Threshold[] = [];
  for (const part of text.split(/ +and +/)) {
    const parsed = parseChange(part, metric);
    if (!('value' in parsed)) return parsed;
    if (thresholds.some((earlier) => earlier.type === parsed.value.type))
      return { expected: changeForms(metric), why: `has two ${kindWords[parsed.value.type]} changes` };
    thresholds.push(parsed.value);
  }
  const [first, ...rest] = thresholds;
  if (first === undefined) return { expected: changeForms(metric) };
  return { value: { all: [first, ...rest], text } };
}

const kindWords = { relative: 'relative', points: 'percentage-point', absolute: 'absolute' } as const;

function parseChange(text: string, metric: Metric): Parsed<Threshold> {
  const expected = changeForms(metric);
  const match = /^([+-]?)(.*)$/.exec(text);
  const [, sign = '', amount = ''] = match ?? [];
  const read = parseAmount(amount, metric);
  if (!('value' in read)) return { expected, ...(read.why === undefined ? {} : { why: read.why }) };
  const worse = worseSign(metric);
  if (sign === '') return { expected, why: `has no sign: write ${worse}${amount}` };
  if (sign !== worse)
    return {
      expected,
      why: `cannot be a regression: ${metric.name} is better when ${metric.better}, so the allowed change is written with ${worse}`,
    };
  const { value } = read;
  if (value.change === 0) return { expected, why: 'allows no change at all, which noise alone would exceed' };
  if (value.type === 'relative' && sign === '-' && value.change >= 1)
    return { expected, why: 'can never be exceeded: nothing falls by more than 100%' };
  if (value.type === 'relative' && value.change > MAX_RELATIVE)
    return { expected, why: `is more than +${MAX_RELATIVE * 100}%` };
  if (metric.unit === 'fraction' && value.type !== 'relative' && value.change >= 1)
    return { expected, why: 'can never be exceeded: a share has only 100 points' };
  return { value: { ...value, change: sign === '-' ? -value.change : value.change } };
}

/** The unsigned amount. */
function parseAmount(text: string, metric: Metric): { value: Threshold } | { why?: string } {
  const number = /^\d{1,15}(?:\.\d{1,9})?/.exec(text)?.[0];
  if (number === undefined) return {};
  const unit = text.slice(number.length).trimStart();
  const percent = Number((Number(number) / 100).toPrecision(12));
  if (unit === '%') return { value: { type: 'relative', change: percent } };
  if (unit === 'pp') {
    if (metric.unit !== 'fraction')
      return { why: `does not apply: percentage points are of a share, and ${metric.name} is not one` };
    return { value: { type: 'points', change: percent } };
  }
  if (metric.unit === 'fraction') return {};
  if (unit === '' && metric.unit !== 'count') return { why: 'has no unit' };
  const change = quantityIn(metric.unit, text);
  if (change === undefined) return QUANTITY.test(text) ? { why: `is not in a unit of ${metric.name}` } : {};
  return { value: { type: 'absolute', change, unit: metric.unit } };
}

function worseSign(metric: Metric): '+' | '-' {
  return metric.better === 'lower' ? '+' : '-';
}

const absoluteExamples: Record<Metric['unit'], string> = {
  ms: '2ms',
  ns: '50ns',
  '1/s': '100/s',
  fraction: '5pp',
  bytes: '50MB',
  cores: '0.5 cores',
  count: '10',
};

/** The forms that a metric's allowed change may take, for an error message. */
export function changeForms(metric: Metric): string {
  const sign = worseSign(metric);
  const relative = sign === '+' ? '+20%' : '-15%';
  const absolute = `${sign}${absoluteExamples[metric.unit]}`;
  return `an allowed change such as ${relative}, ${absolute}, "${relative} and ${absolute}", or { warn: …, fail: … }`;
}
