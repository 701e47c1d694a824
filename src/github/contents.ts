import type { Client, Repo } from './client.ts';
import { unlessAbsent } from './told-twice.ts';

const MAX_BYTES = 1_000_000;

export type FileAtRef =
  | { status: 'found'; text: string }
  | { status: 'absent' }
  | { status: 'unusable'; reason: string };

/**
 * A file as it is at a branch, tag or commit, as UTF-8 text of at most 1 MB. A link, a folder or a submodule in its
 * place is `unusable`: nothing is followed. Rejects when GitHub cannot tell.
 */
export async function readFileAt(
  client: Pick<Client, 'rest'>,
  repo: Repo,
  path: string,
  ref: string,
): Promise<FileAtRef> {
  const unusable = (reason: string): FileAtRef => ({ status: 'unusable', reason: `${path} ${reason}` });
  const answer = await unlessAbsent(() => client.rest.repos.getContent({ ...repo, path, ref }));
  if (answer === null) return { status: 'absent' };
  const data: unknown = answer.data;
  const file = data as { type?: string; size?: number; encoding?: string; content?: string };
  if (Array.isArray(data) || file.type !== 'file') return unusable('is not a plain file');
  if ((file.size ?? 0) > MAX_BYTES || file.encoding !== 'base64' || file.content === undefined)
    return unusable(`has more than ${MAX_BYTES} bytes`);
  try {
    const bytes = Buffer.from(file.content, 'base64');
    return { status: 'found', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return unusable('is not UTF-8 text');
  }
}
