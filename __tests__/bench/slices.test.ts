import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import type { Tally } from '../../src/domain/result.ts';
import { deriveValues, mergeTallies } from '../../src/domain/tally.ts';
import { createHttpDriver } from '../../src/scenarios/http/driver.ts';
import { bundleEntry } from '../scenarios/bundle.ts';
import { never, scenario, side } from '../scenarios/http/bench.ts';

/** Waits 5 ms, and with two requests of every twenty-five 80 ms more. */
async function slowTail(): Promise<{ url: string; close: () => void }> {
  let count = 0;
  const server = createServer((_, response) => {
    count += 1;
    setTimeout(() => response.end('ok'), count % 25 === 0 || count % 25 === 12 ? 85 : 5);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

test('slices do not censor: with 8% of requests 80 ms slower, p95 of 100 ms slices is that of 2 s rounds within 10%', async () => {
  const driver = createHttpDriver({ generatorEntry: await bundleEntry('src/scenarios/http/generator.ts') });
  const what = scenario({ connections: 4 });
  const server = await slowTail();
  const session = await driver.open(what, never);
  const load = async (kind: 'slice' | 'round', durationMs: number): Promise<Tally> =>
    (await session.run(side(server.url), { kind, durationMs }, never)).total;
  try {
    const sliced: Tally[] = [];
    const rounds: Tally[] = [];
    for (let cycle = 0; cycle < 3; cycle += 1) {
      rounds.push(await load('round', 2000));
      for (let i = 0; i < 20; i += 1) sliced.push(await load('slice', 100));
    }
    const [fine, long] = [sliced, rounds].map((tallies) => mergeTallies(tallies)) as [Tally, Tally];
    const values = (tally: Tally) => deriveValues(driver.metrics(what), tally);
    // Cut off at the slice's end, the slow requests would mostly be missing, and p95 would read some 6 ms.
    expect(values(long).p95).toBeGreaterThan(80);
    expect((values(fine).p95 ?? 0) / (values(long).p95 ?? 1)).toBeGreaterThan(0.9);
    expect((values(fine).p95 ?? 0) / (values(long).p95 ?? 1)).toBeLessThan(1.1);
    // As many slow ones as were sent: between one in ten and one in twenty.
    expect(values(fine).p90).toBeLessThan(60);
  } finally {
    await session.close();
    server.close();
  }
});
