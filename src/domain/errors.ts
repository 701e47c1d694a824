import type { Failure } from './result.ts';

/** Exit codes of the command line, by what went wrong. */
export const EXIT = { fine: 0, regressed: 1, usage: 2, failed: 3, cancelled: 130 } as const;

/** The user can mend it: wrong config, input, or a document that cannot be read. Printed without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export type Problem = {
  file: string;
  line: number;
  column: number;
  path: string;
  value: string;
  expected: string;
  message: string;
};

/** Every problem of a config at once. */
export class ConfigError extends UsageError {
  override name = 'ConfigError';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message}`).join('\n'));
    this.problems = problems;
  }
}

/** A result or baseline that cannot be used, and why. Corrupt is never read as absent. */
export class DocumentError extends UsageError {
  override name = 'DocumentError';
  readonly reason: 'unreadable' | 'corrupt' | 'newer';
  constructor(reason: 'unreadable' | 'corrupt' | 'newer', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The run was asked to stop (SIGINT, SIGTERM, cancelled job). */
export class CancelledError extends Error {
  override name = 'CancelledError';
}

/** The target could not be set up, started or found ready. Its message is the failure's detail. */
export class TargetError extends Error {
  override name = 'TargetError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}
