import { describe, expect, test } from '@jest/globals';
import { judgeLimits } from '../../src/compare/limits.ts';
import { overallVerdict } from '../../src/compare/overall.ts';
import { compareStored, describeNew } from '../../src/compare/stored.ts';
import type { Report } from '../../src/domain/report.ts';
import { buildReport } from '../../src/report/build.ts';
import { formatMarkdown } from '../../src/report/markdown.ts';
import { formatTerminal } from '../../src/report/terminal.ts';
import { history, result, scenario } from './results.ts';
import { criteria } from './rows.ts';

const window = history(
  (i) => [scenario('mixed', { ms: 12 + (i % 3) * 0.1, parts: { validate: 9, generate: 16 } })],
  8,
);
const asked = [
  {
    name: 'mixed',
    criteria: Object.entries(criteria).map(([metric, conditions]) => ({ metric, ...conditions })),
    limits: [{ metric: 'p95', fail: { bound: 3000, text: '3s' } }],
  },
];

/** From results to a report by the real judges, nothing made up in between. */
function judged(ms: number, parts: Record<string, number>, baseline: boolean): Report {
  const candidate = result([scenario('mixed', { ms, parts })]);
  const comparisons = baseline
    ? compareStored({ candidate, baseline: window[0], window, criteria: asked })
    : describeNew(candidate, asked, 'There is no baseline yet.');
  const limits = judgeLimits({ candidate, criteria: asked });
  return buildReport({
    candidate,
    source: {
      type: 'lookup',
      lookup: baseline
        ? {
            status: 'found',
            baseline: { result: window[0], location: 'here' },
            window,
            choice: 'base-commit',
          }
        : { status: 'absent' },
    },
    comparisons,
    limits,
    verdict: overallVerdict({ candidate, comparisons, limits }),
    title: '',
  });
}

describe('what the judges say is what a reader sees', () => {
  test('three times slower is a regression', () => {
    const report = judged(36, { validate: 27, generate: 48 }, true);
    expect(report.verdict).toBe('regressed');
    expect(formatMarkdown(report)).toMatch(/^### ❌ \d+ of \d+ metrics regressed — `mixed`.* slower \(/);
  });

  test('the same again is not', () => {
    expect(formatMarkdown(judged(12, { validate: 9, generate: 16 }, true))).not.toMatch(/^### ❌/);
  });

  test('a first measurement says so', () => {
    expect(formatMarkdown(judged(12, { validate: 9 }, false))).toMatch(/^### 🆕 First measurement/);
  });

  test('no number is shown that is none', () => {
    for (const report of [
      judged(36, { validate: 27 }, true),
      judged(12, { other: 9 }, true),
      judged(12, {}, false),
    ])
      for (const text of [formatMarkdown(report), formatTerminal(report)])
        expect(text).not.toMatch(/NaN|Infinity|undefined|\bnull\b/);
  });
});
