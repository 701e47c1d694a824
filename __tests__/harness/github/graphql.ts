import type { Answer } from './api.ts';
import type { World } from './world.ts';
import { ACTIONS_BOT } from './world.ts';

const VIEWER = /^\s*(?:query\s*\w*\s*)?\{\s*viewer\s*\{\s*((?:\w+[\s,]*)+)\}\s*\}\s*$/;

/** The one query that is served: `{ viewer { … } }`, whose login a workflow's token cannot ask of the REST API. */
export function answerGraphql(
  world: World,
  body: unknown,
  givenToken: string | null,
  complain: (what: string) => void,
): Answer {
  const token = givenToken === null ? undefined : world.tokens.get(givenToken);
  if (!token)
    return {
      status: 401,
      body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/graphql' },
    };
  const query = (body as { query?: unknown } | undefined)?.query;
  const fields =
    typeof query === 'string'
      ? VIEWER.exec(query)?.[1]
          ?.split(/[\s,]+/)
          .filter(Boolean)
      : undefined;
  const viewer = token.user ?? ACTIONS_BOT;
  const known: Record<string, unknown> = {
    login: viewer.login,
    databaseId: viewer.id,
    id: `U_${viewer.id}`,
    __typename: viewer.type,
  };
  const unknown = fields?.filter((field) => !(field in known));
  if (!fields || unknown?.length !== 0) {
    complain(`GraphQL query that is not implemented: ${String(query)}`);
    return {
      status: 200,
      body: { errors: [{ type: 'undefinedField', message: 'not served by the stand-in' }] },
    };
  }
  return { status: 200, body: { data: { viewer: Object.fromEntries(fields.map((f) => [f, known[f]])) } } };
}
