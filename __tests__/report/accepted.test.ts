import { describe, expect, test } from '@jest/globals';
import type { Comparison } from '../../src/domain/verdict.ts';
import { shownVerdict } from '../../src/report/accepted.ts';
import { headline } from '../../src/report/headline.ts';
import { formatHeading, formatSection, formatShortSection } from '../../src/report/markdown.ts';
import { plainVoice as voice } from '../../src/report/phrase.ts';
import { limit, relative, row } from './rows.ts';
import { states } from './states.ts';

const slower = { level: 'warn', accepted: true, reason: 'accepted by keeper: worth it' } as const;
const regressed = (more: Partial<Comparison> = {}) =>
  row('mixed', 'p95', 'regressed', 12, relative(0.34, 0.29, 0.4), more);
const { unchanged } = states;
if (unchanged === undefined) throw new Error('there is such a state');
const of = (changes: Partial<typeof unchanged>) => ({ ...unchanged, limits: [], ...changes });
const accepted = of({ comparisons: [regressed(slower)] });

describe('what passes because somebody answers for it', () => {
  test('is called accepted wherever a verdict stands, and not unchanged', () => {
    expect(shownVerdict(accepted)).toBe('accepted');
    expect(headline(accepted, voice)).toMatchObject({
      icon: '🤝',
      tone: 'warn',
      text: expect.stringMatching(/^1 of 1 metric regressed, accepted — mixed p95 is 34% slower/),
    });
    expect(formatSection(accepted)).toMatch(/^### 🤝 .*accepted[\s\S]*\| 🤝 regressed, accepted/);
    for (const text of [
      formatSection(accepted),
      formatShortSection(accepted),
      formatSection(accepted, { maxLength: 150 }),
    ])
      expect(text).not.toMatch(/✅|unchanged|warning level|\(warning\)/);
    expect(formatSection(accepted, { maxLength: 150 })).toMatch(/^### 🤝 regressed, accepted/);
  });

  test('of limits too', () => {
    const report = of({
      comparisons: [],
      limits: [limit('mixed', 'p95', 'exceeded', 10, 20, { level: 'warn', accepted: true })],
    });
    expect(shownVerdict(report)).toBe('accepted');
    expect(headline(report, voice).text).toMatch(/^1 of 1 limit exceeded, accepted — mixed p95 is /);
    expect(formatSection(report)).toMatch(/🤝 exceeded, accepted/);
  });

  test('is called what is worse where something is', () => {
    expect(shownVerdict(of({ comparisons: [regressed()], verdict: 'regressed' }))).toBe('regressed');
    for (const verdict of ['failed', 'regressed', 'inconclusive', 'new'] as const)
      expect(shownVerdict({ ...accepted, verdict })).toBe(verdict);
    const both = of({ comparisons: [regressed(), regressed({ ...slower, scenario: 'health' })] });
    expect(headline({ ...both, verdict: 'regressed' }, voice).icon).toBe('❌');
  });

  test('stands over what is fine in a heading, and under what is not', () => {
    const heading = (...verdicts: Parameters<typeof formatHeading>[0][number]['verdict'][]) =>
      formatHeading(verdicts.map((verdict) => ({ title: verdict, verdict })));
    expect(heading('unchanged', 'accepted', 'improved')).toMatch(/^## 🤝 1 of 3 series regressed, accepted/);
    expect(heading('accepted', 'inconclusive')).toMatch(/^## ❔/);
    expect(heading('accepted', 'none')).toMatch(/^## ⏳/);
  });
});
