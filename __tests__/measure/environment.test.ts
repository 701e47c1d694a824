import { spawn } from 'node:child_process';
import os from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { environmentDifferences } from '../../src/domain/environment.ts';
import {
  busyMachineWarning,
  type Machine,
  type MachineLoad,
  measureMachineLoad,
  readEnvironment,
  stealWarning,
} from '../../src/measure/environment.ts';

const GB = 2 ** 30;

function machine(files: Record<string, string> = {}, more: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    release: '6.11.0-1018-azure',
    nodeVersion: 'v24.4.1',
    env: { ImageOS: 'ubuntu24', ImageVersion: '20251102.1', RUNNER_ENVIRONMENT: 'github-hosted' },
    cpus: Array.from({ length: 4 }, () => ({ model: 'AMD EPYC  7763   64-Core Processor ' })),
    totalMemory: 15.6 * GB,
    read: (file) => files[file] ?? null,
    ...more,
  };
}

const UBUNTU = 'PRETTY_NAME="Ubuntu 24.04.1 LTS"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n';

describe('the environment', () => {
  test('of a hosted runner', () => {
    expect(readEnvironment(machine({ '/etc/os-release': UBUNTU }))).toEqual({
      gates: {
        os: 'ubuntu-24.04',
        imageFamily: 'ubuntu24',
        arch: 'x64',
        cpuModel: 'AMD EPYC 7763 64-Core Processor',
        cpuCount: 4,
        memoryGb: 16,
        runtime: 'node-24',
        measurementVersion: 1,
      },
      recorded: {
        tool: expect.stringMatching(/^\d+\.\d+\.\d+/),
        node: 'v24.4.1',
        kernel: '6.11.0-1018-azure',
        'image-version': '20251102.1',
        'runner-environment': 'github-hosted',
        'machine-cpus': '4',
      },
    });
  });

  test('an image update and another runner of the same kind are alike; a major version of Node is not', () => {
    const first = readEnvironment(machine());
    const env = { ImageOS: 'ubuntu24', ImageVersion: '20251201.3', RUNNER_NAME: 'other' };
    expect(
      environmentDifferences(first, readEnvironment(machine({}, { env, nodeVersion: 'v24.9.0' }))),
    ).toEqual([]);
    expect(environmentDifferences(first, readEnvironment(machine({}, { nodeVersion: 'v20.20.2' })))).toEqual([
      { gate: 'runtime', a: 'node-24', b: 'node-20' },
    ]);
  });

  test('counts the CPUs of the affinity mask', () => {
    const files = { '/proc/self/status': 'Name:\tnode\nCpus_allowed_list:\t0-1,3\n' };
    const { gates, recorded } = readEnvironment(machine(files));
    expect(gates.cpuCount).toBe(3);
    expect(recorded).toMatchObject({ 'affinity-cpus': '3', 'machine-cpus': '4' });
  });

  test.each([
    [
      'version 2, the limit on a group above',
      {
        '/proc/self/cgroup': '0::/job/step\n',
        '/sys/fs/cgroup/job/step/cpu.max': 'max 100000\n',
        '/sys/fs/cgroup/job/cpu.max': '150000 100000\n',
        '/sys/fs/cgroup/job/memory.max': `${2 * GB}\n`,
        '/sys/fs/cgroup/job/step/memory.max': 'max\n',
      },
    ],
    [
      'version 2, in a namespace of its own',
      {
        '/proc/self/cgroup': '0::/\n',
        '/sys/fs/cgroup/cpu.max': '150000 100000\n',
        '/sys/fs/cgroup/memory.max': `${2 * GB}\n`,
      },
    ],
    [
      'version 1',
      {
        '/proc/self/cgroup': '4:memory:/docker/a\n3:cpu,cpuacct:/docker/a\n',
        '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '150000\n',
        '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${2 * GB}\n`,
        '/sys/fs/cgroup/memory/docker/a/memory.limit_in_bytes': '9223372036854771712\n',
      },
    ],
  ])('counts what a control group allows: %s', (_name, files) => {
    const { gates, recorded } = readEnvironment(machine(files));
    expect(gates).toMatchObject({ cpuCount: 2, memoryGb: 2 });
    expect(recorded).toMatchObject({ 'cpu-quota': '1.5 cores', 'memory-limit': `${2 * GB} bytes` });
  });

  test('of other systems, and of processors without a name', () => {
    const other = { cpus: [{ model: 'unknown' }], env: {} };
    const read = (more: Partial<Machine>, files = {}) =>
      readEnvironment(machine(files, { ...other, ...more })).gates;
    expect(read({ platform: 'darwin', release: '23.6.0' }).os).toBe('macos-14');
    expect(read({ platform: 'darwin', release: '25.0.0' }).os).toBe('macos-26');
    expect(read({ platform: 'win32', release: '10.0.20348' })).toMatchObject({
      os: 'windows-10.0',
      imageFamily: 'none',
    });
    const files = {
      '/proc/cpuinfo': 'CPU implementer\t: 0x41\nCPU part\t: 0xd49\n',
      '/etc/os-release': 'ID=arch\n',
    };
    expect(read({}, files)).toMatchObject({ cpuModel: 'implementer 0x41 part 0xd49', os: 'arch' });
  });

  test('of this machine is complete', () => {
    const { gates } = readEnvironment();
    expect(gates.cpuCount).toBeGreaterThanOrEqual(1);
    expect(gates.cpuCount).toBeLessThanOrEqual(os.cpus().length);
    expect(gates.memoryGb).toBeGreaterThanOrEqual(1);
    expect(Object.values(gates)).not.toContain('');
  });
});

describe('the load of the machine', () => {
  test('shows a process that spins', async () => {
    const spinner = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    try {
      const load = await measureMachineLoad(500);
      // One CPU of all, less what a crowded machine lets it have.
      expect(load.busy).toBeGreaterThan(0.3 / load.cpus);
      expect(load.busy).toBeLessThanOrEqual(1);
      expect(load.overMs).toBeGreaterThan(450);
    } finally {
      spinner.kill('SIGKILL');
    }
  });

  test('ends early when aborted', async () => {
    const load = await measureMachineLoad(60_000, AbortSignal.timeout(50));
    expect(load.overMs).toBeLessThan(30_000);
  });

  test('is worth a warning when something else is at work', () => {
    const quiet: MachineLoad = { busy: 0.05, steal: 0, loadAverage: 3, cpus: 2, overMs: 1000 };
    expect(busyMachineWarning(quiet)).toBeNull();
    expect(busyMachineWarning({ ...quiet, steal: null })).toBeNull();
    expect(busyMachineWarning({ ...quiet, busy: 0.8 })?.message).toContain('80% busy');
    expect(busyMachineWarning({ ...quiet, steal: 0.2 })?.message).toContain('20% of its time went to other');
    expect(stealWarning(quiet)).toBeNull();
    expect(stealWarning({ ...quiet, steal: null })).toBeNull();
    expect(stealWarning({ ...quiet, steal: 0.12 })?.message).toContain('12% of this machine');
  });
});
