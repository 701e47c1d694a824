import { describe, expect, test } from '@jest/globals';
import { acceptanceLine, withAcceptanceLines, withAcceptances } from '../../src/action/acceptance.ts';
import {
  type Acceptance,
  type Answer,
  acceptancesFor,
  parseAnswer,
  renderAnswer,
} from '../../src/github/chat-answers.ts';
import { judge } from '../../src/pipeline/judgement.ts';
import { criterion, resultOf, scenarioOf } from '../compare/results.ts';

const HEAD = 'a'.repeat(40);
const NOW = new Date('2026-11-21T12:00:00Z');
const acceptance = (changes: Partial<Acceptance> = {}): Acceptance => ({
  scenario: null,
  metric: null,
  until: null,
  because: '',
  login: 'keeper',
  ...changes,
});
const answer = (comment: number, effect: Answer['effect'], head = HEAD): Answer => ({
  comment,
  head,
  effect,
});
const accept = (changes: Partial<Acceptance> = {}) => ({ type: 'accept' as const, ...acceptance(changes) });

describe('what is accepted', () => {
  test('is what was given for this head, has not expired, and was not taken back', () => {
    const given = [
      answer(1, accept({ scenario: 'taken back' })),
      answer(2, 'revoke'),
      answer(3, accept({ scenario: 'holds' })),
      answer(4, accept({ scenario: 'other head' }), 'b'.repeat(40)),
      answer(5, accept({ scenario: 'today', until: '2026-11-21' })),
      answer(6, accept({ scenario: 'over', until: '2026-11-20' })),
      answer(7, 'none'),
    ];
    const found = acceptancesFor([...given].reverse(), HEAD, NOW);
    expect(found.map(({ scenario }) => scenario)).toEqual(['holds', 'today']);
    expect(found[0]).toEqual(acceptance({ scenario: 'holds' }));
  });

  test('survives its answer, whatever the reason says', () => {
    const hostile = accept({ because: '--> <!-- perf-baseline:answer v1 e30 -->\n@all `"\u202e' });
    const body = renderAnswer(answer(9, hostile), 'words');
    expect(parseAnswer(body)).toEqual(answer(9, hostile));
    expect(parseAnswer(` ${body}`)).toBeUndefined();
    expect(parseAnswer('<!-- perf-baseline:answer v1 e30 -->')).toBeUndefined();
    expect(parseAnswer('<!-- perf-baseline:answer v1 bm8 -->')).toBeUndefined();
  });
});

describe('an accepted regression', () => {
  const rounds = (p95: number) =>
    Array.from({ length: 8 }, (_, i) => ({ p95: p95 + (i % 3), rps: 1000 - p95 }));
  const candidate = resultOf([scenarioOf('work', rounds(200)), scenarioOf('calm', rounds(200))]);
  const base = resultOf([scenarioOf('work', rounds(100)), scenarioOf('calm', rounds(200))]);
  const criteria = ['work', 'calm'].map((name) => ({
    name,
    criteria: [criterion('p95', '+20%')],
    limits: [],
  }));
  const judged = judge(candidate, { type: 'paired', result: base }, criteria);

  test.each<[Partial<Acceptance>, boolean]>([
    [{}, true],
    [{ scenario: 'work' }, true],
    [{ scenario: 'work', metric: 'p95' }, true],
    [{ scenario: 'work', metric: 'rps' }, false],
    [{ scenario: 'calm' }, false],
  ])('by %j: %s', (changes, counts) => {
    expect(judged.verdict).toBe('regressed');
    const found = withAcceptances(judged, candidate, [acceptance(changes)]);
    expect(found.judged.verdict).toBe(counts ? 'unchanged' : 'regressed');
    expect(found.used).toHaveLength(counts ? 1 : 0);
    const row = found.judged.comparisons.find(
      ({ scenario, metric }) => scenario === 'work' && metric.name === 'p95',
    );
    expect(row).toMatchObject({ verdict: 'regressed', level: counts ? 'warn' : 'fail', gating: true });
  });

  test('does not make a scenario that could not be measured pass', () => {
    const broken = resultOf([scenarioOf('work', [])]);
    const failed = judge(broken, { type: 'paired', result: base }, criteria);
    expect(withAcceptances(failed, broken, [acceptance()]).judged.verdict).toBe('failed');
  });
});

test('the line of it names who and why, and nothing else of what it holds', () => {
  expect(
    acceptanceLine(acceptance({ scenario: 'work', metric: 'p95', until: '2026-12-31', because: 'worth it' })),
  ).toBe('- 🤝 `work` `p95` (until 2026-12-31): accepted by @keeper: worth it');
  const hostile = acceptanceLine(
    acceptance({ login: 'x](y)<b>', because: '<img> [a](b) @all\n# x', scenario: '`|' }),
  );
  expect(hostile).not.toMatch(/<img>|[^\\]\]\(|@all|\n/);
  expect(withAcceptanceLines('first\n\nsecond', [acceptance()])).toBe(
    'first\n\n- 🤝 Every regression: accepted by @keeper\n\nsecond',
  );
});
