import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Git said no; `stderr` is what it said. */
export class GitError extends Error {
  override name = 'GitError';
  readonly stderr: string;
  constructor(args: readonly string[], stderr: string) {
    // Settings given with -c may be credentials.
    super(`git ${args.filter((_, i) => args[i - 1] !== '-c').join(' ')}: ${stderr.trim()}`);
    this.stderr = stderr;
  }
}

/** What no configuration of the machine that runs the tests may change. */
export const GIT_ENV: Record<string, string> = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: tmpdir(),
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

/** Runs git and gives its standard output, as bytes. Rejects with a GitError unless it exits with 0. */
export function git(
  cwd: string,
  args: readonly string[],
  options: { input?: string | Buffer; env?: Record<string, string> } = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env: { ...GIT_ENV, ...options.env }, stdio: 'pipe' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => {});
    child.on('close', (code) =>
      code === 0 ? resolve(Buffer.concat(out)) : reject(new GitError(args, Buffer.concat(err).toString())),
    );
    child.stdin.end(options.input ?? '');
  });
}
