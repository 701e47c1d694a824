import { styleText } from 'node:util';
import type { Report } from '../domain/report.ts';
import type { Comparison, LimitOutcome } from '../domain/verdict.ts';
import { settlingBesides } from './advice.ts';
import { baselineText, commitText, environmentRows, samplingText, warningsOf } from './circumstances.ts';
import { headline } from './headline.ts';
import type { Tone } from './headline-state.ts';
import { bound, list, metricName, subjects, plainVoice as voice } from './phrase.ts';
import { change, detectable, estimate } from './quantity.ts';
import {
  byReason,
  counters,
  criterionText,
  isSettled,
  isTooCoarse,
  isUnjudged,
  select,
} from './selection.ts';
import { figures } from './terminal-figures.ts';
import { type Cell, type Column, type Paint, type Style, terminalTable } from './terminal-table.ts';
import { outputOfBase } from './uncompared.ts';
import { plain, plainLines } from './untrusted.ts';

/** `width` in columns, null when the output is no terminal; `color` only when the caller was asked for it. */
export type TerminalOptions = { color: boolean; width: number | null };

const TONES: Record<Tone, Style> = {
  bad: 'red',
  warn: 'yellow',
  unsure: 'yellow',
  good: 'green',
  neutral: 'cyan',
};

// Newer Node versions look at process.stdout unless told not to; whether to colour is the caller's decision.
const style = styleText as (format: Style, text: string, options: { validateStream: false }) => string;
const colourful: Paint = (format, text) => style(format, text, { validateStream: false });
const colourless: Paint = (_, text) => text;

/** The report as a table for a terminal, or as plain text when piped. */
export function formatTerminal(
  report: Report,
  { color, width }: TerminalOptions = { color: false, width: null },
): string {
  const paint = color ? colourful : colourless;
  const rows = select(report);
  const head = headline(report, voice);
  const blocks = [
    [
      paint(TONES[head.tone], `${head.icon} ${head.text}`),
      ...(head.action === '' ? [] : [`   ${head.action}`]),
    ].join('\n'),
    counters(rows).join(' · '),
    failures(report, paint),
    notes(report, paint),
    comparisons(report, paint, width),
    limits(report, paint, width),
    figures(report, paint, width),
    circumstances(report, paint),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const VERDICT_STYLE: Record<Comparison['verdict'], Style | null> = {
  regressed: 'red',
  improved: 'green',
  unchanged: null,
  inconclusive: 'yellow',
  new: 'cyan',
  missing: 'yellow',
  invalid: 'yellow',
};

const COMPARISON_COLUMNS: Column[] = [
  { title: 'scenario', align: 'l', drop: 0 },
  { title: 'part', align: 'l', drop: 0 },
  { title: 'metric', align: 'l', drop: 0 },
  { title: 'baseline', align: 'r', drop: 3 },
  { title: 'candidate', align: 'r', drop: 2 },
  { title: 'change', align: 'r', drop: 0 },
  { title: 'allowed', align: 'r', drop: 1 },
  { title: 'verdict', align: 'l', drop: 0 },
];

/** Gating rows only, the ones that ask for something first. */
function comparisons(report: Report, paint: Paint, width: number | null): string {
  const s = select(report);
  const ordered = [
    ...s.regressed,
    ...s.accepted,
    ...s.warned,
    ...s.invalid,
    ...s.inconclusive,
    ...s.unjudged,
    ...s.improved,
    ...s.unchanged,
    ...s.missing,
  ];
  const rows = report.baseline.status === 'found' ? [...ordered, ...s.fresh] : ordered;
  if (rows.length === 0) return '';
  const table = terminalTable(
    COMPARISON_COLUMNS,
    rows.map((row) => comparisonCells(row, paint)),
    width,
    (t) => paint('bold', t),
  );
  const coarse = rows.filter(isTooCoarse).map((row) => {
    const size = detectable(row.detectable ?? 0, row.change?.type ?? 'relative', row.metric.unit);
    return `${subjects([row], voice)} ${size}`;
  });
  const settle = settlingBesides(report, s, voice);
  const notes = [
    ...reasonLines(rows),
    ...(coarse.length > 0 ? [`  Smallest change that would have shown: ${list(coarse, 6)}`] : []),
    ...(settle === '' ? [] : [`  ${settle}`]),
  ];
  return withNotes(table, notes, paint);
}

/** Why rows are as they are, each statement once. */
const reasonLines = (rows: readonly (Comparison | LimitOutcome)[]): string[] =>
  byReason(rows).map(({ reason, rows: sharing }) => `  ${subjects(sharing, voice, 6)}: ${plain(reason)}`);

const withNotes = (table: string, notes: readonly string[], paint: Paint): string =>
  notes.length === 0 ? table : `${table}\n\n${paint('dim', notes.join('\n'))}`;

function comparisonCells(row: Comparison, paint: Paint): Cell[] {
  const unit = row.metric.unit;
  const word = isUnjudged(row)
    ? 'not judged'
    : row.verdict === 'regressed' && row.level === 'warn'
      ? 'regressed (warning)'
      : row.verdict;
  const tone = row.verdict === 'regressed' && row.level === 'warn' ? 'yellow' : VERDICT_STYLE[row.verdict];
  const painted = tone === null ? {} : { paint: (text: string) => paint(tone, text) };
  return [
    { text: plain(row.scenario, 60) },
    { text: row.part === undefined ? '' : plain(row.part, 60) },
    { text: metricName(row.metric.name, voice) },
    { text: estimate(row.baseline, unit) },
    { text: estimate(row.candidate, unit) },
    { text: change(row.change, unit, isSettled(row)), ...painted },
    { text: plain(criterionText(row.criterion) ?? '', 60) },
    { text: word, ...painted },
  ];
}

const LIMIT_COLUMNS: Column[] = [
  { title: 'scenario', align: 'l', drop: 0 },
  { title: 'part', align: 'l', drop: 0 },
  { title: 'metric', align: 'l', drop: 0 },
  { title: 'candidate', align: 'r', drop: 0 },
  { title: 'limit', align: 'r', drop: 0 },
  { title: 'outcome', align: 'l', drop: 0 },
];

function limits(report: Report, paint: Paint, width: number | null): string {
  if (report.limits.length === 0) return '';
  const order: LimitOutcome['outcome'][] = ['exceeded', 'inconclusive', 'within'];
  const rows = order.flatMap((outcome) => report.limits.filter((row) => row.outcome === outcome));
  const cells = rows.map((row): Cell[] => {
    const tone =
      (row.outcome === 'inconclusive' && !row.broken) || (row.outcome === 'exceeded' && row.level === 'warn')
        ? 'yellow'
        : 'red';
    const painted = row.outcome === 'within' ? {} : { paint: (text: string) => paint(tone, text) };
    return [
      { text: plain(row.scenario, 60) },
      { text: row.part === undefined ? '' : plain(row.part, 60) },
      { text: metricName(row.metric.name, voice) },
      { text: estimate(row.candidate, row.metric.unit) },
      { text: bound(row) },
      {
        text: row.broken
          ? 'not measured'
          : `${row.outcome}${row.outcome === 'exceeded' && row.level === 'warn' ? ' (warning)' : ''}`,
        ...painted,
      },
    ];
  });
  const table = terminalTable(LIMIT_COLUMNS, cells, width, (t) => paint('bold', t));
  return withNotes(table, reasonLines(rows), paint);
}

function failures(report: Report, paint: Paint): string {
  const seen = new Set<string>();
  const quote = (log: string | undefined) =>
    log === undefined ? [] : plainLines(log).map((line) => paint('dim', `  | ${line}`));
  const ofBase = quote(outputOfBase(report));
  const lines = report.scenarios.flatMap(({ name, failure }) => {
    if (failure === undefined) return [];
    const log = failure.log === undefined || seen.has(failure.log) ? [] : quote(failure.log);
    if (failure.log !== undefined) seen.add(failure.log);
    return [`${paint('red', plain(name, 60))}: ${plain(failure.detail, 400)}`, ...log];
  });
  return [...lines, ...(ofBase.length === 0 ? [] : ["The last lines of the base's output:", ...ofBase])].join(
    '\n',
  );
}

function notes(report: Report, paint: Paint): string {
  const lines = [
    ...report.criterionChanges.map(
      (c) =>
        `criterion of ${plain(c.scenario, 60)} ${metricName(c.metric, voice)} changed from ${plain(c.from, 120)} to ${plain(c.to, 120)}`,
    ),
    ...environmentRows(report)
      .filter(({ differs }) => differs)
      .map(
        (row) =>
          `${row.gate} differs: ${plain(row.baseline ?? '–', 120)} in the baseline, ${plain(row.candidate, 120)} here`,
      ),
    ...warningsOf(report).map(({ message, scenarios }) => {
      const names = scenarios.length === 0 ? '' : `${list(scenarios.map((name) => plain(name, 60)))}: `;
      return `${names}${plain(message, 400)}`;
    }),
  ];
  return lines.map((line) => paint('yellow', `! ${line}`)).join('\n');
}

function circumstances(report: Report, paint: Paint): string {
  const lines = [
    baselineText(report, voice),
    `Candidate ${commitText(report.commit, voice)}`,
    samplingText(report),
    ...(report.reproduce === null ? [] : [`Repeat: ${plain(report.reproduce, 300)}`]),
  ];
  return paint('dim', lines.join('\n'));
}
