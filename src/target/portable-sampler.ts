import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pidusage from 'pidusage';
import type { ResourceWindow } from '../domain/driver.ts';

const run = promisify(execFile);
const INTERVAL_MS = 1000;

/**
 * Memory and CPU of a process tree where there is no /proc (macOS, Windows), once a second by pidusage. Its
 * figures are resident memory, shared pages counted in every process: worth showing, not for judging.
 */
export class PortableSampler {
  readonly #root: () => number | string;

  /** `root` gives the command's pid, or in words why its tree is not to be measured. */
  constructor(root: () => number | string) {
    this.#root = root;
  }

  openWindow(): ResourceWindow {
    let peak = 0;
    let seconds = 0;
    let unmeasured: string | null = null;
    const cpu = new Map<number, { first: number; last: number }>();
    let busy: Promise<void> | null = null;
    const sample = async () => {
      const root = this.#root();
      if (typeof root === 'string') {
        unmeasured = root;
        return;
      }
      const figures = await pidusage(await descendants(root));
      let memory = 0;
      for (const figure of Object.values(figures)) {
        if (!figure) continue;
        memory += figure.memory;
        const known = cpu.get(figure.pid) ?? { first: figure.ctime, last: 0 };
        cpu.set(figure.pid, { first: known.first, last: figure.ctime });
      }
      peak = Math.max(peak, memory);
      seconds = [...cpu.values()].reduce((sum, { first, last }) => sum + (last - first) / 1000, 0);
    };
    const once = () => {
      busy ??= sample()
        .catch((error: Error) => {
          unmeasured = `its processes could not be read: ${error.message}`;
        })
        .finally(() => {
          busy = null;
        });
      return busy;
    };
    void once();
    const timer = setInterval(once, INTERVAL_MS);
    timer.unref();
    return {
      close: async () => {
        clearInterval(timer);
        await busy;
        await once();
        return peak === 0
          ? { unmeasured: unmeasured ?? 'no process of the target was there to measure' }
          : { memory: { peak, source: 'rss' }, cpu: { seconds, source: 'pidusage' } };
      },
    };
  }
}

async function descendants(root: number): Promise<number[]> {
  const { stdout } =
    process.platform === 'win32'
      ? await run('powershell', [
          '-NoProfile',
          '-Command',
          'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) 0" }',
        ])
      : await run('ps', ['-A', '-o', 'pid=,ppid=,pgid=']);
  const rows = stdout
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = new Set([root]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [pid = 0, parent = 0, group = 0] of rows) {
      if (found.has(parent) || group === root) found.add(pid);
    }
  }
  return [...found].filter((pid) => rows.some(([present]) => present === pid));
}
