import type { Report } from '../domain/report.ts';
import type { Progress } from '../measure/progress.ts';
import { secretForms } from '../processes/secret-forms.ts';
import { FORMATS, type FormatName } from '../report/registry.ts';
import { safeText } from '../target/safe-log.ts';
import { formatErrorJson } from './error-document.ts';
import { terminalProgress } from './progress.ts';

export type Format = FormatName;

/** Where a command's words go: the report to standard output, everything else to standard error. */
export type Io = {
  signal: AbortSignal;
  progress: Progress;
  print(report: Report, format: Format): void;
  /** Prints what a command that makes no report has to say. */
  printText(text: string): void;
  /** Prints an error as the one document of `--format json`; nothing, when a report was printed. */
  printError(error: unknown): void;
  say(line: string): void;
  /** Never shows these values from now on. */
  hide(secrets: readonly string[]): void;
};

export function terminalIo(signal: AbortSignal, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Io {
  let forms: string[] = [];
  let reported = false;
  // Also in a terminal: a workflow may run this as a step, and its runner reads both streams for commands.
  const safe = (text: string) => safeText(text, forms);
  const { progress, clear } = terminalProgress(stderr, safe);
  const color = stdout.isTTY === true && !process.env.NO_COLOR;
  return {
    signal,
    progress,
    print: (report, format) => {
      clear();
      reported = true;
      const width = stdout.isTTY ? stdout.columns : null;
      stdout.write(FORMATS[format](report, { color, width }));
    },
    printText: (text) => {
      clear();
      reported = true;
      stdout.write(text);
    },
    printError: (error) => {
      clear();
      if (!reported) stdout.write(formatErrorJson(error, safe));
    },
    say: (line) => {
      clear();
      stderr.write(`${safe(line)}\n`);
    },
    hide: (secrets) => {
      forms = secretForms(secrets);
    },
  };
}
