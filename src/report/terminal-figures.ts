import type { Metric } from '../domain/metric.ts';
import type { Report } from '../domain/report.ts';
import { FIGURES_NOTE } from './circumstances.ts';
import { metricName, plainVoice as voice } from './phrase.ts';
import { figure } from './quantity.ts';
import { select } from './selection.ts';
import { type Cell, type Column, type Paint, terminalTable } from './terminal-table.ts';
import { plain } from './untrusted.ts';

/** What was measured, a table for each set of metrics, the metrics in their declared order. */
export function figures(report: Report, paint: Paint, width: number | null): string {
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
          text:
            part.values[name] === undefined
              ? ''
              : figure(part.values[name] ?? 0, part.estimates?.[name], unit),
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
