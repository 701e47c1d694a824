import { access } from 'node:fs/promises';
import * as core from '@actions/core';
import { writeSummary } from '../github/summary.ts';
import type { ActionContext } from './context.ts';

/**
 * A cancelled run leaves a word in the summary: a section that is missing must not look like one that is fine. `resultPath`: where
 * what was measured is saved, if it was.
 */
export async function publishCancelled(
  { log }: ActionContext,
  title: string,
  resultPath: string | null,
): Promise<void> {
  const kept =
    resultPath !== null &&
    (await access(resultPath).then(
      () => true,
      () => false,
    ));
  const text = `### ⏹️ Cancelled: ${title} was not measured to its end\n\nNothing was compared, and nothing was stored.`;
  await writeSummary(core.summary, text, () => text);
  log.warning(kept ? `Cancelled. What was measured until then is in ${resultPath}.` : 'Cancelled.');
}
