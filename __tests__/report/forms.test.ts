import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/domain/report.ts';
import {
  COMMENT_LIMIT,
  formatComment,
  formatHeading,
  formatMarkdown,
  formatSection,
  formatShortSection,
  formatSummary,
} from '../../src/report/markdown.ts';
import { FORMATS } from '../../src/report/registry.ts';
import { sparkline } from '../../src/report/sparkline.ts';
import { formatTerminal } from '../../src/report/terminal.ts';
import { displayWidth } from '../../src/report/terminal-table.ts';
import { relative, row } from './rows.ts';
import { HOSTILE, manyRegressions, states } from './states.ts';

const state = (name: string): Report => {
  const report = states[name];
  if (report === undefined) throw new Error(`no state ${name}`);
  return report;
};

describe('length', () => {
  test('a section that fits is the whole report', () => {
    expect(formatSection(state('regressed'))).toBe(formatMarkdown(state('regressed')));
  });

  test('one that does not is short, keeps the verdict and points to the summary', () => {
    const text = formatSection(manyRegressions(700));
    expect(formatMarkdown(manyRegressions(700)).length).toBeGreaterThan(COMMENT_LIMIT);
    expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(text).toMatch(/^### ❌ 700 of 700 metrics regressed/);
    expect(text).toContain('[summary of the run](https://github.com/octo/service/actions/runs/4711)');
    expect(text).toContain('and 690 more');
  });

  test.each([20_000, 5000, 2000, 900, 200])('never more than %d characters', (maxLength) => {
    for (const report of [...Object.values(states), manyRegressions(50)]) {
      expect(formatSection(report, { maxLength }).length).toBeLessThanOrEqual(maxLength);
      expect(formatShortSection(report, { maxLength }).length).toBeLessThanOrEqual(maxLength);
    }
  });

  test('a summary keeps to bytes, not characters', () => {
    const text = formatSummary(manyRegressions(6000), { maxBytes: 300_000 });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(300_000);
    expect(text).toMatch(/^### ❌ 6000 of 6000/);
  });
});

describe('a comment of several series', () => {
  const section = (name: string, title: string) => ({
    title,
    verdict: state(name).verdict,
    body: formatSection(state(name)),
  });

  test('opens with the worst verdict and lists every series', () => {
    const text = formatComment([
      section('unchanged', 'a'),
      section('regressed', 'b'),
      section('first-run', HOSTILE),
    ]);
    expect(text).toMatch(/^## ❌ 1 of 3 series regressed\n/);
    expect(text).toContain('| `a` | ✅ unchanged |');
  });

  test('nothing without a verdict hides behind one that looks fine', () => {
    const fine = { title: 'a', verdict: 'unchanged' as const };
    expect(formatHeading([fine, { title: 'b', verdict: 'cancelled' }])).toMatch(
      /^## ⏹️ 1 of 2 series cancelled/,
    );
    expect(formatHeading([fine, { ...fine, state: 'measuring' }])).toMatch(
      /^## ⏳ 1 of 2 series without a verdict yet/,
    );
    expect(formatHeading([fine, { ...fine, stale: true }])).toContain('| ✅ unchanged, of an older commit |');
  });

  test('a single one needs no heading: its own first line is the first line', () => {
    expect(formatHeading([section('regressed', 'b')])).toBe('');
    expect(formatComment([section('regressed', 'b')])).toMatch(/^### ❌ 2 of 8 metrics regressed/);
  });
});

describe('what the open part shows', () => {
  const open = (report: Report) => formatMarkdown(report).split('<details')[0] ?? '';

  test('failing and improved rows, and no other', () => {
    const text = open(state('regressed'));
    expect(text.match(/^\| `/gm)).toHaveLength(3);
    expect(text).not.toContain('| unchanged |');
  });

  test('what cannot be told has what is allowed and a reason, or the smallest change that would have shown', () => {
    expect(open(state('inconclusive'))).toContain(
      '- ❔ `mixed` p95 ~+12% (-8% to +35%), allowed `+20%` — The interval holds both no change and more than is allowed; 3 more boots would settle it.',
    );
  });

  test('without a reason, the smallest change that these data could have shown', () => {
    const report = state('inconclusive');
    const unexplained = report.comparisons.map(({ reason: _, ...rest }) => rest);
    expect(open({ ...report, comparisons: unexplained })).toContain(
      'allowed `+20%` (these data could show 41% or more)',
    );
  });

  test('the log of a target that failed, once', () => {
    expect(formatMarkdown(state('nothing-started')).match(/EADDRINUSE/g)).toHaveLength(1);
  });

  test('changed criteria are announced where they cannot be overlooked', () => {
    expect(open(state('regressed'))).toContain('1 criterion changed against the config of the base');
  });

  test('a zero baseline gives no number that is none', () => {
    const change = relative(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    const report = { ...state('regressed'), comparisons: [row('mixed', 'p95', 'regressed', 0, change)] };
    for (const text of [formatMarkdown(report), formatTerminal(report)])
      expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});

test('a note that many rows share is said once', () => {
  const rows = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    row(name, 'p95', 'new', 1, null, { reason: 'No baseline.' }),
  );
  const text = formatMarkdown({ ...state('first-run'), comparisons: rows });
  expect(text).toContain('- `a` p95, `b` p95, `c` p95 and 2 more: No baseline.');
  expect(text.match(/No baseline\./g)).toHaveLength(1);
});

describe('terminal', () => {
  test('is plain unless colour is asked for', () => {
    for (const report of Object.values(states)) expect(formatTerminal(report)).not.toMatch(/(?!\n)\p{Cc}/u);
    const coloured = formatTerminal(state('regressed'), { color: true, width: 120 });
    expect(coloured).toMatch(/\p{Cc}\[31m.*regressed/u);
    expect(coloured.replace(/\p{Cc}\[\d+m/gu, '')).toBe(
      formatTerminal(state('regressed'), { color: false, width: 120 }),
    );
  });

  test.each([80, 100, 140])('no table is wider than %d columns', (width) => {
    for (const name of ['regressed', 'limit-exceeded', 'first-run', 'too-many-errors']) {
      const lines = formatTerminal(state(name), { color: false, width }).split('\n');
      const rows = lines.filter((line) => /^(scenario|health|mixed) {2}/.test(line));
      expect(rows.length).toBeGreaterThan(2);
      for (const line of rows) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });

  test('wide and combining characters keep columns straight', () => {
    expect(displayWidth('請求 é é 🚀')).toBe(4 + 1 + 1 + 1 + 1 + 1 + 2);
  });
});

test('every format gives the same bytes for the same report', () => {
  for (const format of Object.values(FORMATS)) {
    for (const report of Object.values(states)) expect(format(structuredClone(report))).toBe(format(report));
  }
});

describe('sparkline', () => {
  test.each<[number[], string]>([
    [[1, 2, 3, 4, 5, 6, 7, 8], '▁▂▃▄▅▆▇█'],
    [[5, 5, 5], '▅▅▅'],
    [[0, 0], '▅▅'],
    [[100, 101, 100], '▄▅▄'],
    [[1, Number.NaN, 3], '▁·█'],
    [[], ''],
    [[Number.NaN], ''],
  ])('%j', (values, blocks) => {
    expect(sparkline(values)).toBe(blocks);
  });
});
