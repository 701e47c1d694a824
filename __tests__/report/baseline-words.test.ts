import { expect, test } from '@jest/globals';
import type { Commit } from '../../src/domain/result.ts';
import { baselineText } from '../../src/report/circumstances.ts';
import { plainVoice } from '../../src/report/phrase.ts';
import { states } from './states.ts';

const A: Commit = { sha: 'a'.repeat(40), dirty: false };
const B: Commit = { sha: 'b'.repeat(40), dirty: false };
const dirty = (commit: Commit): Commit => ({ ...commit, dirty: true });

const SAME = 'of the same commit as the candidate';
const CHANGED = `${SAME}, uncommitted changes aside`;

test.each([
  ['the same commit, both clean', A, A, 'base-commit', SAME],
  ['the same commit, the candidate changed', dirty(A), A, 'base-commit', CHANGED],
  ['the same commit, the baseline changed', A, dirty(A), 'newest', CHANGED],
  ['the same commit, both changed', dirty(A), dirty(A), 'newest', CHANGED],
  ['the base commit of a pull request', A, B, 'base-commit', 'the base commit itself'],
  ['an ancestor', A, B, 'ancestor', 'the nearest measured ancestor'],
  ['none of an ancestor', A, B, 'newest', 'the newest of the series; none of an ancestor was found'],
  ['another commit, changed: it may be of an ancestor', A, dirty(B), 'newest', 'the newest of the series'],
  ['outside git', null, null, 'newest', 'the newest of the series'],
  ['a file that was named', A, A, 'given', 'named by the caller'],
])('how the baseline was chosen: %s', (_, commit, base, choice, words) => {
  const report = states.unchanged;
  if (report?.baseline.status !== 'found') throw new Error('a state with a baseline');
  const baseline = { ...report.baseline, commit: base, choice, window: 1 };
  expect(baselineText({ ...report, commit, baseline }, plainVoice)).toMatch(new RegExp(`: ${words}$`));
});
