import type { Scenario } from '../domain/config.ts';
import type { RunningTarget } from '../domain/driver.ts';
import type { Failure } from '../domain/result.ts';

/** A process has so many files open besides its connections, at the very least; and this many are advised to leave. */
const OTHERS = { least: 8, advised: 64 };

/**
 * Why a target cannot hold the connections of a scenario, whatever it does: its processes may not open files enough. To be
 * told beforehand: under load the same looks like a target that refuses some of them.
 */
export function lacksOpenFiles(scenario: Scenario, target: RunningTarget): Failure | undefined {
  if (scenario.type !== 'websocket') return undefined;
  const files = target.openFiles?.();
  if (files === undefined) return undefined;
  const { connections } = scenario;
  const { allowed, processes } = files;
  if (connections + OTHERS.least * processes <= allowed) return undefined;
  const each = Math.ceil(connections / processes) + OTHERS.advised;
  const who = processes === 1 ? 'the process that listens' : `the ${processes} processes that listen`;
  return {
    reason: 'generator-failed',
    detail: `${connections} connections need as many open files in the target and some more, and ${who} may open ${allowed}: raise the limit (ulimit -n ${each}) in the shell that runs perf-baseline or at the beginning of target.start, or lower "connections"`,
  };
}
