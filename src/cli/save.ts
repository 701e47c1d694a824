import { fileStore } from '../baseline/file.ts';
import { UsageError } from '../domain/errors.ts';
import type { Result } from '../domain/result.ts';
import type { OverallVerdict } from '../domain/verdict.ts';
import { nothingMeasured } from '../pipeline/outcome.ts';
import type { Io } from './io.ts';

/**
 * Saves a result in a folder as a baseline, marked with its verdict, and says where. One that regressed is kept as on
 * the default branch, but not in silence. Gives why it could not be saved, or null: what was measured is reported all
 * the same.
 */
export async function saveBaseline(
  path: string,
  result: Result,
  verdict: OverallVerdict,
  io: Pick<Io, 'say'>,
): Promise<string | null> {
  if (nothingMeasured(result)) return 'nothing could be measured';
  try {
    const { location } = await fileStore({ path }).append({ ...result, verdict });
    io.say(`saved: ${location}`);
    if (verdict === 'regressed')
      io.say(
        `The verdict is regressed, and it was saved as a baseline all the same; to take it back, remove ${location}`,
      );
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}
