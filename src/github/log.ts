import { randomBytes } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import { CUT, maskForms } from '../processes/cut-text.ts';
import { secretForms } from '../processes/secret-forms.ts';
import type { Core } from './core.ts';

/** Progress for the reader of the job's log. Every message may hold untrusted text: it is made inert here. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  notice(message: string): void;
  warning(message: string): void;
  error(message: string): void;
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** Prints the output of another program: prefixed, sanitised, with workflow commands switched off. */
  tail(title: string, text: string): void;
}

/*
 * The runner reads both streams of a step. It takes `::name::` at the start of a line and the legacy `##[name]`
 * anywhere in one for a command, and ends a line at a bare \r too. A zero-width space inside both marks breaks
 * them without changing what a reader sees.
 */
const BREAK = '\u200b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text in which no runner finds a workflow command, and no terminal an escape sequence; lines end in `\n`. */
export function sanitiseLog(text: string): string {
  return stripVTControlCharacters(text.replace(/\r\n|\r|\u2028|\u2029|\u0085/g, '\n'))
    .replace(CONTROL, '')
    .replace(BIDI, '')
    .replace(/:(?=:)/g, `:${BREAK}`)
    .replace(/#(?=#\[)/g, `#${BREAK}`);
}

/** The same on a single line: for titles, outputs and annotation titles. */
export function sanitiseLine(text: string): string {
  return sanitiseLog(text)
    .replace(/[\n\t]+/g, ' ')
    .trim();
}

/** Characters of a secret that is masked: a shorter one would blank the text. */
const SHORTEST = 4;

/** Replaces each secret, and each line of one of several lines, by `***`. */
export function redact(text: string, secrets: readonly string[]): string {
  return maskForms(text, secretForms(secrets, SHORTEST)).replaceAll(CUT, '');
}

/** Registers secrets with the runner's masker, line by line, as it compares line by line. */
export function maskSecrets(core: Pick<Core, 'setSecret'>, secrets: readonly string[]): void {
  for (const value of secretForms(secrets, SHORTEST)) core.setSecret(value);
}

/**
 * A log on the runner's commands. `secrets` is read anew for each message, since secrets are found while the
 * config is read. `token` makes the word that switches commands on again; it must not be guessable.
 */
export function createLog(options: {
  core: Core;
  secrets?: () => readonly string[];
  token?: () => string;
}): Log {
  const { core } = options;
  const token = options.token ?? (() => randomBytes(16).toString('hex'));
  const safe = (message: string) => sanitiseLog(redact(message, options.secrets?.() ?? []));
  return {
    debug: (message) => core.debug(safe(message)),
    info: (message) => core.info(safe(message)),
    notice: (message) => core.notice(safe(message)),
    warning: (message) => core.warning(safe(message)),
    error: (message) => core.error(safe(message)),
    async group(title, work) {
      core.startGroup(sanitiseLine(safe(title)));
      try {
        return await work();
      } finally {
        core.endGroup();
      }
    },
    tail(title, text) {
      const word = token();
      core.info(safe(title));
      core.info(`::stop-commands::${word}`);
      try {
        for (const line of safe(text).replace(/\n+$/, '').split('\n')) core.info(`  | ${line}`);
      } finally {
        core.info(`::${word}::`);
      }
    },
  };
}
