import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { casesOf } from './cases.ts';
import { runCommand } from './command.ts';
import { heapWatch } from './heap.ts';
import type { Answer, FromRunner, Job } from './job.ts';
import { measureCase } from './measure.ts';
import { thrownText, Unmeasurable } from './words.ts';

/*
 * The process in which one case, or one command, is measured for one round: what it does to its heap, its machine code
 * or its modules touches nothing else. It is told what to do once, answers once, and is then killed.
 */
const BEAT_MS = 100;

async function perform(job: Job, beat: () => void): Promise<Answer> {
  try {
    if (job.type === 'command') return { type: 'command', figures: await runCommand(job, beat) };
    const cases = casesOf(await load(job.module), job);
    if (job.type === 'list') return { type: 'parts', names: cases.map(({ part }) => part) };
    const one = cases.find(({ part }) => part === job.part);
    if (one === undefined)
      throw new Unmeasurable('cannot be run', 'the module exported it before, and does not any more');
    return { type: 'figures', figures: await measureCase(one, job, beat) };
  } catch (error) {
    if (error instanceof Unmeasurable) return { type: 'unmeasurable', text: error.message };
    throw error;
  }
}

async function load(module: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(module)).href)) as Record<string, unknown>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
      throw new Unmeasurable(
        'cannot be run',
        `node ${process.version} does not run ${module}: use Node 22.18 or later for TypeScript, or name what target.setup builds of it`,
      );
    throw new Unmeasurable('cannot be run', `${module} cannot be loaded: ${thrownText(error)}`);
  }
}

function beats(): () => void {
  const watch = heapWatch();
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < BEAT_MS) return;
    last = now;
    watch();
    alive();
  };
}

const alive = () => process.send?.({ type: 'alive' } satisfies FromRunner);

process.on('disconnect', () => process.exit(0));
process.once('message', async (job: Job) => {
  alive();
  const answer = await perform(job, beats());
  process.send?.(answer satisfies FromRunner);
});
