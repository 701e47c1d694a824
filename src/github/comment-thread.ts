import type { Client, Repo } from './client.ts';
import { hasMarker } from './comment-body.ts';
import { httpStatus } from './errors.ts';

export type OwnComment = { id: number; url: string; body: string };

/** The comments of one pull request, as far as they are ours: by author and by marker. */
export interface CommentThread {
  /** Own comments with the key, oldest first, from all pages. */
  list(): Promise<OwnComment[]>;
  /** One comment again; null when it is gone. */
  read(id: number): Promise<OwnComment | null>;
  create(body: string): Promise<OwnComment>;
  update(id: number, body: string): Promise<void>;
  remove(id: number): Promise<void>;
}

export type Author = { login: string; type: string };
type ApiComment = {
  id: number;
  html_url: string;
  body?: string | undefined;
  user: { login: string; type: string } | null;
};

/** More comments than a pull request can sensibly have; the end of a loop, not a limit anyone meets. */
const MAX_PAGES = 200;

/**
 * Writes are sent once (`lookFirst`): a comment has no compare-and-swap, so a late repetition would undo what another
 * job wrote in between. The caller reads again and decides.
 */
export function openThread(
  client: Pick<Client, 'rest' | 'graphql'>,
  repo: Repo,
  issue: number,
  keyHash: string,
): CommentThread {
  const once = { request: { lookFirst: true } };
  const own = (comment: ApiComment): OwnComment => ({
    id: comment.id,
    url: comment.html_url,
    body: comment.body ?? '',
  });

  return {
    async list() {
      const marked: ApiComment[] = [];
      for (let page = 1; page <= MAX_PAGES; page++) {
        const { data, headers } = await client.rest.issues.listComments({
          ...repo,
          issue_number: issue,
          per_page: 100,
          page,
        });
        marked.push(...data.filter((comment) => hasMarker(comment.body ?? '', keyHash)));
        if (data.length === 0 || !/rel="next"/.test(headers.link ?? '')) break;
      }
      if (marked.length === 0) return [];
      const isSelf = await ownAuthor(client);
      const mine = marked.filter(({ user }) => user !== null && isSelf(user));
      // An app and a user may share a name, less "[bot]"; only one of them can be us.
      const bots = mine.filter(({ user }) => user?.type === 'Bot');
      return (bots.length > 0 ? bots : mine).sort((a, b) => a.id - b.id).map(own);
    },
    async read(id) {
      try {
        const { data } = await client.rest.issues.getComment({ ...repo, comment_id: id });
        return hasMarker(data.body ?? '', keyHash) ? own(data) : null;
      } catch (error) {
        if (isGone(error)) return null;
        throw error;
      }
    },
    async create(body) {
      const { data } = await client.rest.issues.createComment({
        ...repo,
        issue_number: issue,
        body,
        ...once,
      });
      const { user } = data;
      if (user !== null) known.set(client, (author) => sameAuthor(user.login, author));
      return own(data);
    },
    async update(id, body) {
      await client.rest.issues.updateComment({ ...repo, comment_id: id, body, ...once });
    },
    async remove(id) {
      try {
        await client.rest.issues.deleteComment({ ...repo, comment_id: id });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
  };
}

/** 404 or 410: somebody else removed it. */
export function isGone(error: unknown): boolean {
  const status = httpStatus(error);
  return status === 404 || status === 410;
}

const known = new WeakMap<object, (author: Author) => boolean>();

/** Whether an author is the owner of the client's token. Asked of GitHub once for each client. */
export async function ownAuthor(
  client: Pick<Client, 'rest' | 'graphql'>,
): Promise<(author: Author) => boolean> {
  const isSelf = known.get(client) ?? (await readSelf(client));
  known.set(client, isSelf);
  return isSelf;
}

/**
 * Who the token is. `GET /user` refuses the token of a workflow run, so GraphQL is asked first; a token that neither
 * will name is that of the workflow run.
 */
async function readSelf(client: Pick<Client, 'rest' | 'graphql'>): Promise<(author: Author) => boolean> {
  const login = (await viewerLogin(client)) ?? (await userLogin(client)) ?? 'github-actions[bot]';
  return (author) => sameAuthor(login, author);
}

async function viewerLogin(client: Pick<Client, 'graphql'>): Promise<string | null> {
  try {
    const answer: { viewer?: { login?: unknown } | null } = await client.graphql(
      'query { viewer { login } }',
    );
    const login = answer.viewer?.login;
    return typeof login === 'string' && login !== '' ? login : null;
  } catch (error) {
    return refusedOrRethrow(error);
  }
}

async function userLogin(client: Pick<Client, 'rest'>): Promise<string | null> {
  try {
    return (await client.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    return refusedOrRethrow(error);
  }
}

/** A refusal leads to the next way of asking; a fault does not, or a wrong guess would make a second comment. */
function refusedOrRethrow(error: unknown): null {
  const status = httpStatus(error);
  const isGraphqlRefusal = error instanceof Error && error.name === 'GraphqlResponseError';
  if (isGraphqlRefusal || status === 403 || status === 404) return null;
  throw error;
}

/** GraphQL names an app without the "[bot]" that REST gives it. */
function sameAuthor(login: string, author: Author): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/\[bot\]$/, '');
  if (author.type === 'Bot') return bare(author.login) === bare(login);
  return author.login.toLowerCase() === login.toLowerCase();
}
