import type { Metric } from '../domain/metric.ts';
import type { PartSummary, Report, ScenarioSummary } from '../domain/report.ts';
import {
  baselineText,
  commitText,
  date,
  environmentRows,
  FIGURES_NOTE,
  samplingText,
  shortSha,
  warningsOf,
} from './circumstances.ts';
import { comparisonTable, limitTable, rowNotes, table } from './markdown-rows.ts';
import { list, metricName, markdownVoice as voice } from './phrase.ts';
import { figure, plural, quantity } from './quantity.ts';
import { sparkline } from './sparkline.ts';
import { code, fence, prose } from './untrusted.ts';

/** A fold. `title` is a constant of this tool: it stands in HTML, where nothing is escaped. */
export function fold(title: string, body: string, open = false): string {
  return `<details${open ? ' open' : ''}><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** Everything that is folded, in the order of a reader's questions; without the first `told` warnings, which were read. */
export function folds(report: Report, told: number): string[] {
  const first = report.baseline.status !== 'found';
  return [
    everyRow(report),
    figures(report, first),
    trends(report),
    environments(report),
    circumstances(report, told),
  ].filter((text) => text !== '');
}

function everyRow(report: Report): string {
  const { comparisons, limits } = report;
  if (comparisons.length + limits.length === 0) return '';
  const notes = rowNotes(report);
  const parts = [
    comparisons.length > 0 ? comparisonTable(comparisons, { detail: true }) : '',
    limits.length > 0 ? limitTable(limits) : '',
    notes.length > 0 ? notes.join('\n') : '',
    comparisons.length > 0 ? confidenceNote(report) : '',
  ];
  const counted = [
    ...(comparisons.length > 0 ? [plural(comparisons.length, 'comparison')] : []),
    ...(limits.length > 0 ? [plural(limits.length, 'limit')] : []),
  ];
  return fold(`Every row (${counted.join(', ')})`, parts.filter((text) => text !== '').join('\n\n'));
}

function confidenceNote(report: Report): string {
  const levels = [
    ...new Set(report.comparisons.flatMap(({ change }) => (change ? [change.confidence] : []))),
  ].filter((c) => c > 0 && c < 1);
  const of =
    levels.length === 0
      ? ''
      : ` Intervals of changes hold at ${levels.sort().map(percent).join(' and ')} confidence.`;
  return `± and ranges are intervals, not spreads of single requests; \`~\` marks a change that the data do not settle, and detectable is the smallest that they could have shown.${of}`;
}

const percent = (confidence: number): string => `${Number((confidence * 100).toFixed(3))}%`;

/** A name as a reader knows it: p999 is p99.9. */
const heading = (metric: Metric): string => metricName(metric.name, voice).replace(/p999$/, 'p99.9');

function figures(report: Report, open: boolean): string {
  const groups = new Map<string, ScenarioSummary[]>();
  for (const scenario of report.scenarios) {
    const [total] = scenario.parts;
    if (total === undefined) continue;
    const key = total.metrics.map(({ name, unit }) => `${name} ${unit}`).join();
    groups.set(key, [...(groups.get(key) ?? []), scenario]);
  }
  const tables = [...groups.values()].map(figureTable);
  if (tables.length === 0) return '';
  const note = report.comparisons.length + report.limits.length > 0 ? [FIGURES_NOTE] : [];
  return fold('Measured figures by scenario and part', [...tables, ...note].join('\n\n'), open);
}

function figureTable(scenarios: ScenarioSummary[]): string {
  const metrics = scenarios[0]?.parts[0]?.metrics ?? [];
  const used = metrics.filter(({ name }) =>
    scenarios.some((s) => s.parts.some((p) => p.values[name] !== undefined)),
  );
  const rows = scenarios.flatMap((scenario) => scenario.parts.map((part) => figureRow(scenario, part, used)));
  return table(
    ['Scenario', 'Part', 'Rounds', ...used.map(heading), 'Errors by kind'],
    ['l', 'l', 'r', ...used.map(() => 'r'), 'l'],
    rows,
  );
}

function figureRow(scenario: ScenarioSummary, part: PartSummary, metrics: Metric[]): string[] {
  const value = (metric: Metric) => {
    const found = part.values[metric.name];
    return found === undefined ? '–' : figure(found, part.estimates?.[metric.name], metric.unit);
  };
  return [
    code(scenario.name, 60),
    part.name === null ? '' : code(part.name, 60),
    part === scenario.parts[0] ? String(scenario.rounds) : '',
    ...metrics.map(value),
    errorKinds(part) || 'none',
  ];
}

function errorKinds({ errors }: PartSummary): string {
  const kinds = Object.entries(errors)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  const shown = kinds.slice(0, 6).map(([kind, count]) => `${code(kind, 40)} ${count}`);
  return [...shown, ...(kinds.length > 6 ? [`${kinds.length - 6} more kinds`] : [])].join(', ');
}

function trends(report: Report): string {
  const units = new Map(
    report.scenarios.flatMap((s) => s.parts.flatMap((p) => p.metrics)).map((m) => [m.name, m.unit]),
  );
  const rows = report.trends
    .filter(({ values }) => values.filter(Number.isFinite).length > 1)
    .map((trend) => {
      const finite = trend.values.filter(Number.isFinite);
      const unit = units.get(trend.metric) ?? 'count';
      return [
        code(trend.scenario, 60),
        trend.part === undefined ? '' : code(trend.part, 60),
        metricName(trend.metric, voice),
        sparkline(trend.values),
        quantity(Math.min(...finite), unit),
        quantity(Math.max(...finite), unit),
        quantity(finite.at(-1) ?? Number.NaN, unit),
      ];
    });
  if (rows.length === 0) return '';
  const header = ['Scenario', 'Part', 'Metric', 'Oldest to this run', 'Least', 'Most', 'This run'];
  return fold(
    'Trend over the baselines of this environment',
    table(header, ['l', 'l', 'l', 'l', 'r', 'r', 'r'], rows),
  );
}

function environments(report: Report): string {
  const rows = environmentRows(report);
  const both = rows.some(({ baseline }) => baseline !== null);
  const differing = rows.filter(({ differs }) => differs);
  const names = list(
    differing.map(({ gate }) => gate),
    8,
  );
  const title =
    differing.length > 0
      ? `Environment: ${names} ${differing.length === 1 ? 'differs' : 'differ'}`
      : 'Environment';
  const body = table(
    both ? ['', 'Baseline', 'Candidate', ''] : ['', 'Measured on'],
    both ? ['l', 'l', 'l', 'l'] : ['l', 'l'],
    rows.map((row) => {
      const cells = [
        row.own ? row.gate : code(row.gate, 60),
        ...(both ? [code(row.baseline ?? '–', 120)] : []),
        code(row.candidate, 120),
      ];
      return both ? [...cells, row.differs ? '⚠️ differs' : ''] : cells;
    }),
  );
  return fold(title, body, differing.length > 0);
}

/** Baseline and its age, sampling, generator, changed criteria, warnings, how to repeat it. */
function circumstances(report: Report, told: number): string {
  const { baseline, commit, headSha } = report;
  const head = headSha === undefined ? '' : `, the merge of ${code(shortSha(headSha))} with its base`;
  const lines = [
    `- ${baselineText(report, voice)}`,
    ...(baseline.status === 'found' ? [`- Baseline taken from ${code(baseline.location, 200)}`] : []),
    `- Candidate ${commitText(commit, voice)}${head}, measured ${date(report.createdAt)}`,
    `- Sampling: ${samplingText(report)}`,
    ...report.scenarios.flatMap(({ name, generator }) =>
      generator === null || !Number.isFinite(generator.cpu)
        ? []
        : [
            `- Load generator of ${code(name)}: at most ${generator.cpu.toFixed(2)} of a core${generator.limited ? ', ⚠️ it was the bottleneck' : ''}`,
          ],
    ),
    ...report.criterionChanges.map(
      (c) =>
        `- Criterion of ${code(c.scenario)} ${metricName(c.metric, voice)} changed from ${code(c.from, 120)} to ${code(c.to, 120)}`,
    ),
    ...allWarnings(report)
      .slice(told)
      .map((message) => `- ⚠️ ${message}`),
  ];
  const repeat =
    report.reproduce === null
      ? ''
      : `\n\nTo repeat it locally:\n\n${fence(report.reproduce, 10).replace('text', 'sh')}`;
  return fold('How this was measured, and how to repeat it', lines.join('\n') + repeat);
}

/** Warnings of the run and of its scenarios, inert. */
export function allWarnings(report: Report): string[] {
  return warningsOf(report).map(({ message, scenarios }) => {
    const names = scenarios.length === 0 ? '' : `${list(scenarios.map((name) => code(name)))}: `;
    return `${names}${prose(message, 400)}`;
  });
}
