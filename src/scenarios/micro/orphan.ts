import { Worker } from 'node:worker_threads';

const LOOK_MS = 500;

/** Runs in a thread, because a call that never ends leaves the main one no moment. Plain text, as it has no file of its own. */
const WATCH = `
const { workerData: { parent, first, look } } = require('node:worker_threads');
const isGone = () => {
  if (process.ppid !== first) return true;
  try { process.kill(parent, 0); } catch (error) { return error.code === 'ESRCH'; }
  return false;
};
setInterval(() => {
  if (!isGone()) return;
  try { process.kill(-process.pid, 'SIGKILL'); } catch {}
  process.kill(process.pid, 'SIGKILL');
}, look);
`;

/**
 * Ends this process, and its group with it, within a second of the end of the one that wanted it (`parent`: its id),
 * whatever this one is at. Resolves when the watch is kept: its start takes some ms that belong to no measurement.
 */
export function endWithParent(parent: number): Promise<void> {
  return new Promise((resolve) => {
    // Where node was found through a launcher, the parent of this process is not the one that wanted it: both count.
    const workerData = { parent, first: process.ppid, look: LOOK_MS };
    const watch = new Worker(WATCH, { eval: true, workerData, env: {}, execArgv: [], name: 'watch' });
    watch.unref();
    // Without the thread it is measured all the same: only a parent that was killed would not be noticed.
    watch.once('error', () => resolve());
    watch.once('online', () => resolve());
  });
}

/** Ends this process and its group at once. */
export function endGroup(): never {
  try {
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  } catch {
    // It leads no group.
  }
  process.exit(0);
}
