import { parseArgs } from 'node:util';
import { linearRegression, median } from 'simple-statistics';
import { mergeTallies } from '../../src/domain/tally.ts';
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

/** Arguments: --boots N (4) of every service, --works A,B,... hashes a request. Best on an idle machine. */
export async function main(args: readonly string[]): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      boots: { type: 'string', default: '4' },
      works: { type: 'string', default: '1000,2000,3000,4000' },
    },
  });
  const works = values.works.split(',').map(Number);
  const bench = await serviceBench();
  const { signal } = new AbortController();
  const found: { way: string; work: number; figures: Figures }[] = [];
  for (let boot = 0; boot < Number(values.boots); boot += 1) {
    const services = [];
    for (const work of works) services.push({ work, live: await bench.boot(work, 'candidate', signal) });
    const session = await bench.driver.open(bench.scenario, signal);
    for (const { live } of services)
      await session.run(live.side, { kind: 'warmup', durationMs: STRETCH_MS }, signal);
    for (let cycle = 0; cycle < CYCLES_A_BOOT; cycle += 1)
      for (const [way, slices] of shuffled(Object.entries(WAYS), Math.random))
        for (const { work, live } of shuffled(services, Math.random)) {
          const stretch = {
            kind: slices === 1 ? 'round' : 'slice',
            durationMs: STRETCH_MS / slices,
          } as const;
          const tallies = [];
          for (let i = 0; i < slices; i += 1)
            tallies.push((await session.run(live.side, stretch, signal)).total);
          found.push({
            way,
            work,
            figures: figuresOf(bench.driver, bench.scenario, mergeTallies(tallies), null),
          });
        }
    await session.close();
    for (const { live } of services) await live.target.stop();
    console.error(`boot ${boot + 1} of ${values.boots}`);
  }
  return Object.keys(WAYS)
    .flatMap((way) =>
      Object.entries(FIGURES).map(([name, of]) => {
        const medians = works.map((work) => {
          const alike = found.filter((one) => one.way === way && one.work === work);
          return [work, median(alike.map(({ figures }) => of(figures)))];
        });
        const { m, b } = linearRegression(medians);
        const each = medians.map(([work, ms]) => `${work}: ${ms?.toFixed(3)} ms`).join(', ');
        return `${way}, ${name}: ${each}; the rest is as much as ${Math.round(b / m)} hashes`;
      }),
    )
    .join('\n');
}
