import { CancelledError, ConfigError, DocumentError, type Problem, UsageError } from '../domain/errors.ts';
import { inertJson } from '../report/untrusted.ts';

type ErrorDocument = {
  error: {
    type: 'usage' | 'config' | 'document' | 'cancelled' | 'internal';
    message: string;
    problems?: readonly Problem[];
  };
};

/** What `--format json` prints where there is no report, described by schema/error.schema.json. `safe` masks secrets. */
export function formatErrorJson(error: unknown, safe: (text: string) => string): string {
  const document: ErrorDocument = {
    error: {
      type: typeOf(error),
      message: safe(error instanceof Error ? error.message : String(error)),
      ...(error instanceof ConfigError && { problems: error.problems.map((p) => safeProblem(p, safe)) }),
    },
  };
  return `${inertJson(document)}\n`;
}

function typeOf(error: unknown): ErrorDocument['error']['type'] {
  if (error instanceof CancelledError) return 'cancelled';
  if (error instanceof ConfigError) return 'config';
  if (error instanceof DocumentError) return 'document';
  return error instanceof UsageError ? 'usage' : 'internal';
}

function safeProblem(problem: Problem, safe: (text: string) => string): Problem {
  const { value, expected, message } = problem;
  return { ...problem, value: safe(value), expected: safe(expected), message: safe(message) };
}

/** Whether a command line asks for JSON, also one that is wrong elsewhere. The last one counts, as for any option. */
export function asksForJson(argv: readonly string[]): boolean {
  const formats = argv.flatMap((word, i) => {
    if (word === '--format') return [argv[i + 1]];
    return word.startsWith('--format=') ? [word.slice('--format='.length)] : [];
  });
  return formats.at(-1) === 'json';
}
