import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, MicroScenario } from '../../../src/domain/config.ts';
import type { Side, StretchTally } from '../../../src/domain/driver.ts';
import { histogramQuantile } from '../../../src/domain/histogram.ts';
import type { Tally } from '../../../src/domain/result.ts';
import { readStat } from '../../../src/processes/proc.ts';
import { createMicroDriver } from '../../../src/scenarios/micro/driver.ts';
import { bundleEntry } from '../bundle.ts';

let bundled: Promise<string> | undefined;

/** The bundled runner, built once for a test file. */
export function runner(): Promise<string> {
  bundled ??= bundleEntry(new URL('../../../src/scenarios/micro/runner.ts', import.meta.url).pathname);
  return bundled;
}

const folders: string[] = [];

/** A checkout with these files. `cleanUp` removes it. */
export function checkout(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'perf-baseline-micro-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export const side = (folder: string, more: Partial<Side> = {}): Side => ({
  name: 'candidate',
  checkout: folder,
  url: '',
  env: { PATH: process.env.PATH ?? '' },
  ...more,
});

type Module = Extract<Benchmark, { type: 'module' }>;

export const moduleScenario = (more: Partial<Module> = {}, timeoutMs = 5000): MicroScenario =>
  scenarioOf({ type: 'module', module: 'b.mjs', bench: [], inputs: [], concurrency: 1, ...more }, timeoutMs);

export const scenarioOf = (run: Benchmark, timeoutMs = 5000): MicroScenario => ({
  type: 'micro',
  name: 's',
  load: 'l',
  criteria: [],
  limits: [],
  maxErrors: 0.1,
  timeoutMs,
  run,
});

const never = new AbortController().signal;

/** One round of every part that the session names, or of the whole where it names none. */
export async function measure(
  scenario: MicroScenario,
  where: Side,
  options: { durationMs?: number; warmupMs?: number; signal?: AbortSignal } = {},
): Promise<{ parts: string[]; tallies: StretchTally[]; log: string }> {
  const { durationMs = 60, warmupMs = 30, signal = never } = options;
  const driver = createMicroDriver({ runnerEntry: await runner() });
  const session = await driver.open(scenario, signal);
  const parts = (await session.parts?.(where, signal)) ?? [];
  const tallies: StretchTally[] = [];
  const stretch = { kind: 'round', durationMs, warmupMs } as const;
  if (parts.length === 0) tallies.push(await session.run(where, stretch, signal));
  for (const part of parts) tallies.push(await session.run(where, { ...stretch, part }, signal));
  const log = session.logTail?.(where) ?? '';
  await session.close();
  return { parts, tallies, log };
}

/** Why each part has no figures, by name. */
export function words({ tallies }: { tallies: StretchTally[] }): Record<string, string | undefined> {
  return Object.fromEntries(
    tallies.flatMap(({ parts, invalid }) =>
      parts.length === 0
        ? [['', invalid] as const]
        : parts.map((part) => [part.name, part.invalid?.split(':')[0]] as const),
    ),
  );
}

/** A process that is dead and not yet waited for does not run. */
export const isRunning = (pid: number): boolean => (readStat(pid)?.state ?? 'Z') !== 'Z';

export const median = (tally: Tally | undefined): number => {
  const time = tally?.distributions.time;
  return time?.type === 'histogram' ? (histogramQuantile(time, 0.5) ?? Number.NaN) : Number.NaN;
};
