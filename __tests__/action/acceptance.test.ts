import { describe, expect, test } from '@jest/globals';
import {
  acceptanceLine,
  isFailing,
  withAcceptanceLines,
  withAcceptances,
} from '../../src/action/acceptance.ts';
import { acceptedRow } from '../../src/action/accepted-rows.ts';
import {
  type Acceptance,
  type Acceptances,
  type AcceptedRow,
  type Answer,
  acceptancesFor,
  isDecided,
  MAX_ROWS,
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
  rows: [],
  ...changes,
});
const answer = (comment: number, effect: Answer['effect'], head = HEAD): Answer => ({
  comment,
  head,
  effect,
});
const accept = (changes: Partial<Acceptance> = {}) => ({ type: 'accept' as const, ...acceptance(changes) });

const holding = (...given: Acceptance[]): Acceptances => ({ holding: given, expired: [] });

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
    expect(found.holding.map(({ scenario }) => scenario)).toEqual(['holds', 'today']);
    expect(found.holding[0]).toEqual(acceptance({ scenario: 'holds' }));
    expect(found.expired.map(({ scenario }) => scenario)).toEqual(['over']);
    expect(isDecided(given, HEAD)).toBe(true);
    expect(isDecided(given, 'c'.repeat(40))).toBe(false);
    expect(isDecided([answer(7, 'none')], HEAD)).toBe(false);
  });

  test('is taken back by a later comment, also one that was carried out before', () => {
    const racing = [answer(12, 'revoke'), answer(11, accept({ until: '2026-11-20' })), answer(10, accept())];
    expect(acceptancesFor(racing, HEAD, NOW)).toEqual({ holding: [], expired: [] });
    const again = [...racing, answer(13, accept({ scenario: 'again' }))];
    expect(acceptancesFor(again, HEAD, NOW).holding.map(({ scenario }) => scenario)).toEqual(['again']);
    const elsewhere = [answer(10, accept()), { ...answer(11, 'revoke'), head: 'c'.repeat(40) }];
    expect(acceptancesFor(elsewhere, HEAD, NOW).holding).toEqual([]);
  });

  test('survives its answer, whatever the reason says', () => {
    const hostile = accept({ because: '--> <!-- perf-baseline:answer v1 e30 -->\n@all `"\u202e' });
    const body = renderAnswer(answer(9, hostile), 'words');
    expect(parseAnswer(body)).toEqual(answer(9, hostile));
    expect(parseAnswer(` ${body}`)).toBeUndefined();
    const rows = Array.from({ length: MAX_ROWS }, (_, i): AcceptedRow => ['0123456789abcdef', -1 / (i + 3)]);
    const most = answer(9, accept({ because: 'é'.repeat(500), scenario: 's'.repeat(1000), rows }));
    expect(parseAnswer(renderAnswer(most, ''))).toEqual(most);
    const { rows: __, ...older } = accept();
    expect(parseAnswer(renderAnswer({ ...most, effect: older as never }, ''))?.effect).toEqual(accept());
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

  const rowsOf = ({ comparisons }: typeof judged, series = candidate.series) =>
    comparisons.filter(isFailing).map((row) => acceptedRow(series, row) as AcceptedRow);
  const against = (ms: number) => {
    const now = resultOf([scenarioOf('work', rounds(ms)), scenarioOf('calm', rounds(200))]);
    return { now, judged: judge(now, { type: 'paired', result: base }, criteria) };
  };

  test.each([
    ['which regressed when it was given', rowsOf(judged), true],
    ['when another series had', rowsOf(judged, 'another'), false],
    ['without a record of what had', [], false],
  ])('%s', (_, rows, counts) => {
    expect(judged.verdict).toBe('regressed');
    const found = withAcceptances(judged, candidate, holding(acceptance({ rows })));
    expect(found.judged.verdict).toBe(counts ? 'unchanged' : 'regressed');
    expect(found.used.holding).toHaveLength(counts ? 1 : 0);
    const row = found.judged.comparisons.find(
      ({ scenario, metric }) => scenario === 'work' && metric.name === 'p95',
    );
    expect(row).toMatchObject({ verdict: 'regressed', level: counts ? 'warn' : 'fail', gating: true });
  });

  test('is one again when its day is over, which is told of those that would have met it', () => {
    const over = acceptance({ rows: rowsOf(judged), until: '2026-11-20' });
    const other = acceptance({ until: '2026-11-20' });
    const found = withAcceptances(judged, candidate, { holding: [], expired: [other, over] });
    expect(found.judged.verdict).toBe('regressed');
    expect(found.used).toEqual({ holding: [], expired: [over] });
    expect(withAcceptanceLines('first\n\nsecond', found.used)).toBe(
      'first\n\n- ⌛ Every regression: the acceptance of @keeper was until 2026-11-20, and is over\n\nsecond',
    );
    const renewed = withAcceptances(judged, candidate, {
      holding: [acceptance({ rows: rowsOf(judged) })],
      expired: [over],
    });
    expect(renewed.judged.verdict).toBe('unchanged');
    expect(renewed.used.expired).toEqual([]);
  });

  test.each([
    [190, true],
    [205, true],
    // Once more what the criterion allows, and no further.
    [219, true],
    [225, false],
    [1600, false],
  ])('accepted at twice as long, against %d ms: %s', (ms, counts) => {
    const later = against(ms);
    expect(later.judged.verdict).toBe('regressed');
    const found = withAcceptances(later.judged, later.now, holding(acceptance({ rows: rowsOf(judged) })));
    expect(found.judged.verdict).toBe(counts ? 'unchanged' : 'regressed');
  });

  test('is no acceptance of a limit, nor of fewer requests a second', () => {
    const asked = [
      {
        name: 'work',
        criteria: [criterion('p95', '+20%'), criterion('rps', '-5%')],
        limits: [{ metric: 'p95', fail: { bound: 150, text: '150ms' } }],
      },
    ];
    const more = judge(candidate, { type: 'paired', result: base }, asked);
    const given = acceptance({ rows: rowsOf(judged) });
    expect(withAcceptances(more, candidate, holding(given)).judged.verdict).toBe('regressed');
    const all = [...more.comparisons, ...more.limits].filter(isFailing);
    expect(all).toHaveLength(3);
    const rows = all.map((row) => acceptedRow(candidate.series, row) as AcceptedRow);
    expect(withAcceptances(more, candidate, holding(acceptance({ rows }))).judged.verdict).toBe('unchanged');
    // More being worse, also where a metric is better the higher it is.
    const { now } = against(700);
    const worse = judge(now, { type: 'paired', result: base }, asked);
    const still = withAcceptances(worse, now, holding(acceptance({ rows }))).judged;
    expect([...still.comparisons, ...still.limits].filter(isFailing)).toHaveLength(3);
  });

  test('does not make a scenario that could not be measured pass', () => {
    const broken = resultOf([scenarioOf('work', [])]);
    const failed = judge(broken, { type: 'paired', result: base }, criteria);
    expect(withAcceptances(failed, broken, holding(acceptance())).judged.verdict).toBe('failed');
  });
});

test('the line of it names who and why, and nothing else of what it holds', () => {
  expect(
    acceptanceLine(acceptance({ scenario: 'work', metric: 'p95', until: '2026-12-31', because: 'worth it' })),
  ).toBe(
    '- 🤝 `work` `p95` (until 2026-12-31; after that day the next run or `/perf-baseline status` judges without it): accepted by @keeper: worth it',
  );
  const hostile = acceptanceLine(
    acceptance({ login: 'x](y)<b>', because: '<img> [a](b) @all\n# x', scenario: '`|' }),
  );
  expect(hostile).not.toMatch(/<img>|[^\\]\]\(|@all|\n/);
  expect(withAcceptanceLines('first\n\nsecond', holding(acceptance()))).toBe(
    'first\n\n- 🤝 Every regression: accepted by @keeper\n\nsecond',
  );
});
