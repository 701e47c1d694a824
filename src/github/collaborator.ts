import type { Client, Repo } from './client.ts';

const MAY_WRITE = new Set(['admin', 'maintain', 'write']);

/**
 * Whether a person may write to the repository, asked of the API. The numeric id must be the same: a login can be
 * given up and taken by somebody else. Rejects when GitHub cannot tell, which must be taken for a no.
 */
export async function mayWrite(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  person: { id: number; login: string },
): Promise<boolean> {
  const { data } = await client.rest.repos.getCollaboratorPermissionLevel({
    ...repo,
    username: person.login,
  });
  return data.user?.id === person.id && MAY_WRITE.has(data.permission);
}
