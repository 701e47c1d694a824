import { judge } from '../pipeline/judgement.ts';
import { buildReport } from '../report/build.ts';
import type { Format, Io } from './io.ts';
import { readResult } from './read-result.ts';

/** `perf-baseline report RESULT`: prints what a document holds, compared with nothing. */
export async function reportCommand(path: string, format: Format, io: Io): Promise<number> {
  const candidate = await readResult(path);
  const { source, comparisons, limits, verdict } = judge(candidate, { type: 'none' }, []);
  io.print(buildReport({ candidate, baseline: source, comparisons, limits, verdict, title: '' }), format);
  return 0;
}
