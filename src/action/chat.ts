import { UsageError } from '../domain/errors.ts';
import { type Answer, acceptancesFor, answersAmong, listOwnComments } from '../github/chat-answers.ts';
import { type ChatCommand, parseComment } from '../github/chat-command.ts';
import { isAnswered, postAnswer, react, readCommentBody } from '../github/chat-thread.ts';
import type { Client } from '../github/client.ts';
import { mayWrite } from '../github/collaborator.ts';
import { explain, explained } from '../github/errors.ts';
import type { IssueCommentEvent } from '../github/event.ts';
import { sanitiseLine } from '../github/log.ts';
import { readPullRequest } from '../github/pull-request.ts';
import { accept, revoke } from './accept.ts';
import { HELP, statusWords } from './chat-words.ts';
import { type ActionContext, requireClient } from './context.ts';
import { type Reported, readReported, repeatReported } from './reported.ts';
import { showAccepted } from './show-accepted.ts';
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
    // The delivery that answered may have ended before it was shown.
    await showAccepted(context, number);
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
      context.sleep,
    ),
  );
  log.info(`answered: ${sanitiseLine(done.words.split('\n')[0] ?? '')}`);
  if ('afterwards' in done) await done.afterwards?.();
  const isShown = parsed.status === 'command' && parsed.command.verb === 'status';
  if (!isShown) await showAccepted(context, number);
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

/** What to answer, and what follows once the answer, which is the record of it, is there. */
type Done = {
  words: string;
  head: string;
  effect: Answer['effect'];
  afterwards?: () => Promise<void>;
};

async function carryOut(
  context: ActionContext,
  client: Client,
  event: IssueCommentEvent,
  command: ChatCommand,
): Promise<Done> {
  const { repo } = context;
  const { number } = event;
  const plain = (words: string, head = ''): Done => ({ words, head, effect: 'none' });
  if (command.verb === 'help') return plain(HELP);
  // What it says is to be what is shown.
  const trouble = command.verb === 'status' ? await tryToShow(context, number) : null;
  const pull = await explained('read-pull-request', () => readPullRequest(client, repo, number));
  const own = await explained('comment', () => listOwnComments(client, repo, number));
  const answers = answersAmong(own);
  if (command.verb === 'revoke' && pull.state !== 'open') return revoke(event, pull.headSha, answers, CLOSED);
  if (pull.state !== 'open') return plain(CLOSED);
  const acceptances = acceptancesFor(answers, pull.headSha, new Date());
  const reported = await findSilent(context, client, readReported(pull, own));
  const mend = () => mendSilent(context, client, reported);
  if (command.verb === 'status')
    return { ...plain(statusWords(reported, acceptances, trouble), pull.headSha), afterwards: mend };
  if (command.verb === 'rerun' && reported.current.length + reported.silent.length > 0)
    return plain(await repeatReported(context, client, reported), pull.headSha);
  const missing = reported.current.length === 0 ? notReported(reported) : null;
  if (command.verb === 'revoke')
    return { ...revoke(event, pull.headSha, answers, missing), afterwards: mend };
  if (missing !== null || command.verb !== 'accept')
    return { ...plain(missing ?? '', pull.headSha), afterwards: mend };
  return { ...(await accept(context, event, command, reported, acceptances)), afterwards: mend };
}

const CLOSED = 'This pull request is closed: nothing is measured or accepted any more.';

/** Why what holds could not be shown; null where it is. The answer is the place to say so, not the log of this job. */
async function tryToShow(context: ActionContext, number: number): Promise<string | null> {
  try {
    await showAccepted(context, number);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
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
