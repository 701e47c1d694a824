import type { Finding } from '../init/finding.ts';
import { git } from '../target/git.ts';

/** The branch that pull requests go to: what the remote says, else the one that is there. */
export async function defaultBranch(root: string, signal: AbortSignal): Promise<Finding<string> | null> {
  const ask = async (...args: string[]) => {
    const answer = await git(args, { cwd: root, signal });
    return answer.ok ? answer.stdout.trim() : '';
  };
  const remote = (await ask('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD')).replace(
    'origin/',
    '',
  );
  if (remote !== '') return { value: remote, why: 'the default branch of origin' };
  // Less the folder of the kind: a branch may have a name with slashes.
  const own = await ask('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads');
  const theirs = await ask('for-each-ref', '--format=%(refname:lstrip=3)', 'refs/remotes/origin');
  const listed = [...own.split('\n'), ...theirs.split('\n')];
  const names = [...new Set(listed.filter((name) => name !== '' && name !== 'HEAD'))];
  const usual = ['main', 'master', 'trunk'].find((name) => names.includes(name));
  if (usual !== undefined) return { value: usual, why: 'a branch of this repository' };
  const current = await ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  return current !== '' && names.length <= 1 ? { value: current, why: 'the only branch' } : null;
}
