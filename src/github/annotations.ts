import type { Problem } from '../domain/errors.ts';
import type { Report } from '../domain/report.ts';
import type { Comparison, LimitOutcome } from '../domain/verdict.ts';
import type { Core } from './core.ts';
import type { InputProblem } from './inputs.ts';
import { sanitiseLine, sanitiseLog } from './log.ts';

/** `file` relative to the repository's root; `line` and `column` from 1. */
export type Annotation = {
  level: 'error' | 'warning';
  title: string;
  message: string;
  file?: string;
  line?: number;
  column?: number;
};

/** GitHub shows so many of each level for one step, and drops the others without a word. */
const PER_LEVEL = 10;
const MESSAGE_LENGTH = 4000;

/** Shows annotations. Of a level that has too many, the last one shown says how many more the log has. */
export function annotate(
  core: Pick<Core, 'error' | 'warning' | 'info'>,
  annotations: readonly Annotation[],
): void {
  for (const level of ['error', 'warning'] as const) {
    const all = annotations.filter((annotation) => annotation.level === level);
    const shown = all.length > PER_LEVEL ? all.slice(0, PER_LEVEL - 1) : all;
    const rest = all.slice(shown.length);
    for (const annotation of shown) {
      const { file, line, column } = annotation;
      core[level](sanitiseLog(annotation.message).slice(0, MESSAGE_LENGTH), {
        title: sanitiseLine(annotation.title).slice(0, 200),
        ...(file === undefined ? {} : { file }),
        ...(file === undefined || line === undefined ? {} : { startLine: line }),
        ...(file === undefined || line === undefined || column === undefined ? {} : { startColumn: column }),
      });
    }
    if (rest.length === 0) continue;
    core[level](`${rest.length} more of these; all of them are in the log of this step`, {
      title: 'perf-baseline',
    });
    for (const { file, line, column, message } of rest) {
      const place =
        file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')} `;
      core.info(sanitiseLog(`${level}: ${place}${message}`));
    }
  }
}

/** Problems of a config file, on its lines. `root` leads from the repository's root to the file's folder of reference. */
export function configAnnotations(problems: readonly Problem[], root = ''): Annotation[] {
  return problems.map((problem) => ({
    level: 'error',
    title: 'perf-baseline config',
    message: problem.message,
    file: underRoot(root, problem.file),
    line: problem.line,
    column: problem.column,
  }));
}

export function inputAnnotations(problems: readonly InputProblem[]): Annotation[] {
  return problems.map(({ message }) => ({ level: 'error', title: 'perf-baseline input', message }));
}

/** How the annotations of a report name things and places: words come from the report, lines from the config. */
export type ReportWords = {
  /** Null: config-free, so there is no file to point at. */
  file: string | null;
  /** Line in the config file of a scenario, or of what it says of a metric, when known. */
  lineOf?: (scenario: string, metric?: string, kind?: 'criteria' | 'limits') => number | undefined;
  describe: (comparison: Comparison) => string;
  describeLimit: (outcome: LimitOutcome) => string;
};

/** Regressions, exceeded limits, failed scenarios and parts of others that fail the run as these do: errors on the fail level, else warnings. */
export function reportAnnotations(
  report: Pick<Report, 'comparisons' | 'limits' | 'scenarios'>,
  words: ReportWords,
): Annotation[] {
  const at = (scenario: string, metric?: string, kind?: 'criteria' | 'limits') => {
    if (words.file === null) return {};
    return { file: words.file, line: words.lineOf?.(scenario, metric, kind) ?? 1 };
  };
  const failed: Annotation[] = report.scenarios.flatMap((scenario) =>
    scenario.failure === undefined
      ? []
      : [
          {
            level: 'error' as const,
            title: `${scenario.name}: not measured`,
            message: scenario.failure.detail,
            ...at(scenario.name),
          },
        ],
  );
  const broken = new Map<string, Annotation>();
  for (const { scenario, part = '', reason = '', broken: is } of [...report.limits, ...report.comparisons])
    if (is)
      broken.set(`${scenario}\n${part}`, {
        level: 'error',
        title: `${scenario}: not measured`,
        message: `${part === '' ? '' : `${part}: `}${reason}`,
        ...at(scenario),
      });
  const limits: Annotation[] = report.limits
    .filter(({ outcome }) => outcome === 'exceeded')
    .map((outcome) => ({
      level: outcome.level === 'fail' ? 'error' : 'warning',
      title: `${outcome.scenario}: limit exceeded`,
      message: words.describeLimit(outcome),
      ...at(outcome.scenario, outcome.metric.name, 'limits'),
    }));
  const regressions: Annotation[] = report.comparisons
    .filter(({ verdict, gating, level }) => verdict === 'regressed' && gating && level !== null)
    .map((comparison) => ({
      level: comparison.level === 'fail' ? 'error' : 'warning',
      title: `${comparison.scenario}: regressed`,
      message: words.describe(comparison),
      ...at(comparison.scenario, comparison.metric.name, 'criteria'),
    }));
  return [...failed, ...broken.values(), ...limits, ...regressions];
}

function underRoot(root: string, file: string): string {
  const folder = root.replace(/^\.\/*/, '').replace(/\/+$/, '');
  return folder === '' ? file : `${folder}/${file}`;
}
