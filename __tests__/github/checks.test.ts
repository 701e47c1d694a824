import { describe, expect, test } from '@jest/globals';
import { concluded } from '../../src/github/checks.ts';
import type { Section } from '../../src/github/comment-sections.ts';

const section = (verdict: Section['verdict'], state: Section['state'] = 'final'): Section => ({
  series: verdict,
  title: verdict,
  state,
  verdict,
  run: { workflow: 'a', id: 1, number: 1, attempt: 1 },
  sha: 'a'.repeat(12),
  form: 'bare',
  text: '',
});
const ruled = { failOn: 'regression', failed: false } as const;

describe('a check concludes', () => {
  test.each<[Section['verdict'][], ReturnType<typeof concluded>]>([
    [['unchanged'], 'success'],
    [['improved', 'unchanged'], 'success'],
    [['accepted', 'unchanged'], 'success'],
    [['accepted', 'new'], 'neutral'],
    [['accepted', 'regressed'], 'failure'],
    [['new'], 'neutral'],
    [['improved', 'new'], 'neutral'],
    [['unchanged', 'inconclusive'], 'neutral'],
    [['unchanged', 'regressed'], 'failure'],
    [['regressed', 'failed'], 'failure'],
    [['unchanged', 'cancelled'], 'cancelled'],
    [['unchanged', 'none'], 'neutral'],
    [[], 'neutral'],
  ])('%j as %s', (verdicts, conclusion) => {
    expect(
      concluded(
        verdicts.map((verdict) => section(verdict)),
        ruled,
      ),
    ).toBe(conclusion);
  });

  test('never while one is still measured, unless it has failed already', () => {
    const measuring = section('none', 'measuring');
    expect(concluded([section('unchanged'), measuring], ruled)).toBeNull();
    expect(concluded([section('regressed'), measuring], ruled)).toBe('failure');
  });

  test('never before all jobs of the run have reported, and not green where some never will', () => {
    const two = [{ workflow: 'a', run: 1, legs: 2 }];
    expect(concluded([section('unchanged')], ruled, two)).toBeNull();
    expect(concluded([section('inconclusive')], ruled, two)).toBeNull();
    expect(concluded([section('regressed')], ruled, two)).toBe('failure');
    const ofAnother = { ...section('new'), run: { ...section('new').run, id: 2 } };
    expect(concluded([section('unchanged'), ofAnother], ruled, two)).toBeNull();
    expect(concluded([section('unchanged'), section('improved')], ruled, two)).toBe('success');
    expect(concluded([section('unchanged')], { ...ruled, unreported: true }, two)).toBe('cancelled');
  });

  test('not for one workflow while another one has jobs that have not reported', () => {
    const ofAnother = { ...section('improved'), run: { workflow: 'b', id: 2, number: 1, attempt: 1 } };
    const both = [
      { workflow: 'a', run: 1, legs: 2 },
      { workflow: 'b', run: 2, legs: 1 },
    ];
    expect(concluded([section('unchanged'), ofAnother], ruled, both)).toBeNull();
    const more = { ...section('unchanged'), series: 'more' };
    expect(concluded([section('unchanged'), more, ofAnother], ruled, both)).toBe('success');
  });

  test('by what is to fail it', () => {
    const of = (verdict: Section['verdict'], changes: object) =>
      concluded([section(verdict)], { ...ruled, ...changes });
    expect(of('inconclusive', { failOn: 'inconclusive' })).toBe('failure');
    expect(of('regressed', { failOn: 'never' })).toBe('neutral');
    expect(of('failed', { failOn: 'never' })).toBe('failure');
    expect(of('unchanged', { failed: true })).toBe('failure');
  });
});
