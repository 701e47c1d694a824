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
import { criteria, limit, relative, row } from './rows.ts';
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
    // Whatever was to be measured there, nobody waits for it.
    expect(formatHeading([fine, { ...fine, state: 'measuring', stale: true }])).toMatch(
      /^## ⏹️ 1 of 2 series cancelled[\s\S]*\| ⏹️ cancelled, of an older commit \|/,
    );
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

  test('what cannot be told has what is allowed, the smallest change that would have shown, and a reason', () => {
    expect(open(state('inconclusive'))).toContain(
      '- ❔ `mixed` p95 ~+12% (-8% to +35%), allowed `+20%`, detectable from 41% — The interval holds both no change and more than is allowed; 3 more boots would settle it.',
    );
  });

  test('the smallest change is told where it is more than is allowed, and so the cause', () => {
    const fine = row('mixed', 'p95', 'inconclusive', 15.2, relative(0.19, 0.15, 0.23), { detectable: 0.05 });
    expect(open({ ...state('inconclusive'), comparisons: [fine] })).not.toContain('detectable');
  });

  test('a reason that several rows share is said once, the largest likely change first, what gates before what does not', () => {
    const unsure = (scenario: string, change: number, reason: string, more = {}) =>
      row(scenario, 'p95', 'inconclusive', 15, relative(change, -0.5, 2), { reason, ...more });
    const report: Report = {
      ...state('inconclusive'),
      comparisons: [
        unsure('late', 0.9, 'too few answers', { gating: false }),
        unsure('a', 0.02, 'a lone baseline'),
        unsure('b', 0.03, 'another'),
        unsure('c', -0.4, 'a lone baseline'),
      ],
    };
    const lines = open(report).split('\n');
    const from = lines.findIndex((line) => line.startsWith('**Cannot tell**'));
    expect(
      lines.slice(from + 2, from + 7).map((line) => line.replace(/ ~.*?%\), allowed `\+20%`/, '')),
    ).toEqual([
      '- ❔ a lone baseline:',
      '  - `c` p95',
      '  - `a` p95',
      '- ❔ `b` p95 — another',
      '- ❔ `late` p95 — too few answers',
    ]);
    const text = formatTerminal(report);
    expect(text).toContain('  c p95 and a p95: a lone baseline\n');
    expect(text.indexOf('\nc ')).toBeLessThan(text.indexOf('\nb '));
  });

  test('of reasons that agree in the main, the rest stands with each row', () => {
    const unsure = (scenario: string, note: string) =>
      row(scenario, 'p95', 'inconclusive', 15, relative(0.1, -0.1, 0.3), {
        reason: `cannot be told; a lone baseline${note}`,
        detectable: null,
      });
    const report: Report = {
      ...state('inconclusive'),
      comparisons: [unsure('a', '; slower machine'), unsure('b', '; slower machine'), unsure('c', '')],
    };
    expect(open(report)).toContain(
      [
        '- ❔ cannot be told; a lone baseline:',
        '  - `a` p95 ~+10% (-10% to +30%), allowed `+20%` — slower machine',
        '  - `b` p95 ~+10% (-10% to +30%), allowed `+20%` — slower machine',
        '  - `c` p95 ~+10% (-10% to +30%), allowed `+20%`\n',
      ].join('\n'),
    );
    expect(formatTerminal(report)).toContain(
      '\n  a p95, b p95 and c p95: cannot be told; a lone baseline\n  a p95 and b p95: slower machine\n',
    );
  });

  test('what was thrown is one statement, with its semicolons', () => {
    const broken = (part: string, what: string) =>
      row('m', 'p95', 'invalid', 15, null, { part, reason: `throws: Error: ${what}; see the log; twice` });
    const report: Report = {
      ...state('inconclusive'),
      comparisons: [broken('a', 'one'), broken('b', 'two')],
    };
    for (const text of [formatMarkdown(report), formatTerminal(report)]) {
      expect(text).toMatch(/a.*throws: Error: one; see the log; twice/);
      expect(text).toMatch(/b.*throws: Error: two; see the log; twice/);
    }
  });

  test('what is left out of a long list has its reason in the fold', () => {
    const comparisons = Array.from({ length: 14 }, (_, i) =>
      row(`s${i}`, 'p95', 'inconclusive', 15, null, { reason: `reason number ${i}.` }),
    );
    const report: Report = { ...state('inconclusive'), comparisons };
    expect(open(report)).toContain('- and 2 more, in the fold with every row');
    for (const { reason } of comparisons) expect(formatMarkdown(report).split(reason ?? '')).toHaveLength(2);
  });

  test('beside a regression, how to settle the rest is said once too', () => {
    const comparisons = [...state('regressed').comparisons, ...state('inconclusive').comparisons];
    const text = open({ ...state('regressed'), comparisons });
    expect(text).toContain(
      'To settle what is inconclusive, compare both commits on one machine with `compare: paired`',
    );
    expect(open(state('inconclusive'))).not.toContain('To settle what is inconclusive');
  });

  test('what the counts count is what the rows say', () => {
    const unjudged = row('mixed', 'p99', 'inconclusive', 20, null, {
      gating: false,
      criterion: criteria.p95 ?? null,
    });
    const warned = row('a', 'p95', 'regressed', 15, relative(0.14, 0.1, 0.2), { level: 'warn' });
    const report: Report = {
      ...state('inconclusive'),
      comparisons: [...state('inconclusive').comparisons, unjudged, warned],
      limits: [limit('mixed', 'p95', 'inconclusive', 15, 15)],
    };
    const text = formatTerminal(report);
    const counts = text.split('\n').find((line) => line.includes(' · ')) ?? '';
    for (const word of ['regressed (warning)', 'improved', 'unchanged', 'inconclusive', 'not judged']) {
      const counted = new RegExp(`(\\d+) ${word.replace(/[()]/g, '\\$&')}(?= ·|$)`).exec(counts)?.[1];
      const rows = text.split('\n').filter((line) => line.endsWith(`  ${word}`) && !line.includes('at most'));
      expect([word, rows.length]).toEqual([word, Number(counted)]);
    }
    expect(counts).toContain('limits: 0 of 1 exceeded, 1 inconclusive');
    expect(formatMarkdown(report)).toContain('| ❔ not judged |');
  });

  test('a warning is said once in a report, and once for all scenarios that share it', () => {
    const busy = { code: 'machine-busy', message: 'The machine is busy.' };
    const limited = { code: 'generator-limited', message: 'In 3 of 3 rounds it was slow.' };
    const base = state('unchanged');
    const report: Report = {
      ...base,
      warnings: [busy],
      scenarios: base.scenarios.map((scenario) => ({ ...scenario, warnings: [limited] })),
    };
    for (const text of [formatMarkdown(report), formatTerminal(report)]) {
      expect(text.match(/The machine is busy/g)).toHaveLength(1);
      expect(text.match(/it was slow/g)).toHaveLength(1);
      expect(text).toMatch(/`?health`? and `?mixed`?: In 3 of 3 rounds it was slow/);
    }
    const many = Array.from({ length: 9 }, (_, i) => ({ code: 'w', message: `warning number ${i}.` }));
    const long = formatMarkdown({ ...base, warnings: many });
    for (const { message } of many) expect(long.split(message)).toHaveLength(2);
  });

  test('why a metric reads differently among the figures is said where both are shown', () => {
    const note = 'of all rounds taken together';
    for (const format of [formatMarkdown, formatTerminal]) {
      expect(format(state('unchanged'))).toContain(note);
      expect(format(state('not-compared'))).not.toContain(note);
    }
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
  const both = [...rows, row('a', 'rps', 'new', 1, null, { reason: 'No baseline.' })];
  expect(formatMarkdown({ ...state('first-run'), comparisons: both })).toContain(
    '- `a` p95, rps; `b` p95; `c` p95; and 2 more: No baseline.',
  );
  expect(text).toContain('- `a` p95, `b` p95, `c` p95 and 2 more: No baseline.');
  expect(text.match(/No baseline\./g)).toHaveLength(1);
});

describe('terminal', () => {
  test('why a limit cannot be told', () => {
    expect(formatTerminal(state('limit-exceeded'))).toContain(
      '  health p95: The bound lies inside the interval.',
    );
  });

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
