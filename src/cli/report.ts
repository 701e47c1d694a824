import { judge } from '../pipeline/judgement.ts';
import { buildReport } from '../report/build.ts';
import type { Format, Io } from './io.ts';
import { readResult } from './read-result.ts';

/** `perf-baseline report RESULT`: prints what a document holds, compared with nothing. */
export async function reportCommand(path: string, format: Format, io: Io): Promise<number> {
  const candidate = await readResult(path);
  const { source, comparisons, limits, verdict } = judge(candidate, { type: 'none' }, []);
  const occasion = { type: 'shown' } as const;
  const report = { candidate, baseline: source, comparisons, limits, verdict, title: '', occasion };
  io.print(buildReport(report), format);
  return 0;
}
