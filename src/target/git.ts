import { execFile } from 'node:child_process';
import { CancelledError } from '../domain/errors.ts';

/** `code` is git's exit code, null when git itself cannot be run. */
export type GitAnswer = { ok: true; stdout: string } | { ok: false; code: number | null; message: string };

export type GitOptions = {
  cwd: string;
  /** Added to the caller's environment: `GIT_CONFIG_*` carries a token without leaving it anywhere. */
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  timeoutMs?: number;
};

/** Where git was told to look by a hook or a wrapper around us; it is `cwd` that counts. */
const ELSEWHERE =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX)$/;

/**
 * Runs git with an argument vector: no shell, no prompt, no optional writes, no hooks, messages in English. In
 * a container job the workspace belongs to another user, and git would refuse it: whose code we are about to run
 * is trusted that far. A failure is an answer; a cancel rejects with a CancelledError.
 */
export function git(args: readonly string[], options: GitOptions): Promise<GitAnswer> {
  const { cwd, signal, timeoutMs = 300_000 } = options;
  const inherited = Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
    ...options.env,
  };
  const fixed = [
    '-c',
    'safe.directory=*',
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'gc.auto=0',
    '-c',
    'maintenance.auto=false',
  ];
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new CancelledError('cancelled'));
      return;
    }
    const limits = { timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024, ...(signal ? { signal } : {}) };
    execFile('git', [...fixed, ...args], { cwd, env, ...limits }, (error, stdout, stderr) => {
      if (error === null) resolve({ ok: true, stdout });
      else if (signal?.aborted) reject(new CancelledError('cancelled'));
      else {
        const { code, killed } = error as { code?: number | string; killed?: boolean };
        const why = killed ? `git ${args[0]} took longer than ${timeoutMs / 1000} s` : error.message;
        resolve({
          ok: false,
          code: typeof code === 'number' ? code : null,
          message: withoutCredentials(stderr.trim().replace(/\s*\n\s*/g, '; ') || why),
        });
      }
    });
  });
}

/** User names and passwords taken out of the URLs of a text. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1');
}

export const FULL_SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** A remote to fetch from: its URL, and in `env` the `GIT_CONFIG_*` variables that authorise it. */
export type Remote = { url: string; env?: Readonly<Record<string, string>> };
