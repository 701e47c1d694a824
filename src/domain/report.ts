import type { Environment } from './environment.ts';
import type { Metric } from './metric.ts';
import type { Commit, Failure, GeneratorLoad, StopReason, Warning } from './result.ts';
import type { Comparison, Estimate, LimitOutcome, OverallVerdict } from './verdict.ts';

/**
 * Pooled figures of one scenario or part, for the folded tables. `values` by metric name, in base units; `estimates` of
 * those that are one value a round, so that a figure which differs from round to round is not read as a fixed one.
 */
export type PartSummary = {
  name: string | null;
  metrics: Metric[];
  values: Record<string, number>;
  estimates?: Record<string, Estimate>;
  counters: Record<string, number>;
  errors: Record<string, number>;
};

export type ScenarioSummary = {
  name: string;
  type: string;
  status: 'measured' | 'failed' | 'missing' | 'new';
  failure?: Failure;
  rounds: number;
  generator: GeneratorLoad | null;
  parts: PartSummary[];
  warnings: Warning[];
};

/** Values of one metric over the history, oldest first, the candidate last. */
export type Trend = { scenario: string; part?: string; metric: string; values: number[] };

/**
 * Why base and candidate were not measured side by side, though that was asked for: the base did not let itself be measured,
 * the budget was too small for a pair, or the target is none that is started here.
 */
export type Unpaired = {
  cause: 'base' | 'budget' | 'target';
  detail: string;
  /** The last lines that the base put out. */
  log?: string;
};

/** What the candidate was compared with, or why with nothing. */
export type ReportBaseline =
  | {
      status: 'found';
      mode: 'stored' | 'paired';
      commit: Commit | null;
      createdAt: string;
      location: string;
      choice: string;
      environment: Environment;
      window: number;
    }
  | { status: 'absent'; unpaired?: Unpaired }
  | { status: 'not-compared'; unpaired?: Unpaired }
  | {
      status: 'unusable';
      reason: 'corrupt' | 'schema' | 'environment' | 'unreadable';
      detail: string;
      /** Of the nearest baseline, where it could be read. */
      environment?: Environment;
    };

/** A criterion whose text differs between the base's config and the candidate's. */
export type CriterionChange = { scenario: string; metric: string; from: string; to: string };

/**
 * Why nothing was to be compared, where that was on purpose: the run was kept as a baseline (`later`: the command that compares a later one with it), or a
 * document is only shown.
 */
export type Occasion = { type: 'saved'; later: string } | { type: 'shown' };

/** Everything a report says; every format is a pure function of this. */
export type Report = {
  verdict: OverallVerdict;
  series: string;
  /** Short name of the series for a heading (job, matrix leg). */
  title: string;
  createdAt: string;
  commit: Commit | null;
  /** The head of the pull request, when `commit` is its merge with the base. */
  headSha?: string;
  baseline: ReportBaseline;
  comparisons: Comparison[];
  limits: LimitOutcome[];
  scenarios: ScenarioSummary[];
  environment: Environment;
  trends: Trend[];
  criterionChanges: CriterionChange[];
  sampling: { rounds: number; stopped: StopReason; loadMs: number; wallMs: number };
  warnings: Warning[];
  /** Shell command that repeats this measurement. */
  reproduce: string | null;
  runUrl: string | null;
  occasion?: Occasion;
};
