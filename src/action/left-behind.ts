import { listOwnComments } from '../github/chat-answers.ts';
import type { Client } from '../github/client.ts';
import { keyOfBody, parseSections } from '../github/comment-body.ts';
import type { Section } from '../github/comment-sections.ts';
import { explained } from '../github/errors.ts';
import type { PullRequest } from '../github/pull-request.ts';
import type { WorkflowRun } from '../github/runs.ts';
import { code } from '../report/untrusted.ts';
import type { ActionContext } from './context.ts';
import { renderAgain } from './render-again.ts';
import { silenced } from './silent.ts';

type Run = Pick<WorkflowRun, 'id' | 'attempt' | 'headSha' | 'url'>;

/** Whether a section waits for this run. A later attempt may be at work already. */
export const isLeft = (section: Section, run: Run): boolean =>
  section.state === 'measuring' && section.run.id === run.id && section.run.attempt <= run.attempt;

/** A line for a run that has begun and cannot say so itself. */
export const beingMeasured = (sha: string): string =>
  `- ⏳ ${code(sha.slice(0, 7))}, the latest commit, is being measured`;

/**
 * Ends what a run has begun to say, or was said of its beginning, in pull requests that it is not published in: their heads have
 * moved on, or there are several from its branch. Nothing is judged there.
 */
export async function endLeftBehind(
  context: ActionContext,
  client: Client,
  run: Run,
  pulls: readonly PullRequest[],
): Promise<void> {
  for (const pull of pulls) {
    const own = await explained('comment', () => listOwnComments(client, context.repo, pull.number));
    const waiting = own.filter(
      ({ body }) =>
        body.includes(beingMeasured(run.headSha)) ||
        parseSections(body).some((section) => isLeft(section, run)),
    );
    for (const hash of new Set(waiting.flatMap(({ body }) => keyOfBody(body) ?? [])))
      await renderAgain(context, {
        ...{ pull, key: { hash }, judged: [], create: false },
        revise: (section) => (isLeft(section, run) ? silenced(section, run.url) : section),
      });
  }
}
