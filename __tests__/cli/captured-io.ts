import type { Io } from '../../src/cli/io.ts';
import type { Report } from '../../src/domain/report.ts';

/** The words of a command, kept: its report, and the lines it says on standard error. */
export function capturedIo(): Io & { reports: Report[]; said: string[] } {
  const reports: Report[] = [];
  const said: string[] = [];
  return {
    reports,
    said,
    signal: new AbortController().signal,
    progress: () => {},
    print: (report) => void reports.push(report),
    printText: () => {},
    printError: () => {},
    say: (line) => void said.push(line),
    hide: () => {},
  };
}
