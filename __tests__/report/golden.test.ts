import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { formatJson } from '../../src/report/json.ts';
import { formatComment, formatMarkdown, formatSection } from '../../src/report/markdown.ts';
import { formatTerminal } from '../../src/report/terminal.ts';
import { manyRegressions, states } from './states.ts';

const folder = new URL('../golden/', import.meta.url);

/** Compares with a golden file; UPDATE_GOLDEN=1 writes it instead. */
function golden(name: string, text: string): void {
  const file = new URL(name, folder);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('golden files', () => {
  test.each(Object.entries(states))('%s', (name, report) => {
    golden(`${name}.md`, `${formatMarkdown(report)}\n`);
    golden(`${name}.txt`, formatTerminal(report, { color: false, width: 120 }));
    golden(`${name}.json`, formatJson(report));
  });

  test('several series in one comment', () => {
    const shown = ['regressed', 'unchanged', 'first-run'].flatMap((name, i) => {
      const report = states[name];
      return report
        ? [{ title: `bench (node ${20 + 2 * i})`, verdict: report.verdict, body: formatSection(report) }]
        : [];
    });
    golden('several-series.md', `${formatComment(shown)}\n`);
  });

  test('over-long: the short form, which points to the summary', () => {
    golden('over-long.md', `${formatSection(manyRegressions(700))}\n`);
  });
});
