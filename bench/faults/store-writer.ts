import { setTimeout as delay } from 'node:timers/promises';
import { numbers, resultOf } from '../../__tests__/baseline/samples.ts';
import { branchStore } from '../../src/baseline/branch.ts';
import { createClient } from '../../src/github/client.ts';
import { gitDatabase } from '../../src/github/git-database.ts';

/** What a writing process is told: the results it stores, all at once, each as a job of its own would. */
export type Order = { apiUrl: string; token: string; keep: number; results: number[]; hurry: number };

/** Stores every result of an order, and says so only when the store has acknowledged it. */
process.once('message', async ({ apiUrl, token, keep, results, hurry }: Order) => {
  // A sign of life, so that a killer does not strike before there is anything to interrupt.
  process.send?.({ n: 0 });
  await Promise.all(
    results.map(async (n) => {
      const random = numbers(n + process.pid);
      const sleep = (ms: number) => delay(ms / hurry);
      const client = createClient({
        ...{ token, apiUrl, random, sleep, throttle: false },
        log: { debug: () => undefined, warning: () => undefined },
      });
      const store = branchStore({
        git: gitDatabase(client, { owner: 'acme', repo: 'shop' }),
        // Time runs faster for the store as a whole: its waits go by how long an attempt takes.
        clock: { now: () => performance.now() * hurry, sleep, random },
        keep,
        deadlineMs: 600_000 * hurry,
      });
      const stored = await store.append(resultOf(n)).then(
        ({ location }) => ({ n, location }),
        (error: Error) => ({ n, error: error.message }),
      );
      process.send?.(stored);
    }),
  );
  process.disconnect();
});
