import { expect, test } from '@jest/globals';
import { acceptanceLine } from '../../src/action/acceptance.ts';
import { lapsing } from '../../src/action/lapsed.ts';
import type { Acceptance } from '../../src/github/chat-answers.ts';
import type { Section } from '../../src/github/comment-sections.ts';

const HEAD = 'a'.repeat(40);
const acceptance = (changes: Partial<Acceptance> = {}): Acceptance => ({
  ...{ scenario: null, metric: null, until: null, because: '', login: 'keeper', rows: [] },
  ...changes,
});
const over = acceptance({ until: '2026-11-20' });
const holds = acceptance({ login: 'other' });
const section = (changes: Partial<Section> = {}): Section => ({
  series: 'ab',
  title: 'measure',
  state: 'final',
  verdict: 'accepted',
  run: { workflow: 'a', id: 1, number: 1, attempt: 1 },
  sha: HEAD.slice(0, 12),
  form: 'full',
  text: `### 🤝\n\n${acceptanceLine(over)}`,
  ...changes,
});

test('what is shown as accepted fails again when that is over or was taken back, and says so', () => {
  const lapsed = lapsing({ holding: [], expired: [over] }, HEAD)(section());
  expect(lapsed).toMatchObject({ verdict: 'regressed', series: 'ab' });
  expect(lapsed.text).toMatch(/^### ❌ [\s\S]*@keeper was until 2026-11-20, and is over/);
  expect(lapsing({ holding: [], expired: [] }, HEAD)(section()).verdict).toBe('regressed');
  const both = lapsing({ holding: [holds], expired: [over] }, HEAD);
  expect(both(section()).verdict).toBe('regressed');
  expect(both(section({ form: 'line', text: '' })).verdict).toBe('regressed');
});

test('a check run is not concluded better for it than before', () => {
  const lapse = lapsing({ holding: [], expired: [] }, HEAD);
  const ruled = (conclusion: 'success' | 'failure', by: 'regression' | 'never') =>
    lapse(section({ ruling: { conclusion, by } })).ruling?.conclusion;
  expect(ruled('success', 'regression')).toBe('failure');
  expect(ruled('success', 'never')).toBe('neutral');
  expect(ruled('failure', 'never')).toBe('failure');
});

test('what rests on one that was taken back fails, though another one holds', () => {
  const lapse = lapsing({ holding: [holds], expired: [] }, HEAD);
  expect(lapse(section({ text: acceptanceLine(acceptance({ login: 'gone' })) })).verdict).toBe('regressed');
});

test('what rests on something else is left as it is', () => {
  const both = lapsing({ holding: [holds], expired: [over] }, HEAD);
  const sections = [
    section({ text: acceptanceLine(holds) }),
    section({ verdict: 'unchanged' }),
    section({ sha: 'b'.repeat(12) }),
  ];
  for (const one of sections) expect(both(one)).toBe(one);
});
