import { formatErrorJson } from '../../src/cli/error-document.ts';
import { terminalIo } from '../../src/cli/io.ts';
import { ConfigError, UsageError } from '../../src/domain/errors.ts';
import { annotate, configAnnotations, inputAnnotations } from '../../src/github/annotations.ts';
import { InputError } from '../../src/github/inputs.ts';
import { sanitiseLog } from '../../src/github/log.ts';

/** What the action and the command line print of an error, on any of their streams. */
export function printed(error: unknown): string {
  const lines: string[] = [];
  const put = (message: string | Error, properties: Record<string, unknown> = {}) =>
    void lines.push(String(message), ...Object.values(properties).map(String));
  const core = { error: put, warning: put, info: put };
  if (error instanceof ConfigError) annotate(core, configAnnotations(error.problems));
  else if (error instanceof InputError) annotate(core, inputAnnotations(error.problems));
  else put(sanitiseLog((error as Error).message));
  const stream = {
    isTTY: false,
    write: (text: string) => lines.push(text) > 0,
  } as unknown as NodeJS.WriteStream;
  terminalIo(new AbortController().signal, stream, stream).say((error as Error).message);
  lines.push(formatErrorJson(error, (text) => text));
  return lines.join('\n');
}

/** Only these may leave a reader of outside input. */
export function isDeclared(error: unknown): boolean {
  return error instanceof UsageError;
}

/** What a runner would take for a command, and what a terminal would act on. Undefined: nothing. */
export function activeInLog(text: string): string | undefined {
  return (
    /^[^\S\n]*::.*/m.exec(text)?.[0] ??
    /##\[.*/.exec(text)?.[0] ??
    /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.exec(text)?.[0]
  );
}

/** What GitHub would act on in a comment: hidden markers of a stranger's, mentions, images, HTML but our own folds. */
export function activeInMarkdown(text: string): string | undefined {
  const prose = text.replace(/^(`{3,})text\n[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');
  return (
    activeInLog(text.replace(/^:-.*$/gm, '')) ??
    /<!--|-->|@[\w[]|<(?!\/?(?:details|summary)\b)[a-z!/]/i.exec(text)?.[0] ??
    /!\[/.exec(prose)?.[0]
  );
}
