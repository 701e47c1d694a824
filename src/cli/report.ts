import { judge } from '../pipeline/judgement.ts';
import { exitCode, type FailOn } from '../pipeline/outcome.ts';
import { buildReport } from '../report/build.ts';
import { type CriteriaOptions, criteriaFor } from './criteria.ts';
import type { Format, Io } from './io.ts';
import { readResult } from './read-result.ts';

export type ReportOptions = CriteriaOptions & { result: string; failOn: FailOn; format: Format };

/** `perf-baseline report RESULT`: prints what a document holds, its limits judged, compared with nothing. Gives the exit code. */
export async function reportCommand(options: ReportOptions, io: Io): Promise<number> {
  const candidate = await readResult(options.result);
  const judged = judge(candidate, { type: 'none' }, await criteriaFor(options, candidate, io));
  const occasion = { type: 'shown' } as const;
  io.print(buildReport({ candidate, ...judged, title: '', occasion }), options.format);
  return exitCode(judged, options.failOn);
}
