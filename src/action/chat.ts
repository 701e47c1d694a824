import {
  type Acceptance,
  type Answer,
  acceptancesFor,
  answersAmong,
  listOwnComments,
  MAX_ROWS,
} from '../github/chat-answers.ts';
import { type Accept, type ChatCommand, parseComment } from '../github/chat-command.ts';
import { isAnswered, postAnswer, react, readCommentBody } from '../github/chat-thread.ts';
import type { Client } from '../github/client.ts';
import { mayWrite } from '../github/collaborator.ts';
import { explain, explained } from '../github/errors.ts';
import type { IssueCommentEvent } from '../github/event.ts';
import { sanitiseLine } from '../github/log.ts';
import { readPullRequest } from '../github/pull-request.ts';
import { covers, isFailing } from './acceptance.ts';
import { acceptedRow } from './accepted-rows.ts';
import { acceptedWords, HELP, nothingToAccept, statusWords } from './chat-words.ts';
import { type ActionContext, requireClient } from './context.ts';
import { type Reported, readReported, renderReported, repeatReported } from './reported.ts';
import { findSilent, mendSilent } from './silent.ts';

/** How long a second delivery of a command waits for the answer of the first. */
const PATIENCE_MS = 5_000;
const PATIENCE = 6;

/**
 * Answers a command in a comment on a pull request, once: whoever may write asks, and gets what holds for the head that
 * was reported. Everything else in a comment is left alone. Runs nothing of the pull request.
 */
export async function answerComment(context: ActionContext, event: IssueCommentEvent): Promise<void> {
  const { comment, number } = event;
  const { log, repo } = context;
  const parsed = parseComment(comment.body);
  if (event.action !== 'created' || !event.isPullRequest || comment.author.bot || parsed.status === 'none') {
    log.info('This is no new comment of a person with a command for perf-baseline: nothing to do.');
    return;
  }
  const client = requireClient(context, 'answering a command');
  if (!(await isAllowed(context, client, event))) return;
  const body = await explained('comment', () => readCommentBody(client, repo, comment.id));
  if (body !== comment.body) {
    log.notice('The command was edited or deleted after it was sent: it has no effect. Write a new comment.');
    if (body !== null) await explained('comment', () => react(client, repo, comment.id, '-1'));
    return;
  }
  const isFirst = await explained('comment', () => react(client, repo, comment.id, 'eyes'));
  // Looked at also where nobody has reacted: a reaction can be lost, or taken away.
  if (await wasAnswered(context, client, event, isFirst ? 1 : PATIENCE)) {
    log.info('This command has its answer already.');
    await makeUpFor(context, client, event);
    return;
  }
  const done =
    parsed.status === 'wrong'
      ? { words: `I do not understand this: ${parsed.reason}.\n\n${HELP}`, head: '', effect: 'none' as const }
      : await carryOut(context, client, event, parsed.command);
  await explained('comment', () =>
    postAnswer(
      client,
      repo,
      number,
      { comment: comment.id, head: done.head, effect: done.effect },
      done.words,
    ),
  );
  if ('afterwards' in done) await done.afterwards?.();
  log.info(`answered: ${sanitiseLine(done.words.split('\n')[0] ?? '')}`);
}

async function isAllowed(
  { repo, log }: ActionContext,
  client: Client,
  { comment }: IssueCommentEvent,
): Promise<boolean> {
  let why = `${comment.author.login} may not write to this repository`;
  try {
    if (await mayWrite(client, repo, comment.author)) return true;
  } catch (error) {
    why = `${explain(error, 'read-collaborators')}, so it counts as not allowed`;
  }
  log.notice(`The command was not carried out: ${why}.`);
  await explained('comment', () => react(client, repo, comment.id, '-1'));
  return false;
}

/** Whether another delivery has answered, or soon does, in so many looks. One that died is made up for. */
async function wasAnswered(
  { repo, sleep }: ActionContext,
  client: Client,
  { comment, number }: IssueCommentEvent,
  most: number,
): Promise<boolean> {
  for (let looks = 1; ; looks++) {
    const own = await explained('comment', () => listOwnComments(client, repo, number));
    if (isAnswered(own, comment.id)) return true;
    if (looks >= most) return false;
    await sleep(PATIENCE_MS);
  }
}

/** What an answered command has changed is derived again: the delivery that answered may have ended before it was shown. */
async function makeUpFor(context: ActionContext, client: Client, event: IssueCommentEvent): Promise<void> {
  const { repo } = context;
  const own = await explained('comment', () => listOwnComments(client, repo, event.number));
  const answer = answersAmong(own).find(({ comment }) => comment === event.comment.id);
  const pull = await explained('read-pull-request', () => readPullRequest(client, repo, event.number));
  if (answer === undefined || answer.effect === 'none' || answer.head !== pull.headSha) return;
  const reported = readReported(pull, own);
  const acceptances = acceptancesFor(answersAmong(own), pull.headSha, new Date());
  await renderReported(context, reported, await reported.judge(context, acceptances));
}

/** What to answer, and what follows once the answer, which is the record of it, is there. */
type Done = { words: string; head: string; effect: Answer['effect']; afterwards?: () => Promise<void> };

async function carryOut(
  context: ActionContext,
  client: Client,
  event: IssueCommentEvent,
  command: ChatCommand,
): Promise<Done> {
  const { repo } = context;
  const plain = (words: string, head = ''): Done => ({ words, head, effect: 'none' });
  if (command.verb === 'help') return plain(HELP);
  const pull = await explained('read-pull-request', () => readPullRequest(client, repo, event.number));
  if (pull.state !== 'open')
    return plain('This pull request is closed: nothing is measured or accepted any more.');
  const own = await explained('comment', () => listOwnComments(client, repo, event.number));
  const acceptances = acceptancesFor(answersAmong(own), pull.headSha, new Date());
  const reported = await findSilent(context, client, readReported(pull, own));
  const mend = () => mendSilent(context, reported);
  if (command.verb === 'status')
    return { ...plain(statusWords(reported, acceptances), pull.headSha), afterwards: mend };
  if (command.verb === 'rerun' && reported.current.length + reported.silent.length > 0)
    return plain(await repeatReported(context, client, reported), pull.headSha);
  if (reported.current.length === 0)
    return { ...plain(notReported(reported), pull.headSha), afterwards: mend };
  if (command.verb === 'accept') return await accept(context, event, command, reported, acceptances);
  if (acceptances.length === 0) return plain('Nothing is accepted for this head.', pull.headSha);
  return {
    words: `Taken back by @${event.comment.author.login}: nothing is accepted for \`${pull.headSha.slice(0, 7)}\` any more.`,
    head: pull.headSha,
    effect: 'revoke',
    afterwards: async () => {
      await mend();
      await renderReported(context, reported, await reported.judge(context, []));
    },
  };
}

async function accept(
  context: ActionContext,
  { comment }: IssueCommentEvent,
  command: Accept,
  reported: Reported,
  acceptances: readonly Acceptance[],
): Promise<Done> {
  const { headSha } = reported.pull;
  const plain = (words: string): Done => ({ words, head: headSha, effect: 'none' });
  if (reported.measuring.length > 0)
    return plain('This head is still being measured: accept what it shows once its report is there.');
  if (command.until !== null && command.until < new Date().toISOString().slice(0, 10))
    return plain(`${command.until} is over: give a day that is still to come, or none.`);
  const judged = await reported.judge(context, acceptances);
  if (judged.results.length === 0)
    return plain(
      `There is nothing to judge again: ${judged.refused[0] ?? 'no result of this head was uploaded'}.`,
    );
  const late = judged.results.find(({ stored: { since } }) => since > comment.createdAt);
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
  if (met.length === 0)
    return plain(
      nothingToAccept(
        command,
        failing.map(({ row }) => row),
      ),
    );
  if (met.length > MAX_ROWS)
    return plain(`These are ${met.length} metrics, more than one answer can hold: accept them by scenario.`);
  const { verb: _, ...what } = command;
  const rows = met.flatMap(({ accepted }) => (accepted === null ? [] : [accepted]));
  const acceptance: Acceptance = { ...what, login: comment.author.login, rows };
  return {
    words: acceptedWords(
      acceptance,
      met.map(({ row }) => row),
      headSha,
    ),
    head: headSha,
    effect: { type: 'accept', ...acceptance },
    afterwards: async () => {
      await mendSilent(context, reported);
      await renderReported(context, reported, await reported.judge(context, [...acceptances, acceptance]));
    },
  };
}

function notReported({ pull, older, measuring, silent }: Reported): string {
  const head = `\`${pull.headSha.slice(0, 7)}\``;
  if (measuring.length > 0) return `${head}, the head of this pull request, is still being measured.`;
  if (silent.length > 0)
    return `${head}, the head of this pull request, was never reported: its run ended without a word. \`/perf-baseline rerun\` measures it again.`;
  return older.length === 0
    ? `There is no report of ${head}, the head of this pull request.`
    : `There is no report of ${head}, the head of this pull request, yet: the one above is of an older commit.`;
}
