import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figures, type Load, ourLoad, plainAutocannon, wrkLoad } from './loads.ts';
import { type BenchServer, startServer } from './server.ts';

/*
 * Does our generator agree with others? Alternated pairs on the same server, ABBA, so that a drift of the machine
 * falls on both; the figures are medians of the ratios within pairs: two numbers taken apart compare nothing here.
 *
 *   node scripts/bench.mjs generator/agreement [PAIRS=15] [SECONDS=2] [delayed-wrk | fast-wrk | fast-autocannon]
 */

type Pair = { ours: Figures; other: Figures };
type Percentile = 'p50' | 'p95' | 'p99';
/** `p95 as wrk`: with wrk's correction on both sides; `p95`: ours as measured, against wrk's corrected one. */
type Figure = 'rps' | Percentile | `${Percentile} as wrk`;
type Allowed = [low: number, high: number];
type Row = [figure: Figure, allowed?: Allowed];

const NEAR: Allowed = [0.9, 1.1];

async function pairs(url: string, ours: Load, other: Load, count: number, ms: number): Promise<Pair[]> {
  await ours(url, 1000);
  await other(url, 1000);
  const taken: Pair[] = [];
  for (let i = 0; i < count; i += 1) {
    const first = await (i % 2 === 0 ? ours : other)(url, ms);
    const second = await (i % 2 === 0 ? other : ours)(url, ms);
    taken.push(i % 2 === 0 ? { ours: first, other: second } : { ours: second, other: first });
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  return taken;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

function read(figures: Figures, figure: Figure): number {
  if (figure === 'rps') return figures.rps;
  const percentile = figure.slice(0, 3) as Percentile;
  return figure === percentile ? figures[percentile] : figures.asWrk[percentile];
}

function row(taken: readonly Pair[], figure: Figure, allowed?: Allowed): string {
  const ratios = taken.map(({ ours, other }) => read(ours, figure) / read(other, figure));
  const ratio = median(ratios);
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const of = (side: 'ours' | 'other'): string =>
    median(taken.map((pair) => read(pair[side], figure))).toFixed(2);
  const verdict = allowed ? (ratio >= allowed[0] && ratio <= allowed[1] ? 'within' : 'OUTSIDE') : '';
  const bound = allowed ? ` ${verdict} ${allowed[0]} to ${allowed[1]}` : '';
  return `${figure.padEnd(10)} ours ${of('ours')}, other ${of('other')}, ratio ${ratio.toFixed(3)} (${spread})${bound}`;
}

function table(title: string, taken: readonly Pair[], rows: readonly string[]): string {
  const cpu = median(taken.map(({ ours }) => ours.cpu)).toFixed(2);
  return [`${title}: medians of ${taken.length} pairs, generator at ${cpu} of a core`, ...rows].join('\n  ');
}

/** Runs all comparisons; the text names every figure that is outside of what is required. */
export async function main(args: readonly string[]): Promise<string> {
  const count = Number(args[0] ?? 15);
  const ms = Number(args[1] ?? 2) * 1000;
  const folder = await mkdtemp(join(tmpdir(), 'perf-baseline-server-'));
  const [ours, plain, wrk] = [await ourLoad(), await plainAutocannon(), await wrkLoad()];
  const servers: BenchServer[] = [];
  const serve = async (delayMs: number): Promise<string> => {
    const server = await startServer(folder, delayMs);
    servers.push(server);
    return server.url;
  };
  const only = args[2];
  const texts: string[] = [];
  const compare = async (name: string, delayMs: number, other: Load, rows: Row[]): Promise<void> => {
    if (only !== undefined && only !== name) return;
    const taken = await pairs(await serve(delayMs), ours.load, other, count, ms);
    const title = `${name}: server with a delay of ${delayMs} ms`;
    texts.push(
      table(
        title,
        taken,
        rows.map(([figure, allowed]) => row(taken, figure, allowed)),
      ),
    );
  };
  try {
    const delayed: Row[] = [
      ['p50 as wrk', NEAR],
      ['p95 as wrk', NEAR],
      ['p99 as wrk'],
      ['p95'],
      ['rps', NEAR],
    ];
    await compare('delayed-wrk', 5, wrk, delayed);
    await compare('fast-wrk', 0, wrk, [['p50 as wrk'], ['p95 as wrk'], ['p99 as wrk'], ['p95'], ['rps']]);
    await compare('fast-autocannon', 0, plain.load, [['rps', [0.95, Number.POSITIVE_INFINITY]]]);
    return texts.join('\n');
  } finally {
    await ours.close();
    plain.close();
    for (const server of servers) server.close();
  }
}
