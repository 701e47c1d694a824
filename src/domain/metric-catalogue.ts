import type { Metric, Unit } from './metric.ts';

/** Kinds of scenario whose metrics are named here. Config, drivers and defaults all read this one list. */
export type ScenarioType = 'http' | 'websocket' | 'micro';

const quantile = (name: string, unit: 'ms' | 'ns', of: string, q: number): Metric => ({
  name,
  unit,
  better: 'lower',
  from: { type: 'quantile', of, q },
  cpuBound: true,
});

const moment = (type: 'mean' | 'max' | 'sd', of: string): Metric => ({
  name: type,
  unit: 'ms',
  better: 'lower',
  from: { type, of },
  cpuBound: true,
});

const value = (name: string, unit: Unit, better: Metric['better'], cpuBound = false): Metric => ({
  name,
  unit,
  better,
  from: { type: 'value' },
  cpuBound,
});

const count = (name: string, better: Metric['better']): Metric => ({
  name,
  unit: 'count',
  better,
  from: { type: 'count', of: name },
  cpuBound: false,
});

const errorRate: Metric = {
  name: 'error-rate',
  unit: 'fraction',
  better: 'lower',
  from: { type: 'proportion', of: 'failed', among: 'finished' },
  cpuBound: false,
};

/**
 * Connections that were refused, never confirmed, dropped unasked or never answered, among all that were tried. A share of
 * their own: beside what one connection sends in a second, its failure would not be seen among the errors of messages.
 */
const connectionErrors: Metric = {
  name: 'connection-errors',
  unit: 'fraction',
  better: 'lower',
  from: { type: 'proportion', of: 'unkept', among: 'tried' },
  cpuBound: false,
};

/** Whether a metric counts connections, of which there are few, and mostly none that fails. */
export const countsConnections = ({ from }: Metric): boolean =>
  from.type === 'proportion' && from.among === 'tried';

/** Figures of the target's process tree. The measuring layer fills them in; only a whole scenario has them, never a part. */
export const resourceMetrics: readonly Metric[] = [
  { name: 'memory', unit: 'bytes', better: 'lower', from: { type: 'peak' }, cpuBound: false },
  value('cpu', 'cores', 'lower'),
];

/** What an HTTP driver tallies: distribution `latency` (ms); counters `ok`, `failed`, `finished` (= ok + failed). */
export const httpLoadMetrics: readonly Metric[] = [
  quantile('p50', 'ms', 'latency', 0.5),
  quantile('p90', 'ms', 'latency', 0.9),
  quantile('p95', 'ms', 'latency', 0.95),
  quantile('p99', 'ms', 'latency', 0.99),
  quantile('p999', 'ms', 'latency', 0.999),
  moment('max', 'latency'),
  moment('mean', 'latency'),
  moment('sd', 'latency'),
  { name: 'rps', unit: '1/s', better: 'higher', from: { type: 'rate', of: 'ok' }, cpuBound: true },
  errorRate,
];

const quantiles = (of: string, qs: readonly [suffix: string, q: number][]): Metric[] =>
  qs.map(([suffix, q]) => quantile(`${of}-${suffix}`, 'ms', of, q));

const MAIN: readonly [string, number][] = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
];

/**
 * What a WebSocket driver tallies: distributions `rtt`, `connect`, `confirm`, `reconnect`, `delivery` (ms); counters
 * `messages` (received and expected), `sent`, `lost` (sent and never answered), `ok`, `failed`, `finished` (= ok + failed),
 * `tried` (connections), `unkept` (those of them that failed, once each);
 * the value `connections` (sockets held, mean over the time).
 */
export const websocketLoadMetrics: readonly Metric[] = [
  quantile('rtt-p50', 'ms', 'rtt', 0.5),
  quantile('rtt-p90', 'ms', 'rtt', 0.9),
  quantile('rtt-p95', 'ms', 'rtt', 0.95),
  quantile('rtt-p99', 'ms', 'rtt', 0.99),
  quantile('rtt-p999', 'ms', 'rtt', 0.999),
  { name: 'messages', unit: '1/s', better: 'higher', from: { type: 'rate', of: 'messages' }, cpuBound: true },
  ...quantiles('delivery', MAIN),
  ...quantiles('connect', MAIN),
  ...quantiles('confirm', MAIN),
  ...quantiles('reconnect', MAIN),
  count('sent', 'higher'),
  count('lost', 'lower'),
  value('connections', 'count', 'higher'),
  errorRate,
  connectionErrors,
];

/** What a WebSocket scenario does, as far as it decides what there is to measure. */
export type WebSocketStages = {
  send?: unknown;
  expect?: unknown;
  subscribe?: unknown;
  confirm?: unknown;
  receive?: unknown;
  timestamp?: unknown;
  reconnect?: unknown;
};

/** Metrics that a WebSocket scenario can have: without `confirm`, for instance, nothing is ever confirmed. */
export function websocketMetrics(stages: WebSocketStages): Metric[] {
  const asks = stages.send !== undefined && stages.expect !== undefined;
  const measured: Record<string, boolean> = {
    rtt: asks,
    messages: asks || stages.receive !== undefined,
    delivery: stages.timestamp !== undefined,
    confirm: stages.confirm !== undefined,
    reconnect: stages.reconnect !== undefined,
    sent: stages.send !== undefined || stages.subscribe !== undefined,
    lost: asks,
    // Elsewhere connections are what `error-rate` counts.
    unkept: asks || stages.receive !== undefined,
  };
  return metricCatalogue.websocket.scenario.filter(
    ({ from }) => !('of' in from) || measured[from.of] !== false,
  );
}

/** What is tallied of each case of a module: distribution `time` (ns per operation); values `ops` and `heap` (bytes per operation). */
const functionMetrics: readonly Metric[] = [
  quantile('time', 'ns', 'time', 0.5),
  quantile('time-p95', 'ns', 'time', 0.95),
  quantile('time-p99', 'ns', 'time', 0.99),
  value('ops', '1/s', 'higher', true),
  value('heap', 'bytes', 'lower'),
];

/** What is tallied of a command: distribution `time` (ns of wall time a run); values `cpu-time` (ns a run), both less those of a shell, and `memory` (peak bytes of a run). */
const commandMetrics: readonly Metric[] = [
  quantile('time', 'ns', 'time', 0.5),
  value('cpu-time', 'ns', 'lower', true),
  value('memory', 'bytes', 'lower'),
];

/** Metrics that a micro-benchmark can have, by what it runs. */
export const microMetrics: Readonly<Record<'module' | 'command', readonly Metric[]>> = {
  module: functionMetrics,
  command: commandMetrics,
};

/** Metrics of a whole scenario and of one of its parts, those a reader sees first in front. */
export const metricCatalogue: Readonly<
  Record<ScenarioType, { scenario: readonly Metric[]; part: readonly Metric[] }>
> = {
  http: { scenario: [...httpLoadMetrics, ...resourceMetrics], part: httpLoadMetrics },
  websocket: { scenario: [...websocketLoadMetrics, ...resourceMetrics], part: websocketLoadMetrics },
  micro: { scenario: [...functionMetrics, ...commandMetrics.slice(1)], part: functionMetrics },
};
