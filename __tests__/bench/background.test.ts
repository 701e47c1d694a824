import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { startNeighbour, watchBackground } from '../../bench/decisions/background.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a neighbour is one of the others, and told apart; it ends when it is ended', async () => {
  const neighbour = startNeighbour();
  const background = watchBackground(neighbour.pid);
  await sleep(3000);
  const { others, steal, neighbour: share } = background.end();
  await neighbour.end();
  expect(share).toBeGreaterThan(0);
  expect(others).toBeGreaterThanOrEqual(share);
  expect(others).toBeLessThanOrEqual(1);
  expect(steal).toBeGreaterThanOrEqual(0);
  expect(() => process.kill(neighbour.pid ?? 0, 0)).toThrow();
});

onLinux('what this process started is not one of the others', async () => {
  const spinner = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  try {
    const without = watchBackground(undefined);
    const counted = watchBackground(spinner.pid);
    await sleep(2500);
    const seen = counted.end();
    expect(seen.neighbour).toBeGreaterThan(0.02);
    // The same stretch, but for its ends: the spinner is all of the difference.
    const difference = seen.others - without.end().others;
    expect(difference).toBeGreaterThan(seen.neighbour / 2);
  } finally {
    spinner.kill('SIGKILL');
  }
});
