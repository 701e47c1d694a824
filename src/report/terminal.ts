import { styleText } from 'node:util';
import type { Metric } from '../domain/metric.ts';
import type { Report } from '../domain/report.ts';
import type { Comparison, LimitOutcome } from '../domain/verdict.ts';
import { settlingBesides } from './advice.ts';
import {
  baselineText,
  commitText,
  environmentRows,
  FIGURES_NOTE,
  samplingText,
  warningsOf,
} from './circumstances.ts';
import { headline } from './headline.ts';
import type { Tone } from './headline-state.ts';
import { bound, list, metricName, subjects, plainVoice as voice } from './phrase.ts';
import { change, detectable, estimate, quantity } from './quantity.ts';
import {
  byReason,
  counters,
  criterionText,
  isSettled,
  isTooCoarse,
  isUnjudged,
  select,
} from './selection.ts';
import { type Cell, type Column, terminalTable } from './terminal-table.ts';
import { plain, plainLines } from './untrusted.ts';

/** `width` in columns, null when the output is no terminal; `color` only when the caller was asked for it. */
export type TerminalOptions = { color: boolean; width: number | null };

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';
type Paint = (style: Style, text: string) => string;

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
  const reasons = byReason(rows).map(
    ({ reason, rows: sharing }) => `  ${subjects(sharing, voice, 6)}: ${plain(reason)}`,
  );
  const coarse = rows.filter(isTooCoarse).map((row) => {
    const size = detectable(row.detectable ?? 0, row.change?.type ?? 'relative', row.metric.unit);
    return `${subjects([row], voice)} ${size}`;
  });
  const settle = settlingBesides(report, s, voice);
  const notes = [
    ...reasons,
    ...(coarse.length > 0 ? [`  Detectable from: ${list(coarse, 6)}`] : []),
    ...(settle === '' ? [] : [`  ${settle}`]),
  ];
  return [table, ...(notes.length > 0 ? [`\n${paint('dim', notes.join('\n'))}`] : [])].join('\n');
}

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
      row.outcome === 'inconclusive' || (row.outcome === 'exceeded' && row.level === 'warn')
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
        text: `${row.outcome}${row.outcome === 'exceeded' && row.level === 'warn' ? ' (warning)' : ''}`,
        ...painted,
      },
    ];
  });
  return terminalTable(LIMIT_COLUMNS, cells, width, (t) => paint('bold', t));
}

/** What was measured, a table for each set of metrics, the metrics in their declared order. */
function figures(report: Report, paint: Paint, width: number | null): string {
  const groups = new Map<string, typeof report.scenarios>();
  for (const scenario of report.scenarios) {
    const key = scenario.parts[0]?.metrics.map(({ name }) => name).join();
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), scenario]);
  }
  const tables = [...groups.values()].map((scenarios) => {
    const metrics = scenarios[0]?.parts[0]?.metrics ?? [];
    const columns: Column[] = [
      { title: 'scenario', align: 'l', drop: 0 },
      { title: 'part', align: 'l', drop: 0 },
      ...metrics.map(
        (metric): Column => ({
          title: metricName(metric.name, voice).replace(/p999$/, 'p99.9'),
          align: 'r',
          drop: leastNeeded(metric),
        }),
      ),
      { title: 'errors', align: 'l', drop: 0 },
    ];
    const cells = scenarios.flatMap((scenario) =>
      scenario.parts.map((part): Cell[] => [
        { text: plain(scenario.name, 60) },
        { text: part.name === null ? '' : plain(part.name, 60) },
        ...metrics.map(({ name, unit }) => ({
          text: part.values[name] === undefined ? '' : quantity(part.values[name] ?? 0, unit),
        })),
        { text: errorKinds(part.errors) },
      ]),
    );
    return terminalTable(columns, cells, width, (t) => paint('bold', t));
  });
  if (tables.length === 0) return '';
  const judged = report.baseline.status === 'found' ? select(report).gating.length : 0;
  const compared = judged + report.limits.length > 0;
  return [tables.join('\n\n'), ...(compared ? [paint('dim', FIGURES_NOTE)] : [])].join('\n\n');
}

/** Which figure a narrow terminal can do without: extremes and moments before the usual percentiles. */
function leastNeeded({ from }: Metric): number {
  switch (from.type) {
    case 'sd':
      return 8;
    case 'max':
      return 7;
    case 'mean':
      return 6;
    case 'quantile':
      return from.q > 0.99 ? 9 : from.q === 0.5 || from.q === 0.95 ? 2 : 5;
    case 'value':
      return 4;
    case 'peak':
    case 'count':
      return 3;
    case 'rate':
    case 'proportion':
      return 1;
  }
}

function errorKinds(errors: Record<string, number>): string {
  return Object.entries(errors)
    .filter(([, count]) => count > 0)
    .slice(0, 4)
    .map(([kind, count]) => `${plain(kind, 30)} ${count}`)
    .join(', ');
}

function failures(report: Report, paint: Paint): string {
  const seen = new Set<string>();
  return report.scenarios
    .flatMap(({ name, failure }) => {
      if (failure === undefined) return [];
      const log = failure.log === undefined || seen.has(failure.log) ? [] : plainLines(failure.log);
      if (failure.log !== undefined) seen.add(failure.log);
      return [
        `${paint('red', plain(name, 60))}: ${plain(failure.detail, 400)}`,
        ...log.map((line) => paint('dim', `  | ${line}`)),
      ];
    })
    .join('\n');
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
