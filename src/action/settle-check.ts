import { type CheckOutcome, writeCheck } from '../github/checks.ts';
import type { Client } from '../github/client.ts';
import { explain, httpStatus } from '../github/errors.ts';
import { readRun } from '../github/runs.ts';
import { formatHeading } from '../report/markdown.ts';
import type { ActionContext } from './context.ts';
import { onceEach } from './once.ts';

/**
 * Ends the check run of a commit where it waits for a run that is over: whatever has not reported by then never will. Begins
 * none. Never rejects.
 */
export async function settleCheck(context: ActionContext, client: Client, sha: string): Promise<void> {
  const { repo, inputs, event, origin, sleep } = context;
  const outcome = await writeCheck({
    ...{ client, repo, sha, sleep },
    scope: event.type,
    own: [],
    comment: null,
    legs: null,
    onlyExisting: true,
    hasEnded: endedRuns(context, client),
    failOn: inputs.failOn,
    summary: formatHeading,
    annotations: [],
    url: origin.url,
  });
  tellOfCheck(context, outcome);
}

/** Whether a run is over, by its id. Where GitHub does not say, it may go on. */
export function endedRuns({ repo, log }: ActionContext, client: Client): (id: number) => Promise<boolean> {
  return onceEach(async (id: number) => {
    try {
      return (await readRun(client, repo, id)).status === 'completed';
    } catch (error) {
      // One that was deleted reports no more.
      if (httpStatus(error) === 404) return true;
      log.warning(`${explain(error, 'read-runs')}. Whether run ${id} is still at work is not known`);
      return false;
    }
  });
}

/** A check run that could not be written is a warning where the workflow asks for one. */
export function tellOfCheck({ inputs, log }: ActionContext, outcome: CheckOutcome): void {
  if (outcome.status === 'written') log.info(`check run: ${outcome.conclusion ?? 'in progress'}`);
  else if (outcome.status === 'failed' && inputs.check) log.warning(outcome.reason);
  else log.debug(`check run: ${outcome.status}`);
}
