import { afterAll, expect, test } from '@jest/globals';
import { CUT } from '../../../src/processes/cut-text.ts';
import { safeTail } from '../../../src/target/safe-log.ts';
import { checkout, cleanUp, measure, moduleScenario, side } from './bench.ts';

afterAll(cleanUp);

const TOKEN = 'ghx_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdef';

test.each([
  [
    'thrown, across the end of what is told of it',
    `export const one = () => { throw new Error('p'.repeat(255) + ' ' + process.env.API_TOKEN); };`,
  ],
  [
    'rejected, with more words behind it',
    `export const one = () => { Promise.reject(new Error('p'.repeat(255) + ' ' + process.env.API_TOKEN)); return [1]; };`,
  ],
  [
    'printed, across the beginning of what is kept of it',
    `import { writeSync } from 'node:fs';
     writeSync(1, 'a' + process.env.API_TOKEN + 'z'.repeat(20_000 - 20)); process.exit(3);
     export const one = () => {};`,
  ],
])('no part of a secret is told of what is %s', async (_, module) => {
  const env = { PATH: process.env.PATH ?? '', API_TOKEN: TOKEN };
  const safe = (output: string) => safeTail(output, { secrets: [TOKEN], columns: 1000 });
  const { tallies, log } = await measure(
    moduleScenario(),
    side(checkout({ 'b.mjs': module }), { env, safe }),
  );
  const told = tallies.flatMap(({ invalid, parts }) => [invalid, ...parts.map((part) => part.invalid)]);
  expect(told.join('')).toMatch(/^(throws|ends the process): /);
  const all = `${told.join('\n')}\n${log}`;
  expect(all).not.toMatch(/ghx_|789abcdef/);
  expect(all).not.toContain(CUT);
});
