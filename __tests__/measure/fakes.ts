import type { HttpScenario, Measure, Scenario } from '../../src/domain/config.ts';
import type {
  Driver,
  OpenFiles,
  RunningTarget,
  Side,
  Stretch,
  StretchTally,
  TargetDeath,
} from '../../src/domain/driver.ts';
import { HistogramRecorder } from '../../src/domain/histogram.ts';
import { httpLoadMetrics } from '../../src/domain/metric-catalogue.ts';
import type { Tally } from '../../src/domain/result.ts';
import type { Bench } from '../../src/measure/blocks.ts';
import { Budget, type Clock } from '../../src/measure/budget.ts';
import { liveSide } from '../../src/measure/live.ts';
import type { ProgressEvent } from '../../src/measure/progress.ts';

/** Time that only passes when a fake lets it. */
export class FakeClock implements Clock {
  time = 0;
  now(): number {
    return this.time;
  }
}

export function scenario(name: string, more: Partial<HttpScenario> = {}): HttpScenario {
  return {
    type: 'http',
    name,
    load: `load of ${name}`,
    criteria: [],
    limits: [],
    maxErrors: 0.1,
    connections: 1,
    mode: 'requests',
    requests: [],
    ...more,
  };
}

/** A tally of `ok` answers of `latencyMs` each, and `failed` requests of kind 5xx. */
export function tally(elapsedMs: number, latencyMs: number, ok: number, failed = 0): Tally {
  const recorder = new HistogramRecorder();
  for (let i = 0; i < ok; i += 1) recorder.record(latencyMs);
  return {
    elapsedMs,
    counters: { sent: ok + failed, answered: ok + failed, ok, failed, finished: ok + failed },
    errors: failed > 0 ? { '5xx': failed } : {},
    distributions: { latency: recorder.distribution() },
    values: {},
  };
}

export type Run = { scenario: string; side: Side['name']; stretch: Stretch };

type World = {
  scenarios: readonly Scenario[];
  measure?: Partial<Measure>;
  restarts?: boolean;
  bootMs?: number;
  boot?: (side: Side['name'], nth: number) => void;
  respond?: (run: Run, kill: (death: TargetDeath) => void) => Partial<StretchTally>;
  interleave?: Driver['interleave'];
  cancel?: AbortSignal;
  openFiles?: OpenFiles;
};

/** A bench whose targets and generators are fakes, with a log of all that was asked of them. */
export function fakeBench(world: World): {
  bench: Bench;
  runs: Run[];
  boots: Side['name'][];
  alive: () => number;
  events: ProgressEvent[];
  clock: FakeClock;
} {
  const clock = new FakeClock();
  const runs: Run[] = [];
  const boots: Side['name'][] = [];
  const events: ProgressEvent[] = [];
  const kills = new Map<Side['name'], (death: TargetDeath) => void>();
  let living = 0;
  const measure: Measure = {
    rounds: 3,
    maxRounds: 6,
    durationMs: 1000,
    warmupMs: 400,
    budgetMs: 600_000,
    ...world.measure,
  };
  const driver: Driver = {
    type: 'http',
    interleave: world.interleave ?? 'slice',
    metrics: () => [...httpLoadMetrics],
    open: async (opened) => ({
      run: async (side, stretch, signal) => {
        signal.throwIfAborted();
        const run = { scenario: opened.name, side: side.name, stretch };
        runs.push(run);
        clock.time += stretch.durationMs;
        const answer = world.respond?.(run, (death) => kills.get(side.name)?.(death)) ?? {};
        await Promise.resolve();
        return {
          startedAt: '2026-01-01T00:00:00.000Z',
          total: tally(stretch.durationMs, 5, 100),
          parts: [],
          generator: { cpu: 0.2, limited: false },
          ...answer,
        };
      },
      close: async () => {},
    }),
  };
  const bench: Bench = {
    scenarios: world.scenarios,
    measure,
    driverOf: () => driver,
    boot: async (name) => {
      boots.push(name);
      clock.time += world.bootMs ?? 10;
      world.boot?.(name, boots.filter((boot) => boot === name).length);
      living += 1;
      let stopped = false;
      const target: RunningTarget = {
        url: 'http://127.0.0.1:1',
        death: new Promise((resolve) => kills.set(name, resolve)),
        boot: { memory: { peak: 50, source: 'pss' } },
        openWindow: () => ({
          close: async () => ({
            memory: { peak: 40, source: 'pss' },
            cpu: { seconds: 1, source: 'proc' },
          }),
        }),
        openFiles: () => world.openFiles,
        logTail: async () => 'last line',
        stop: async () => {
          if (!stopped) living -= 1;
          stopped = true;
        },
      };
      return liveSide({ name, checkout: '', url: target.url, env: {} }, target);
    },
    restarts: world.restarts ?? true,
    anchor: null,
    random: () => 0.3,
    progress: (event) => events.push(event),
    budget: new Budget(measure.budgetMs, world.cancel ?? new AbortController().signal, clock),
  };
  return { bench, runs, boots, alive: () => living, events, clock };
}
