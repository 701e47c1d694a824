import { spawn } from 'node:child_process';
import { HistogramRecorder } from '../../domain/histogram.ts';
import type { CommandFigures } from './job.ts';
import { childrenOf, childrenSeconds, residentOf } from './proc.ts';
import { Unmeasurable } from './words.ts';

/** The memory of a run is looked at this often, in a run that is not timed. */
const LOOK_MS = 5;

type Plan = { command: string; warmupMs: number; durationMs: number };

/**
 * Runs a command by the shell over and over for `durationMs`, at least once, after a warm-up of at least one run whose
 * memory is watched. What it prints in timed runs goes nowhere. Throws an Unmeasurable when a run fails.
 */
export async function runCommand(plan: Plan, beat: () => void): Promise<CommandFigures> {
  const { command, warmupMs, durationMs } = plan;
  const warmUntil = performance.now() + warmupMs;
  const { memory } = await once(command, true);
  beat();
  while (performance.now() < warmUntil) {
    await once(command, false);
    beat();
  }
  const time = new HistogramRecorder('ns');
  const cpuBefore = childrenSeconds();
  const until = performance.now() + durationMs;
  let elapsedMs = 0;
  do {
    const { wallMs } = await once(command, false);
    time.record(wallMs * 1e6);
    elapsedMs += wallMs;
    beat();
  } while (performance.now() < until);
  const cpu = childrenSeconds() - cpuBefore;
  return {
    elapsedMs,
    runs: time.count,
    time: time.distribution(),
    // Counted in hundredths of a second: fewer of them in all than this would be a guess.
    ...(cpu >= 0.05 && { cpuTime: (cpu * 1e9) / time.count }),
    ...(memory > 0 && { memory }),
  };
}

function once(command: string, watched: boolean): Promise<{ wallMs: number; memory: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const output = watched ? 'inherit' : 'ignore';
    const child = spawn(command, { shell: true, stdio: ['ignore', output, output] });
    const watch = watched && child.pid !== undefined ? watchMemory(child.pid) : null;
    child.once('error', (error) => {
      watch?.stop();
      reject(new Unmeasurable('cannot be run', `the command could not be started: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      const wallMs = performance.now() - started;
      const memory = watch?.stop() ?? 0;
      if (code === 0) resolve({ wallMs, memory });
      else {
        const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
        reject(new Unmeasurable('fails', `the command ${how}; a benchmark must exit with code 0`));
      }
    });
  });
}

/** Resident memory of a process and its descendants at its highest, as looked at every few milliseconds; 0 where it cannot be. */
function watchMemory(root: number): { stop(): number } {
  if (process.platform !== 'linux') return { stop: () => 0 };
  let peak = 0;
  const look = () => {
    let sum = 0;
    for (const pid of treeOf(root)) {
      const { now, highest } = residentOf(pid);
      sum += now;
      peak = Math.max(peak, highest);
    }
    peak = Math.max(peak, sum);
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}
