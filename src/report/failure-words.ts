import type { Failure, FailureReason } from '../domain/result.ts';
import { benchmarkWord, wordAction, wordText } from './benchmark-words.ts';
import { websocketWords } from './websocket-failure.ts';

const WHAT: Record<FailureReason, string> = {
  'setup-failed': 'the setup command failed',
  'start-failed': 'the target failed to start',
  'not-ready': 'the target did not get ready in time',
  'port-in-use': 'the port of the target is in use',
  'target-died': 'the target died while it was measured',
  'nothing-answered': 'the target answered nothing',
  'only-errors': 'the target answered with nothing but errors',
  'generator-failed': 'the load generator failed',
  'benchmark-failed': 'the benchmark could not be run',
  'budget-spent': 'the time budget was spent before it was measured',
  cancelled: 'the run was cancelled',
};

const DO: Record<FailureReason, string> = {
  'setup-failed': 'Run `target.setup` in the working directory and mend what it prints.',
  'start-failed':
    'Run `target.start` in the working directory: it must stay in the foreground and listen on the port of `target.url`.',
  'not-ready': 'Check `target.url` and `target.ready`, or raise `target.ready.timeout`.',
  'port-in-use':
    'Write `${PORT}` in `target.url`, so that a free port is chosen and exported, or stop what listens there.',
  'target-died': 'The load of this scenario ends it: put the same on it by hand, and see why.',
  'nothing-answered': 'Check `target.url` and the paths and timeouts of the requests.',
  'only-errors': 'Look at the errors by kind below, and check the requests, their `expect`, and the target.',
  'benchmark-failed': 'Run the module or the command in the working directory by hand.',
  'budget-spent':
    'Raise `measure.budget`, or lower `measure.duration`, or a `rate` that the target does not keep up with.',
  'generator-failed':
    'Where its message says what the machine is short of, change that. Otherwise run it again; if it happens again, it is a defect of perf-baseline worth reporting with the log.',
  cancelled: 'Run it again when you want a verdict.',
};

/** The same where the end of the output is there to be looked at. */
const WITH_OUTPUT: Partial<Record<FailureReason, string>> = {
  'not-ready':
    'Look at the end of its output, check `target.url` and `target.ready`, or raise `target.ready.timeout`.',
  'target-died': 'Look at the end of its output: the load of this scenario ends it.',
  'benchmark-failed':
    'Look at the end of its output, and run the module or the command in the working directory by hand.',
};

/** Scenarios that are no requests and answers have words of their own, where a reason speaks of these. */
const OF_TYPE: Partial<Record<string, Partial<Record<FailureReason, { what?: string; action: string }>>>> = {
  websocket: {
    'nothing-answered': {
      what: 'what the scenario waits for never came',
      action:
        'Check `target.url` and the `path` of the scenario, what it sends (`subscribe`, `send`), and whether its `timeout` is long enough.',
    },
    'only-errors': {
      action:
        'Look at the errors by kind below. A handshake that fails: check `path`, `headers` and `subprotocols`. Messages that do not match: check `confirm`, `expect`, `receive` and `timestamp`, and the target.',
    },
  },
};

/** Of what the machine is short of, the limit of open files has a command to raise it. */
function openFilesWords({ reason, detail }: Failure): { what: string; action: string } | undefined {
  const command = /\bulimit -n(?: \d{1,9})?/.exec(detail)?.[0];
  if (reason !== 'generator-failed' || command === undefined) return undefined;
  return {
    what: 'too few files may be open for its connections',
    action: `Raise the limit of open files (\`${command}\`), or lower \`connections\`.`,
  };
}

/** Where the detail of a failure says more than its reason: words that are its own. */
function ownWords(failure: Failure, type: string): { what: string; action: string } | undefined {
  return openFilesWords(failure) ?? (type === 'websocket' ? websocketWords(failure) : undefined);
}

const wordOf = ({ reason, detail }: Failure) =>
  reason === 'benchmark-failed' ? benchmarkWord(detail) : undefined;

/** What happened, in words, with the exit code or signal: "the target failed to start (exit code 1)". `type`: of the scenario. */
export function failureText(failure: Failure, type: string): string {
  const word = wordOf(failure);
  if (word !== undefined) return wordText(word);
  const how =
    failure.signal !== undefined
      ? ` (${failure.signal.replace(/[^A-Z0-9]/gi, '').slice(0, 20)})`
      : typeof failure.exitCode === 'number'
        ? ` (exit code ${failure.exitCode})`
        : '';
  const own = ownWords(failure, type)?.what ?? OF_TYPE[type]?.[failure.reason]?.what;
  return `${own ?? WHAT[failure.reason]}${how}`;
}

/** What to do about it; one sentence, config keys in backticks. */
export function failureAction(failure: Failure, type: string): string {
  const shown = failure.log !== undefined && failure.log.trim() !== '';
  const word = wordOf(failure);
  if (word !== undefined) return wordAction(word, shown);
  return (
    ownWords(failure, type)?.action ??
    OF_TYPE[type]?.[failure.reason]?.action ??
    (shown ? WITH_OUTPUT[failure.reason] : undefined) ??
    DO[failure.reason]
  );
}
