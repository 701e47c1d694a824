import type { StepSummary } from './core.ts';

/** GitHub shows nothing of a step's summary over 1 MiB. */
export const SUMMARY_BYTES = 1024 * 1024;

export type SummaryOutcome =
  | { status: 'written'; form: 'full' | 'short' }
  | { status: 'failed'; reason: string };

/**
 * Writes the step's summary, replacing what this step wrote before; the short form when the full one is too long.
 * Never rejects: a summary that cannot be written must not cost the comment or the verdict.
 */
export async function writeSummary(
  summary: StepSummary,
  full: string,
  short: () => string,
): Promise<SummaryOutcome> {
  const form = Buffer.byteLength(full) <= SUMMARY_BYTES ? 'full' : 'short';
  const text = form === 'full' ? full : cutLines(short(), SUMMARY_BYTES);
  try {
    await summary.addRaw(text).write({ overwrite: true });
    return { status: 'written', form };
  } catch (error) {
    return { status: 'failed', reason: `could not write the step summary: ${(error as Error).message}` };
  }
}

/** Whole lines of a text, up to a number of UTF-8 bytes. */
function cutLines(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const note = '\n\n_The rest does not fit into a step summary._\n';
  const room = Buffer.from(text).subarray(0, bytes - Buffer.byteLength(note));
  const end = room.lastIndexOf(0x0a);
  return room.subarray(0, Math.max(0, end)).toString('utf8') + note;
}
