import { expect, test } from '@jest/globals';
import type { Commit, Result } from '../../src/domain/result.ts';
import type { Comparison } from '../../src/domain/verdict.ts';
import { selfTestNotes } from '../../src/pipeline/self-test.ts';

const result = (commit: Commit | null): Result => ({ commit }) as Result;
const row = (verdict: Comparison['verdict'], more: object = {}): Comparison =>
  ({
    scenario: 'mixed',
    metric: { name: 'p95', unit: 'ms' },
    verdict,
    gating: true,
    detectable: 0.123,
    change: { type: 'relative' },
    ...more,
  }) as Comparison;
const clean = { sha: 'a'.repeat(40), dirty: false };

test('a commit against itself: counts false alarms, and says what each metric would have shown', () => {
  const rows = [
    row('unchanged'),
    row('regressed', { part: 'generate' }),
    row('inconclusive', {
      metric: { name: 'error-rate', unit: 'fraction' },
      detectable: 0.004,
      change: { type: 'absolute' },
    }),
    row('regressed', { gating: false }),
  ];
  const [summary, sizes, ...rest] = selfTestNotes(result(clean), result(clean), rows);
  expect(summary?.message).toContain('There were 1 on 3 gating metrics; 1 proven unchanged, 1 left open');
  expect(sizes?.message).toContain('in mixed: p95 12%, generate p95 12%, error-rate 0.4 pp.');
  expect(rest).toEqual([]);
});

test('two commits, changed files or no git are no self-test', () => {
  const other = { sha: 'b'.repeat(40), dirty: false };
  expect(selfTestNotes(result(other), result(clean), [row('unchanged')])).toEqual([]);
  expect(selfTestNotes(result(clean), result({ ...clean, dirty: true }), [row('unchanged')])).toEqual([]);
  expect(selfTestNotes(result(null), result(null), [row('unchanged')])).toEqual([]);
});
