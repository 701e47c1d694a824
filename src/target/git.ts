import { spawn } from 'node:child_process';
import { CancelledError } from '../domain/errors.ts';
import { trySignal } from '../processes/family.ts';

/** `code` is git's exit code, null when git itself cannot be run. */
export type GitAnswer = { ok: true; stdout: string } | { ok: false; code: number | null; message: string };

export type GitOptions = {
  cwd: string;
  /** Added to the caller's environment: `GIT_CONFIG_*` carries a token without leaving it anywhere. */
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  timeoutMs?: number;
};

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

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
    const child = spawn('git', [...fixed, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A fetch is several processes, and the one that waits for the network outlives the first.
      detached: process.platform !== 'win32',
    });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let bytes = 0;
    let killed: string | null = null;
    const kill = (why: string) => {
      killed ??= why;
      if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
      else trySignal(-child.pid, 'SIGKILL');
    };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_OUTPUT_BYTES) kill(`git ${args[0]} printed more than ${MAX_OUTPUT_BYTES} bytes`);
        else output[stream].push(chunk);
      });
    const onAbort = () => kill('cancelled');
    const onExit = () => kill('the process ends');
    const timer = setTimeout(() => kill(`git ${args[0]} took longer than ${timeoutMs / 1000} s`), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    process.on('exit', onExit);
    let failure: string | null = null;
    child.once('error', (error) => {
      failure = error.message;
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      process.off('exit', onExit);
      const [stdout, stderr] = [Buffer.concat(output.stdout), Buffer.concat(output.stderr)].map(String);
      if (killed === null && code === 0) resolve({ ok: true, stdout: stdout ?? '' });
      else if (signal?.aborted) reject(new CancelledError('cancelled'));
      else {
        const said = stderr?.trim().replace(/\s*\n\s*/g, '; ');
        const why = killed ?? failure ?? (said || `git ${args[0]} ended with ${code ?? 'a signal'}`);
        const exit = failure === null && killed === null ? code : null;
        resolve({ ok: false, code: exit, message: withoutCredentials(why) });
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
