import { availableParallelism, loadavg } from 'node:os';
import type { StretchTally } from '../../src/domain/driver.ts';
import { histogramQuantile } from '../../src/domain/histogram.ts';
import { openStage, type Stage } from './processes.ts';

/*
 * How far does the generator go? First what it reaches in a closed loop against a bare loop around ws, and what a message
 * costs it, from 10 connections to 10,000. Then a fixed rate over all connections, held for a while.
 *
 *   node scripts/bench.mjs websocket/scale [SECONDS=30] [CONNECTIONS=10000] [RATE=50000]
 */

type Bare = { rate: number; cpu: number };

export async function main(args: readonly string[]): Promise<string> {
  const [seconds = 30, connections = 10_000, rate = 50_000] = args.map(Number);
  const stage = await openStage();
  try {
    const url = await stage.server(0);
    const lines = [
      `${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}; one echo server`,
      'closed loop, one message in flight per connection:',
    ];
    for (const count of [10, 100, 1000, 10_000].filter((one) => one <= connections)) {
      lines.push(await closedLoop(stage, url, count));
      process.stderr.write('.');
    }
    const load = { seconds, connections, rate };
    const { reached, text } = await held(stage, url, load);
    lines.push(text);
    if (!reached) lines.push(await profiled({ ...load, seconds: Math.min(10, seconds) }));
    return lines.join('\n');
  } finally {
    await stage.close();
  }
}

async function closedLoop(stage: Stage, url: string, connections: number): Promise<string> {
  const ours = await stage.load({ connections }, url, { warmupMs: 1000, durationMs: 3000 });
  const bare = await stage.client<Bare>('bare-client')({ url, connections, durationMs: 3000 });
  const rate = rateOf(ours);
  const cost = (cpu: number, messages: number): string =>
    `${((cpu * 1e6) / messages).toFixed(1)} µs a message`;
  return [
    `  ${String(connections).padStart(6)} connections:`,
    `${Math.round(rate)}/s (${ours.generator.cpu.toFixed(2)} cores, ${cost(ours.generator.cpu, rate)}),`,
    `bare ws ${Math.round(bare.rate)}/s (${bare.cpu.toFixed(2)} cores, ${cost(bare.cpu, bare.rate)}),`,
    `ratio ${(rate / bare.rate).toFixed(2)}; rtt ${quantiles(ours, 'rtt')}`,
  ].join(' ');
}

type Load = { seconds: number; connections: number; rate: number };

async function held(
  stage: Stage,
  url: string,
  { seconds, connections, rate }: Load,
): Promise<{ reached: boolean; text: string }> {
  const times = { warmupMs: 2000, durationMs: seconds * 1000 };
  const tally = await stage.load({ connections, rate, timeoutMs: 30_000 }, url, times);
  const { counters, errors } = tally.total;
  const short = shortfalls(tally, { connections, rate });
  const reached = short.length === 0;
  const cpus = (tally.generators ?? [tally.generator]).map(({ cpu }) => cpu.toFixed(2));
  const text = [
    `open loop, ${rate}/s over ${connections} connections for ${seconds} s:`,
    `  ${reached ? 'reached' : `NOT REACHED (${short.join(', ')})`}: ${Math.round(rateOf(tally))}/s, ${heldBy(tally).toFixed(1)} connections held`,
    `  sent ${counters.sent}, answered ${counters.ok}, lost ${counters.lost}, sent late ${counters.behind}, errors ${JSON.stringify(errors)}`,
    `  rtt ${quantiles(tally, 'rtt')}; generators ${cpus.join(', ')} cores`,
  ].join('\n');
  return { reached, text };
}

/** What was short of what was asked for: a rate is not reached by the connections that are left. */
function shortfalls(tally: StretchTally, { connections, rate }: Omit<Load, 'seconds'>): string[] {
  const { counters, errors } = tally.total;
  const failures = Object.values(errors).reduce((sum, count) => sum + count, 0);
  // A mean over the time: what is left of a rounding is no connection.
  const unheld = connections - heldBy(tally);
  return [
    ...(rateOf(tally) < 0.99 * rate ? ['too few messages answered'] : []),
    ...(unheld > 0.01 ? [`${unheld.toFixed(1)} connections not held`] : []),
    ...(counters.lost ? [`${counters.lost} messages lost`] : []),
    ...(failures > 0 ? [`${failures} errors`] : []),
  ];
}

const heldBy = ({ total }: StretchTally): number => total.values.connections ?? 0;

/** Where the generator's time goes under that load, with a server of its own. */
async function profiled({ seconds, connections, rate }: Load): Promise<string> {
  const stage = await openStage('profiled-generator');
  try {
    const url = await stage.server(0);
    await stage.load({ connections, rate, timeoutMs: 30_000 }, url, {
      warmupMs: 2000,
      durationMs: seconds * 1000,
    });
    const shares = sharesOfTime(JSON.parse(await stage.profile()));
    return [
      'where the time of one generator goes (share of its samples, opening the connections included):',
      ...shares.map(({ where, share }) => `  ${(100 * share).toFixed(1).padStart(5)}% ${where}`),
    ].join('\n');
  } finally {
    await stage.close();
  }
}

type Profile = {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
};

/** Shares of the samples of a V8 profile by the function that was running, largest first. */
function sharesOfTime({ nodes, samples }: Profile): { where: string; share: number }[] {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => [
      id,
      `${functionName || '(anonymous)'}${url.startsWith('node:') ? ` in ${url}` : ''}`,
    ]),
  );
  const counts = new Map<string, number>();
  for (const id of samples) {
    const where = names.get(id) ?? '?';
    counts.set(where, (counts.get(where) ?? 0) + 1);
  }
  return [...counts]
    .map(([where, count]) => ({ where, share: count / samples.length }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 14);
}

const rateOf = ({ total }: StretchTally): number => ((total.counters.ok ?? 0) * 1000) / total.elapsedMs;

function quantiles({ total }: StretchTally, family: string): string {
  const found = total.distributions[family];
  if (found?.type !== 'histogram') return 'not measured';
  const of = (q: number): string => (histogramQuantile(found, q) ?? Number.NaN).toFixed(1);
  return `p50 ${of(0.5)}, p95 ${of(0.95)}, p99 ${of(0.99)} ms`;
}
