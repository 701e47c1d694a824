import { z } from 'zod';
import type { Client, Repo } from './client.ts';
import { type Author, ownAuthor } from './comment-thread.ts';

/*
 * The one answer to a command begins with
 *   <!-- perf-baseline:answer v1 <base64 of JSON> -->
 * and is by ourselves: which comment was answered, for which head, and what was accepted. There is no other state.
 */
const MARKER = /^<!-- perf-baseline:answer v1 ([A-Za-z0-9+/]{1,50000}) -->/;

/** What fits into an answer, whatever the numbers are. */
export const MAX_ROWS = 500;

/** Hash of the series and the row, and the most that was accepted of it, more being worse. */
export type AcceptedRow = [id: string, most: number];

/**
 * A regression that somebody with write access answers for. `until`: the last day, YYYY-MM-DD in UTC. `rows`: what failed
 * when it was given; nothing else is accepted, also where every regression was asked for.
 */
export type Acceptance = {
  scenario: string | null;
  metric: string | null;
  until: string | null;
  because: string;
  login: string;
  rows: AcceptedRow[];
};

/** `comment`: the id of the command that it answers. `head`: the commit that the command was given for. */
export type Answer = {
  comment: number;
  head: string;
  effect: 'none' | 'revoke' | ({ type: 'accept' } & Acceptance);
};

const text = (max: number) => z.string().max(max);
const answerSchema = z.object({
  comment: z.number().int().nonnegative(),
  head: z.string().regex(/^[0-9a-f]{0,64}$/),
  effect: z.union([
    z.enum(['none', 'revoke']),
    z.object({
      type: z.literal('accept'),
      scenario: text(1000).nullable(),
      metric: text(1000).nullable(),
      until: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .nullable(),
      because: text(1000),
      login: text(100),
      // Where they are not said, nothing was accepted.
      rows: z
        .array(z.tuple([z.string().regex(/^[0-9a-f]{16}$/), z.number()]))
        .max(MAX_ROWS)
        .default([]),
    }),
  ]),
});

export function renderAnswer(answer: Answer, words: string): string {
  const encoded = Buffer.from(JSON.stringify(answer)).toString('base64').replace(/=+$/, '');
  return `<!-- perf-baseline:answer v1 ${encoded} -->\n${words}`;
}

/** What an answer's body says; undefined for any other text. Says nothing of who wrote it. */
export function parseAnswer(body: string): Answer | undefined {
  const encoded = MARKER.exec(body)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return answerSchema.safeParse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** What was accepted for a head and not taken back: what holds on a day, and what is over by then. */
export type Acceptances = { holding: Acceptance[]; expired: Acceptance[] };

export const NONE_ACCEPTED: Acceptances = { holding: [], expired: [] };

/**
 * By the order in which the comments were written, whatever the order in which they were carried out. A `revoke` takes back what
 * was accepted before it, of whatever head.
 */
export function acceptancesFor(answers: readonly Answer[], head: string, now: Date): Acceptances {
  const today = now.toISOString().slice(0, 10);
  let standing: Acceptance[] = [];
  for (const { head: given, effect } of [...answers].sort((a, b) => a.comment - b.comment)) {
    // It is carried out when another commit may be the head already, which is not the one that it was written about.
    if (effect === 'revoke') standing = [];
    if (given !== head || typeof effect === 'string') continue;
    standing.push(withoutType(effect));
  }
  const isOver = ({ until }: Acceptance) => until !== null && until < today;
  return { holding: standing.filter((one) => !isOver(one)), expired: standing.filter(isOver) };
}

/** Whether anything was accepted or taken back for a head: else what is shown of it is what was judged. */
export function isDecided(answers: readonly Answer[], head: string): boolean {
  return answers.some((answer) => answer.head === head && answer.effect !== 'none');
}

function withoutType({ type: _, ...acceptance }: Acceptance & { type: 'accept' }): Acceptance {
  return acceptance;
}

export type OwnComments = { id: number; body: string; createdAt: string }[];

/** All comments of ours on a pull request, oldest first: reports and answers. */
export async function listOwnComments(
  client: Pick<Client, 'rest' | 'graphql' | 'paginate'>,
  repo: Repo,
  issue: number,
): Promise<OwnComments> {
  const all = await client.paginate(client.rest.issues.listComments, {
    ...repo,
    issue_number: issue,
    per_page: 100,
  });
  const marked = all.filter(({ body }) => body?.startsWith('<!-- perf-baseline:') === true);
  if (marked.length === 0) return [];
  const isSelf = await ownAuthor(client);
  return marked
    .filter(({ user }) => user !== null && isSelf(user as Author))
    .sort((a, b) => a.id - b.id)
    .map(({ id, body = '', created_at }) => ({ id, body, createdAt: created_at }));
}

/** The answers among our own comments. */
export function answersAmong(comments: OwnComments): Answer[] {
  return comments.map(({ body }) => parseAnswer(body)).filter((answer) => answer !== undefined);
}

/** What our comments on a pull request say is accepted of a head today. */
export function acceptedIn(comments: OwnComments, head: string): Acceptances {
  return acceptancesFor(answersAmong(comments), head, new Date());
}
