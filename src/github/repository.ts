import type { Client, Repo } from './client.ts';

/** Name of the default branch now. Rejects when GitHub cannot tell. */
export async function readDefaultBranch(client: Pick<Client, 'rest'>, repo: Repo): Promise<string> {
  const { data } = await client.rest.repos.get({ ...repo });
  return data.default_branch;
}
