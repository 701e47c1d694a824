#!/usr/bin/env node
import { helpText, oneOf, type Parsed, parseCommandLine } from './cli/arguments.ts';
import { compareCommand } from './cli/compare.ts';
import { asksForJson } from './cli/error-document.ts';
import { initCommand } from './cli/init.ts';
import { type Io, terminalIo } from './cli/io.ts';
import { reportCommand } from './cli/report.ts';
import { runCommand } from './cli/run.ts';
import { trendCommand } from './cli/trend.ts';
import { validateCommand } from './cli/validate.ts';
import { CancelledError, EXIT, UsageError } from './domain/errors.ts';
import { cancelledBySignals } from './pipeline/cancellation.ts';
import { TOOL_VERSION } from './version.ts';

const FORMATS = ['table', 'markdown', 'json'] as const;
const FAIL_ON = ['regression', 'inconclusive', 'never'] as const;

async function main(argv: readonly string[], io: Io): Promise<number> {
  const parsed = parseCommandLine(argv);
  if (parsed.type === 'help') {
    process.stdout.write(helpText(parsed.command));
    return argv.length === 0 ? EXIT.usage : EXIT.fine;
  }
  if (parsed.type === 'version') {
    process.stdout.write(`${TOOL_VERSION}\n`);
    return EXIT.fine;
  }
  return await dispatch(parsed, io);
}

function dispatch(
  { command, options, positionals }: Extract<Parsed, { type: 'command' }>,
  io: Io,
): Promise<number> {
  const common = { config: options.config, workingDirectory: options['working-directory'] ?? '.' };
  const format = oneOf('format', options.format, FORMATS);
  const failOn = oneOf('fail-on', options['fail-on'], FAIL_ON);
  const [first = '', second = ''] = positionals;
  switch (command) {
    case 'run': {
      const { start, url, only, save, baseline, base, output, series = 'local' } = options;
      return runCommand(
        { ...common, start, url, only, save, baseline, base, output, series, failOn, format },
        io,
      );
    }
    case 'compare':
      return compareCommand({ ...common, base: first, candidate: second, failOn, format }, io);
    case 'report':
      return reportCommand({ ...common, result: first, failOn, format }, io);
    case 'trend': {
      const { baseline = '.perf-baseline', series, only } = options;
      return trendCommand({ baseline, series, only, format }, io);
    }
    case 'init':
      return initCommand(
        {
          workingDirectory: options['working-directory'],
          start: options.start,
          url: options.url,
          forks: options.forks !== undefined,
        },
        io,
      );
    case 'validate':
      return validateCommand(common, io);
  }
}

/** Tells an error, on standard error and where JSON is asked for as a document too. Gives the exit code. */
function tell(thrown: unknown, argv: readonly string[], io: Io): number {
  const cancelled = thrown instanceof CancelledError || io.signal.aborted;
  const error = cancelled ? new CancelledError('cancelled') : thrown;
  if (error instanceof CancelledError || error instanceof UsageError) io.say(error.message);
  else
    io.say(
      `perf-baseline failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  if (asksForJson(argv)) io.printError(error);
  if (cancelled) return EXIT.cancelled;
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

const argv = process.argv.slice(2);
const io = terminalIo(cancelledBySignals(), process.stdout, process.stderr);
try {
  process.exitCode = await main(argv, io);
} catch (error) {
  process.exitCode = tell(error, argv, io);
}
