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
    lines.push(await held(stage, url, { seconds, connections, rate }));
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

async function held(
  stage: Stage,
  url: string,
  { seconds, connections, rate }: { seconds: number; connections: number; rate: number },
): Promise<string> {
  const times = { warmupMs: 2000, durationMs: seconds * 1000 };
  const tally = await stage.load({ connections, rate, timeoutMs: 30_000 }, url, times);
  const { counters, errors, values } = tally.total;
  const reached = rateOf(tally);
  return [
    `open loop, ${rate}/s over ${connections} connections for ${seconds} s:`,
    `  ${reached >= 0.99 * rate ? 'reached' : 'NOT REACHED'}: ${Math.round(reached)}/s, ${values.connections?.toFixed(0)} connections held`,
    `  sent ${counters.sent}, answered ${counters.ok}, lost ${counters.lost}, sent late ${counters.behind}, errors ${JSON.stringify(errors)}`,
    `  rtt ${quantiles(tally, 'rtt')}; busiest generator ${tally.generator.cpu.toFixed(2)} cores`,
  ].join('\n');
}

const rateOf = ({ total }: StretchTally): number => ((total.counters.ok ?? 0) * 1000) / total.elapsedMs;

function quantiles({ total }: StretchTally, family: string): string {
  const found = total.distributions[family];
  if (found?.type !== 'histogram') return 'not measured';
  const of = (q: number): string => (histogramQuantile(found, q) ?? Number.NaN).toFixed(1);
  return `p50 ${of(0.5)}, p95 ${of(0.95)}, p99 ${of(0.99)} ms`;
}
