import type { Report } from '../domain/report.ts';
import { formatJson } from './json.ts';
import { formatMarkdown } from './markdown.ts';
import { formatTerminal, type TerminalOptions } from './terminal.ts';

/** A report in one format. Only formats for a terminal look at the options. */
export type Format = (report: Report, options?: TerminalOptions) => string;

/** Values of `--format`. A new format is one file and one line here. */
export const FORMATS = {
  table: formatTerminal,
  markdown: (report) => `${formatMarkdown(report)}\n`,
  json: formatJson,
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
