import type { Scenario } from '../domain/config.ts';
import type { StretchTally, WindowFigures } from '../domain/driver.ts';
import type { Metric } from '../domain/metric.ts';
import {
  GENERATOR_LIMIT,
  type GeneratorLoad,
  type Resources,
  type Round,
  type Tally,
} from '../domain/result.ts';
import { deriveValue, deriveValues, mergeTallies } from '../domain/tally.ts';
import { tooManyWords } from './websocket-words.ts';

const HALTED =
  'a process of the target was stopped for a while (SIGSTOP or a debugger), and its answers had to wait for it';

/** One round of the stretches that one side was given. Block, index and anchor are the caller's to fill in. */
export function toRound(
  stretches: readonly StretchTally[],
  metrics: readonly Metric[],
  { halted, ...resources }: WindowFigures,
  warmupLoadMs: number,
): Round {
  const total = mergedStretches(stretches.map((s) => s.total));
  const names = [...new Set(stretches.flatMap((s) => s.parts.map((part) => part.name)))];
  const parts = names.map((name) => {
    const own = stretches.flatMap((s) => s.parts.filter((part) => part.name === name));
    const invalid = own.find((part) => part.invalid !== undefined)?.invalid;
    return {
      name,
      tally: mergedStretches(own.map(({ tally }) => tally)),
      ...(invalid !== undefined && { invalid }),
    };
  });
  const invalid = stretches.find((s) => s.invalid !== undefined)?.invalid ?? (halted ? HALTED : undefined);
  // A command's own figure is not the target's, which may run beside it.
  const own = metrics.some(({ name, from }) => name === 'memory' && from.type === 'value');
  if (resources.memory && !own) total.values.memory = resources.memory.peak;
  const loadedSeconds = (total.elapsedMs + warmupLoadMs) / 1000;
  const cores = resources.cpu && loadedSeconds > 0 ? resources.cpu.seconds / loadedSeconds : undefined;
  if (cores !== undefined) total.values.cpu = cores;
  return {
    block: 0,
    index: 0,
    startedAt: stretches[0]?.startedAt ?? '',
    durationMs: total.elapsedMs,
    total,
    parts,
    values: deriveValues(metrics, total),
    resources: own ? ofCommand(resources, stretches) : resources,
    generator: generatorLoad(stretches, cores),
    ...(invalid !== undefined && { invalid }),
  };
}

/** Why figures of the target are absent is no reason for those of a command. */
function ofCommand(
  { unmeasured: _, ...resources }: Resources,
  stretches: readonly StretchTally[],
): Resources {
  const unmeasured = stretches.find((stretch) => stretch.unmeasured !== undefined)?.unmeasured;
  return { ...resources, ...(unmeasured !== undefined && { unmeasured }) };
}

/** Merges slices; what cannot be merged (`values`) is averaged over them, weighted by their time. */
function mergedStretches(tallies: readonly Tally[]): Tally {
  const total = mergeTallies(tallies);
  if (tallies.length < 2) return total;
  for (const name of new Set(tallies.flatMap((tally) => Object.keys(tally.values)))) {
    const having = tallies.filter((tally) => tally.values[name] !== undefined);
    const time = having.reduce((sum, tally) => sum + tally.elapsedMs, 0);
    const weigh = (tally: Tally) => (time > 0 ? tally.elapsedMs / time : 1 / having.length);
    total.values[name] = having.reduce((sum, tally) => sum + (tally.values[name] ?? 0) * weigh(tally), 0);
  }
  return total;
}

function generatorLoad(stretches: readonly StretchTally[], targetCores: number | undefined): GeneratorLoad {
  const time = stretches.reduce((sum, s) => sum + s.total.elapsedMs, 0);
  const cpu =
    time > 0 ? stretches.reduce((sum, s) => sum + (s.generator.cpu * s.total.elapsedMs) / time, 0) : 0;
  const watched = stretches.filter(({ generator }) => generator.starved !== undefined);
  const starved = watched.reduce(
    (sum, { generator, total }) => sum + (time > 0 ? ((generator.starved ?? 0) * total.elapsedMs) / time : 0),
    0,
  );
  return {
    cpu,
    limited: cpu >= GENERATOR_LIMIT && (targetCores === undefined || targetCores < GENERATOR_LIMIT),
    ...(watched.length > 0 && { starved: Math.min(1, starved) }),
  };
}

/** The peak of boot and load together: memory is one figure a boot. Unlike sources are not mixed. */
export function wholeBoot(boot: Resources, load: WindowFigures): WindowFigures {
  if (!boot.memory || !load.memory || boot.memory.source !== load.memory.source) return load;
  return { ...load, memory: { ...load.memory, peak: Math.max(boot.memory.peak, load.memory.peak) } };
}

/** Why the latencies of a round say nothing, where they do not. */
export function invalidity(scenario: Scenario, round: Round): { invalid?: string } {
  const { counters } = round.total;
  if (counters.finished === undefined) return {};
  const ok = counters.ok ?? 0;
  const failed = counters.failed ?? 0;
  if (ok + failed === 0) {
    const never =
      scenario.type === 'websocket' ? 'what the scenario waits for never came' : 'nothing was answered';
    return { invalid: `${never} in this round` };
  }
  const share = failed / (ok + failed);
  if (share <= scenario.maxErrors) return {};
  const percent = (fraction: number) => `${(fraction * 100).toFixed(fraction < 0.1 ? 1 : 0)}%`;
  const failures =
    scenario.type === 'websocket' ? tooManyWords(scenario, round.total.errors) : 'of the requests failed';
  return { invalid: `${percent(share)} ${failures}, more than max-errors (${percent(scenario.maxErrors)})` };
}

/** Latency quantile of a tally that holds any, in ms. */
export function p99Of(tally: Tally): number | undefined {
  const family = Object.keys(tally.distributions)[0];
  if (family === undefined) return undefined;
  return deriveValue(
    {
      name: 'p99',
      unit: 'ms',
      better: 'lower',
      from: { type: 'quantile', of: family, q: 0.99 },
      cpuBound: true,
    },
    tally,
  );
}
