import type { Report } from '../domain/report.ts';
import { shownVerdict } from './accepted.ts';
import { baselineText, commitText } from './circumstances.ts';
import { headline, type SectionVerdict, verdictWord } from './headline.ts';
import type { Headline } from './headline-state.ts';
import { allWarnings, fold, folds } from './markdown-details.ts';
import { openRows, table } from './markdown-rows.ts';
import { place, markdownVoice as voice } from './phrase.ts';
import { plural } from './quantity.ts';
import { counters, select } from './selection.ts';
import { outputOfBase } from './uncompared.ts';
import { code, fence, linkTarget, prose } from './untrusted.ts';

/** GitHub refuses a comment of more characters (`body.length`). */
export const COMMENT_LIMIT = 65_536;

const OPEN_ROWS = 20;

/** The whole report: one heading, the rows that matter, the rest folded. */
export function formatMarkdown(report: Report): string {
  const rows = openRows(report, OPEN_ROWS);
  return join([
    ...opening(report, 2),
    ...failures(report, 30),
    ...rows,
    ...folds(report, warningsShown(2)),
    footer(report),
  ]);
}

/**
 * A section of a comment in at most `maxLength` characters (UTF-16 units, as GitHub counts): the whole report, or
 * the short form when that is too long, in the end the verdict alone.
 */
export function formatSection(
  report: Report,
  { maxLength = COMMENT_LIMIT }: { maxLength?: number } = {},
): string {
  return firstFitting(
    [() => formatMarkdown(report), ...shortForms(report)],
    (text) => text.length <= maxLength,
  );
}

/** The verdict, the worst rows, and where the rest is. */
export function formatShortSection(
  report: Report,
  { maxLength = 8_000 }: { maxLength?: number } = {},
): string {
  return firstFitting(shortForms(report), (text) => text.length <= maxLength);
}

/** The step summary in at most `maxBytes` bytes of UTF-8: over 1 MiB GitHub shows nothing at all. */
export function formatSummary(report: Report, { maxBytes = 1_000_000 }: { maxBytes?: number } = {}): string {
  return firstFitting(
    [() => formatMarkdown(report), ...shortForms(report)],
    (text) => Buffer.byteLength(text) <= maxBytes,
  );
}

/** What a heading says of one series. `stale`: measured at an older commit than the newest section. */
export type SectionHeading = {
  title: string;
  verdict: SectionVerdict;
  state?: 'measuring' | 'final';
  stale?: boolean;
};

/** What a comment shows of one series. `body` was made by `formatSection` or `formatShortSection`. */
export type Section = SectionHeading & { body: string };

/** The worst first. Nothing without a verdict may hide behind one that looks fine. */
const SEVERITY: SectionVerdict[] = [
  'failed',
  'regressed',
  'cancelled',
  'inconclusive',
  'none',
  'accepted',
  'improved',
  'unchanged',
  'new',
];

/** The lines above several sections: the worst verdict, and one row a series. Empty for a single section, which says it itself. */
export function formatHeading(sections: readonly SectionHeading[]): string {
  if (sections.length < 2) return '';
  // What was to be measured at an older commit is not measured any more, or as if it were not.
  const verdicts = sections.map(({ state, verdict, stale }): SectionVerdict => {
    if (state !== 'measuring') return verdict;
    return stale === true ? 'cancelled' : 'none';
  });
  const rank = (verdict: SectionVerdict) => SEVERITY.indexOf(verdict);
  const [worst = 'none'] = [...verdicts].sort((a, b) => rank(a) - rank(b));
  const same = verdicts.filter((verdict) => verdict === worst).length;
  const { icon, word } = verdictWord(worst);
  const rows = sections.map(({ title, stale }, i) => {
    const own = verdictWord(verdicts[i] ?? 'none');
    return [code(title, 100), `${own.icon} ${own.word}${stale === true ? ', of an older commit' : ''}`];
  });
  return join([
    `## ${icon} ${same} of ${plural(sections.length, 'series', 'series')} ${word}`,
    table(['Series', 'Verdict'], ['l', 'l'], rows),
  ]);
}

/** A whole comment: heading over several sections, then the sections, apart from one another. */
export function formatComment(sections: readonly Section[]): string {
  const heading = formatHeading(sections);
  return [...(heading === '' ? [] : [heading]), ...sections.map(({ body }) => body)].join('\n\n---\n\n');
}

function shortForms(report: Report): (() => string)[] {
  return [10, 3, 0].map((most) => () => short(report, most)).concat(() => bare(report));
}

function firstFitting(forms: (() => string)[], fits: (text: string) => boolean): string {
  let text = '';
  for (const form of forms) {
    text = form();
    if (fits(text)) return text;
  }
  return text;
}

function short(report: Report, most: number): string {
  const rows = most === 0 ? [] : openRows(report, most);
  return join([
    ...opening(report, most === 0 ? 0 : 1),
    ...failures(report, most),
    ...rows,
    elsewhere(report),
  ]);
}

function bare(report: Report): string {
  const { icon, word } = verdictWord(shownVerdict(report));
  return `### ${icon} ${word}\n\nThe full report is in the step summary of the run.`;
}

function elsewhere(report: Report): string {
  const url = linkTarget(report.runUrl);
  return `This is the short form. The full report, with every row, is in the ${url === null ? 'step summary of the run' : `[summary of the run](${url})`}.`;
}

/** Heading, what to do, counters, and what must be read before the table. */
function opening(report: Report, warnings: number): string[] {
  const head = headline(report, voice);
  return [
    `### ${head.icon} ${head.text}`,
    ...(head.action === '' ? [] : [`**What to do:** ${head.action}`]),
    countersLine(report),
    ...notes(report, head, warnings),
  ];
}

function countersLine(report: Report): string {
  const title = report.title === '' ? [] : [code(report.title, 100)];
  const commit = report.headSha === undefined ? report.commit : { sha: report.headSha, dirty: false };
  const against =
    report.baseline.status === 'found'
      ? `${commitText(withoutRef(commit), voice)} against ${commitText(withoutRef(report.baseline.commit), voice)}`
      : commitText(withoutRef(commit), voice);
  return [...title, ...counters(select(report)), against].join(' · ');
}

const withoutRef = (commit: Report['commit']): Report['commit'] =>
  commit && { sha: commit.sha, dirty: commit.dirty };

/** Warnings that stand above the table; the rest is at the end. */
const warningsShown = (most: number): number => 3 * most;

function notes(report: Report, head: Headline, most: number): string[] {
  const lines: string[] = [];
  if (report.baseline.status === 'unusable') lines.push(`- ${baselineText(report, voice)}`);
  if (report.criterionChanges.length > 0)
    lines.push(
      `- ⚙️ ${plural(report.criterionChanges.length, 'criterion', 'criteria')} changed against the config of the base, listed at the end`,
    );
  const parts = select(report).missing.filter(({ part }) => part !== undefined);
  const missing = [
    ...report.scenarios.filter(({ status }) => status === 'missing').map(({ name }) => code(name)),
    ...new Set(parts.map((row) => place(row, voice))),
  ];
  if (missing.length > 0 && !head.text.includes(missing[0] ?? ''))
    lines.push(`- ⚠️ In the baseline, not here: ${missing.slice(0, 5).join(', ')}`);
  const fresh = report.scenarios.filter(({ status }) => status === 'new').map(({ name }) => code(name));
  if (fresh.length > 0)
    lines.push(
      `- 🆕 Not in the baseline yet: ${fresh.slice(0, 5).join(', ')}${fresh.length > 5 ? ` and ${fresh.length - 5} more` : ''}`,
    );
  const warnings = allWarnings(report);
  if (most > 0) {
    const shown = warningsShown(most);
    lines.push(...warnings.slice(0, shown).map((message) => `- ⚠️ ${message}`));
    if (warnings.length > shown)
      lines.push(`- and ${plural(warnings.length - shown, 'more warning', 'more warnings')}, at the end`);
  }
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/**
 * Each scenario that could not be measured, with the end of the target's output, the same output only once; and that of a
 * base that could not be.
 */
function failures(report: Report, logLines: number): string[] {
  const seen = new Set<string>();
  const base = outputOfBase(report);
  const ofBase =
    base === undefined || logLines === 0
      ? []
      : [fold("The last lines of the base's output", fence(base, logLines), true)];
  const blocks = report.scenarios.flatMap(({ name, failure }) => {
    if (failure === undefined) return [];
    const blocks = [`- 🛑 ${code(name)}: ${prose(failure.detail, 400)}`];
    if (logLines > 0 && failure.log !== undefined && failure.log.trim() !== '' && !seen.has(failure.log)) {
      blocks.push(
        fold(
          `The last lines of the ${failure.reason === 'benchmark-failed' ? 'benchmark' : 'target'}'s output`,
          fence(failure.log, logLines),
          seen.size === 0,
        ),
      );
      seen.add(failure.log);
    }
    return blocks;
  });
  return [...blocks, ...ofBase];
}

function footer(report: Report): string {
  const url = linkTarget(report.runUrl);
  return url === null ? '' : `[Run and its log](${url})`;
}

function join(blocks: string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}`;
}
