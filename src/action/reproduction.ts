import { relative, resolve } from 'node:path';
import type { Config } from '../domain/config.ts';
import { shellWord } from '../domain/shell-word.ts';
import type { Env } from '../github/event.ts';
import { reproduction } from '../pipeline/reproduction.ts';

/**
 * The command that repeats a run in a checkout of the repository, by the version of the tool that the workflow uses; null
 * without a config file: an input of the workflow may hold a secret, and a comment does not mask it. `base` is a hash.
 */
export function reproductionOf(
  { file, workingDirectory }: Pick<Config, 'file' | 'workingDirectory'>,
  env: Env,
  base: string | null,
): string | null {
  if (file === null) return null;
  const directory = resolve(workingDirectory);
  const config = relative(directory, resolve(file));
  return reproduction(programOf(env), { workingDirectory: relative(process.cwd(), directory), config }, base);
}

/** npm installs from GitHub what is not in a registry. A step that uses an action of its own repository names none. */
function programOf({ GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref }: Env): string {
  if (!repository) return 'npx perf-baseline';
  return `npx ${shellWord(`github:${repository}${ref ? `#${ref}` : ''}`)}`;
}
