import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { casesOf } from './cases.ts';
import { runCommand } from './command.ts';
import { heapWatch } from './heap.ts';
import type { Answer, FromRunner, Job, Order } from './job.ts';
import { load } from './load.ts';
import { measureCase } from './measure.ts';
import { endGroup, endWithParent } from './orphan.ts';
import { refuseFlood } from './printed.ts';
import { type Stage, thrownText, Unmeasurable } from './words.ts';

/*
 * The process in which one case, or one command, is measured for one round: what it does to its heap, its machine code
 * or its modules touches nothing else. It is told what to do once, answers once, and is then killed.
 */
const BEAT_MS = 100;
/** What prints as fast as it can writes gigabytes in a second: how much waits is looked at more often. */
const LOOK_MS = 1;
const IMPORT_FAILS_MS = 50;

async function perform(job: Job): Promise<Answer> {
  const beat = beats();
  try {
    if (job.type === 'command') {
      enter('runs');
      return { type: 'command', figures: await runCommand(job, beat) };
    }
    enter('loading');
    const cases = casesOf(await load(job.module), job);
    if (job.type === 'list') return { type: 'parts', names: cases.map(({ part }) => part) };
    const one = cases.find(({ part }) => part === job.part);
    if (one === undefined)
      throw new Unmeasurable('cannot be run', 'the module exported it before, and does not any more');
    return { type: 'figures', figures: await measureCase(one, job, { beat, enter }) };
  } catch (error) {
    if (error instanceof Unmeasurable) return { type: 'unmeasurable', text: error.message };
    throw error;
  }
}

function beats(): () => void {
  const watch = heapWatch();
  let last = performance.now();
  let looked = last;
  return () => {
    const now = performance.now();
    if (now - looked < LOOK_MS) return;
    looked = now;
    refuseFlood();
    if (now - last < BEAT_MS) return;
    last = now;
    watch();
    alive();
  };
}

let stage: Stage = 'loading';

function enter(next: Stage): void {
  stage = next;
  alive();
}

const alive = () => send({ type: 'alive', stage });

/** Only the first answer counts: this process is killed for it. */
const send = (message: FromRunner) => process.send?.(message);

process.on('disconnect', endGroup);
process.once('unhandledRejection', async (reason) => {
  // Further ones say nothing more, and must not end the process before this is sent.
  process.on('unhandledRejection', () => {});
  // Node 20 lets go of one for a CommonJS file of a wrong syntax, before the import that asked for it fails and says where.
  if (stage === 'loading' && reason instanceof SyntaxError) await sleep(IMPORT_FAILS_MS);
  send({
    type: 'unmeasurable',
    text: `throws: a promise that nothing awaits was rejected, ${thrownText(reason)}; await it, or return it`,
  });
});
process.once('message', async ({ job, parent }: Order) => {
  // While a command runs this process is free, and hears of the end of the other by itself.
  if (job.type !== 'command') await endWithParent(parent);
  const answer = await perform(job);
  // Calls that never yield leave their rejections waiting, and may look like a leak: those are heard first.
  await setImmediate();
  send(answer);
});
