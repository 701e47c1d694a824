import { cpSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import { parseConfig } from '../../../src/config/parse.ts';
import { checkout, cleanUp, measure, side, words } from './bench.ts';

afterAll(cleanUp);

const example = new URL('../../../examples/micro/', import.meta.url);
const file = 'perf-baseline.yml';
const { scenarios } = parseConfig(readFileSync(new URL(file, example), 'utf8'), {
  file,
  workingDirectory: '.',
  env: {},
});

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'every case of the example can be measured: %s',
  async (_, scenario) => {
    if (scenario.type !== 'micro') throw new Error('the example is of micro-benchmarks alone');
    const folder = checkout({});
    cpSync(example, folder, { recursive: true });
    const measured = await measure(scenario, side(folder), { durationMs: 100, warmupMs: 50 });
    expect(Object.values(words(measured)).filter((word) => word !== undefined)).toEqual([]);
    const tallies = measured.tallies.flatMap(({ parts, total }) =>
      parts.length === 0 ? [total] : parts.map(({ tally }) => tally),
    );
    for (const { distributions } of tallies) expect(distributions.time?.count).toBeGreaterThan(0);
  },
);
