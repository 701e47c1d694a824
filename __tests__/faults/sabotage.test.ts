import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Sabotage, Saboteur } from '../../bench/faults/sabotage.ts';

let saboteur: Saboteur;
beforeAll(async () => {
  saboteur = await Saboteur.start(fileURLToPath(new URL('../../dist', import.meta.url)));
}, 300_000);
afterAll(() => saboteur.close());

test.each<[Sabotage, string[]]>([
  ['starved', ['inconclusive', 'failed']],
  ['stopped', ['inconclusive', 'failed']],
  ['overloaded', ['inconclusive']],
  ['killed', ['failed']],
])(
  'a measurement that is %s is %j, never called unchanged or regressed for it',
  async (sabotage, verdicts) => {
    expect(verdicts).toContain((await saboteur.trial(sabotage)).verdict);
  },
  300_000,
);
