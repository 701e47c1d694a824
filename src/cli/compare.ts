import { stat } from 'node:fs/promises';
import { fileStore } from '../baseline/file.ts';
import { criteriaOf, type ScenarioCriteria } from '../compare/input.ts';
import { effectiveCriteria } from '../config/defaults.ts';
import { readConfig } from '../config/read.ts';
import type { BaselineLookup } from '../domain/baseline.ts';
import { environmentDifferences } from '../domain/environment.ts';
import { DocumentError, UsageError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import { type Judged, judge } from '../pipeline/judgement.ts';
import { lookUp } from '../pipeline/lookup.ts';
import { exitCode, type FailOn } from '../pipeline/outcome.ts';
import { buildReport } from '../report/build.ts';
import type { Format, Io } from './io.ts';
import { readResult } from './read-result.ts';

export type CompareOptions = {
  base: string;
  candidate: string;
  config: string | undefined;
  workingDirectory: string;
  failOn: FailOn;
  format: Format;
};

/** `perf-baseline compare BASE CANDIDATE`: judges two documents again; BASE may be a folder of `--save`. */
export async function compareCommand(options: CompareOptions, io: Io): Promise<number> {
  const candidate = await readResult(options.candidate);
  const criteria = await criteriaFor(options, candidate);
  const judged = await judgeAgainst(options.base, candidate, criteria);
  io.print(
    buildReport({
      candidate,
      baseline: judged.source,
      comparisons: judged.comparisons,
      limits: judged.limits,
      verdict: judged.verdict,
      title: '',
    }),
    options.format,
  );
  return exitCode(judged, options.failOn);
}

async function judgeAgainst(
  base: string,
  candidate: Result,
  criteria: readonly ScenarioCriteria[],
): Promise<Judged> {
  const kind = await stat(base).catch(() => null);
  if (kind === null) throw new DocumentError('unreadable', `${base}: there is no such file or folder`);
  if (kind.isDirectory()) {
    const ancestors = async () => (candidate.commit ? [candidate.commit.sha] : []);
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

/** The config's criteria where there is a config, else the defaults for what the candidate measured. */
async function criteriaFor(options: CompareOptions, candidate: Result): Promise<readonly ScenarioCriteria[]> {
  const { config: file, workingDirectory } = options;
  try {
    return criteriaOf(await readConfig({ file, workingDirectory, env: null }));
  } catch (error) {
    if (file !== undefined || !(error instanceof UsageError) || error.name === 'ConfigError') throw error;
    return candidate.scenarios.map(({ name, metrics }) => ({
      name,
      criteria: effectiveCriteria(metrics, [], []),
      limits: [],
    }));
  }
}
