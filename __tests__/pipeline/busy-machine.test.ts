import { spawn } from 'node:child_process';
import os from 'node:os';
import { expect, test } from '@jest/globals';
import type { Config, Target } from '../../src/domain/config.ts';
import { measure } from '../../src/pipeline/measurement.ts';
import type { World } from '../../src/pipeline/world.ts';
import { fakeBench, scenario } from '../measure/fakes.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('what else keeps the machine busy before the measurement is told with its result', async () => {
  const spinners = os.cpus().map(() => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  try {
    const { bench } = fakeBench({ scenarios: [scenario('a')], interleave: 'process' });
    const target: Target = {
      url: '',
      port: { type: 'none' },
      env: {},
      ready: { type: 'answer', timeoutMs: 1000 },
      memory: { type: 'tree' },
    };
    const config = {
      target,
      measure: bench.measure,
      scenarios: [scenario('a')],
      secrets: [],
    } as unknown as Config;
    const { warnings, stopped } = await measure(
      {
        config,
        scenarios: config.scenarios,
        sides: [{ name: 'candidate', target, directory: process.cwd() }],
        blocks: 1,
        looks: [],
        look: null,
        anchor: false,
        budgetMs: 60_000,
      },
      {
        env: {},
        signal: new AbortController().signal,
        progress: () => {},
        random: () => 0.5,
        driverOf: bench.driverOf,
      } as unknown as World,
    );
    expect(stopped).toBe('rounds');
    expect(warnings.map(({ code }) => code)).toContain('machine-busy');
  } finally {
    for (const spinner of spinners) spinner.kill('SIGKILL');
  }
});
