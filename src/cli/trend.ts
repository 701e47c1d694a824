import { savedHistory } from '../baseline/file.ts';
import { DEFAULT_CRITERIA } from '../config/defaults.ts';
import { DocumentError, UsageError } from '../domain/errors.ts';
import { buildTrend } from '../report/trend/build.ts';
import { TREND_FORMATS } from '../report/trend/formats.ts';
import type { Format, Io } from './io.ts';

export type TrendOptions = {
  baseline: string;
  series: string | undefined;
  only: string | undefined;
  format: Format;
};

/** `perf-baseline trend`: how each metric went over the baselines of a folder. Gives the exit code. */
export async function trendCommand(
  { baseline, series, only, format }: TrendOptions,
  io: Io,
): Promise<number> {
  const { entries, unreadable } = await savedHistory(baseline);
  const details = unreadable.map(({ detail }) => detail);
  const wanted = entries
    .map(({ result }) => result)
    .filter((one) => series === undefined || one.series === series);
  if (entries.length === 0 && details.length > 0)
    throw new DocumentError(
      'corrupt',
      `${baseline} holds no baseline that can be read. ${details.join('\n')}`,
    );
  if (entries.length === 0)
    throw new UsageError(
      `${baseline} holds no baselines: save some with perf-baseline run --save ${baseline}, or name another folder with --baseline.`,
    );
  if (wanted.length === 0)
    throw new UsageError(
      `--series ${JSON.stringify(series)}: ${oneOfThese(entries.map(({ result }) => result.series))}.`,
    );
  const names = wanted.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
  if (only !== undefined && !names.includes(only))
    throw new UsageError(`--only ${JSON.stringify(only)}: ${oneOfThese(names)}.`);
  const isMain = ({ name }: { name: string }) => Object.hasOwn(DEFAULT_CRITERIA, name);
  const report = buildTrend(wanted, details, { isMain, only });
  for (const detail of details) io.say(`not read: ${detail}`);
  const width = process.stdout.isTTY ? process.stdout.columns : null;
  io.printText(TREND_FORMATS[format](report, { width }));
  return 0;
}

const oneOfThese = (names: readonly string[]) => `there is none; there are ${[...new Set(names)].join(', ')}`;
