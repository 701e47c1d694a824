import { stat } from 'node:fs/promises';
import { fileStore } from '../baseline/file.ts';
import type { ScenarioCriteria } from '../compare/input.ts';
import { unusedCriteria } from '../compare/unused.ts';
import type { BaselineLookup } from '../domain/baseline.ts';
import { environmentDifferences } from '../domain/environment.ts';
import { DocumentError, UsageError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import { type Judged, judge } from '../pipeline/judgement.ts';
import { lookUp } from '../pipeline/lookup.ts';
import { exitCode, type FailOn } from '../pipeline/outcome.ts';
import { baselineResult, buildReport } from '../report/build.ts';
import { ancestorsOf } from '../target/commit.ts';
import { type CriteriaOptions, criteriaFor } from './criteria.ts';
import type { Format, Io } from './io.ts';
import { readResult } from './read-result.ts';

export type CompareOptions = CriteriaOptions & {
  base: string;
  candidate: string;
  failOn: FailOn;
  format: Format;
};

/** `perf-baseline compare BASE CANDIDATE`: judges two documents again; BASE may be a folder of `--save`. */
export async function compareCommand(options: CompareOptions, io: Io): Promise<number> {
  await expectBoth(options.base, options.candidate);
  const candidate = await readResult(options.candidate);
  const criteria = await criteriaFor(options, candidate, io);
  const judged = await judgeAgainst(options, candidate, criteria, io.signal);
  const baseline = baselineResult(judged.source);
  const warnings = unusedCriteria({ candidate, baseline }, criteria);
  io.print(buildReport({ candidate, ...judged, title: '', warnings }), options.format);
  return exitCode(judged, options.failOn);
}

/** Names every path that is not there at once. */
async function expectBoth(base: string, candidate: string): Promise<void> {
  const problems: string[] = [];
  if (!(await exists(base))) problems.push(`${base}: there is no such file or folder`);
  if (!(await exists(candidate))) problems.push(`${candidate}: there is no such file`);
  if (problems.length > 0) throw new DocumentError('unreadable', problems.join('\n'));
}

/** False only where it is known not to be there: what cannot be looked at is told by whoever reads it. */
async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}

/** The commit first, also where this is not its repository. */
async function historyOf(sha: string, directory: string, signal: AbortSignal): Promise<string[]> {
  const known = await ancestorsOf(directory, sha, signal);
  return known.length === 0 ? [sha] : known;
}

async function judgeAgainst(
  { base, workingDirectory }: CompareOptions,
  candidate: Result,
  criteria: readonly ScenarioCriteria[],
  signal: AbortSignal,
): Promise<Judged> {
  const kind = await stat(base).catch(() => null);
  if (kind?.isDirectory()) {
    const { commit } = candidate;
    const ancestors = async () => (commit ? historyOf(commit.sha, workingDirectory, signal) : []);
    const { lookup } = await lookUp(candidate, fileStore({ path: base }), ancestors);
    if (lookup.status === 'absent') {
      throw new UsageError(`${base} holds no baseline of the series ${JSON.stringify(candidate.series)}.`);
    }
    return judge(candidate, { type: 'lookup', lookup }, criteria);
  }
  const baseline = await readResult(base);
  if (baseline.pairing && baseline.pairing.id === candidate.pairing?.id) {
    return judge(candidate, { type: 'paired', result: baseline }, criteria);
  }
  const differences = environmentDifferences(baseline.environment, candidate.environment);
  if (differences.length > 0) {
    const detail = differences.map(({ gate, a, b }) => `${gate} is ${b}, it was ${a}`).join('; ');
    const lookup: BaselineLookup = {
      status: 'unusable',
      reason: 'environment',
      detail,
      baseline: { result: baseline, location: base },
    };
    return judge(candidate, { type: 'lookup', lookup }, criteria);
  }
  return judge(candidate, { type: 'given', result: baseline, location: base }, criteria);
}
