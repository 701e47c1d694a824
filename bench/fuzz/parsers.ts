import { chatParsers } from './chat-parsers.ts';
import type { Parser } from './check.ts';
import { configParsers } from './config-parsers.ts';
import { documentParsers } from './document-parsers.ts';
import { githubParsers } from './github-parsers.ts';

/** Every reader of outside input. Shares are relative. */
export const parsers: readonly Parser<never>[] = [
  ...configParsers,
  ...documentParsers,
  ...githubParsers,
  ...chatParsers,
];
