import { markdownTable } from 'markdown-table';
import { plural } from '../quantity.ts';
import { sparkline } from '../sparkline.ts';
import { type Cell, type Column, terminalTable } from '../terminal-table.ts';
import { code, inertJson, plain, prose } from '../untrusted.ts';
import type { MetricTrend, TrendReport, TrendSection } from './build.ts';
import { trendDocument } from './document.ts';
import { changePointTexts, changeText, DIRECTIONS, day, environmentText, valuesText } from './rows.ts';

type Options = { width: number | null };

/** A trend in one format. A new one is a function and a line here; the names are those of `--format`. */
export const TREND_FORMATS = { table, markdown, json } satisfies Record<
  string,
  (report: TrendReport, options: Options) => string
>;

const COLUMNS: Column[] = [
  { title: 'scenario', align: 'l', drop: 0 },
  { title: 'part', align: 'l', drop: 0 },
  { title: 'metric', align: 'l', drop: 0 },
  { title: 'history', align: 'l', drop: 1 },
  { title: 'change', align: 'r', drop: 0 },
  { title: 'direction', align: 'l', drop: 0 },
  { title: 'values', align: 'l', drop: 3 },
];

const shown = ({ metrics }: TrendSection): MetricTrend[] => metrics.filter(({ main }) => main);

function more(section: TrendSection): string[] {
  const rest = section.metrics.length - shown(section).length;
  return rest === 0 ? [] : [`${plural(rest, 'more metric')} with --format json`];
}

const subjectOf = ({ scenario, part, metric }: MetricTrend): string =>
  [scenario, part, metric.name].filter((name) => name !== undefined).join(' › ');

/** What stands below the rows: changes of level, why something is unclear, what was left out. */
function remarks(section: TrendSection): string[] {
  const trends = shown(section);
  const levels = trends.flatMap((trend) =>
    changePointTexts(trend).map((text) => `${subjectOf(trend)}: new level ${text}`),
  );
  const reasons = [...new Set(trends.flatMap(({ reason }) => reason ?? []))];
  const unclear = reasons.map((reason) => {
    const subjects = trends.filter((trend) => trend.reason === reason).map(subjectOf);
    return `unclear, ${reason}: ${subjects.length === trends.length ? 'all of them' : subjects.join(', ')}`;
  });
  return [...levels, ...unclear, ...section.notes, ...more(section)];
}

function heading(section: TrendSection): string {
  const days =
    day(section.from) === day(section.to) ? day(section.to) : `${day(section.from)} to ${day(section.to)}`;
  return `${plural(section.results, 'baseline')}, ${days}`;
}

function table(report: TrendReport, { width }: Options): string {
  const sections = report.sections.map((section) => {
    const rows = shown(section).map((trend): Cell[] =>
      [
        trend.scenario,
        trend.part ?? '',
        trend.metric.name,
        sparkline(trend.points.map(({ value }) => value)),
        changeText(trend),
        DIRECTIONS[trend.direction],
        valuesText(trend),
      ].map((text) => ({ text: plain(text, 200) })),
    );
    const lines = [
      `${plain(section.series, 200)}: ${heading(section)}`,
      plain(environmentText(section), 200),
      '',
      ...(rows.length === 0 ? ['nothing measured'] : [terminalTable(COLUMNS, rows, width)]),
    ];
    const below = remarks(section).map((text) => plain(text));
    return [...lines, ...(below.length === 0 ? [] : ['', ...below])].join('\n');
  });
  const unreadable = report.unreadable.map((text) => `not read: ${plain(text)}`);
  return `${[...sections, ...(unreadable.length === 0 ? [] : [unreadable.join('\n')])].join('\n\n')}\n`;
}

function markdown(report: TrendReport): string {
  const sections = report.sections.flatMap((section) => {
    const head = ['Scenario', 'Part', 'Metric', 'History', 'Change', 'Direction', 'Values'];
    const rows = shown(section).map((trend) => [
      code(trend.scenario),
      trend.part === undefined ? '' : code(trend.part),
      prose(trend.metric.name),
      sparkline(trend.points.map(({ value }) => value)),
      changeText(trend),
      DIRECTIONS[trend.direction],
      prose(valuesText(trend)),
    ]);
    const align = ['l', 'l', 'l', 'l', 'r', 'l', 'l'];
    const below = remarks(section).map((text) => `- ${prose(text)}`);
    return [
      `### ${code(section.series)}: ${heading(section)}`,
      prose(environmentText(section)),
      rows.length === 0 ? 'Nothing measured.' : markdownTable([head, ...rows], { align }),
      ...(below.length === 0 ? [] : [below.join('\n')]),
    ];
  });
  const unreadable = report.unreadable.map((text) => `- not read: ${prose(text)}`);
  return `${[...sections, ...(unreadable.length === 0 ? [] : [unreadable.join('\n')])].join('\n\n')}\n`;
}

function json(report: TrendReport): string {
  return `${inertJson(trendDocument(report))}\n`;
}
