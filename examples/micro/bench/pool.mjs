import { setTimeout as wait } from 'node:timers/promises';

let free = 4;
const waiting = [];

/** A pool of four connections whose queries take 2 ms: what `concurrency` is for. */
export async function query() {
  if (free === 0) await new Promise((resolve) => waiting.push(resolve));
  else free -= 1;
  await wait(2);
  const next = waiting.shift();
  if (next === undefined) free += 1;
  else next();
  return 1;
}
