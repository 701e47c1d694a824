import { spawn } from 'node:child_process';
import { HistogramRecorder } from '../../domain/histogram.ts';
import { childPids, readResident, readStat } from '../../processes/proc.ts';
import type { CommandFigures } from './job.ts';
import { Unmeasurable } from './words.ts';

/** The memory of a run is looked at this often, in a run that is not timed. */
const LOOK_MS = 5;

/** Empty commands before the runs, and at most so many more between them: their median is what starting a shell takes. */
const SHELLS = 9;
const MORE_SHELLS = 40;
/** Where a run takes this many times as long as an empty command, what the machine does meanwhile to that one matters no more. */
const MUCH_LONGER = 10;
/** A command that takes less than this many times an empty one is mostly the shell around it. */
const MOSTLY_SHELL = 1.2;

type Plan = { command: string; warmupMs: number; durationMs: number };

/**
 * Runs a command by the shell over and over for `durationMs`, at least once, after a warm-up of at least one run whose
 * memory is watched. What starting the shell takes is left out, as hyperfine does; what the command prints in timed runs
 * goes nowhere. Throws an Unmeasurable when a run fails, or is too short to be told from its shell.
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
  const shells: number[] = [];
  const timeShell = async () => {
    shells.push((await once('exit 0', false)).wallMs);
    beat();
  };
  while (shells.length < SHELLS) await timeShell();
  const times: number[] = [];
  let cpu = 0;
  let elapsedMs = 0;
  while (elapsedMs < durationMs) {
    const cpuBefore = childrenSeconds();
    const { wallMs } = await once(command, false);
    cpu += childrenSeconds() - cpuBefore;
    times.push(wallMs);
    elapsedMs += wallMs;
    beat();
    // A machine that grows busy slows both: what is taken off must be of the same moments.
    if (shells.length < SHELLS + MORE_SHELLS && wallMs < MUCH_LONGER * (shells[0] ?? 0)) await timeShell();
  }
  const shellMs = medianOf(shells);
  if (medianOf(times) < MOSTLY_SHELL * shellMs)
    throw new Unmeasurable(
      'too fast for the clock',
      `a run takes hardly longer than the ${shellMs.toPrecision(2)} ms of starting a shell; let one run do more`,
    );
  const time = new HistogramRecorder('ns');
  for (const wallMs of times) time.record(Math.max(0, wallMs - shellMs) * 1e6);
  return {
    elapsedMs,
    runs: time.count,
    time: time.distribution(),
    // Counted in hundredths of a second: fewer of them in all than this would be a guess.
    ...(cpu >= 0.05 && { cpuTime: (cpu * 1e9) / time.count }),
    ...(memory > 0 && { memory }),
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
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
      const resident = readResident(pid);
      sum += resident?.rss ?? 0;
      peak = Math.max(peak, resident?.highest ?? 0);
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

/** Seconds of CPU of all children of this process that have ended, and of theirs; 0 where the system does not tell. */
const childrenSeconds = (): number =>
  process.platform === 'linux' ? (readStat(process.pid)?.childrenCpu ?? 0) : 0;

function treeOf(pid: number): number[] {
  return [pid, ...childPids(pid).flatMap(treeOf)];
}
