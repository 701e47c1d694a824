import { markdownTable } from 'markdown-table';
import type { Report } from '../domain/report.ts';
import type { Comparison, LimitOutcome } from '../domain/verdict.ts';
import { settlingBesides } from './advice.ts';
import { bound, metricName, place, subjects, markdownVoice as voice } from './phrase.ts';
import { change, detectable, estimate } from './quantity.ts';
import {
  byReason,
  criterionText,
  isSettled,
  isTooCoarse,
  isUnjudged,
  type Selection,
  select,
  statements,
} from './selection.ts';
import { code, prose } from './untrusted.ts';

/**
 * A table whose cells are already inert; columns given as `l` or `r`. In right-aligned columns, which hold
 * numbers, a number and its unit stay on one line.
 */
export function table(header: string[], align: string[], rows: string[][]): string {
  const together = rows.map((row) =>
    row.map((cell, i) => (align[i] === 'r' ? cell.replace(/(?<=\d) (?=[a-zµ])(?!to\b)/gi, '\u00A0') : cell)),
  );
  return markdownTable([header, ...together], { align, alignDelimiters: false, padding: true });
}

const VERDICTS: Record<Comparison['verdict'], string> = {
  regressed: '❌ regressed',
  improved: '✅ improved',
  unchanged: 'unchanged',
  inconclusive: '❔ inconclusive',
  new: '🆕 new',
  missing: '⚠️ missing',
  invalid: '🚫 invalid',
};

const OUTCOMES: Record<LimitOutcome['outcome'], string> = {
  within: 'within',
  exceeded: '❌ exceeded',
  inconclusive: '❔ inconclusive',
};

function verdictCell(row: Comparison): string {
  if (isUnjudged(row)) return '❔ not judged';
  if (!row.gating) return row.verdict === 'invalid' ? 'invalid' : `${row.verdict}, not gating`;
  if (row.accepted) return '🤝 regressed, accepted';
  return row.verdict === 'regressed' && row.level === 'warn'
    ? '⚠️ regressed (warning)'
    : VERDICTS[row.verdict];
}

function outcomeCell(row: LimitOutcome): string {
  if (row.broken) return '🛑 not measured';
  if (row.accepted) return '🤝 exceeded, accepted';
  return row.outcome === 'exceeded' && row.level === 'warn' ? '⚠️ exceeded (warning)' : OUTCOMES[row.outcome];
}

const partCell = (row: { part?: string }): string => (row.part === undefined ? '' : code(row.part, 60));

const allowed = (row: Comparison): string => {
  const text = criterionText(row.criterion);
  return text === null ? '–' : code(text, 120);
};

type Column = [title: string, align: string, cell: (row: Comparison) => string];

/** Smallest change that these data could have shown. */
function detectableCell({ detectable: size, change: shown, metric }: Comparison): string {
  return size === null || shown === null || !Number.isFinite(size)
    ? '–'
    : detectable(size, shown.type, metric.unit);
}

/** Baseline and change are left out where no row has any; `detail` adds the smallest change that could have been seen. */
export function comparisonTable(rows: readonly Comparison[], { detail = false } = {}): string {
  const compared = rows.some((row) => row.baseline !== null);
  const columns: Column[] = [
    ['Scenario', 'l', (row) => code(row.scenario, 60)],
    ['Part', 'l', partCell],
    ['Metric', 'l', (row) => metricName(row.metric.name, voice)],
    ['Baseline', 'r', (row) => estimate(row.baseline, row.metric.unit)],
    ['Candidate', 'r', (row) => estimate(row.candidate, row.metric.unit)],
    ['Change', 'r', (row) => change(row.change, row.metric.unit, isSettled(row))],
    ['Allowed', 'r', allowed],
    ...(detail ? [['Detectable', 'r', detectableCell] satisfies Column] : []),
    ['Verdict', 'l', verdictCell],
  ];
  const shown = columns.filter(
    ([title]) => compared || !['Baseline', 'Change', 'Detectable'].includes(title),
  );
  return table(
    shown.map(([title]) => title),
    shown.map(([, align]) => align),
    rows.map((row) => shown.map(([, , cell]) => cell(row))),
  );
}

export function limitTable(rows: readonly LimitOutcome[]): string {
  return table(
    ['Scenario', 'Part', 'Metric', 'Candidate', 'Limit', 'Outcome'],
    ['l', 'l', 'l', 'r', 'r', 'l'],
    rows.map((row) => [
      code(row.scenario, 60),
      partCell(row),
      metricName(row.metric.name, voice),
      estimate(row.candidate, row.metric.unit),
      bound(row),
      outcomeCell(row),
    ]),
  );
}

/** Rows that the open part of a section shows, at most `most` of a kind; what is left out is counted. */
export function openRows(report: Report, most: number): string[] {
  const rows = select(report);
  const blocks: string[] = [];
  const judged = [...rows.regressed, ...rows.accepted, ...rows.warned, ...rows.improved];
  if (judged.length > 0) blocks.push(comparisonTable(judged.slice(0, most)) + left(judged.length - most));
  const limits = [...rows.exceeded, ...rows.acceptedLimits, ...rows.exceededWarn];
  if (limits.length > 0) blocks.push(limitTable(limits.slice(0, most)) + left(limits.length - most));
  blocks.push(...broken(rows, most));
  const unsure = unsureRows(rows);
  if (unsure.length > 0) {
    const shown = unsure.slice(0, Math.min(most, UNSURE_SHOWN));
    const lines = unsettledLines(
      shown.map((row) => ('outcome' in row ? unsettledLimit(row) : unsettled(row))),
    );
    const more = unsure.length - shown.length;
    if (more > 0) lines.push(`- and ${more} more, in the fold with every row`);
    blocks.push(`**Cannot tell** (neither passed nor regressed):\n\n${lines.join('\n')}`);
    blocks.push(...[settlingBesides(report, rows, voice)].filter((text) => text !== ''));
  }
  return blocks;
}

/** What the candidate broke, or what has a limit and no figure, with its word, a line for each part. */
function broken(rows: Selection, most: number): string[] {
  const lineOf = (row: Comparison | LimitOutcome) =>
    `- 🛑 ${place(row, voice)} — ${prose(row.reason ?? '', 400)}`;
  const named = new Set(rows.broken.map((row) => place(row, voice)));
  const limited = rows.brokenLimits.filter((row) => !named.has(place(row, voice)));
  const unique = [...new Set([...rows.broken, ...limited].map(lineOf))];
  return unique.length === 0 ? [] : [unique.slice(0, most).join('\n') + left(unique.length - most)];
}

/** Rows that cannot be told which stand above the folds; the notes of the others are among those of every row. */
const UNSURE_SHOWN = 12;

/** What decides the verdict first: a limit does, a criterion that could not be applied does not. */
const unsureRows = (rows: Selection): (Comparison | LimitOutcome)[] => [
  ...rows.invalid.filter((row) => !row.broken),
  ...rows.inconclusive,
  ...rows.unsureLimits.filter((row) => !row.broken),
  ...rows.unjudged,
];

const left = (n: number): string => (n > 0 ? `\n\n… and ${n} more, in the fold with every row.` : '');

/** Something that cannot be told: a row or a limit in words, and why. */
type Unsettled = { icon: string; text: string; reasons: string[] };

/** One item each; those that share the two main statements of their reason below these, each with what it has besides. */
function unsettledLines(rows: readonly Unsettled[]): string[] {
  const groups = new Map<string, Unsettled[]>();
  for (const [i, row] of rows.entries()) {
    const key = row.reasons.length === 0 ? String(i) : `${row.icon} ${main(row)}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((sharing) => {
    const [first] = sharing;
    if (first === undefined) return [];
    const { icon, text, reasons } = first;
    if (reasons.length === 0) return [`- ${icon} ${text}`];
    if (sharing.length === 1) return [`- ${icon} ${text} — ${prose(joined(reasons))}`];
    const alike = sharing.every((row) => joined(row.reasons) === joined(reasons));
    const besides = (row: Unsettled) => (alike ? '' : joined(row.reasons.slice(MAIN)));
    return [
      `- ${icon} ${prose(alike ? joined(reasons) : main(first))}:`,
      ...sharing.map((row) => `  - ${row.text}${besides(row) === '' ? '' : ` — ${prose(besides(row))}`}`),
    ];
  });
}

/** What a row cannot be told for, and why; what a reader should know besides differs from row to row. */
const MAIN = 2;

const main = ({ reasons }: Unsettled): string => joined(reasons.slice(0, MAIN));

const joined = (reasons: readonly string[]): string => reasons.join('; ');

function unsettled(row: Comparison): Unsettled {
  const unit = row.metric.unit;
  const seen = row.change === null ? '' : ` ${change(row.change, unit, false)}`;
  const limit = row.criterion === null ? '' : `, allowed ${allowed(row)}`;
  const could = isTooCoarse(row) ? `, detectable from ${detectableCell(row)}` : '';
  return {
    icon: row.verdict === 'invalid' ? '🚫' : '❔',
    text: `${place(row, voice)} ${metricName(row.metric.name, voice)}${seen}${limit}${could}`,
    reasons: statements(row),
  };
}

function unsettledLimit(row: LimitOutcome): Unsettled {
  const { unit } = row.metric;
  const text = `${place(row, voice)} ${metricName(row.metric.name, voice)} is ${estimate(row.candidate, unit)}, ${bound(row)} allowed`;
  return { icon: '❔', text, reasons: statements(row) };
}

/** Notes on rows that are not among those told above the folds; one that many rows share is said once. */
export function rowNotes(report: Report): string[] {
  const told = new Set<unknown>(unsureRows(select(report)).slice(0, UNSURE_SHOWN));
  return byReason(report.comparisons.filter((row) => !told.has(row))).map(({ reason, rows }) => {
    return `- ${subjects(rows, voice)}: ${prose(reason)}`;
  });
}
