import { readFileSync } from 'node:fs';
import { afterEach, expect, jest, test } from '@jest/globals';
import { freePorts } from '../../src/target/ports.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** Draws these ports one after the other, as shares of the range, and then others. */
function draw(...shares: number[]): void {
  const random = Math.random;
  jest.spyOn(Math, 'random').mockImplementation(() => shares.shift() ?? random());
}

test('all different, of five digits, below those of outgoing connections', async () => {
  const ports = await freePorts(50);
  expect(new Set(ports).size).toBe(50);
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
  }
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('one that was given is given to nobody else, though nothing listens to it yet', async () => {
  const [given = 0] = await freePorts(1);
  draw((given - 20_000 + 0.5) / 12_768);
  const [other] = await freePorts(1);
  expect(other).not.toBe(given);
});

onLinux('nor is it given by another release of Node', async () => {
  const [given = 0] = await freePorts(1);
  const claims = readFileSync('/proc/net/unix', 'latin1').split('\n');
  // The name is written as it is bound, with @ for what is not a character: any padding would be seen behind it.
  expect(claims.filter((line) => line.includes(`perf-baseline-port-${given}`))).toEqual([
    expect.stringMatching(/ @perf-baseline-port-\d+-+$/),
  ]);
});
