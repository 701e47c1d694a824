import type { Client, Repo } from './client.ts';
import { explain } from './errors.ts';
import type { Log } from './log.ts';

/**
 * SHAs of a commit and its ancestors, nearest first, at most 100 (one request). Empty, with a warning, when GitHub
 * cannot tell: the newest baseline then stands in for the nearest one, and the report says so.
 */
export async function listAncestors(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  sha: string,
  log: Pick<Log, 'warning'>,
): Promise<string[]> {
  try {
    const { data } = await client.rest.repos.listCommits({ ...repo, sha, per_page: 100 });
    return data.map((commit) => commit.sha);
  } catch (error) {
    log.warning(
      `${explain(error, 'read-commits')}. The newest baseline is used instead of that of the nearest commit`,
    );
    return [];
  }
}
