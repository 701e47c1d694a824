import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, MEASUREMENT_VERSION } from '../domain/environment.ts';
import { TOOL_VERSION } from '../version.ts';

/** What `readEnvironment` asks of the system; given by tests, else the machine we are on. */
export type Machine = {
  platform: NodeJS.Platform;
  arch: string;
  release: string;
  nodeVersion: string;
  env: NodeJS.ProcessEnv;
  cpus: { model: string }[];
  totalMemory: number;
  /** Text of a file, or null when there is none. */
  read: (file: string) => string | null;
};

/**
 * The environment of this process: what gates a comparison, and what is only recorded. Counts and sizes are what
 * this process may use, where a control group or an affinity mask gives it less than the machine has.
 */
export function readEnvironment(machine: Machine = thisMachine()): Environment {
  const { platform, arch, env, cpus, totalMemory, read } = machine;
  const affinity = platform === 'linux' ? allowedCpus(read) : null;
  const quota = platform === 'linux' ? cpuQuota(read) : null;
  const memoryLimit = platform === 'linux' ? memoryLimitOf(read) : null;
  const usable = Math.min(
    cpus.length || 1,
    affinity ?? cpus.length,
    Math.max(1, Math.ceil(quota ?? Infinity)),
  );
  const memory = Math.min(totalMemory, memoryLimit ?? totalMemory);
  const recorded: Record<string, string | null> = {
    tool: TOOL_VERSION,
    node: machine.nodeVersion,
    kernel: machine.release,
    'image-version': env.ImageVersion ?? null,
    'runner-name': env.RUNNER_NAME ?? null,
    'runner-environment': env.RUNNER_ENVIRONMENT ?? null,
    'machine-cpus': String(cpus.length),
    'affinity-cpus': affinity === null ? null : String(affinity),
    'cpu-quota': quota === null ? null : `${Math.round(quota * 100) / 100} cores`,
    'memory-limit': memoryLimit === null ? null : `${memoryLimit} bytes`,
  };
  return {
    gates: {
      os: osFamily(platform, machine.release, read),
      imageFamily: env.ImageOS || 'none',
      arch,
      cpuModel: cpuModel(cpus, read),
      cpuCount: usable,
      memoryGb: Math.max(1, Math.round(memory / 2 ** 30)),
      runtime: `node-${machine.nodeVersion.replace(/^v/, '').split('.')[0]}`,
      measurementVersion: MEASUREMENT_VERSION,
    },
    recorded: Object.fromEntries(
      Object.entries(recorded).filter((entry): entry is [string, string] => entry[1] !== null),
    ),
  };
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    release: os.release(),
    nodeVersion: process.version,
    env: process.env,
    cpus: os.cpus(),
    totalMemory: os.totalmem(),
    read: readText,
  };
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** `ubuntu-24.04`, from os-release(5); `macos-14` and `windows-10.0` from the kernel's release. */
function osFamily(platform: NodeJS.Platform, release: string, read: Machine['read']): string {
  if (platform === 'linux') {
    const text = read('/etc/os-release') ?? read('/usr/lib/os-release') ?? '';
    const field = (name: string) =>
      new RegExp(`^${name}=["']?([^"'\n]*)["']?$`, 'm').exec(text)?.[1]?.trim() || null;
    return [field('ID') ?? 'linux', field('VERSION_ID')].filter((part) => part !== null).join('-');
  }
  const [major = '0', minor = '0'] = release.split('.');
  // Darwin 20 was macOS 11, and they counted on together until macOS took the number of the year with Darwin 25.
  if (platform === 'darwin') return `macos-${Number(major) >= 25 ? Number(major) + 1 : Number(major) - 9}`;
  return `${platform === 'win32' ? 'windows' : platform}-${major}.${minor}`;
}

/** Spaces folded; where the kernel names no model (arm64), its implementer and part numbers. */
function cpuModel(cpus: Machine['cpus'], read: Machine['read']): string {
  const named = (cpus[0]?.model ?? '').replace(/\s+/g, ' ').trim();
  if (named !== '' && named !== 'unknown') return named;
  const text = read('/proc/cpuinfo') ?? '';
  const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(\\S+)`, 'm').exec(text)?.[1];
  const [implementer, part] = [field('CPU implementer'), field('CPU part')];
  return implementer && part ? `implementer ${implementer} part ${part}` : 'unknown';
}

/** CPUs in the affinity mask, as `0-3,8` lists them. */
function allowedCpus(read: Machine['read']): number | null {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(read('/proc/self/status') ?? '')?.[1];
  if (list === undefined) return null;
  return list.split(',').reduce((count, range) => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return count + to - from + 1;
  }, 0);
}

/** Folders of our control group and of those above it: a limit of any of them holds for us. */
function cgroupFolders(read: Machine['read'], controller: string): { folder: string; version: 1 | 2 }[] {
  const lines = (read('/proc/self/cgroup') ?? '').split('\n').map((line) => line.split(':'));
  const v1 = lines.find(([, controllers = '']) => controllers.split(',').includes(controller));
  const v2 = lines.find(([id, controllers]) => id === '0' && controllers === '');
  const version = v1 === undefined ? 2 : 1;
  const top = version === 1 ? `/sys/fs/cgroup/${controller}` : '/sys/fs/cgroup';
  const parts = ((v1 ?? v2)?.[2] ?? '/').split('/').filter((part) => part !== '' && part !== '..');
  return [...parts.keys(), parts.length].map((depth) => ({
    folder: [top, ...parts.slice(0, depth)].join('/'),
    version,
  }));
}

/** Cores that the tightest control group above us allows, or null without a limit. */
function cpuQuota(read: Machine['read']): number | null {
  const quotas = cgroupFolders(read, 'cpu').flatMap(({ folder, version }) => {
    const [quota, period] =
      version === 2
        ? (read(`${folder}/cpu.max`) ?? '').trim().split(' ').map(Number)
        : [`${folder}/cpu.cfs_quota_us`, `${folder}/cpu.cfs_period_us`].map((file) =>
            Number(read(file) ?? ''),
          );
    return quota && period && quota > 0 && period > 0 ? [quota / period] : [];
  });
  return quotas.length === 0 ? null : Math.min(...quotas);
}

/** Bytes that the tightest control group above us allows, or null without a limit. */
function memoryLimitOf(read: Machine['read']): number | null {
  const limits = cgroupFolders(read, 'memory').flatMap(({ folder, version }) => {
    const text = read(`${folder}/${version === 2 ? 'memory.max' : 'memory.limit_in_bytes'}`)?.trim() ?? '';
    const bytes = /^\d+$/.test(text) ? Number(text) : 0;
    // Version 1 says "none" by a number near 2^63.
    return bytes > 0 && bytes < 2 ** 60 ? [bytes] : [];
  });
  return limits.length === 0 ? null : Math.min(...limits);
}

/** How busy the machine was over a stretch, all as fractions of all its CPUs (0 to 1). */
export type MachineLoad = {
  busy: number;
  /** Time that a hypervisor gave to other machines; null where the system does not tell. */
  steal: number | null;
  loadAverage: number;
  cpus: number;
  overMs: number;
};

/** Above this, something else is at work and will be in the measurement. */
export const BUSY_FROM = 0.25;
export const STEAL_FROM = 0.05;

type CpuTimes = { total: number; idle: number; steal: number | null };

/** Watches the machine from now until the function it gives is called, which may be called again. */
export function watchMachine(): () => MachineLoad {
  const before = cpuTimes();
  const started = performance.now();
  return () => {
    const after = cpuTimes();
    const total = after.total - before.total;
    const share = (time: number) => (total <= 0 ? 0 : Math.min(1, Math.max(0, time / total)));
    return {
      busy: total <= 0 ? 0 : 1 - share(after.idle - before.idle),
      steal: after.steal === null || before.steal === null ? null : share(after.steal - before.steal),
      loadAverage: os.loadavg()[0] ?? 0,
      cpus: os.cpus().length,
      overMs: performance.now() - started,
    };
  };
}

/** Watches the machine for `overMs` (1 s by default) without doing anything itself. Aborted, it reports what it has. */
export async function measureMachineLoad(overMs = 1000, signal?: AbortSignal): Promise<MachineLoad> {
  const look = watchMachine();
  await sleep(overMs, undefined, signal ? { signal } : {}).catch(() => {});
  return look();
}

/** A sentence for the reader when the machine was too busy to begin with, else null. */
export function busyMachineWarning(load: MachineLoad): { code: string; message: string } | null {
  const percent = (fraction: number) => `${Math.round(fraction * 100)}%`;
  const reasons: string[] = [];
  if (load.busy > BUSY_FROM)
    reasons.push(`its CPUs were ${percent(load.busy)} busy before anything was started`);
  if ((load.steal ?? 0) > STEAL_FROM)
    reasons.push(`${percent(load.steal ?? 0)} of its time went to other machines`);
  if (reasons.length === 0) return null;
  const message = `The machine is busy: ${reasons.join(', and ')}; end what else runs on it, or expect wider intervals`;
  return { code: 'machine-busy', message };
}

/** A sentence for the reader when other machines took time from this one while it was measured, else null. */
export function stealWarning({ steal }: MachineLoad): { code: string; message: string } | null {
  if (steal === null || steal <= STEAL_FROM) return null;
  const message = `${Math.round(steal * 100)}% of this machine's processor time went to other machines while it was measured: expect wider intervals, or take a larger runner`;
  return { code: 'steal-time', message };
}

/** Counters since boot, summed over all CPUs; /proc/stat tells of steal, which Node's os.cpus() leaves out. */
function cpuTimes(): CpuTimes {
  const line = /^cpu\s+(.*)$/m.exec(readText('/proc/stat') ?? '')?.[1];
  if (line !== undefined) {
    // user nice system idle iowait irq softirq steal; guest times are within user and nice already.
    const times = line.trim().split(/\s+/).slice(0, 8).map(Number);
    const [, , , idle = 0, iowait = 0, , , steal = 0] = times;
    return { total: times.reduce((sum, time) => sum + time, 0), idle: idle + iowait, steal };
  }
  const totals = os.cpus().map(({ times }) => times);
  const idle = totals.reduce((sum, times) => sum + times.idle, 0);
  const total = totals.reduce(
    (sum, { user, nice, sys, idle: free, irq }) => sum + user + nice + sys + free + irq,
    0,
  );
  return { total, idle, steal: null };
}
