import { parseArgs } from 'node:util';
import { linearRegression, median } from 'simple-statistics';
import { mergeTallies } from '../../src/domain/tally.ts';
import type { LiveSide } from '../../src/measure/live.ts';
import { shuffled } from '../../src/measure/order.ts';
import { figuresOf, serviceBench } from './service.ts';
import type { Figures } from './trial.ts';

/*
 * What a request costs the example service besides its hashes. The change that a recording injects is told in hashes, so
 * its true size is known only as well as this is. Services that differ in their hashes are loaded in turn, in long rounds
 * and in slices; a line through the figures has the rest as its intercept.
 */
const WAYS = { 'rounds of 1 s': 1, 'ten slices of 100 ms': 10 } as const;
const STRETCH_MS = 1000;
const CYCLES_A_BOOT = 10;

const FIGURES: Record<string, (figures: Figures) => number> = {
  'time a request': ({ rps }) => 1000 / rps,
  'median latency': ({ p50 }) => p50,
  p95: ({ p95 }) => p95,
};

type Stretch = { way: string; work: number; figures: Figures };

/** Every service in every way, cycle by cycle, in an order drawn anew each time. */
async function loaded(works: readonly number[], boots: number): Promise<Stretch[]> {
  const bench = await serviceBench();
  const { signal } = new AbortController();
  const found: Stretch[] = [];
  for (let boot = 0; boot < boots; boot += 1) {
    const services: { work: number; live: LiveSide }[] = [];
    for (const work of works) services.push({ work, live: await bench.boot(work, 'candidate', signal) });
    const session = await bench.driver.open(bench.scenario, signal);
    const figuresIn = async (live: LiveSide, slices: number): Promise<Figures> => {
      const stretch = {
        kind: slices === 1 ? 'round' : 'slice',
        durationMs: STRETCH_MS / slices,
      } as const;
      const tallies = [];
      for (let i = 0; i < slices; i += 1) tallies.push((await session.run(live.side, stretch, signal)).total);
      return figuresOf(bench.driver, bench.scenario, mergeTallies(tallies), null);
    };
    for (const { live } of services)
      await session.run(live.side, { kind: 'warmup', durationMs: STRETCH_MS }, signal);
    for (let cycle = 0; cycle < CYCLES_A_BOOT; cycle += 1)
      for (const [way, slices] of shuffled(Object.entries(WAYS), Math.random))
        for (const { work, live } of shuffled(services, Math.random))
          found.push({ way, work, figures: await figuresIn(live, slices) });
    await session.close();
    for (const { live } of services) await live.target.stop();
    console.error(`boot ${boot + 1} of ${boots}`);
  }
  return found;
}

/** A figure's medians by hashes a request, and the intercept of the line through them, told in hashes. */
function restOf(stretches: readonly Stretch[], of: (figures: Figures) => number): string {
  const works = [...new Set(stretches.map(({ work }) => work))].sort((a, b) => a - b);
  const medians = works.map((one) => {
    const alike = stretches.filter(({ work }) => work === one);
    return [one, median(alike.map(({ figures }) => of(figures)))];
  });
  const { m, b } = linearRegression(medians);
  const each = medians.map(([work, ms]) => `${work}: ${ms?.toFixed(3)} ms`).join(', ');
  return `${each}; the rest is as much as ${Math.round(b / m)} hashes`;
}

/** Arguments: --boots N (4) of every service, --works A,B,... hashes a request. Best on an idle machine. */
export async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      boots: { type: 'string', default: '4' },
      works: { type: 'string', default: '1000,2000,3000,4000' },
    },
  });
  const found = await loaded(values.works.split(',').map(Number), Number(values.boots));
  return Object.keys(WAYS)
    .flatMap((way) => {
      const stretches = found.filter((one) => one.way === way);
      return Object.entries(FIGURES).map(([name, of]) => `${way}, ${name}: ${restOf(stretches, of)}`);
    })
    .join('\n');
}
