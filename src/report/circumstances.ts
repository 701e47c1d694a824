import { type Environment, environmentDifferences } from '../domain/environment.ts';
import type { Report, ReportBaseline } from '../domain/report.ts';
import type { Commit, StopReason } from '../domain/result.ts';
import type { Voice } from './phrase.ts';
import { age, duration, plural } from './quantity.ts';

type FoundBaseline = Extract<ReportBaseline, { status: 'found' }>;

const STOPPED: Record<StopReason, string> = {
  rounds: 'all planned blocks were measured',
  conclusive: 'every gating metric was conclusive',
  budget: 'the time budget was spent',
  cancelled: 'the run was cancelled',
  failed: 'the target or the measurement failed',
};

const CHOICES: Record<string, string> = {
  'base-commit': 'the base commit itself',
  ancestor: 'the nearest measured ancestor',
  newest: 'the newest of the series; none of an ancestor was found',
  paired: 'measured now, interleaved with the candidate on the same machine',
  given: 'named by the caller',
};

/** Where candidate and baseline are of one commit. */
const SAME = {
  clean: 'of the same commit as the candidate',
  dirty: 'of the same commit as the candidate, uncommitted changes aside',
};

const GATES: Record<keyof Environment['gates'], string> = {
  os: 'operating system',
  imageFamily: 'image family',
  arch: 'architecture',
  cpuModel: 'CPU model',
  cpuCount: 'CPUs',
  memoryGb: 'memory (GB)',
  runtime: 'runtime',
  measurementVersion: 'measurement version',
};

/** Why a metric can read differently in the table of figures and in that of comparisons. */
export const FIGURES_NOTE =
  'These figures are of all rounds taken together; a comparison or a limit takes the mean of the blocks, so the same metric can read a little differently there.';

/** Every warning once: those of the run, then those of scenarios with the names of all that share it. Raw text, to be voiced. */
export function warningsOf(report: Report): { message: string; scenarios: string[] }[] {
  const shared = new Map<string, string[]>();
  for (const { name, warnings } of report.scenarios)
    for (const { message } of warnings) shared.set(message, [...(shared.get(message) ?? []), name]);
  return [
    ...report.warnings.map(({ message }) => ({ message, scenarios: [] })),
    ...[...shared].map(([message, scenarios]) => ({ message, scenarios })),
  ];
}

/**
 * "20 blocks, 1 min 40 s under load, 2 min 3 s in all; stopped because the time budget was spent". A block is a fresh boot;
 * its rounds are told where it has more than one.
 */
export function samplingText(report: Report): string {
  const { rounds: blocks, stopped, loadMs, wallMs } = report.sampling;
  const rounds = Math.max(0, ...report.scenarios.map((scenario) => scenario.rounds));
  const inside = rounds > blocks ? ` with ${plural(rounds, 'round')}` : '';
  return `${plural(blocks, 'block')}${inside}, ${duration(loadMs)} under load, ${duration(wallMs)} in all; stopped because ${STOPPED[stopped]}`;
}

/** Which baseline, how it was chosen, how old: plain words in the voice of the format. */
export function baselineText(report: Report, voice: Voice): string {
  const { baseline } = report;
  switch (baseline.status) {
    case 'absent':
      return 'No baseline yet in this series';
    case 'not-compared':
      return 'Not compared';
    case 'unusable':
      return `Baseline not used: ${voice.prose(baseline.detail)}`;
    case 'found': {
      const old = age(baseline.createdAt, report.createdAt);
      const measured =
        baseline.mode === 'paired' || old === null
          ? ''
          : `, measured ${old} earlier (${date(baseline.createdAt)})`;
      const choice = choiceText(report.commit, baseline) ?? voice.prose(baseline.choice);
      const window =
        baseline.mode === 'stored' && baseline.window > 1
          ? `; judged against ${plural(baseline.window, 'baseline')} of this environment`
          : '';
      return `Baseline ${commitText(baseline.commit, voice)}${measured}: ${choice}${window}`;
    }
  }
}

/** Why this baseline, in words that hold of these two commits; undefined for a choice that is not known here. */
function choiceText(commit: Commit | null, { commit: base, choice }: FoundBaseline): string | undefined {
  if (choice === 'paired' || choice === 'given') return CHOICES[choice];
  if (commit !== null && commit.sha === base?.sha)
    return commit.dirty || base.dirty ? SAME.dirty : SAME.clean;
  // A baseline that is of no commit is not looked for among the ancestors: none of them was missed.
  if (choice === 'newest' && (commit === null || base === null || base.dirty))
    return 'the newest of the series';
  return CHOICES[choice];
}

/** Short SHA and ref; "with uncommitted changes" where there were some. */
export function commitText(commit: Commit | null, voice: Voice): string {
  if (commit === null) return 'without a commit';
  const ref = commit.ref === undefined ? '' : ` on ${voice.name(commit.ref)}`;
  return `${voice.name(shortSha(commit.sha))}${ref}${commit.dirty ? ' with uncommitted changes' : ''}`;
}

export const shortSha = (sha: string): string => sha.slice(0, 9);

/** `2026-11-21 14:02 UTC`, or what was given when that is no time. */
export function date(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time)
    ? 'at an unknown time'
    : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Rows of gate (`own`: named by this tool), value on the baseline's side (null without one) and on the candidate's; raw text, to be voiced. */
export function environmentRows(
  report: Report,
): { gate: string; baseline: string | null; candidate: string; differs: boolean; own: boolean }[] {
  const base =
    report.baseline.status === 'found' || report.baseline.status === 'unusable'
      ? report.baseline.environment
      : undefined;
  const differing = base ? environmentDifferences(base, report.environment).map((d) => d.gate) : [];
  const gates = Object.keys(GATES) as (keyof Environment['gates'])[];
  const rows = gates.map((gate) => ({
    gate: GATES[gate],
    baseline: base ? String(base.gates[gate]) : null,
    candidate: String(report.environment.gates[gate]),
    differs: differing.includes(gate),
    own: true,
  }));
  const recorded = new Set([
    ...Object.keys(base?.recorded ?? {}),
    ...Object.keys(report.environment.recorded),
  ]);
  for (const key of [...recorded].sort()) {
    rows.push({
      gate: key,
      baseline: base ? (base.recorded[key] ?? '–') : null,
      candidate: report.environment.recorded[key] ?? '–',
      differs: false,
      own: false,
    });
  }
  return rows;
}
