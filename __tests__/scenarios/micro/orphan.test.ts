import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { readStat } from '../../../src/processes/proc.ts';
import type { Job } from '../../../src/scenarios/micro/job.ts';
import { bundleEntry } from '../bundle.ts';
import { checkout, cleanUp, runner } from './bench.ts';

afterAll(cleanUp);

const isRunning = (pid: number): boolean => (readStat(pid)?.state ?? 'Z') !== 'Z';

async function until(holds: () => boolean, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) if (holds()) return true;
  return holds();
}

const durations = { warmupMs: 0, durationMs: 60_000 };
const spinning = `import { writeFileSync } from 'node:fs';
export const spin = () => { writeFileSync('pid', String(process.pid)); for (;;); };`;

const jobs: { what: string; files: Record<string, string>; job: Job }[] = [
  {
    what: 'a call that never ends',
    files: { 'b.mjs': spinning },
    job: { type: 'case', module: 'b.mjs', bench: [], inputs: [], part: 'spin', concurrency: 1, ...durations },
  },
  {
    what: 'a module that spins while it is loaded',
    files: { 'b.mjs': `${spinning} spin();` },
    job: { type: 'list', module: 'b.mjs', bench: [], inputs: [] },
  },
  {
    what: 'a command',
    files: {},
    job: { type: 'command', command: 'echo $$ > pid; exec sleep 60', ...durations },
  },
];

test.each(jobs)(
  '$what ends when the process that wanted it was killed',
  async ({ files, job }) => {
    const folder = checkout(files);
    const lone = await bundleEntry(new URL('one-job.ts', import.meta.url).pathname);
    const wanted = spawn(process.execPath, [lone, await runner(), folder, JSON.stringify(job)], {
      stdio: 'ignore',
    });
    const file = join(folder, 'pid');
    const pid = () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
    try {
      expect(await until(() => pid() > 0, 20_000)).toBe(true);
      wanted.kill('SIGKILL');
      expect(await until(() => !isRunning(pid()), 10_000)).toBe(true);
    } finally {
      wanted.kill('SIGKILL');
      if (pid() > 0 && isRunning(pid())) process.kill(pid(), 'SIGKILL');
    }
  },
  40_000,
);
