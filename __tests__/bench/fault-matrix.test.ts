import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Entry, type Header, Journal, summaryOf } from '../../bench/faults/matrix/journal.ts';
import { KINDS, kindName } from '../../bench/faults/matrix/kinds.ts';
import { planTrials, type StageCalls, sampleOf } from '../../bench/faults/matrix/plan.ts';

const calls = ['git/get-ref', 'git/get-commit', 'checks/create'].map((operation) => ({
  host: 'api',
  operation,
}));
const STAGES: StageCalls[] = [
  { stage: 'push', calls, struck: [0, 1, 2] },
  { stage: 'pull_request check', calls, struck: [2] },
];

describe('the plan', () => {
  test('has every kind at every call that is struck, once, and the pairs', () => {
    const plan = planTrials(STAGES, 50, 1);
    expect(plan).toHaveLength(4 * KINDS.length + 50);
    expect(new Set(plan.map(({ id }) => id)).size).toBe(plan.length);
    const checks = plan.filter(({ stage }) => stage === 'pull_request check');
    expect(new Set(checks.flatMap(({ hits }) => hits.map(({ call }) => call)))).toEqual(new Set([2]));
  });

  test('and its samples are the same for the same seed, and others for another', () => {
    const ids = (seed: number) => sampleOf(planTrials(STAGES, 50, seed), 20, seed).map(({ id }) => id);
    expect(planTrials(STAGES, 50, 7)).toEqual(planTrials(STAGES, 50, 7));
    expect(ids(7)).toEqual(ids(7));
    expect(ids(7)).not.toEqual(ids(8));
  });

  test('has kinds that can be told apart', () => {
    expect(new Set(KINDS.map(kindName)).size).toBe(KINDS.length);
  });
});

describe('the journal', () => {
  const header: Header = { dist: 'a', seed: 1, pairs: 0, kinds: ['hang'], stages: STAGES };
  const entry = (id: string, changes: Partial<Entry> = {}): Entry => ({
    id,
    name: `${id}, told`,
    stage: 'push',
    kinds: ['hang'],
    wrong: [],
    missed: 0,
    seconds: 2,
    ...changes,
  });
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    path = join(folder, 'matrix.ndjson');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('goes on where it was, without a line that was cut off', () => {
    const first = new Journal(path);
    first.begin(header);
    first.add(entry('one'));
    appendFileSync(path, '{"id":"two","na');
    const second = new Journal(path);
    second.begin(header);
    expect(second.header?.stages).toEqual(STAGES);
    expect(second.entries.map(({ id }) => id)).toEqual(['one']);
    second.add(entry('three'));
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(3);
    expect(new Journal(path).entries.map(({ id }) => id)).toEqual(['one', 'three']);
  });

  test.each([{ dist: 'b' }, { seed: 2 }, { pairs: 9 }, { kinds: ['kill'] }])(
    'of %j is of another matrix',
    (changes) => {
      new Journal(path).begin(header);
      expect(() => new Journal(path).begin({ ...header, ...changes })).toThrow(/another (matrix|--journal)/);
    },
  );

  test('is told by stage and kind, with everything that went wrong', () => {
    const [trial] = planTrials(STAGES, 0, 1).filter(({ hits }) => hits[0]?.kind.type === 'hang');
    if (trial === undefined) throw new Error('no trial of that kind');
    const { id } = trial;
    expect(summaryOf([entry(id)], [trial])).toMatch(/\| hang \| 1 \|[\s\S]*1 of 1 trials; 2\.0 s each/);
    const bad = summaryOf([entry(id, { wrong: ['a false pass'], log: 'said' })], [trial]);
    expect(bad).toMatch(/\| hang \| 1 \(1 wrong\) \|[\s\S]*told: a false pass\nsaid[\s\S]*1 went wrong/);
    expect(summaryOf([entry('of another sample')], [trial])).toMatch(/^0 of 1 trials/m);
  });
});
