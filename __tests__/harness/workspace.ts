import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { WorkflowEvent } from './events.ts';
import { git } from './github/git-process.ts';
import type { GitHubStandIn } from './github/stand-in.ts';

export type Files = Readonly<Record<string, string | Buffer>>;

/** A folder to work in, as a runner or a person has one. `close` removes it, and whatever else was made for it. */
export class Workspace {
  readonly path: string;
  readonly #root: string;

  constructor(root: string, path: string) {
    this.#root = root;
    this.path = path;
    mkdirSync(path, { recursive: true });
  }

  /** Runs git here; gives what it printed, without the last newline. */
  async git(...args: string[]): Promise<string> {
    return (await git(this.path, args)).toString().trimEnd();
  }

  write(files: Files): void {
    for (const [name, content] of Object.entries(files)) {
      const file = join(this.path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** Commits everything there is; gives the commit's id. */
  async commit(message: string): Promise<string> {
    await this.git('add', '--all');
    await this.git(
      '-c',
      'user.name=Octo Cat',
      '-c',
      'user.email=octocat@example.com',
      'commit',
      '--quiet',
      '--message',
      message,
    );
    return this.git('rev-parse', 'HEAD');
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A folder with these files, outside GitHub: a repository of its own with one commit, or with `git: false` none. */
export async function localWorkspace(files: Files, options: { git?: boolean } = {}): Promise<Workspace> {
  const root = mkdtempSync(join(tmpdir(), 'workspace-'));
  const workspace = new Workspace(root, join(root, 'service'));
  workspace.write(files);
  if (options.git !== false) {
    await workspace.git('init', '--quiet', '--initial-branch=main');
    await workspace.commit('Start');
  }
  return workspace;
}

/**
 * What actions/checkout leaves for an event: on `pull_request` the merge commit, one commit deep. Credentials are
 * kept as its version 6 and later does, in a file of the runner that the checkout's configuration includes.
 */
export async function checkout(
  hub: GitHubStandIn,
  event: WorkflowEvent,
  options: { depth?: number; persistCredentials?: boolean; ref?: string; sha?: string } = {},
): Promise<Workspace> {
  const root = mkdtempSync(join(tmpdir(), 'runner-'));
  const name = event.repository.name;
  const workspace = new Workspace(root, join(root, 'work', name, name));
  const ref = options.ref ?? event.ref;
  const sha = options.sha ?? event.sha;
  const token = hub.world.issueToken(event.repository, { contents: 'read' }).value;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const extraHeader = `http.${hub.serverUrl}/.extraheader`;
  const header = `AUTHORIZATION: basic ${basic}`;
  await workspace.git('init', '--quiet');
  await workspace.git('remote', 'add', 'origin', `${hub.serverUrl}/${event.repository.fullName}`);
  const depth = options.depth ?? 1;
  const local = ref.startsWith('refs/heads/')
    ? ref.replace('refs/heads/', 'refs/remotes/origin/')
    : ref.replace('refs/', 'refs/remotes/');
  const fetched =
    depth > 0
      ? [`--depth=${depth}`, 'origin', `+${sha}:${local}`]
      : [
          'origin',
          '+refs/heads/*:refs/remotes/origin/*',
          ...(ref.startsWith('refs/heads/') ? [] : [`+${sha}:${local}`]),
        ];
  await workspace.git(
    '-c',
    `${extraHeader}=${header}`,
    'fetch',
    '--quiet',
    '--no-tags',
    '--prune',
    ...fetched,
  );
  const branch = ref.startsWith('refs/heads/') ? ['-B', ref.replace('refs/heads/', '')] : ['--detach'];
  await workspace.git('checkout', '--quiet', '--force', ...branch, local);
  if (options.persistCredentials !== false) {
    const kept = join(root, 'work', '_temp', 'git-credentials.config');
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, `[http "${hub.serverUrl}/"]\n\textraheader = ${header}\n`);
    await workspace.git('config', '--local', `includeIf.gitdir:${workspace.path}/.git.path`, kept);
  }
  return workspace;
}
