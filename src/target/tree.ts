import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Target } from '../domain/config.ts';
import type { ResourceWindow } from '../domain/driver.ts';
import { Family } from '../processes/family.ts';
import { readStat } from '../processes/proc.ts';
import { PortableSampler } from './portable-sampler.ts';
import type { ProcessGroup } from './process-group.ts';
import { type Members, TreeSampler } from './sampler.ts';

export type Sampler = { openWindow(fromBirth?: boolean): ResourceWindow };

/**
 * Where a target's memory and CPU are read: its process tree, the process that a pid file names, or nowhere
 * (`foreign` says in words why its own tree is not the service).
 */
export function samplerFor(
  memory: Target['memory'],
  checkout: string,
  group: ProcessGroup | null,
  foreign: () => string | null,
): Sampler {
  if (process.platform !== 'linux') {
    return new PortableSampler(() => foreign() ?? group?.pid ?? 'there is no process to measure');
  }
  if (memory.type === 'pid-file') {
    return new TreeSampler(pidFileMembers(path.resolve(checkout, memory.path)), 'pid-file');
  }
  return new TreeSampler(() => foreign() ?? group?.family?.scan() ?? 'there is no process to measure');
}

/** The process a file names, with its descendants. The file is read anew: a service writes it when it starts. */
function pidFileMembers(file: string): Members {
  let known: { pid: number; started: number; family: Family } | null = null;
  return () => {
    let text: string;
    try {
      text = readFileSync(file, 'utf8').trim();
    } catch (error) {
      return `the pid file ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`;
    }
    const pid = /^\d{1,10}\b/.test(text) ? Number.parseInt(text, 10) : 0;
    if (pid === 0) return `the pid file ${file} does not hold a process id`;
    const stat = readStat(pid);
    if (stat === null) return `the pid file ${file} names process ${pid}, which does not run`;
    if (known?.pid !== pid || known.started !== stat.started) {
      known = { pid, started: stat.started, family: new Family(pid, null) };
    }
    return known.family.scan();
  };
}
