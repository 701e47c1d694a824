import { isDeepStrictEqual } from 'node:util';
import {
  type Acceptances,
  acceptancesFor,
  acceptedIn,
  answersAmong,
  isDecided,
  listOwnComments,
} from '../github/chat-answers.ts';
import { explained } from '../github/errors.ts';
import { type PullRequest, readPullRequest } from '../github/pull-request.ts';
import { type ActionContext, requireClient } from './context.ts';
import { readReported, renderReported } from './reported.ts';

/** Commands that may be carried out beside each other, each of which is seen at the latest after it was shown. */
const MOST_LOOKS = 8;

/**
 * Has comment and check run show what our answers add up to now: what was accepted may be over, and of commands that are
 * carried out at the same time each may have been shown without the other. Whoever writes last looks again afterwards, so
 * the last to write has seen all.
 */
export async function showAccepted(context: ActionContext, number: number): Promise<void> {
  const { repo, log } = context;
  const client = requireClient(context, 'answering a command');
  let shown: string | null = null;
  for (let looks = 1; looks <= MOST_LOOKS; looks++) {
    const pull = await explained('read-pull-request', () => readPullRequest(client, repo, number));
    if (pull.state !== 'open') return;
    const own = await explained('comment', () => listOwnComments(client, repo, number));
    const reported = readReported(pull, own);
    // Without a record nothing is accepted: the answer may have been deleted.
    const isAccepted = reported.current.some(({ verdict }) => verdict === 'accepted');
    const answers = answersAmong(own);
    if (!isDecided(answers, pull.headSha) && !isAccepted) return;
    const acceptances = acceptancesFor(answers, pull.headSha, new Date());
    const holds = JSON.stringify([pull.headSha, acceptances]);
    if (holds === shown) return;
    await renderReported(context, reported, acceptances);
    shown = holds;
  }
  log.warning('What is accepted changed at every look. `/perf-baseline status` shows what holds.');
}

/**
 * For who has just shown these acceptances: a command may have been carried out meanwhile, and what it showed is overwritten.
 * Never rejects.
 */
export async function showChanged(
  context: ActionContext,
  { number, headSha }: Pick<PullRequest, 'number' | 'headSha'>,
  shown: Acceptances,
): Promise<void> {
  try {
    const client = requireClient(context, 'reading what is accepted');
    const own = await explained('comment', () => listOwnComments(client, context.repo, number));
    if (isDeepStrictEqual(acceptedIn(own, headSha), shown)) return;
    await showAccepted(context, number);
  } catch (error) {
    context.log.warning(
      `${(error as Error).message}. Whether what is accepted has changed meanwhile is not known; \`/perf-baseline status\` shows what holds`,
    );
  }
}
