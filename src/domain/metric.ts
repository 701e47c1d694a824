/** Base units. Values are kept in these everywhere; only a report scales them. */
export type Unit = 'ms' | 'ns' | '1/s' | 'fraction' | 'bytes' | 'cores' | 'count';

/**
 * How a metric's value follows from a tally. A metric that cannot be derived from
 * mergeable parts (`value`) is one number a round, given by its driver.
 */
export type Derivation =
  | { type: 'quantile'; of: string; q: number }
  | { type: 'mean' | 'max' | 'sd'; of: string }
  | { type: 'rate'; of: string }
  | { type: 'proportion'; of: string; among: string }
  | { type: 'count'; of: string }
  | { type: 'value' }
  | { type: 'peak' };

/**
 * A named quantity. Direction, unit and derivation belong to the metric, never to the
 * scenario type that produced it: everything downstream reads them from here.
 * `cpuBound` says that the number follows the speed of the machine, so that an anchor may correct it.
 */
export type Metric = {
  name: string;
  unit: Unit;
  better: 'lower' | 'higher';
  from: Derivation;
  cpuBound: boolean;
};
