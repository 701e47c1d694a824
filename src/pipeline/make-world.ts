import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario } from '../domain/config.ts';
import type { Progress } from '../measure/progress.ts';
import { createDrivers } from '../scenarios/registry.ts';
import type { World } from './world.ts';

/** In the bundle all entries lie side by side. */
const beside = (file: string): string => fileURLToPath(new URL(`./${file}`, import.meta.url));

/** The real world: this process's environment and random source, and the bundle's own processes. */
export async function makeWorld(
  signal: AbortSignal,
  progress: Progress,
): Promise<World & { dispose(): Promise<void> }> {
  const workDir = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'perf-baseline-run-'));
  const drivers = createDrivers({
    http: beside('http-generator.js'),
    websocket: beside('websocket-generator.js'),
    micro: beside('micro-runner.js'),
  });
  return {
    env: process.env,
    signal,
    progress,
    random: Math.random,
    now: () => new Date(),
    newId: randomUUID,
    workDir,
    driverOf: (scenario: Scenario) => {
      const driver = drivers.get(scenario.type);
      if (driver === undefined) throw new Error(`no driver for scenarios of type ${scenario.type}`);
      return driver;
    },
    anchorEntry: beside('anchor-server.js'),
    dispose: () => rm(workDir, { recursive: true, force: true }),
  };
}
