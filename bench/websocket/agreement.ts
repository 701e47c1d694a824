import { histogramQuantile } from '../../src/domain/histogram.ts';
import { openStage, type Stage } from './processes.ts';

/*
 * Do our round trips agree with those of an independent client? Alternated pairs on the same server, whose delay of 5 ms
 * dominates, ABBA, so that a drift of the machine falls on both; the figures are medians of the ratios within pairs.
 *
 *   node scripts/bench.mjs websocket/agreement [PAIRS=15] [SECONDS=2]
 */

type Figures = { p50: number; p95: number; p99: number; rate: number };
type Pair = { ours: Figures; other: Figures };

const CONNECTIONS = 10;
const ALLOWED = 0.1;

async function ourFigures(stage: Stage, url: string, durationMs: number): Promise<Figures> {
  const { total } = await stage.load({ connections: CONNECTIONS }, url, { warmupMs: 300, durationMs });
  const { rtt } = total.distributions;
  if (rtt?.type !== 'histogram') throw new Error('no round trips');
  const quantile = (q: number): number => histogramQuantile(rtt, q) ?? Number.NaN;
  return {
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    rate: ((total.counters.ok ?? 0) * 1000) / total.elapsedMs,
  };
}

export async function main(args: readonly string[]): Promise<string> {
  const count = Number(args[0] ?? 15);
  const durationMs = Number(args[1] ?? 2) * 1000;
  const stage = await openStage();
  try {
    const url = await stage.server(5);
    const builtIn = 'WebSocket' in globalThis ? [] : ['--experimental-websocket', '--no-warnings'];
    const plain = stage.client<Figures>('plain-client', builtIn);
    const ours = (): Promise<Figures> => ourFigures(stage, url, durationMs);
    const other = (): Promise<Figures> => plain({ url, connections: CONNECTIONS, durationMs });
    await ours();
    await other();
    const pairs: Pair[] = [];
    for (let i = 0; i < count; i += 1) {
      const first = await (i % 2 === 0 ? ours : other)();
      const second = await (i % 2 === 0 ? other : ours)();
      pairs.push(i % 2 === 0 ? { ours: first, other: second } : { ours: second, other: first });
      process.stderr.write('.');
    }
    process.stderr.write('\n');
    return [
      `round trips against the WebSocket of the runtime, server with a delay of 5 ms: medians of ${count} pairs`,
      ...(['p50', 'p95', 'p99', 'rate'] as const).map((figure) => row(pairs, figure)),
    ].join('\n  ');
  } finally {
    await stage.close();
  }
}

function row(pairs: readonly Pair[], figure: keyof Figures): string {
  const ratios = pairs.map(({ ours, other }) => ours[figure] / other[figure]);
  const ratio = median(ratios);
  const of = (side: keyof Pair): string => median(pairs.map((pair) => pair[side][figure])).toFixed(2);
  const judged = figure === 'p50' || figure === 'p95';
  const verdict = Math.abs(ratio - 1) <= ALLOWED ? 'within' : 'OUTSIDE';
  const bound = judged ? ` ${verdict} ${1 - ALLOWED} to ${1 + ALLOWED}` : '';
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  return `${figure.padEnd(4)} ours ${of('ours')}, other ${of('other')}, ratio ${ratio.toFixed(3)} (${spread})${bound}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
