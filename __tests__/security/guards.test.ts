import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

/** Taking the guards away takes long; whether each is still where it would be taken from is seen at once. */
test('every promise has a guard, and every guard is where it is looked for', () => {
  const script = fileURLToPath(new URL('../../scripts/guards.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^(\d+) of \1 guards are where they are looked for$/m);
});
