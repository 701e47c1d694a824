import * as core from '@actions/core';
import type { Log } from '../github/log.ts';
import { writeSummary } from '../github/summary.ts';
import { formatMarkdown, formatShortSection } from '../report/markdown.ts';
import { plain, prose } from '../report/untrusted.ts';
import { withAcceptanceLines } from './acceptance.ts';
import type { ActionContext } from './context.ts';
import type { JudgedAgain } from './judge-again.ts';

/** One line each, as a notice and in the summary, above the reports. */
export async function tellMaintainer(
  { log }: ActionContext,
  lines: readonly string[],
  judged: readonly JudgedAgain[],
): Promise<void> {
  noticeAll(log, lines, 'the summary of this job');
  const reports = (format: (one: JudgedAgain) => string) => judged.map(format).join('\n\n---\n\n');
  const text = (body: string) => [linesText(lines), body].filter((part) => part !== '').join('\n\n');
  if (lines.length + judged.length === 0) return;
  const summary = await writeSummary(
    core.summary,
    text(reports(({ report, accepted }) => withAcceptanceLines(formatMarkdown(report), accepted))),
    () => text(reports(({ report }) => formatShortSection(report))),
  );
  if (summary.status === 'failed') log.warning(summary.reason);
}

/** Sentences as a list in Markdown. */
export const linesText = (lines: readonly string[]): string =>
  lines.map((line) => `- ⚠️ ${prose(line, 600)}`).join('\n');

/** GitHub shows ten notices of a step and drops the rest without a word; one may be of something else. */
const SHOWN = 9;

/** Sentences as notices, of which the last says how many more there are, and where all of them stand. */
export function noticeAll(log: Log, lines: readonly string[], where: string): void {
  const shown = lines.length > SHOWN ? SHOWN - 1 : lines.length;
  for (const line of lines.slice(0, shown)) log.notice(plain(line));
  if (shown === lines.length) return;
  log.notice(`And ${lines.length - shown} more: ${where} has them all.`);
  for (const line of lines.slice(shown)) log.info(plain(line));
}
