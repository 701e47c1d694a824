import { spawn } from 'node:child_process';
import { HistogramRecorder } from '../../domain/histogram.ts';
import { childPids, readResident, readStat } from '../../processes/proc.ts';
import type { CommandFigures } from './job.ts';
import { Unmeasurable } from './words.ts';

/** The memory of a run is looked at this often, in a run that is not timed. */
const LOOK_MS = 2;
/**
 * Fewest looks at which something was there to see. The last one is then within about a tenth of a run of its end; of one
 * that lived for less, what was seen may be the memory that it began with.
 */
const ENOUGH_LOOKS = 10;

/** Empty commands before the runs, and at most so many more between them: their median is what starting a shell takes. */
const SHELLS = 9;
const MORE_SHELLS = 40;
/** Where a run takes this many times as long as an empty command, what the machine does meanwhile to that one matters no more. */
const MUCH_LONGER = 10;
/**
 * A command that takes less than this many times an empty one is mostly the shell around it. Measured: a program that does
 * nothing takes 1.3 to 1.5 times as long as the shell alone, on a busy machine now and then up to three times in one part of
 * the distribution, its fastest runs or its median, but not in all of them. So the least of the ratios counts.
 */
const MOSTLY_SHELL = 2;
const PARTS = [0.1, 0.25, 0.5];

/** CPU time is counted in hundredths of a second: it has to be this many of them to be more than a guess. */
const TICK = 0.01;
const ENOUGH_TICKS = 5;

type Plan = { command: string; warmupMs: number; durationMs: number };

/**
 * Runs a command by the shell over and over for `durationMs`, at least once, after a warm-up of at least one run whose
 * memory is watched. What starting the shell takes, by the clock and of the CPU, is left out, as hyperfine does; what the command prints in timed runs
 * goes nowhere. Throws an Unmeasurable when a run fails, or is too short to be told from its shell.
 */
export async function runCommand(plan: Plan, beat: () => void): Promise<CommandFigures> {
  const { command, warmupMs, durationMs } = plan;
  const warmUntil = performance.now() + warmupMs;
  const { memory } = await once(command, true);
  const unmeasured = 'missing' in memory ? [memory.missing] : [];
  beat();
  while (performance.now() < warmUntil) {
    await once(command, false);
    beat();
  }
  const shells: number[] = [];
  let shellCpu = 0;
  const timeShell = async () => {
    const before = childrenSeconds();
    shells.push((await once('exit 0', false)).wallMs);
    shellCpu += childrenSeconds() - before;
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
  const shellMs = quantileOf(shells, 0.5);
  if (PARTS.some((q) => quantileOf(times, q) < MOSTLY_SHELL * quantileOf(shells, q)))
    throw new Unmeasurable(
      'too fast for the clock',
      `a run takes less than ${MOSTLY_SHELL} times the ${shellMs.toPrecision(2)} ms of starting a shell, so it cannot be told from that; let one run do more`,
    );
  const net = cpu - (shellCpu * times.length) / shells.length;
  const cpuTime = net >= ENOUGH_TICKS * TICK * Math.max(1, times.length / shells.length) ? net : undefined;
  if (cpuTime === undefined) unmeasured.push(NO_CPU_TIME);
  const time = new HistogramRecorder('ns');
  for (const wallMs of times) time.record(Math.max(0, wallMs - shellMs) * 1e6);
  return {
    elapsedMs,
    runs: time.count,
    time: time.distribution(),
    ...(cpuTime !== undefined && { cpuTime: (cpuTime * 1e9) / time.count }),
    ...('peak' in memory && { memory: memory.peak }),
    ...(unmeasured.length > 0 && { unmeasured: unmeasured.join('; ') }),
  };
}

const NO_CPU_TIME =
  process.platform === 'linux'
    ? 'its CPU time less that of its shell is too little for the hundredths of a second that the system counts in: let one run do more, or raise measure.duration'
    : 'its CPU time is read on Linux alone';

/** The highest memory that was seen of a run, or why none is told. */
type Memory = { peak: number } | { missing: string };

function quantileOf(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * q)] ?? 0;
}

function once(command: string, watched: boolean): Promise<{ wallMs: number; memory: Memory }> {
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
      const memory = watch?.stop() ?? { missing: 'its memory was not watched' };
      if (code === 0) resolve({ wallMs, memory });
      else {
        const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
        reject(new Unmeasurable('fails', `the command ${how}; a benchmark must exit with code 0`));
      }
    });
  });
}

/**
 * Resident memory of a process and its descendants at its highest: of each the highest that the kernel noted, of all together
 * as looked at every few milliseconds.
 */
function watchMemory(root: number): { stop(): Memory } {
  if (process.platform !== 'linux') return { stop: () => ({ missing: 'its memory is read on Linux alone' }) };
  let peak = 0;
  let looks = 0;
  const look = () => {
    let sum = 0;
    for (const pid of treeOf(root)) {
      const resident = readResident(pid);
      sum += resident?.rss ?? 0;
      peak = Math.max(peak, resident?.highest ?? 0);
    }
    peak = Math.max(peak, sum);
    if (sum > 0) looks += 1;
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      if (looks >= ENOUGH_LOOKS) return { peak };
      return {
        missing: `its memory could be looked at ${looks === 1 ? 'once' : `${looks} times`} only before it ended, too seldom to tell its peak (${ENOUGH_LOOKS} times are enough, one every ${LOOK_MS} ms)`,
      };
    },
  };
}

/** Seconds of CPU of all children of this process that have ended, and of theirs; 0 where the system does not tell. */
const childrenSeconds = (): number =>
  process.platform === 'linux' ? (readStat(process.pid)?.childrenCpu ?? 0) : 0;

function treeOf(pid: number): number[] {
  return [pid, ...childPids(pid).flatMap(treeOf)];
}
