import { comparePaired } from '../../src/compare/paired.ts';
import { compareStored } from '../../src/compare/stored.ts';
import type { Criterion } from '../../src/domain/criterion.ts';
import type { Result } from '../../src/domain/result.ts';
import { createRandom } from '../../src/stats/random.ts';
import { job, machines, measured, NO_EFFECT } from './machines.ts';

const BLOCKS = 5;
const p95: Criterion = {
  metric: 'p95',
  fail: { all: [{ type: 'relative', change: 0.2 }], text: '+20%' },
};

/** Prints how long at least 10,000 comparisons take, stored and paired, the first time and once warm. */
export function main(): string {
  const random = createRandom(1);
  const [machine] = machines;
  if (!machine) throw new Error('no machine is modelled');
  const side = (id: string): Result => {
    const sides = Array.from({ length: 1300 }, () =>
      measured(machine, job(machine, BLOCKS, random), NO_EFFECT, random, id),
    );
    const scenarios = sides.flatMap((one, i) =>
      one.scenarios.map((scenario) => ({ ...scenario, name: `${scenario.name} ${i}` })),
    );
    return { ...(sides[0] as Result), scenarios };
  };
  const [baseline, candidate] = [side('baseline'), side('candidate')];
  const criteria = candidate.scenarios.map(({ name }) => ({ name, criteria: [p95], limits: [] }));
  const lines: string[] = [];
  for (const round of ['first', 'second'])
    for (const [name, compare] of [
      ['stored', () => compareStored({ baseline, candidate, window: [baseline], criteria })],
      ['paired', () => comparePaired({ baseline, candidate, criteria })],
    ] as const) {
      const started = performance.now();
      const before = process.cpuUsage();
      const { length } = compare();
      const wall = Math.round(performance.now() - started);
      const cpu = Math.round(process.cpuUsage(before).user / 1000);
      lines.push(
        `${name}, ${round} time: ${length} comparisons in ${wall} ms, ${cpu} ms of processor time on all threads`,
      );
    }
  return lines.join('\n');
}
