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
  draw(0.5, 0.5, 0.7);
  const [first] = await freePorts(1);
  const [second] = await freePorts(1);
  expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY);
});
