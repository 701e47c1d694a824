import { criteriaOf, type ScenarioCriteria } from '../compare/input.ts';
import { defaultCriteria } from '../config/defaults.ts';
import { DEFAULT_FILE, readConfig } from '../config/read.ts';
import { UsageError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import type { Io } from './io.ts';

export type CriteriaOptions = { config: string | undefined; workingDirectory: string };

/**
 * What a document is judged by: the criteria and limits of the config that was named, or of the default file where
 * there is one. Without either the default criteria for what the candidate measured, and no limits, which is said.
 * Throws a ConfigError with every problem of the file.
 */
export async function criteriaFor(
  { config: file, workingDirectory }: CriteriaOptions,
  candidate: Result,
  io: Pick<Io, 'say'>,
): Promise<readonly ScenarioCriteria[]> {
  try {
    return criteriaOf(await readConfig({ file, workingDirectory, env: null }));
  } catch (error) {
    if (file !== undefined || !(error instanceof UsageError) || error.name === 'ConfigError') throw error;
    io.say(`Limits were not judged: there is no ${DEFAULT_FILE} here; name the config with --config.`);
    return defaultCriteria(candidate.scenarios);
  }
}
