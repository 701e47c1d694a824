import {
  type Answer,
  answersAmong,
  listOwnComments,
  type OwnComments,
  renderAnswer,
} from './chat-answers.ts';
import type { Client, Repo } from './client.ts';
import { httpStatus } from './errors.ts';
import { AmbiguousWrite } from './retry.ts';

const POSTS = 3;
const SETTLE_MS = 2_000;

/** The text of a comment now; null when it is gone. */
export async function readCommentBody(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  id: number,
): Promise<string | null> {
  try {
    return (await client.rest.issues.getComment({ ...repo, comment_id: id })).data.body ?? '';
  } catch (error) {
    if (httpStatus(error) === 404 || httpStatus(error) === 410) return null;
    throw error;
  }
}

/** Adds a reaction of ours. False when it was there already: another delivery of the same command was first. */
export async function react(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  comment: number,
  content: 'eyes' | '-1',
): Promise<boolean> {
  const { status } = await client.rest.reactions.createForIssueComment({
    ...repo,
    comment_id: comment,
    content,
  });
  return (status as number) === 201;
}

/** Whether a command has its answer. */
export function isAnswered(comments: OwnComments, comment: number): boolean {
  return answersAmong(comments).some((answer) => answer.comment === comment);
}

/** Posts the one answer to a command. After a lost answer of GitHub's it looks first whether it is there. */
export async function postAnswer(
  client: Client,
  repo: Repo,
  issue: number,
  answer: Answer,
  words: string,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  for (let posts = 1; ; posts++) {
    try {
      await client.rest.issues.createComment({
        ...repo,
        issue_number: issue,
        body: renderAnswer(answer, words),
      });
      return;
    } catch (error) {
      if (!(error instanceof AmbiguousWrite) || posts >= POSTS) throw error;
      // It may take effect after its answer was lost.
      await sleep(SETTLE_MS);
      if (isAnswered(await listOwnComments(client, repo, issue), answer.comment)) return;
    }
  }
}
