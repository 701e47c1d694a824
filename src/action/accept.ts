import {
  type Acceptance,
  type Acceptances,
  type Answer,
  acceptancesFor,
  answersAmong,
  listOwnComments,
  MAX_ROWS,
} from '../github/chat-answers.ts';
import type { Accept } from '../github/chat-command.ts';
import { explained } from '../github/errors.ts';
import type { IssueCommentEvent } from '../github/event.ts';
import { covers, isFailing } from './acceptance.ts';
import { acceptedRow } from './accepted-rows.ts';
import {
  acceptedWords,
  nothingToAccept,
  notJudged,
  notPassing,
  revokedWords,
  undoneWords,
} from './chat-words.ts';
import { type ActionContext, requireClient } from './context.ts';
import type { Reported } from './reported.ts';

/** What to answer. The answer is the record of it: what it changes is derived from all answers, and shown afterwards. */
type Decided = { words: string; head: string; effect: Answer['effect'] };

/** Accepts what fails of what was asked for, as it was reported when the command was written. */
export async function accept(
  context: ActionContext,
  { comment, number }: IssueCommentEvent,
  command: Accept,
  reported: Reported,
  acceptances: Acceptances,
): Promise<Decided> {
  const { headSha } = reported.pull;
  const plain = (words: string): Decided => ({ words, head: headSha, effect: 'none' });
  if (reported.measuring.length > 0)
    return plain('This head is still being measured: accept what it shows once its report is there.');
  if (command.until !== null && command.until < new Date().toISOString().slice(0, 10))
    return plain(`${command.until} is over: give a day that is still to come, or none.`);
  const judged = await reported.judge(context, acceptances);
  if (judged.results.length === 0)
    return plain(
      `There is nothing to judge again: ${judged.refused[0] ?? 'no result of this head was uploaded'}.`,
    );
  const writtenAt = Math.floor(Date.parse(comment.createdAt) / 1000);
  const late = judged.results.find(
    ({ stored: { since }, reportedAt = 0 }) => since > comment.createdAt || reportedAt > writtenAt,
  );
  if (late !== undefined)
    return plain(
      `Your comment is older than the report of \`${headSha.slice(0, 7)}\`, so it cannot have been about it. Read the report, then accept it again.`,
    );
  const failing = judged.results.flatMap(({ stored, unaccepted: { comparisons, limits } }) =>
    [...comparisons, ...limits]
      .filter(isFailing)
      .map((row) => ({ row, accepted: acceptedRow(stored.series, row) })),
  );
  const met = failing.filter(({ row, accepted }) => accepted !== null && covers(command, row));
  const metRows = met.map(({ row }) => row);
  if (met.length === 0)
    return plain(
      nothingToAccept(
        command,
        failing.map(({ row }) => row),
        notJudged(judged),
      ),
    );
  if (met.length > MAX_ROWS)
    return plain(`These are ${met.length} metrics, more than one answer can hold: accept them by scenario.`);
  const { verb: _, ...what } = command;
  const rows = met.flatMap(({ accepted }) => (accepted === null ? [] : [accepted]));
  const acceptance: Acceptance = { ...what, login: comment.author.login, rows };
  // Those who judge again take their time: what was written after this command may be carried out already.
  const client = requireClient(context, 'answering a command');
  const own = await explained('comment', () => listOwnComments(client, context.repo, number));
  const isUndone = answersAmong(own).some((other) => other.effect === 'revoke' && other.comment > comment.id);
  return {
    words: isUndone
      ? undoneWords(acceptance)
      : acceptedWords(acceptance, metRows, headSha, notPassing(judged, metRows, reported.silent)),
    head: headSha,
    effect: { type: 'accept', ...acceptance },
  };
}

/**
 * Takes back all that was accepted for a head in comments before this one: also what is not carried out yet, so it is on
 * record whatever holds now. `besides`: what there is to say of the head first.
 */
export function revoke(
  { comment }: IssueCommentEvent,
  headSha: string,
  answers: readonly Answer[],
  besides: string | null,
): Decided {
  const now = new Date();
  const earlier = answers.filter((answer) => answer.comment < comment.id);
  const later = answers.filter((answer) => answer.comment >= comment.id);
  const heads = new Set(earlier.map(({ head }) => head));
  const isAccepted = [...heads]
    .map((head) => acceptancesFor(earlier, head, now))
    .some(({ holding, expired }) => holding.length + expired.length > 0);
  const { holding } = acceptancesFor(later, headSha, now);
  const words = revokedWords(comment.author.login, headSha, isAccepted, holding);
  return {
    words: besides === null ? words : `${besides}\n\n${words}`,
    head: headSha,
    effect: 'revoke',
  };
}
