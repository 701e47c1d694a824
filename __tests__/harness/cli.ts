import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Ended, runProcess, type SignalAfter } from './runner/processes.ts';

const MARKER = 'CLI_UNDER_TEST';

export type CliResult = Ended & { stdout: string; stderr: string };

/**
 * Runs the committed command line (`dist/cli.js`) as a shell does, with stdin closed and no terminal; with
 * `terminal`, inside a pseudo-terminal, where stdout and stderr arrive together as `stdout`.
 */
export async function runCli(
  args: readonly string[],
  options: {
    cwd: string;
    /** Added to PATH, HOME and LANG; nothing else is inherited. */
    env?: Readonly<Record<string, string>>;
    /** Interrupts it, as Ctrl-C does; killed 10 s later. */
    signalAfter?: SignalAfter;
    signal?: NodeJS.Signals;
    terminal?: boolean;
    node?: string;
    /** Another script than `dist/cli.js`. */
    script?: string;
    timeoutMs?: number;
  },
): Promise<CliResult> {
  const node = options.node ?? process.env.PERF_BASELINE_NODE ?? process.execPath;
  const script = options.script ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
  const command = [node, script, ...args];
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const [first = '', ...rest] = options.terminal ? ['script', '-qefc', quoted, '/dev/null'] : command;
  const printed = { stdout: '', stderr: '' };
  const ended = await runProcess({
    command: first,
    args: rest,
    cwd: options.cwd,
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: process.env.HOME ?? options.cwd,
      LANG: 'C.UTF-8',
      ...(options.terminal ? { TERM: 'xterm-256color' } : {}),
      ...options.env,
      [MARKER]: randomUUID(),
    },
    marker: MARKER,
    onOutput: (stream, text) => {
      printed[stream] += text;
    },
    signalAfter: options.signalAfter,
    signals: [
      { signal: options.signal ?? 'SIGINT', afterMs: 0 },
      { signal: 'SIGKILL', afterMs: 10_000 },
    ],
    timeoutMs: options.timeoutMs ?? 120_000,
  });
  return { ...ended, ...printed };
}
